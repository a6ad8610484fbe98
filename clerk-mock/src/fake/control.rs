//! The methods by which a test controls a fake: faults, limits and assertions.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::{Bound, RangeBounds};
use std::time::Duration;

use clerk_core::OperationInfo;

use crate::fake::fake_clerk::FakeClerk;
use crate::fake::faults::fault::Fault;
use crate::fake::faults::fault_plan::FaultPlan;
use crate::reply::Reply;
use crate::requests::recorded_request::RecordedRequest;
use crate::requests::request_matcher::{RequestMatcher, known_operation};
use crate::requests::request_order;

impl FakeClerk {
    /// Injects faults: the closure sees each request and may return a [`Fault`] for it.
    ///
    /// If several closures return a fault for a request, the fault of the closure that was added
    /// first is used. A closure may read the fake, but must not send requests to it. To end the
    /// faults, use the returned [`FaultPlan`].
    ///
    /// ```
    /// use clerk_client::mock::{FakeClerk, Fault};
    /// use clerk_client::requests::UserFilter;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), clerk_client::Error> {
    /// let fake = FakeClerk::new();
    /// let mut requests = 0;
    /// fake.inject_faults(move |_| {
    ///     requests += 1;
    ///     (requests == 1).then(|| Fault::too_many_requests(7))
    /// });
    /// let count = fake.client().users().get_users_count(UserFilter::new()).await?;
    /// assert_eq!(count.total_count, 0);
    /// assert_eq!(fake.clock().now().as_secs(), 7);
    /// # Ok(())
    /// # }
    /// ```
    pub fn inject_faults(
        &self,
        injector: impl FnMut(&RecordedRequest) -> Option<Fault> + Send + 'static,
    ) -> FaultPlan {
        let plan = FaultPlan::default();
        self.instance.injectors.add(&plan, injector);
        plan
    }

    /// Injects a fault into one request of an operation.
    ///
    /// `number` is 1 for the next request of this operation, 2 for the request after it, and so on.
    /// The operation is a constant of [`operations`](clerk_core::operations), the name of a method,
    /// or Clerk's operationId: `operations::CreateUser`, `"create_user"` or `"CreateUser"`.
    ///
    /// # Panics
    ///
    /// Panics if Clerk has no such operation.
    #[track_caller]
    pub fn inject_fault(
        &self,
        operation: impl TryInto<OperationInfo, Error: Display>,
        number: usize,
        fault: Fault,
    ) -> FaultPlan {
        self.inject_fault_into(operation, number..=number, fault)
    }

    /// Injects a fault into several requests of an operation: those whose numbers are in a range,
    /// such as `1..=3`, or `..` for all.
    ///
    /// Number 1 is the next request of this operation. See [`inject_fault`](Self::inject_fault) for
    /// the names of operations.
    ///
    /// # Panics
    ///
    /// Panics if Clerk has no such operation.
    #[track_caller]
    pub fn inject_fault_into(
        &self,
        operation: impl TryInto<OperationInfo, Error: Display>,
        numbers: impl RangeBounds<usize> + Send + 'static,
        fault: Fault,
    ) -> FaultPlan {
        let operation = known_operation(operation);
        self.inject(Some(operation), fault, move |plan, number| {
            let is_last = match numbers.end_bound() {
                Bound::Included(last) => number >= *last,
                Bound::Excluded(end) => number + 1 >= *end,
                Bound::Unbounded => false,
            };
            if is_last {
                plan.end();
            }
            numbers.contains(&number)
        })
    }

    /// Injects a fault into the requests whose number `applies` selects. If `operation` is `None`,
    /// the requests of all operations are counted.
    pub(crate) fn inject(
        &self,
        operation: Option<OperationInfo>,
        fault: Fault,
        applies: impl Fn(&FaultPlan, usize) -> bool + Send + 'static,
    ) -> FaultPlan {
        let plan = FaultPlan::default();
        let (own, mut count) = (plan.clone(), 0);
        let injector = move |request: &RecordedRequest| {
            if let Some(operation) = &operation
                && request.operation_id() != Some(operation.operation_id())
            {
                return None;
            }
            count += 1;
            applies(&own, count).then(|| fault.clone())
        };
        self.instance.injectors.add(&plan, injector);
        plan
    }

    /// Sets the response to an operation. It replaces the fake's own response.
    ///
    /// Use this method to see how your code handles a special response, or to respond to an
    /// operation that the fake does not model. By default, the fake refuses such an operation with
    /// a 501 and the code `fake_not_modelled`. The closure may read the fake, but must not send
    /// requests to it. A second call for the operation replaces the closure. Faults and the rate
    /// limit apply to the requests of the operation, too. The closure does not see requests that a
    /// fault or the rate limit refuses.
    ///
    /// ```
    /// use clerk_client::mock::{FakeClerk, Reply};
    /// use serde_json::json;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), clerk_client::Error> {
    /// let fake = FakeClerk::new();
    /// fake.respond_to("GetJWKS", |_| Reply::json(200, &json!({ "keys": [] })));
    /// let keys = fake.client().jwks().get_jwks().await?;
    /// assert!(keys.keys.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if Clerk has no such operation.
    #[track_caller]
    pub fn respond_to(
        &self,
        operation: impl TryInto<OperationInfo, Error: Display>,
        responder: impl FnMut(&RecordedRequest) -> Reply + Send + 'static,
    ) {
        let operation = known_operation(operation);
        let responders = &self.instance.responders;
        responders.set(operation.operation_id(), Box::new(responder));
    }

    /// Returns how many requests of each operation got a 501, because the fake does not model the
    /// operation. The keys are Clerk's operationIds. An operation that only Clerk's SDKs have is
    /// named by its method and route, such as `POST /sessions/{session_id}/verify`.
    #[must_use]
    pub fn not_modelled(&self) -> BTreeMap<&'static str, usize> {
        self.world().not_modelled.clone()
    }

    /// Sets how long each response takes, on the fake's clock. The delay of a fault is added to the
    /// latency.
    pub fn set_latency(&self, latency: Duration) {
        self.instance.throttle().set_latency(latency);
    }

    /// Sets a rate limit: at most `requests` in any window of length `per`.
    ///
    /// Further requests get a 429 with `Retry-After`. Clerk allows 100 requests in 10 s for a test
    /// key. A request that gets a [`Fault`] counts only if the fault delays the response and does
    /// nothing else.
    pub fn set_rate_limit(&self, requests: usize, per: Duration) {
        self.instance.throttle().set_rate_limit(requests, per);
    }

    /// Returns the requests so far, in order, including those that failed. If
    /// [`keep_last_requests`](Self::keep_last_requests) sets a limit, older requests are missing.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.world().requests.iter().cloned().collect()
    }

    /// Returns the requests that match `matcher`, in order.
    #[must_use]
    pub fn matching_requests(&self, matcher: &RequestMatcher) -> Vec<RecordedRequest> {
        let requests = self.requests().into_iter();
        requests
            .filter(|request| matcher.matches(request))
            .collect()
    }

    /// Asserts that exactly `times` requests match `matcher`.
    ///
    /// # Panics
    ///
    /// Panics if more or fewer requests match. The message lists the matching requests. If too few
    /// match, it also shows how the most similar other request differs. Passwords, codes, tokens,
    /// and private and unsafe metadata stay hidden.
    #[track_caller]
    #[allow(clippy::panic, reason = "it is an assertion")]
    pub fn assert_requested(&self, matcher: &RequestMatcher, times: usize) {
        if let Some(mismatch) = matcher.mismatch(times, &self.requests()) {
            panic!("{mismatch}");
        }
    }

    /// Asserts that requests match the matchers in order: one request matches the first matcher, a
    /// later one matches the second, and so on. Other requests may come before, between and after
    /// them.
    ///
    /// ```
    /// use clerk_client::mock::{FakeClerk, FakeUser, RequestMatcher};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), clerk_client::Error> {
    /// let fake = FakeClerk::new();
    /// fake.add(FakeUser::new("user_ada"));
    /// let users = fake.client().users();
    /// users.ban_user("user_ada").await?;
    /// users.delete_user("user_ada").await?;
    ///
    /// let [ban, delete] = ["BanUser", "DeleteUser"].map(RequestMatcher::operation);
    /// fake.assert_requested_in_order(&[ban, delete]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the requests do not match the matchers in order. The message lists the requests
    /// that matched. For the first matcher without a request, it shows how the most similar later
    /// request differs. It hides the same values as the message of
    /// [`assert_requested`](Self::assert_requested).
    #[track_caller]
    #[allow(clippy::panic, reason = "it is an assertion")]
    pub fn assert_requested_in_order(&self, matchers: &[RequestMatcher]) {
        if let Some(mismatch) = request_order::mismatch(matchers, &self.requests()) {
            panic!("{mismatch}");
        }
    }

    /// Keeps only the last `count` requests and drops older ones. By default, all are kept.
    pub fn keep_last_requests(&self, count: usize) {
        self.world().keep_last_requests(count);
    }
}

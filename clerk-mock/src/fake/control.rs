//! What goes wrong, and what was asked.

use std::time::Duration;

use super::{FakeClerk, Fault};
use crate::matcher::assert_known;
use crate::{Recorded, RequestMatcher};

impl FakeClerk {
    /// Lets something go wrong: each request is shown to the plan, which may have a [`Fault`] for it.
    /// Plans that were made before are asked first. A plan may look at the fake, but not call it.
    ///
    /// ```
    /// use clerk_client::mock::{FakeClerk, Fault};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), clerk_client::Error> {
    /// let fake = FakeClerk::new();
    /// let mut requests = 0;
    /// fake.plan(move |_| {
    ///     requests += 1;
    ///     (requests == 1).then(|| Fault::too_many_requests(7))
    /// });
    /// let count = fake.client().users().get_users_count(Default::default()).await?;
    /// assert_eq!(count.total_count, 0);
    /// assert_eq!(fake.clock().now().as_secs(), 7);
    /// # Ok(())
    /// # }
    /// ```
    pub fn plan(&self, plan: impl FnMut(&Recorded) -> Option<Fault> + Send + 'static) {
        self.shared.plans.add(Box::new(plan));
    }

    /// Lets something go wrong with one request: the `number`th (from 1) of an operation by its
    /// operationId, counted from now on.
    ///
    /// # Panics
    ///
    /// Where there is no such operation.
    #[track_caller]
    pub fn plan_fault(&self, operation_id: &'static str, number: usize, fault: Fault) {
        assert_known(operation_id);
        let mut count = 0;
        self.plan(move |request| {
            let is_one = request.operation_id() == Some(operation_id);
            count += usize::from(is_one);
            (is_one && count == number).then(|| fault.clone())
        });
    }

    /// How long each answer takes, on the fake's clock; a planned fault's own time comes on top.
    pub fn set_latency(&self, latency: Duration) {
        self.pace().set_latency(latency);
    }

    /// Answers 429, with `Retry-After`, where more requests than this come within a time. Clerk
    /// allows 100 in 10 s for a test key.
    pub fn limit_rate(&self, requests: usize, per: Duration) {
        self.pace().limit(requests, per);
    }

    /// All requests so far, in their order, also those that were answered with an error.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.world().requests.iter().cloned().collect()
    }

    /// The requests that are meant, in their order.
    #[must_use]
    pub fn requests_that_fit(&self, matcher: &RequestMatcher) -> Vec<Recorded> {
        let requests = self.requests().into_iter();
        requests.filter(|request| matcher.fits(request)).collect()
    }

    /// Asserts how many requests there were of those that are meant.
    ///
    /// # Panics
    ///
    /// Where there were more or fewer. The message shows them, or what is different about the nearest
    /// other one; passwords, codes, tokens and private metadata stay hidden.
    #[track_caller]
    #[allow(clippy::panic, reason = "it is an assertion")]
    pub fn assert_requested(&self, times: usize, matcher: &RequestMatcher) {
        if let Some(complaint) = matcher.complaint(times, &self.requests()) {
            panic!("{complaint}");
        }
    }

    /// Keeps the last so many requests and forgets the others. Without it, all are kept.
    pub fn keep_requests(&self, last: usize) {
        self.world().keep_requests(last);
    }
}

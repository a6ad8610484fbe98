//! A world of a server: one instance of Clerk, with its clock, its faults and a journal, which
//! records its requests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use clerk_core::http::header::{AUTHORIZATION, CONTENT_LENGTH};
use clerk_core::{HttpRequest, HttpResponse, TransportError, TransportErrorKind};

use crate::fake::fake_clerk::FakeClerk;
use crate::requests::recorded_request::RecordedRequest;
use crate::server::faults::planned_faults::PlannedFaults;
use crate::server::journal::requests::Journal;
use crate::server::origin::Origin;
use crate::server::stop::StopSignal;
use crate::server::webhooks::endpoint::Endpoint;
use crate::server::webhooks::world_webhooks::WorldWebhooks;
use crate::server::world_clock::WorldClock;

/// A world: an instance of Clerk that the server serves. A change of one world does not affect
/// another.
pub(crate) struct ServedWorld {
    pub(crate) fake: Arc<FakeClerk>,
    pub(crate) webhooks: WorldWebhooks,
    origin: Arc<Origin>,
    clock: Arc<WorldClock>,
    journal: Mutex<Journal>,
    faults: Mutex<PlannedFaults>,
}

impl ServedWorld {
    /// Creates a world. `webhook` is its initial endpoint.
    pub(crate) fn new(
        fake: Arc<FakeClerk>,
        origin: Arc<Origin>,
        server: StopSignal,
        webhook: Option<Endpoint>,
    ) -> Self {
        let clock = Arc::new(WorldClock::new(Arc::clone(&fake), origin.is_virtual()));
        Self {
            fake,
            webhooks: WorldWebhooks::start(Arc::clone(&clock), server, webhook),
            origin,
            clock,
            journal: Mutex::new(Journal::new()),
            faults: Mutex::default(),
        }
    }

    /// Creates a world as a copy of the origin: the fake and the time from which worlds start.
    pub(crate) fn start(origin: &Arc<Origin>, server: StopSignal) -> Self {
        let fake = origin.fake.clone();
        fake.set_time(origin.time());
        Self::new(Arc::new(fake), Arc::clone(origin), server, None)
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, PlannedFaults> {
        lock(&self.faults)
    }

    /// Whether the time is virtual: only tests, the step of each change, and the delays of
    /// responses advance it.
    pub(crate) fn is_virtual(&self) -> bool {
        self.clock.is_virtual()
    }

    /// Brings the fake's clock up to date. See [`WorldClock::sync`].
    pub(crate) fn sync_clock(&self) {
        self.clock.sync();
    }

    /// Waits until every webhook so far is delivered, has failed, or waits for a later attempt.
    pub(crate) async fn webhooks_settled(&self) {
        let now = || self.fake.clock().now();
        self.webhooks.deliveries().settled(now).await;
    }

    /// Sets the world back to its start: the state, the settings and the webhook endpoint. Sets the
    /// time to that of a world that starts now. Clears the journal, the planned faults and the
    /// deliveries of webhooks.
    pub(crate) async fn reset(&self) {
        self.webhooks.stop().await;
        self.sync_clock();
        self.fake.restore_at(&self.origin.fake, self.origin.time());
        self.webhooks.restart();
        self.faults().clear();
        let mut journal = self.journal();
        journal.clear();
        journal.keep(Journal::KEPT);
    }

    /// Lets a request take effect, records it, and waits for the delay of its response.
    pub(crate) async fn exchange(
        &self,
        request: HttpRequest,
    ) -> Result<HttpResponse, TransportError> {
        let started = Instant::now();
        self.sync_clock();
        let time = self.fake.time();
        let recorded = self.journal().prepare(&request);
        let request = RecordedRequest::new(request);
        let (result, delay) = self.fake.instance.exchange(request);
        let result = result.and_then(sendable);
        // The request is recorded before the wait, because the wait is aborted if the client
        // disconnects.
        if let Some(recorded) = recorded {
            let duration = started.elapsed().saturating_add(delay);
            self.journal().record(recorded, time, duration, &result);
        }
        if !delay.is_zero() {
            self.clock.wait(delay).await;
        }
        result
    }

    /// Lets a request take effect without recording it. The request needs no key. Faults, the rate
    /// limit, the latency and the responses of [`FakeClerk::respond_to`] do not apply to it.
    pub(crate) fn respond(&self, mut request: HttpRequest) -> HttpResponse {
        self.sync_clock();
        // With the secret key of a machine, the request could list only the M2M tokens of this
        // machine. Without a key, it can list those of all machines.
        request.headers_mut().remove(AUTHORIZATION);
        let request = RecordedRequest::new(request);
        self.fake.instance.respond_unrecorded(&request)
    }
}

/// Returns an error for a response with a 1xx status, because in HTTP, such a status only precedes
/// the final response.
///
/// For any other status, removes the header `Content-Length`. It may be wrong if a test or a fault
/// has set the header or the body. The server then sends the length of the body.
fn sendable(mut response: HttpResponse) -> Result<HttpResponse, TransportError> {
    let status = response.status();
    if !status.is_informational() {
        response.headers_mut().remove(CONTENT_LENGTH);
        return Ok(response);
    }
    let message = format!(
        "invalid response: the status {} is informational; use 200 to 999",
        status.as_u16()
    );
    Err(TransportError::new(TransportErrorKind::Io, message))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

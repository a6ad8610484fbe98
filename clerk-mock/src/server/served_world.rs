//! One instance of a server, with its clock, its journal and its faults.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use clerk_core::http::HeaderValue;
use clerk_core::http::header::AUTHORIZATION;
use clerk_core::{HttpRequest, HttpResponse, TransportError};

use crate::fake::fake_clerk::FakeClerk;
use crate::requests::recorded_request::RecordedRequest;
use crate::server::faults::planned_faults::PlannedFaults;
use crate::server::journal::requests::Journal;
use crate::server::origin::Origin;

/// An instance that is served. Nothing that happens in one is visible in another.
pub(crate) struct ServedWorld {
    pub(crate) fake: Arc<FakeClerk>,
    origin: Arc<Origin>,
    /// The real time at which the fake's clock was last advanced. `None` with virtual time.
    synced_at: Option<Mutex<Instant>>,
    journal: Mutex<Journal>,
    faults: Mutex<PlannedFaults>,
}

impl ServedWorld {
    pub(crate) fn new(fake: Arc<FakeClerk>, origin: Arc<Origin>) -> Self {
        Self {
            fake,
            synced_at: (!origin.is_virtual()).then(|| Mutex::new(Instant::now())),
            origin,
            journal: Mutex::new(Journal::new()),
            faults: Mutex::default(),
        }
    }

    /// Creates a world in the state of the origin.
    pub(crate) fn start(origin: &Arc<Origin>) -> Self {
        let fake = origin.fake.clone();
        fake.set_time(origin.time());
        Self::new(Arc::new(fake), Arc::clone(origin))
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, PlannedFaults> {
        lock(&self.faults)
    }

    /// Whether only a test advances the time.
    pub(crate) fn is_virtual(&self) -> bool {
        self.synced_at.is_none()
    }

    /// Advances the fake's clock by the real time since the last call. Does nothing with virtual
    /// time.
    pub(crate) fn sync_clock(&self) {
        if let Some(synced_at) = &self.synced_at {
            let mut synced_at = lock(synced_at);
            let now = Instant::now();
            self.fake.clock().advance(now.duration_since(*synced_at));
            *synced_at = now;
        }
    }

    /// Restores the state, the settings and the time with which a world starts. Also forgets the
    /// requests and the planned faults.
    pub(crate) fn reset(&self) {
        self.sync_clock();
        self.fake.restore_at(&self.origin.fake, self.origin.time());
        self.faults().clear();
        let mut journal = self.journal();
        journal.clear();
        journal.keep(Journal::KEPT);
    }

    /// Lets a request take effect, records it, and waits as long as its response takes.
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
        // Before the wait, because a client that gives up ends the wait.
        if let Some(recorded) = recorded {
            let duration = started.elapsed().saturating_add(delay);
            self.journal().record(recorded, time, duration, &result);
        }
        if !delay.is_zero() {
            self.wait(delay).await;
        }
        result
    }

    /// Lets a request take effect without a trace: it is not recorded, needs no key, and no fault,
    /// rate limit or latency applies to it.
    pub(crate) fn respond(&self, mut request: HttpRequest) -> HttpResponse {
        self.sync_clock();
        let key = self.fake.world().secret_key.clone();
        let key = format!("Bearer {}", key.as_deref().unwrap_or(FakeClerk::SECRET_KEY));
        if let Ok(key) = HeaderValue::try_from(key) {
            request.headers_mut().insert(AUTHORIZATION, key);
        }
        let request = RecordedRequest::new(request);
        self.fake.instance.respond_unrecorded(&request)
    }

    /// Waits for a duration, in real or in virtual time.
    async fn wait(&self, duration: Duration) {
        if self.is_virtual() {
            self.fake.clock().sleep(duration).await;
        } else {
            tokio::time::sleep(duration).await;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

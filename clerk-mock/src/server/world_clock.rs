//! The clock of a world, which is one instance of Clerk. It follows real time, or a test controls
//! it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::fake::fake_clerk::FakeClerk;

/// The clock of a world.
pub(crate) struct WorldClock {
    pub(crate) fake: Arc<FakeClerk>,
    /// The real time of the last [`sync`](Self::sync), or of the creation if there was none. `None`
    /// if the time is virtual.
    synced_at: Option<Mutex<Instant>>,
}

impl WorldClock {
    pub(crate) fn new(fake: Arc<FakeClerk>, is_virtual: bool) -> Self {
        Self {
            fake,
            synced_at: (!is_virtual).then(|| Mutex::new(Instant::now())),
        }
    }

    /// Whether the time is virtual: only tests, the step of each change, and the delays of
    /// responses advance it.
    pub(crate) fn is_virtual(&self) -> bool {
        self.synced_at.is_none()
    }

    /// Advances the fake's clock by the real time since the last call. Does nothing if the time is
    /// virtual.
    pub(crate) fn sync(&self) {
        if let Some(synced_at) = &self.synced_at {
            let mut synced_at = synced_at.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            self.fake.clock().advance(now.duration_since(*synced_at));
            *synced_at = now;
        }
    }

    /// Waits for a duration, in real or in virtual time.
    pub(crate) async fn wait(&self, duration: Duration) {
        if self.is_virtual() {
            self.fake.clock().sleep(duration).await;
        } else {
            tokio::time::sleep(duration).await;
        }
    }
}

//! The state that the connections of a server share.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::fake::fake_clerk::FakeClerk;
use crate::server::save_file::SaveFile;

/// A function that receives the log line of each request.
pub(crate) type Log = dyn Fn(&str) + Send + Sync;

/// The state that the connections share.
pub(crate) struct ServerState {
    pub(crate) fake: Arc<FakeClerk>,
    initial: FakeClerk,
    /// The real time at which the fake's clock was last advanced. `None` with virtual time.
    synced_at: Option<Mutex<Instant>>,
    pub(crate) log: Option<Arc<Log>>,
    pub(crate) save_file: Option<Arc<SaveFile>>,
}

impl ServerState {
    pub(crate) fn new(fake: Arc<FakeClerk>, virtual_time: bool, log: Option<Arc<Log>>) -> Self {
        Self {
            initial: FakeClerk::clone(&fake),
            fake,
            synced_at: (!virtual_time).then(|| Mutex::new(Instant::now())),
            log,
            save_file: None,
        }
    }

    /// Sets the file in which the state is saved.
    pub(crate) fn saved_in(mut self, file: Option<Arc<SaveFile>>) -> Self {
        self.save_file = file;
        self
    }

    /// Advances the fake's clock by the real time since the last call. Does nothing with virtual
    /// time.
    pub(crate) fn sync_clock(&self) {
        if let Some(synced_at) = &self.synced_at {
            let mut synced_at = synced_at.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            self.fake.clock().advance(now.duration_since(*synced_at));
            *synced_at = now;
        }
    }

    /// Restores the initial state. With virtual time, also restores the initial time.
    pub(crate) fn reset(&self) {
        self.sync_clock();
        let time = match self.synced_at {
            Some(_) => self.fake.time(),
            None => self.initial.time(),
        };
        self.fake.restore_at(&self.initial, time);
    }

    /// Waits for a duration, in real or in virtual time.
    pub(crate) async fn wait(&self, duration: Duration) {
        match self.synced_at {
            Some(_) => tokio::time::sleep(duration).await,
            None => self.fake.clock().sleep(duration).await,
        }
    }
}

//! Calls that are in flight at the same time.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Barrier;

/// A barrier that releases requests when the expected number of them is in flight.
#[derive(Debug)]
pub struct Together(Mutex<Arc<Barrier>>);

impl Together {
    /// Sets the number of requests that the next [`wait`](Self::wait)s expect.
    pub fn expect(&self, requests: usize) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(Barrier::new(requests));
    }

    /// Waits until the expected number of requests is in flight.
    pub async fn wait(&self) {
        let barrier = Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner));
        barrier.wait().await;
    }
}

impl Default for Together {
    fn default() -> Self {
        Self(Mutex::new(Arc::new(Barrier::new(1))))
    }
}

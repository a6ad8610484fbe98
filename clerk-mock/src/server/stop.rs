//! Stopping the tasks of a server.

use std::sync::{Arc, Weak};

use tokio::sync::watch;

/// A handle that stops the tasks of a server. Dropping the handle stops the tasks, too.
pub(crate) struct Stop(Arc<watch::Sender<bool>>);

impl Stop {
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Returns the signal that tells the tasks to stop.
    pub(crate) fn signal(&self) -> StopSignal {
        StopSignal(Arc::downgrade(&self.0))
    }

    /// Stops the tasks, and waits until all have ended.
    pub(crate) async fn stop(self) {
        self.0.send_replace(true);
        self.0.closed().await;
    }
}

/// The signal that a server stops.
#[derive(Clone)]
pub(crate) struct StopSignal(Weak<watch::Sender<bool>>);

impl StopSignal {
    /// Returns the handle with which a new task waits for the stop. `None` if the server has
    /// stopped.
    pub(crate) fn subscribe(&self) -> Option<Stopped> {
        Some(Stopped(self.0.upgrade()?.subscribe()))
    }
}

/// A handle with which a task waits for the stop. [`Stop::stop`] waits until the task drops this
/// handle.
pub(crate) struct Stopped(watch::Receiver<bool>);

impl Stopped {
    /// Waits until the server stops.
    pub(crate) async fn wait(&mut self) {
        // An error means that the server was dropped.
        let _ = self.0.wait_for(|is_stopped| *is_stopped).await;
    }
}

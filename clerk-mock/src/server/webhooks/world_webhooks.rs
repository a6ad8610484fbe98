//! The webhook endpoint of a world, and the task that sends to it. A world is one instance of
//! Clerk.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::server::stop::StopSignal;
use crate::server::webhooks::deliverer::DelivererTask;
use crate::server::webhooks::deliveries::Deliveries;
use crate::server::webhooks::endpoint::Endpoint;
use crate::server::world_clock::WorldClock;

/// The webhooks of a world. Their delivery stops when this value is dropped, or when the server
/// stops.
pub(crate) struct WorldWebhooks {
    clock: Arc<WorldClock>,
    server: StopSignal,
    /// The endpoint that a reset restores. `None` if a reset removes the endpoint.
    initial: Option<Arc<Endpoint>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    deliveries: Arc<Deliveries>,
    /// `None` if there is no endpoint.
    task: Option<DelivererTask>,
}

impl WorldWebhooks {
    /// Starts to send webhooks to `initial`, if it is set. This requires a tokio runtime.
    pub(crate) fn start(
        clock: Arc<WorldClock>,
        server: StopSignal,
        initial: Option<Endpoint>,
    ) -> Self {
        let webhooks = Self {
            clock,
            server,
            initial: initial.map(Arc::new),
            state: Mutex::default(),
        };
        webhooks.restart();
        webhooks
    }

    /// Sets the endpoint that receives the webhooks of later changes. The webhooks of earlier
    /// changes still go to the previous endpoint.
    ///
    /// Does nothing if the server has stopped.
    pub(crate) fn set(&self, endpoint: Arc<Endpoint>) {
        let mut state = self.state();
        if state.task.is_some() {
            state.deliveries.set_endpoint(endpoint);
            return;
        }
        let Some(server) = self.server.subscribe() else {
            return;
        };
        let webhooks = self.clock.fake.webhooks();
        let deliveries = Arc::new(Deliveries::after(&state.deliveries, webhooks, endpoint));
        let clock = Arc::clone(&self.clock);
        state.task = Some(DelivererTask::spawn(clock, Arc::clone(&deliveries), server));
        state.deliveries = deliveries;
    }

    /// Removes the endpoint, and waits until no attempt is running. Drops the pending deliveries,
    /// and returns their number.
    pub(crate) async fn stop(&self) -> usize {
        // One lock covers both steps. With two locks, `set` could run between the steps, and drop
        // the pending deliveries without counting them.
        let (task, closed) = {
            let mut state = self.state();
            (state.task.take(), state.deliveries.close())
        };
        let dropped = closed.dropped;
        drop(closed);
        if let Some(task) = task {
            task.stop().await;
        }
        dropped
    }

    /// Drops all deliveries, and sets the endpoint with which the world started.
    pub(crate) fn restart(&self) {
        // Dropping the deliveries wakes tasks, so the lock is released first.
        let previous = std::mem::take(&mut *self.state());
        drop(previous);
        if let Some(initial) = &self.initial {
            self.set(Arc::clone(initial));
        }
    }

    /// Returns the deliveries, including those to earlier endpoints.
    pub(crate) fn deliveries(&self) -> Arc<Deliveries> {
        Arc::clone(&self.state().deliveries)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! The task that sends webhooks.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinSet;

use crate::server::served_world::ServedWorld;
use crate::server::webhooks::deliveries::{Deliveries, Job};
use crate::server::webhooks::delivery::{WebhookAttempt, WebhookDeliveryStatus};
use crate::server::webhooks::endpoint::Endpoint;

/// The waits before the attempts: Svix's schedule.
const WAITS: [Duration; 8] = [
    Duration::ZERO,
    Duration::from_secs(5),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(2 * 3_600),
    Duration::from_secs(5 * 3_600),
    Duration::from_secs(10 * 3_600),
    Duration::from_secs(10 * 3_600),
];

/// The maximum number of requests at a time.
const MAX_REQUESTS: usize = 8;

/// The parts that a delivery needs.
struct Deliverer {
    endpoint: Endpoint,
    world: Arc<ServedWorld>,
    deliveries: Arc<Deliveries>,
    requests: Semaphore,
}

/// Delivers webhooks until the server is stopped or dropped.
///
/// The events of an object are delivered in their order: while an event waits for its next attempt,
/// the later ones wait, too. Events of several objects are delivered at the same time.
pub(crate) async fn deliver(
    endpoint: Endpoint,
    world: Arc<ServedWorld>,
    deliveries: Arc<Deliveries>,
    mut stopped: oneshot::Receiver<()>,
) {
    let deliverer = Arc::new(Deliverer {
        endpoint,
        world,
        deliveries: Arc::clone(&deliveries),
        requests: Semaphore::new(MAX_REQUESTS),
    });
    let mut tasks = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopped => return,
            job = poll_fn(|context| deliveries.poll_next(context)) => {
                tasks.spawn(Arc::clone(&deliverer).deliver_all(job));
            }
            Some(_) = tasks.join_next() => {}
            // A delivery may have ended, so that the next webhook can be delivered.
            () = deliveries.changed() => {}
        }
    }
}

impl Deliverer {
    /// Delivers a webhook, and those of the same object that come while it is pending.
    async fn deliver_all(self: Arc<Self>, job: Job) {
        let mut next = Some(job);
        while let Some(job) = next {
            let status = self.deliver(&job).await;
            next = self.deliveries.end(&job, status);
        }
    }

    async fn deliver(&self, (number, event): &Job) -> WebhookDeliveryStatus {
        for wait in WAITS {
            if !wait.is_zero() {
                self.wait(&event.object_id, wait).await;
            }
            // The semaphore is never closed.
            let permit = self.requests.acquire().await;
            self.world.sync_clock();
            let webhook = self.deliveries.webhooks.signed(event);
            let at = self.world.fake.time();
            let result = self.endpoint.post(&webhook).await;
            drop(permit);
            let succeeded = result.as_ref().is_ok_and(|status| status.is_success());
            let result = result.map(|status| status.as_u16());
            self.deliveries
                .record(*number, WebhookAttempt { at, result });
            if succeeded {
                return WebhookDeliveryStatus::Succeeded;
            }
        }
        WebhookDeliveryStatus::Failed
    }

    /// Waits for the next attempt.
    async fn wait(&self, object_id: &str, wait: Duration) {
        self.world.sync_clock();
        let clock = self.world.fake.clock();
        let due = clock.now().saturating_add(wait);
        let is_due = clock.reaches(due);
        self.deliveries.set_due(object_id, Some(due));
        if self.world.is_virtual() {
            is_due.await;
        } else {
            // The clock only follows real time when something happens.
            tokio::select! {
                () = is_due => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
        self.deliveries.set_due(object_id, None);
    }
}

//! The task that sends the webhooks of a world. A world is one instance of Clerk.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};
use tokio::task::{JoinHandle, JoinSet};

use crate::fake::webhooks::fake_webhooks::FakeWebhook;
use crate::server::stop::Stopped;
use crate::server::webhooks::deliveries::{Deliveries, Job};
use crate::server::webhooks::delivery::{WebhookAttempt, WebhookDeliveryStatus};
use crate::server::world_clock::WorldClock;

/// The wait before each attempt. Svix, which sends Clerk's webhooks, has the same schedule.
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

/// The task that sends the webhooks of a world. Dropping this value stops the task.
pub(crate) struct DelivererTask {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl DelivererTask {
    /// Starts the task on the current tokio runtime.
    pub(crate) fn spawn(
        clock: Arc<WorldClock>,
        deliveries: Arc<Deliveries>,
        server: Stopped,
    ) -> Self {
        let (stop, stopped) = oneshot::channel();
        Self {
            stop,
            task: tokio::spawn(deliver(clock, deliveries, stopped, server)),
        }
    }

    /// Stops the task, and waits until it has ended.
    pub(crate) async fn stop(self) {
        let _ = self.stop.send(());
        let _ = self.task.await;
    }
}

/// The state that all deliveries of a world share: the clock, the queue and log, and the limit of
/// concurrent requests.
struct Deliverer {
    clock: Arc<WorldClock>,
    deliveries: Arc<Deliveries>,
    requests: Semaphore,
}

/// Delivers webhooks until the task or the server is stopped or dropped.
///
/// The events of an object are delivered in their order: while an event waits for its next attempt,
/// the later ones wait, too. Events of different objects are delivered concurrently.
async fn deliver(
    clock: Arc<WorldClock>,
    deliveries: Arc<Deliveries>,
    mut stopped: oneshot::Receiver<()>,
    mut server: Stopped,
) {
    let deliverer = Arc::new(Deliverer {
        clock,
        deliveries: Arc::clone(&deliveries),
        requests: Semaphore::new(MAX_REQUESTS),
    });
    let mut tasks = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            () = server.wait() => break,
            job = poll_fn(|context| deliveries.poll_next(context)) => {
                tasks.spawn(Arc::clone(&deliverer).deliver_all(job));
            }
            Some(_) = tasks.join_next() => {}
            // If the log was full, the end of a delivery makes room for the next webhook.
            () = deliveries.changed() => {}
        }
    }
    tasks.shutdown().await;
    deliveries.close();
}

impl Deliverer {
    /// Delivers a webhook. Then delivers the webhooks of the same object that were queued during
    /// the delivery.
    async fn deliver_all(self: Arc<Self>, job: Job) {
        let mut next = Some(job);
        while let Some(job) = next {
            let status = self.deliver(&job).await;
            next = self.deliveries.end(&job, status);
        }
    }

    async fn deliver(&self, job: &Job) -> WebhookDeliveryStatus {
        for wait in WAITS {
            if !wait.is_zero() {
                self.wait(&job.event.object_id, wait).await;
            }
            // The semaphore is never closed.
            let permit = self.requests.acquire().await;
            self.clock.sync();
            let at = self.clock.fake.time();
            let webhook = FakeWebhook::signed(&job.event, &job.endpoint.secret, at);
            let result = job.endpoint.post(&webhook).await;
            drop(permit);
            let succeeded = result.as_ref().is_ok_and(|status| status.is_success());
            let result = result.map(|status| status.as_u16());
            self.deliveries
                .record(job.number, WebhookAttempt { at, result });
            if succeeded {
                return WebhookDeliveryStatus::Succeeded;
            }
        }
        WebhookDeliveryStatus::Failed
    }

    /// Waits for the next attempt.
    async fn wait(&self, object_id: &str, wait: Duration) {
        self.clock.sync();
        let clock = self.clock.fake.clock();
        let due = clock.now().saturating_add(wait);
        let is_due = clock.reaches(due);
        self.deliveries.set_due(object_id, Some(due));
        if self.clock.is_virtual() {
            is_due.await;
        } else {
            // Real time advances the fake's clock only when `WorldClock::sync` is called, so the
            // task also waits in real time.
            tokio::select! {
                () = is_due => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
        self.deliveries.set_due(object_id, None);
    }
}

//! The webhooks of a server, and the state of each delivery.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use crate::fake::webhooks::fake_webhooks::FakeWebhooks;
use crate::fake::webhooks::outbox::Event;
use crate::server::webhooks::delivery::{WebhookAttempt, WebhookDelivery, WebhookDeliveryStatus};

/// The maximum number of deliveries to keep. The oldest one that has ended makes room.
const MAX_DELIVERIES: usize = 10_000;

/// A webhook to deliver, by the number of its delivery.
pub(crate) type Job = (u64, Arc<Event>);

/// The webhooks of a server, and how far each of them is.
pub(crate) struct Deliveries {
    pub(crate) webhooks: FakeWebhooks,
    state: Mutex<State>,
    /// Tells that the state has changed.
    changed: Notify,
}

#[derive(Default)]
struct State {
    /// The number of deliveries so far.
    count: u64,
    all: BTreeMap<u64, WebhookDelivery>,
    /// The deliveries that have ended, in the order in which they did.
    ended: VecDeque<u64>,
    /// The objects with a pending delivery, by id.
    objects: BTreeMap<String, Object>,
}

/// An object with a pending delivery.
#[derive(Default)]
struct Object {
    /// The later events of the object.
    queue: VecDeque<Job>,
    /// The time of the next attempt, on the fake's clock. `None` while an attempt is under way.
    due: Option<Duration>,
}

impl Deliveries {
    pub(crate) fn new(webhooks: FakeWebhooks) -> Self {
        Self {
            webhooks,
            state: Mutex::default(),
            changed: Notify::new(),
        }
    }

    /// Returns the next webhook whose object has no pending delivery. [`Deliveries::end`] returns
    /// the later webhooks of that object.
    ///
    /// Waits while there are too many pending deliveries.
    pub(crate) fn poll_next(&self, context: &mut Context<'_>) -> Poll<Job> {
        let mut state = self.state();
        while state.makes_room() {
            let Poll::Ready(event) = self.webhooks.poll_next(context) else {
                break;
            };
            let job = state.add(event);
            let id = job.1.object_id.clone();
            match state.objects.get_mut(&id) {
                Some(object) => object.queue.push_back(job),
                None => {
                    state.objects.insert(id, Object::default());
                    return Poll::Ready(job);
                }
            }
        }
        Poll::Pending
    }

    /// Records that the next attempt for an object is due at a time on the fake's clock, or under
    /// way.
    pub(crate) fn set_due(&self, object_id: &str, due: Option<Duration>) {
        if let Some(object) = self.state().objects.get_mut(object_id) {
            object.due = due;
        }
        self.changed.notify_waiters();
    }

    /// Records an attempt.
    pub(crate) fn record(&self, number: u64, attempt: WebhookAttempt) {
        if let Some(delivery) = self.state().all.get_mut(&number) {
            delivery.attempts.push(attempt);
        }
    }

    /// Ends a delivery. Returns the next webhook of the same object.
    pub(crate) fn end(&self, (number, event): &Job, status: WebhookDeliveryStatus) -> Option<Job> {
        let mut state = self.state();
        if let Some(delivery) = state.all.get_mut(number) {
            delivery.status = status;
            state.ended.push_back(*number);
        }
        let object = state.objects.get_mut(&event.object_id);
        let next = object.and_then(|object| object.queue.pop_front());
        if next.is_none() {
            state.objects.remove(&event.object_id);
        }
        drop(state);
        self.changed.notify_waiters();
        next
    }

    /// Waits until the state of a delivery changes.
    pub(crate) fn changed(&self) -> Notified<'_> {
        self.changed.notified()
    }

    /// Returns the deliveries, in the order of the changes.
    pub(crate) fn all(&self) -> Vec<WebhookDelivery> {
        self.state().all.values().cloned().collect()
    }

    /// Waits until no attempt is under way or due. `now` returns the time on the fake's clock.
    pub(crate) async fn settled(&self, now: impl Fn() -> Duration) {
        loop {
            let mut changed = std::pin::pin!(self.changed());
            changed.as_mut().enable();
            if self.is_settled(now()) {
                return;
            }
            changed.await;
        }
    }

    fn is_settled(&self, now: Duration) -> bool {
        let state = self.state();
        let mut objects = state.objects.values();
        objects.all(|object| object.due.is_some_and(|due| due > now)) && self.webhooks.is_read()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn add(&mut self, event: Arc<Event>) -> Job {
        self.count += 1;
        let delivery = WebhookDelivery {
            message_id: event.message_id.clone(),
            event_type: event.event_type,
            object_id: event.object_id.clone(),
            status: WebhookDeliveryStatus::Pending,
            attempts: Vec::new(),
        };
        self.all.insert(self.count, delivery);
        (self.count, event)
    }

    /// Drops the oldest delivery that has ended, if there are too many. Returns whether there is
    /// room for another one.
    fn makes_room(&mut self) -> bool {
        while self.all.len() >= MAX_DELIVERIES {
            let Some(oldest) = self.ended.pop_front() else {
                return false;
            };
            self.all.remove(&oldest);
        }
        true
    }
}

//! The webhooks of a world, and their progress. A world is one instance of Clerk.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use crate::fake::webhooks::fake_webhooks::FakeWebhooks;
use crate::fake::webhooks::outbox::Event;
use crate::server::webhooks::delivery::{WebhookAttempt, WebhookDelivery, WebhookDeliveryStatus};
use crate::server::webhooks::delivery_log::DeliveryLog;
use crate::server::webhooks::endpoint::Endpoint;

/// A webhook to deliver.
pub(crate) struct Job {
    /// The number of the delivery in the log.
    pub(crate) number: u64,
    pub(crate) event: Arc<Event>,
    /// The endpoint at the time when the event was added to the log.
    pub(crate) endpoint: Arc<Endpoint>,
}

/// The webhooks of a world, and their progress. Without an endpoint, no webhooks are added.
#[derive(Default)]
pub(crate) struct Deliveries {
    state: Mutex<State>,
    /// Notifies tasks that the state has changed.
    changed: Notify,
}

#[derive(Default)]
struct State {
    /// `None` if there is no endpoint.
    source: Option<Source>,
    log: DeliveryLog,
    /// The webhooks to send next. Their objects have no earlier pending webhook.
    ready: VecDeque<Job>,
    /// The objects with a pending delivery, by id.
    objects: BTreeMap<String, Object>,
}

/// The events to deliver, and the endpoint that gets them.
struct Source {
    webhooks: FakeWebhooks,
    endpoint: Arc<Endpoint>,
}

/// The result of [`Deliveries::close`], with the source of the events. Dropping this value wakes
/// tasks, so the caller must release its locks first.
pub(crate) struct Closed {
    /// The number of pending deliveries that were dropped.
    pub(crate) dropped: usize,
    _source: Option<Source>,
}

/// An object with a pending delivery.
struct Object {
    /// The number of the pending delivery.
    number: u64,
    /// The later events of the object, which wait for the pending delivery.
    queue: VecDeque<Job>,
    /// The time of the next attempt, on the fake's clock. `None` while an attempt is running.
    due: Option<Duration>,
}

impl Deliveries {
    /// Creates the deliveries to an endpoint, and takes the log of `earlier`. Removes pending
    /// deliveries from the log, because `earlier` no longer continues them.
    pub(crate) fn after(earlier: &Self, webhooks: FakeWebhooks, endpoint: Arc<Endpoint>) -> Self {
        let mut log = mem::take(&mut earlier.state().log);
        log.drop_pending();
        let state = State {
            source: Some(Source { webhooks, endpoint }),
            log,
            ..State::default()
        };
        Self {
            state: Mutex::new(state),
            changed: Notify::new(),
        }
    }

    /// Sets the endpoint that receives the webhooks of later changes. Does nothing if the
    /// deliveries are closed.
    pub(crate) fn set_endpoint(&self, endpoint: Arc<Endpoint>) {
        let mut state = self.state();
        state.read(FakeWebhooks::next_event);
        if let Some(source) = &mut state.source {
            source.endpoint = endpoint;
        }
        drop(state);
        self.changed.notify_waiters();
    }

    /// Drops the pending deliveries, and stops reading events.
    pub(crate) fn close(&self) -> Closed {
        let mut state = self.state();
        state.read(FakeWebhooks::next_event);
        let source = state.source.take();
        state.ready.clear();
        state.objects.clear();
        let dropped = state.log.drop_pending();
        drop(state);
        self.changed.notify_waiters();
        Closed {
            dropped,
            _source: source,
        }
    }

    /// Returns the next webhook whose object has no earlier pending delivery. [`Deliveries::end`]
    /// returns the later webhooks of that object.
    ///
    /// While the log is full of pending deliveries, no further events are read.
    pub(crate) fn poll_next(&self, context: &mut Context<'_>) -> Poll<Job> {
        let mut state = self.state();
        state.read(|webhooks| match webhooks.poll_next(context) {
            Poll::Ready(event) => Some(event),
            Poll::Pending => None,
        });
        match state.ready.pop_front() {
            Some(job) => Poll::Ready(job),
            None => Poll::Pending,
        }
    }

    /// Records the time of the next attempt for an object, on the fake's clock. `None` means that
    /// an attempt is running.
    pub(crate) fn set_due(&self, object_id: &str, due: Option<Duration>) {
        if let Some(object) = self.state().objects.get_mut(object_id) {
            object.due = due;
        }
        self.changed.notify_waiters();
    }

    /// Records an attempt.
    pub(crate) fn record(&self, number: u64, attempt: WebhookAttempt) {
        self.state().log.record(number, attempt);
    }

    /// Ends a delivery. Returns the next webhook of the same object.
    pub(crate) fn end(&self, job: &Job, status: WebhookDeliveryStatus) -> Option<Job> {
        let mut state = self.state();
        state.log.end(job.number, status);
        let object = state.objects.get_mut(&job.event.object_id);
        let next = object.and_then(|object| {
            let next = object.queue.pop_front()?;
            object.number = next.number;
            Some(next)
        });
        if next.is_none() {
            state.objects.remove(&job.event.object_id);
        }
        drop(state);
        self.changed.notify_waiters();
        next
    }

    /// Waits until the state of a delivery changes.
    pub(crate) fn changed(&self) -> Notified<'_> {
        self.changed.notified()
    }

    /// Returns the deliveries, in the order of the changes that caused them.
    pub(crate) fn all(&self) -> Vec<WebhookDelivery> {
        let mut state = self.state();
        state.read(FakeWebhooks::next_event);
        state.log.all().cloned().collect()
    }

    /// Waits until every webhook so far is delivered, has failed, or waits for a later attempt.
    /// `now` returns the time on the fake's clock.
    ///
    /// Does not wait for the webhooks of later changes. A receiver may make a change for each
    /// webhook, and the wait would then never end.
    pub(crate) async fn settled(&self, now: impl Fn() -> Duration) {
        let last = self.last_number();
        loop {
            let mut changed = std::pin::pin!(self.changed());
            changed.as_mut().enable();
            if self.is_settled(last, now()) {
                return;
            }
            changed.await;
        }
    }

    /// Returns the number of the newest webhook. Webhooks that do not fit into the log are counted,
    /// although they get their numbers later, when earlier deliveries have ended.
    fn last_number(&self) -> u64 {
        let mut state = self.state();
        state.read(FakeWebhooks::next_event);
        let source = state.source.as_ref();
        let unread = source.map_or(0, |source| source.webhooks.unread());
        state.log.last_number().saturating_add(unread)
    }

    /// Whether every webhook up to the number `last` is delivered, has failed, or waits for a later
    /// attempt.
    ///
    /// A webhook that does not fit into the log is sent only after a pending delivery in the log
    /// has ended. If all pending deliveries wait for a later attempt, this webhook waits, too.
    fn is_settled(&self, last: u64, now: Duration) -> bool {
        let mut state = self.state();
        state.read(FakeWebhooks::next_event);
        let mut objects = state.objects.values();
        objects.all(|object| object.number > last || object.due.is_some_and(|due| due > now))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Adds the deliveries of the events that `next` returns, while the log has room.
    fn read(&mut self, mut next: impl FnMut(&FakeWebhooks) -> Option<Arc<Event>>) {
        while self.log.has_room()
            && let Some(source) = &self.source
            && let Some(event) = next(&source.webhooks)
        {
            let number = self.log.add(&event);
            let job = Job {
                number,
                endpoint: Arc::clone(&source.endpoint),
                event,
            };
            match self.objects.entry(job.event.object_id.clone()) {
                Entry::Occupied(object) => object.into_mut().queue.push_back(job),
                Entry::Vacant(object) => {
                    object.insert(Object {
                        number,
                        queue: VecDeque::new(),
                        due: None,
                    });
                    self.ready.push_back(job);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use clerk_core::webhooks::WebhookSecret;

    use super::*;
    use crate::{FakeClerk, FakeUser};

    #[allow(clippy::unwrap_used, reason = "a test fails without an endpoint")]
    fn after(earlier: &Deliveries, fake: &FakeClerk) -> Deliveries {
        let secret = WebhookSecret::new(FakeClerk::WEBHOOK_SECRET).unwrap();
        let endpoint = Endpoint::parse("http://localhost", secret).unwrap();
        Deliveries::after(earlier, fake.webhooks(), Arc::new(endpoint))
    }

    #[test]
    fn the_log_is_moved_without_pending_deliveries() {
        let fake = FakeClerk::new();
        let first = after(&Deliveries::default(), &fake);
        fake.add(FakeUser::new("user_ada"));
        assert_eq!(first.all().len(), 1);
        assert!(after(&first, &fake).all().is_empty());
    }

    #[test]
    fn a_webhook_that_does_not_fit_into_the_log_is_not_settled() {
        let fake = FakeClerk::new();
        let deliveries = after(&Deliveries::default(), &fake);
        let change = |number: usize| {
            fake.add(FakeUser::new("user_ada").username(&format!("ada_{number}")));
        };
        (0..10_000).for_each(change);
        assert_eq!(deliveries.all().len(), 10_000);
        change(10_000);
        let last = deliveries.last_number();
        let poll = deliveries.poll_next(&mut Context::from_waker(Waker::noop()));
        let mut next = match poll {
            Poll::Ready(job) => Some(job),
            Poll::Pending => None,
        };
        let mut delivered = 0;
        while let Some(job) = next {
            assert!(!deliveries.is_settled(last, Duration::ZERO));
            next = deliveries.end(&job, WebhookDeliveryStatus::Succeeded);
            delivered += 1;
        }
        // The delivery of the last change starts when the log has room for it.
        assert_eq!(delivered, 10_001);
        assert!(deliveries.is_settled(last, Duration::ZERO));
    }
}

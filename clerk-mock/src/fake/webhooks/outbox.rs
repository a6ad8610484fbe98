//! The events of an instance, in the order of the changes.

use std::collections::VecDeque;
use std::sync::Arc;
#[cfg(feature = "server")]
use std::task::Waker;

use bytes::Bytes;
use clerk_core::Timestamp;
use serde_json::json;

use crate::fake::operations::shelves::instance::INSTANCE_ID;
use crate::fake::webhooks::changes::Change;

/// The maximum number of events. A further event replaces the oldest one.
const MAX_EVENTS: usize = 10_000;

/// An event, before it is signed.
pub(crate) struct Event {
    pub(crate) message_id: String,
    pub(crate) event_type: &'static str,
    /// The id of the object that changed.
    pub(crate) object_id: String,
    pub(crate) body: Bytes,
}

/// The events of an instance. Each reader has a position in this list. Without readers, the list is
/// empty.
#[derive(Default)]
pub(crate) struct Outbox {
    readers: usize,
    /// The generator of message ids. The ids of objects have their own generator, so that webhooks
    /// do not change the ids of objects. `None` before the first reader.
    random: Option<fastrand::Rng>,
    events: VecDeque<Arc<Event>>,
    /// The number of events so far, including those that were dropped.
    count: u64,
    /// The tasks that wait for the next change.
    #[cfg(feature = "server")]
    waiting: Vec<Waker>,
    /// The tasks to wake, because a change was published or a reader was closed.
    #[cfg(feature = "server")]
    to_wake: Vec<Waker>,
}

impl Outbox {
    pub(crate) fn is_on(&self) -> bool {
        self.readers > 0
    }

    /// Adds a reader, and returns its position. The first reader seeds the message ids.
    pub(crate) fn open(&mut self, seed: u64) -> u64 {
        self.readers += 1;
        self.random
            .get_or_insert_with(|| fastrand::Rng::with_seed(seed));
        self.count
    }

    /// Removes a reader.
    pub(crate) fn close(&mut self) {
        self.readers = self.readers.saturating_sub(1);
        if self.readers == 0 {
            self.events.clear();
        }
        // Wakes all waiting tasks. The tasks of open readers then wait again. Without the wake, the
        // tasks of closed readers would stay in `waiting` until the next change.
        #[cfg(feature = "server")]
        self.to_wake.append(&mut self.waiting);
    }

    /// Adds an event for each change that a client with this user agent made.
    pub(crate) fn publish(&mut self, changes: Vec<Change>, now: Timestamp, user_agent: &str) {
        #[cfg(feature = "server")]
        if !changes.is_empty() {
            self.to_wake.append(&mut self.waiting);
        }
        for change in changes {
            let body = json!({
                "object": "event",
                "type": change.event_type,
                "instance_id": INSTANCE_ID,
                "timestamp": now,
                "event_attributes": {
                    "http_request": { "client_ip": "127.0.0.1", "user_agent": user_agent },
                },
                "data": change.data,
            });
            self.count += 1;
            let event = Event {
                message_id: self.new_message_id(),
                event_type: change.event_type,
                object_id: change.object_id,
                body: body.to_string().into(),
            };
            self.events.push_back(Arc::new(event));
            if self.events.len() > MAX_EVENTS {
                self.events.pop_front();
            }
        }
    }

    /// Returns the tasks to wake. The caller must wake them while it holds no lock of the instance,
    /// because waking may run any code.
    #[cfg(feature = "server")]
    pub(crate) fn take_to_wake(&mut self) -> Vec<Waker> {
        std::mem::take(&mut self.to_wake)
    }

    fn new_message_id(&mut self) -> String {
        let random = self
            .random
            .get_or_insert_with(|| fastrand::Rng::with_seed(0));
        let random = std::iter::repeat_with(|| random.alphanumeric()).take(27);
        format!("msg_{}", random.collect::<String>())
    }

    /// Returns the next event of a reader, and advances the reader's position.
    pub(crate) fn next(&self, position: &mut u64) -> Option<Arc<Event>> {
        let kept = u64::try_from(self.events.len()).unwrap_or(u64::MAX);
        let oldest = self.count.saturating_sub(kept);
        let at = usize::try_from(position.saturating_sub(oldest)).ok()?;
        let event = self.events.get(at)?;
        *position = (*position).max(oldest) + 1;
        Some(Arc::clone(event))
    }

    /// Returns how many events [`Outbox::next`] can still return to a reader at this position.
    #[cfg(feature = "server")]
    pub(crate) fn unread(&self, position: u64) -> u64 {
        let kept = u64::try_from(self.events.len()).unwrap_or(u64::MAX);
        self.count.saturating_sub(position).min(kept)
    }

    /// Registers a task to wake at the next change, or when a reader is closed.
    #[cfg(feature = "server")]
    pub(crate) fn wake_later(&mut self, waker: &Waker) {
        if !self.waiting.iter().any(|known| known.will_wake(waker)) {
            self.waiting.push(waker.clone());
        }
    }
}

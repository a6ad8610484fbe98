//! The log of the deliveries of webhooks.

use std::collections::{BTreeMap, VecDeque};

use crate::fake::webhooks::outbox::Event;
use crate::server::webhooks::delivery::{WebhookAttempt, WebhookDelivery, WebhookDeliveryStatus};

/// The maximum number of deliveries to keep. A further delivery replaces the delivery that ended
/// first.
const MAX_DELIVERIES: usize = 10_000;

/// The deliveries of a world, by number. A world is one instance of Clerk.
#[derive(Default)]
pub(crate) struct DeliveryLog {
    /// The number of deliveries so far.
    count: u64,
    all: BTreeMap<u64, WebhookDelivery>,
    /// The deliveries that have ended, in the order in which they ended.
    ended: VecDeque<u64>,
}

impl DeliveryLog {
    /// Returns the deliveries, in the order of the changes that caused them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &WebhookDelivery> {
        self.all.values()
    }

    /// Returns the number of the newest delivery. It is 0 before the first delivery.
    pub(crate) fn last_number(&self) -> u64 {
        self.count
    }

    /// Whether another delivery can be added.
    pub(crate) fn has_room(&self) -> bool {
        self.all.len() < MAX_DELIVERIES || !self.ended.is_empty()
    }

    /// Adds the delivery of an event, and returns its number. If there are too many deliveries,
    /// drops the delivery that ended first.
    pub(crate) fn add(&mut self, event: &Event) -> u64 {
        while self.all.len() >= MAX_DELIVERIES {
            let Some(oldest) = self.ended.pop_front() else {
                break;
            };
            self.all.remove(&oldest);
        }
        self.count += 1;
        let delivery = WebhookDelivery {
            message_id: event.message_id.clone(),
            event_type: event.event_type,
            object_id: event.object_id.clone(),
            status: WebhookDeliveryStatus::Pending,
            attempts: Vec::new(),
        };
        self.all.insert(self.count, delivery);
        self.count
    }

    /// Records an attempt.
    pub(crate) fn record(&mut self, number: u64, attempt: WebhookAttempt) {
        if let Some(delivery) = self.all.get_mut(&number) {
            delivery.attempts.push(attempt);
        }
    }

    /// Records that a delivery has ended.
    pub(crate) fn end(&mut self, number: u64, status: WebhookDeliveryStatus) {
        if let Some(delivery) = self.all.get_mut(&number) {
            delivery.status = status;
            self.ended.push_back(number);
        }
    }

    /// Drops the pending deliveries, and returns how many there were.
    pub(crate) fn drop_pending(&mut self) -> usize {
        let before = self.all.len();
        self.all
            .retain(|_, delivery| delivery.status != WebhookDeliveryStatus::Pending);
        before - self.all.len()
    }
}

//! The times at which requests may be sent.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

/// A sliding-window log: the times at which requests were sent, and the times reserved for waiting
/// calls.
///
/// With a limit of n, each request waits until the request n places earlier in the log has left the
/// window. So a burst of n requests is sent immediately. If all calls are polled in time, every
/// window contains at most n requests, wherever it starts. A call that is polled late also sends
/// its request late, so a window may then contain more than n requests. A call that is never polled
/// does not block the other waiting calls.
#[derive(Debug)]
pub(crate) struct Slots {
    requests: usize,
    window: Duration,
    /// The times of the latest requests and the reserved times, in ascending order.
    times: VecDeque<Duration>,
    /// The `times` that calls gave back. The next reservation takes the earliest of them.
    free: BinaryHeap<Reverse<Duration>>,
    /// The end of the pause that a 429 response requested.
    paused_until: Duration,
    /// The sum of the delays by which pauses have postponed the reserved times.
    postponed: Duration,
}

/// A time at which one request may be sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    time: Duration,
    /// The value of [`Slots::postponed`] when the time was reserved.
    postponed: Duration,
}

impl Slots {
    pub(crate) fn new(requests: usize, window: Duration) -> Self {
        Self {
            requests,
            window,
            times: VecDeque::new(),
            free: BinaryHeap::new(),
            paused_until: Duration::ZERO,
            postponed: Duration::ZERO,
        }
    }

    /// Reserves the earliest time at which a request may be sent.
    pub(crate) fn reserve(&mut self, now: Duration) -> Slot {
        self.forget_past(now);
        let time = if let Some(Reverse(time)) = self.free.pop() {
            time
        } else {
            let time = self.next_time(now);
            let at = self.times.partition_point(|other| *other <= time);
            self.times.insert(at, time);
            time
        };
        Slot {
            time,
            postponed: self.postponed,
        }
    }

    /// Returns the time at which the request of a slot may be sent.
    pub(crate) fn due_at(&self, slot: Slot) -> Duration {
        self.current_time(slot).max(self.paused_until)
    }

    /// Records that the request of a slot is sent at `now`, which is after the slot's time if the
    /// call was polled late.
    pub(crate) fn record_sent(&mut self, slot: Slot, now: Duration) {
        // Old times are dropped first, because removing or inserting a time may move all times
        // before it in the queue.
        self.forget_left(now);
        let time = self.current_time(slot);
        if time == now {
            return;
        }
        // If several times are equal, the first of them is removed. This is the cheapest removal,
        // because the fewest times precede the first.
        let first = self.times.partition_point(|other| *other < time);
        if self.times.get(first) == Some(&time) {
            self.times.remove(first);
        }
        let at = self.times.partition_point(|time| *time <= now);
        self.times.insert(at, now);
    }

    /// Gives back the slot of a call that was dropped, or that has no time to wait.
    pub(crate) fn give_back(&mut self, slot: Slot) {
        let time = self.current_time(slot);
        if self.times.back() == Some(&time) {
            self.times.pop_back();
        } else if self.times.binary_search(&time).is_ok() {
            self.free.push(Reverse(time));
        }
    }

    /// Pauses all requests until `until`. All times of waiting calls are postponed by the same
    /// duration, so their order and intervals stay the same.
    pub(crate) fn pause(&mut self, now: Duration, until: Duration) {
        self.paused_until = self.paused_until.max(until);
        let waiting = self.times.partition_point(|time| *time <= now);
        let Some(first) = self.times.get(waiting) else {
            return;
        };
        let delay = self.paused_until.saturating_sub(*first);
        for time in self.times.iter_mut().skip(waiting) {
            *time = time.saturating_add(delay);
        }
        let free = std::mem::take(&mut self.free).into_iter();
        self.free = free
            .map(|Reverse(time)| {
                Reverse(if time > now {
                    time.saturating_add(delay)
                } else {
                    time
                })
            })
            .collect();
        self.postponed = self.postponed.saturating_add(delay);
    }

    fn next_time(&self, now: Duration) -> Duration {
        let blocking = self.times.len().checked_sub(self.requests);
        let sent_at = blocking.and_then(|at| self.times.get(at));
        let room_at = sent_at.map_or(Duration::ZERO, |time| time.saturating_add(self.window));
        let time = now.max(self.paused_until).max(room_at);
        // If calls that waited were dropped or postponed, there may be room before the last time.
        match self.times.back() {
            Some(last) if time < *last && !self.fits(time) => room_at.max(*last),
            _ => time,
        }
    }

    /// Whether each window has at most the allowed number of requests after `time` is added.
    fn fits(&self, time: Duration) -> bool {
        let at = self.times.partition_point(|other| *other <= time);
        let nth = |n: usize| match n.cmp(&at) {
            Ordering::Less => self.times.get(n),
            Ordering::Equal => Some(&time),
            Ordering::Greater => self.times.get(n - 1),
        };
        (at.saturating_sub(self.requests)..=at).all(|first| {
            match (nth(first), nth(first.saturating_add(self.requests))) {
                (Some(first), Some(last)) => last.saturating_sub(*first) >= self.window,
                _ => true,
            }
        })
    }

    fn current_time(&self, slot: Slot) -> Duration {
        let delay = self.postponed.saturating_sub(slot.postponed);
        slot.time.saturating_add(delay)
    }

    /// Drops times that were given back and have passed, and all times that have left the window.
    fn forget_past(&mut self, now: Duration) {
        let mut unused = VecDeque::new();
        while let Some(Reverse(time)) = self.free.peek().filter(|Reverse(time)| *time < now) {
            unused.push_back(*time);
            self.free.pop();
        }
        if !unused.is_empty() {
            self.times.retain(|time| {
                let is_unused = unused.front() == Some(time);
                if is_unused {
                    unused.pop_front();
                }
                !is_unused
            });
        }
        self.forget_left(now);
    }

    /// Drops times that have left the window, whether they were given back or not.
    fn forget_left(&mut self, now: Duration) {
        let has_left = |time: &Duration| time.saturating_add(self.window) <= now;
        while let Some(&time) = self.times.front().filter(|time| has_left(time)) {
            self.times.pop_front();
            if self.free.peek() == Some(&Reverse(time)) {
                self.free.pop();
            }
        }
    }
}

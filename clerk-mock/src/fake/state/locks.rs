//! The users who are locked out of their accounts, and the times at which their locks end.

use std::collections::{BTreeMap, BTreeSet};

use clerk_core::Timestamp;

/// The locks of users, by the id of the user.
#[derive(Debug, Clone, Default)]
pub(crate) struct Locks {
    locks: BTreeMap<Box<str>, Lock>,
    /// For each lock, the time at which its remaining seconds change next, and the id of the user.
    /// The set is ordered by time, so that a request need not look at all locks.
    changes: BTreeSet<(Timestamp, Box<str>)>,
}

#[derive(Debug, Clone, Copy)]
struct Lock {
    end: Timestamp,
    /// The time at which the number of remaining seconds changes next.
    next_change: Timestamp,
}

impl Lock {
    /// Returns the lock that ends at `end`, and the remaining seconds at `now`. `None` if the lock
    /// has ended.
    fn at(end: Timestamp, now: Timestamp) -> Option<(Self, i64)> {
        let left = end.as_millis().saturating_sub(now.as_millis());
        let seconds = left.saturating_add(999) / 1_000;
        let later = seconds.saturating_sub(1).saturating_mul(1_000);
        let next_change = Timestamp::from_millis(end.as_millis().saturating_sub(later));
        (left > 0).then_some((Self { end, next_change }, seconds))
    }
}

impl Locks {
    /// Adds or replaces the lock of a user.
    pub(crate) fn set(&mut self, user_id: &str, end: Timestamp, now: Timestamp) {
        self.remove(user_id);
        let ended = Lock {
            end,
            next_change: end,
        };
        let lock = Lock::at(end, now).map_or(ended, |(lock, _)| lock);
        self.changes.insert((lock.next_change, user_id.into()));
        self.locks.insert(user_id.into(), lock);
    }

    pub(crate) fn remove(&mut self, user_id: &str) {
        if let Some((id, lock)) = self.locks.remove_entry(user_id) {
            self.changes.remove(&(lock.next_change, id));
        }
    }

    /// Returns the ids of the users whose remaining seconds have changed, each with the new number
    /// of seconds. The number is `None` if the lock has ended.
    pub(crate) fn take_changes(&mut self, now: Timestamp) -> Vec<(Box<str>, Option<i64>)> {
        let mut changed = Vec::new();
        while let Some((time, _)) = self.changes.first()
            && *time <= now
            && let Some((_, id)) = self.changes.pop_first()
            && let Some(lock) = self.locks.remove(&id)
        {
            let left = Lock::at(lock.end, now);
            if let Some((lock, _)) = left {
                self.changes.insert((lock.next_change, id.clone()));
                self.locks.insert(id.clone(), lock);
            }
            changed.push((id, left.map(|(_, seconds)| seconds)));
        }
        changed
    }

    /// Moves the ends of all locks by this many milliseconds.
    pub(crate) fn postpone(&mut self, millis: i64) {
        let moved =
            |time: Timestamp| Timestamp::from_millis(time.as_millis().saturating_add(millis));
        for lock in self.locks.values_mut() {
            (lock.end, lock.next_change) = (moved(lock.end), moved(lock.next_change));
        }
        let changes = std::mem::take(&mut self.changes).into_iter();
        self.changes = changes.map(|(time, id)| (moved(time), id)).collect();
    }
}

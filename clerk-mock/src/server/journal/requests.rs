//! The newest requests of a world. A world is one instance of Clerk.

use std::collections::VecDeque;
use std::time::Duration;

use clerk_core::{HttpRequest, HttpResponse, Timestamp, TransportError};

use crate::server::journal::entry::{Entry, Received};

/// The maximum size of all entries in bytes.
const MAX_BYTES: usize = 16 << 20;

/// The newest requests of a world, bounded in number and in bytes.
pub(crate) struct Journal {
    entries: VecDeque<Entry>,
    /// The size of the entries in bytes.
    bytes: usize,
    /// The maximum number of entries.
    kept: usize,
    /// The number of the newest recorded request. No number is used twice.
    last_number: u64,
}

impl Journal {
    /// The default maximum number of entries.
    pub(crate) const KEPT: usize = 1_000;

    /// The upper limit of the setting `keep_requests`.
    pub(crate) const MAX_KEPT: usize = 10_000;

    pub(crate) fn new() -> Self {
        Self {
            entries: VecDeque::new(),
            bytes: 0,
            kept: Self::KEPT,
            last_number: 0,
        }
    }

    /// Returns the data that the journal records of a request, or `None` if the journal keeps no
    /// requests.
    pub(crate) fn prepare(&self, request: &HttpRequest) -> Option<Received> {
        (self.kept > 0).then(|| Received::new(request))
    }

    /// Records a request and its outcome. Then drops the oldest entries until the journal is within
    /// its limits.
    pub(crate) fn record(
        &mut self,
        received: Received,
        time: Timestamp,
        duration: Duration,
        outcome: &Result<HttpResponse, TransportError>,
    ) {
        self.last_number += 1;
        let entry = Entry::new(self.last_number, received, time, duration, outcome);
        self.bytes += entry.size();
        self.entries.push_back(entry);
        self.drop_oldest();
    }

    fn drop_oldest(&mut self) {
        while self.entries.len() > self.kept || self.bytes > MAX_BYTES {
            let Some(oldest) = self.entries.pop_front() else {
                return;
            };
            self.bytes = self.bytes.saturating_sub(oldest.size());
        }
    }

    /// Returns the entries, the newest last.
    pub(crate) fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Returns the number of the newest request, which may have been dropped. It is 0 before the
    /// first request.
    pub(crate) fn last_number(&self) -> u64 {
        self.last_number
    }

    /// Returns the maximum number of entries.
    pub(crate) fn kept(&self) -> usize {
        self.kept
    }

    /// Sets the maximum number of entries, and drops the oldest entries until the journal is within
    /// its limits.
    pub(crate) fn keep(&mut self, count: usize) {
        self.kept = count;
        self.drop_oldest();
    }

    /// Drops all entries, and returns how many there were. The numbering continues.
    pub(crate) fn clear(&mut self) -> usize {
        let count = self.entries.len();
        self.entries.clear();
        self.bytes = 0;
        count
    }
}

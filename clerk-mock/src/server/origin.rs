//! The state from which the worlds of a server start. A world is one instance of Clerk.

use std::time::Instant;

use clerk_core::Timestamp;

use crate::fake::fake_clerk::FakeClerk;

/// The state from which each world starts, and to which a reset returns.
pub(crate) struct Origin {
    pub(crate) fake: FakeClerk,
    /// The real time at which the server started. `None` if the time is virtual.
    started_at: Option<Instant>,
}

impl Origin {
    pub(crate) fn new(fake: FakeClerk, virtual_time: bool) -> Self {
        Self {
            fake,
            started_at: (!virtual_time).then(Instant::now),
        }
    }

    pub(crate) fn is_virtual(&self) -> bool {
        self.started_at.is_none()
    }

    /// Returns the time of a world that starts now.
    pub(crate) fn time(&self) -> Timestamp {
        let passed = self.started_at.map(|started_at| started_at.elapsed());
        let passed = passed.unwrap_or_default().as_millis();
        let passed = i64::try_from(passed).unwrap_or(i64::MAX);
        Timestamp::from_millis(self.fake.time().as_millis().saturating_add(passed))
    }
}

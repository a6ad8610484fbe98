//! The session of a user.

use clerk_core::{SessionId, Timestamp};
use serde_json::Value;

use crate::fake::state::fake_session::FakeSession;

/// The lifetime of a session in milliseconds: a week.
const LIFETIME: i64 = 7 * 86_400_000;
/// The number of milliseconds from the creation of a session to its `abandon_at`: 30 days. The fake
/// returns `abandon_at`, but abandons no session.
const ABANDONED_AFTER: i64 = 30 * 86_400_000;
/// The number of milliseconds in a minute.
const MINUTE: i64 = 60_000;

/// A session of a user.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: SessionId,
    pub(crate) client_id: String,
    /// The user, the organization, and the claims of the tokens.
    pub(crate) content: FakeSession,
    /// The time at which the factor ages in `content` (the claim `fva`) are correct. `content_at`
    /// adds the time that has passed since then.
    pub(crate) ages_at: Timestamp,
    pub(crate) is_revoked: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) last_active_at: Timestamp,
    pub(crate) expire_at: Timestamp,
    pub(crate) abandon_at: Timestamp,
}

impl Session {
    /// Creates a session that starts now.
    pub(crate) fn new(
        id: SessionId,
        client_id: String,
        content: FakeSession,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            client_id,
            content,
            ages_at: now,
            is_revoked: false,
            created_at: now,
            updated_at: now,
            last_active_at: now,
            expire_at: later(now, LIFETIME),
            abandon_at: later(now, ABANDONED_AFTER),
        }
    }

    /// Returns the content of the session, with the ages of the factors (`fva`) at the time `now`.
    pub(crate) fn content_at(&self, now: Timestamp) -> FakeSession {
        let mut content = self.content.clone();
        let passed = now.as_millis().saturating_sub(self.ages_at.as_millis());
        let minutes = passed.max(0) / MINUTE;
        let ages = content.claims.get_mut("fva").and_then(Value::as_array_mut);
        for age in ages.into_iter().flatten() {
            // A factor that was never verified has the age -1.
            if let Some(known) = age.as_i64().filter(|known| *known >= 0) {
                *age = known.saturating_add(minutes).into();
            }
        }
        content
    }

    /// Returns the status of the session, as Clerk names it.
    pub(crate) fn status(&self, now: Timestamp) -> &'static str {
        let claim = self.content.claims.get("sts").and_then(Value::as_str);
        if self.is_revoked {
            "revoked"
        } else if now >= self.expire_at {
            "expired"
        } else if claim == Some("pending") {
            "pending"
        } else {
            "active"
        }
    }

    /// Whether the session is neither revoked nor expired.
    pub(crate) fn is_live(&self, now: Timestamp) -> bool {
        matches!(self.status(now), "active" | "pending")
    }

    pub(crate) fn revoke(&mut self, now: Timestamp) {
        if self.is_live(now) {
            self.is_revoked = true;
            self.updated_at = now;
        }
    }

    /// Moves the times of expiry by this many milliseconds. Also moves `ages_at`, so that the ages
    /// of the factors stay the same when a test moves the time of the instance.
    pub(crate) fn postpone(&mut self, millis: i64) {
        self.ages_at = later(self.ages_at, millis);
        self.expire_at = later(self.expire_at, millis);
        self.abandon_at = later(self.abandon_at, millis);
    }
}

fn later(time: Timestamp, millis: i64) -> Timestamp {
    Timestamp::from_millis(time.as_millis().saturating_add(millis))
}

//! Signing users in, and recording their activity.

use std::fmt;

use clerk_core::{SessionId, Timestamp};

use crate::fake::state::fake_session::FakeSession;
use crate::fake::state::session::Session;
use crate::fake::state::world::World;

/// The number of milliseconds in a day.
const DAY: i64 = 86_400_000;

/// The reason why a user cannot sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignInRefusal {
    Unknown,
    Banned,
    Locked,
    Deprovisioned,
}

impl fmt::Display for SignInRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "does not exist",
            Self::Banned => "is banned",
            Self::Locked => "is locked",
            Self::Deprovisioned => "is deprovisioned",
        })
    }
}

impl World {
    /// Returns an error if the user is unknown, banned, locked or deprovisioned.
    pub(crate) fn may_sign_in(&self, user_id: &str) -> Result<(), SignInRefusal> {
        match self.user(user_id) {
            None => Err(SignInRefusal::Unknown),
            Some(user) if user.user.banned => Err(SignInRefusal::Banned),
            Some(user) if user.user.locked => Err(SignInRefusal::Locked),
            Some(user) if user.user.deprovisioned => Err(SignInRefusal::Deprovisioned),
            Some(_) => Ok(()),
        }
    }

    /// Signs a user in, and returns the new session.
    pub(crate) fn sign_in(
        &mut self,
        session: FakeSession,
        now: Timestamp,
    ) -> Result<Session, SignInRefusal> {
        self.may_sign_in(session.user_id.as_str())?;
        let id = self.new_id("sess").into();
        let session = Session::new(id, self.new_id("client"), session, now);
        if let Some(user) = self.user_mut(session.content.user_id.as_str()) {
            user.user.last_sign_in_at = Some(now);
        }
        self.sessions.add(session.clone());
        self.touch(&session.id, now);
        Ok(session)
    }

    /// Records that a session is in use. As in Clerk, the user's `last_active_at` has the precision
    /// of a day.
    pub(crate) fn touch(&mut self, session_id: &SessionId, now: Timestamp) {
        let Some(session) = self.sessions.get_mut(session_id.as_str()) else {
            return;
        };
        session.last_active_at = now;
        let user_id = session.content.user_id.clone();
        if let Some(user) = self.user_mut(user_id.as_str()) {
            let day = now.as_millis().div_euclid(DAY).saturating_mul(DAY);
            let day = Some(Timestamp::from_millis(day));
            user.user.last_active_at = user.user.last_active_at.max(day);
        }
    }
}

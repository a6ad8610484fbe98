//! The sessions of an instance.

use std::collections::BTreeMap;
use std::fmt;

use clerk_core::{SessionId, Timestamp};

use crate::fake::state::fake_session::FakeSession;
use crate::fake::state::session::Session;
use crate::fake::state::world::World;

/// The maximum number of sessions. The oldest one makes room for a new one.
const MAX_SESSIONS: usize = 10_000;
/// The milliseconds of a day.
const DAY: i64 = 86_400_000;

/// The sessions of an instance.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sessions {
    /// The sessions in the order of creation.
    sessions: BTreeMap<u64, Session>,
    /// The place of each session, by its id.
    places: BTreeMap<SessionId, u64>,
    /// The number of sessions added so far.
    added: u64,
}

/// The reason why a user cannot sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignInRefusal {
    Unknown,
    Banned,
    Locked,
}

impl fmt::Display for SignInRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "does not exist",
            Self::Banned => "is banned",
            Self::Locked => "is locked",
        })
    }
}

impl Sessions {
    /// Returns all sessions, in the order of creation.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Session> {
        self.sessions.values()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Session> {
        self.sessions.values_mut()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Session> {
        self.sessions.get(self.places.get(id)?)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.get_mut(self.places.get(id)?)
    }

    /// Adds a session, and drops the oldest one if there are too many.
    pub(crate) fn add(&mut self, session: Session) {
        self.added += 1;
        self.places.insert(session.id.clone(), self.added);
        self.sessions.insert(self.added, session);
        if self.sessions.len() > MAX_SESSIONS
            && let Some((_, oldest)) = self.sessions.pop_first()
        {
            self.places.remove(&oldest.id);
        }
    }

    /// Removes the sessions of a user.
    pub(crate) fn remove_all_of(&mut self, user_id: &str) {
        let Self {
            sessions, places, ..
        } = self;
        sessions.retain(|_, session| {
            let keep = session.content.user_id != user_id;
            if !keep {
                places.remove(&session.id);
            }
            keep
        });
    }

    /// Revokes the sessions of a user.
    pub(crate) fn revoke_all_of(&mut self, user_id: &str, now: Timestamp) {
        let sessions = self.iter_mut();
        sessions
            .filter(|session| session.content.user_id == user_id)
            .for_each(|session| session.revoke(now));
    }
}

impl World {
    /// Returns an error if the user may not sign in.
    pub(crate) fn may_sign_in(&self, user_id: &str) -> Result<(), SignInRefusal> {
        match self.user(user_id) {
            None => Err(SignInRefusal::Unknown),
            Some(user) if user.user.banned => Err(SignInRefusal::Banned),
            Some(user) if user.user.locked => Err(SignInRefusal::Locked),
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

    /// Records that a session is in use. The user's time has the precision of a day, as at Clerk.
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

//! The sessions of an instance.

use std::collections::BTreeMap;

use clerk_core::{SessionId, Timestamp};

use crate::fake::state::journal::Journal;
use crate::fake::state::session::Session;

/// The maximum number of sessions. A further session replaces the oldest one.
const MAX_SESSIONS: usize = 10_000;

/// The sessions of an instance.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sessions {
    /// The sessions in the order of creation.
    sessions: BTreeMap<u64, Session>,
    /// The key of each session in `sessions`, by the id of the session.
    places: BTreeMap<SessionId, u64>,
    /// The number of sessions added so far.
    added: u64,
    pub(crate) journal: Journal<Session>,
}

impl Sessions {
    /// Returns all sessions, in the order of creation.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Session> {
        self.sessions.values()
    }

    /// Returns the sessions of a user, to change them.
    pub(crate) fn of_user_mut(&mut self, user_id: &str) -> impl Iterator<Item = &mut Session> {
        self.matching_mut(move |session| session.content.user_id == user_id)
    }

    /// Returns the sessions in which an organization is active, to change them.
    pub(crate) fn in_organization_mut(
        &mut self,
        organization_id: &str,
    ) -> impl Iterator<Item = &mut Session> {
        self.matching_mut(move |session| session.content.is_active(organization_id))
    }

    fn matching_mut(
        &mut self,
        matches: impl Fn(&Session) -> bool,
    ) -> impl Iterator<Item = &mut Session> {
        let Self {
            sessions, journal, ..
        } = self;
        let all = sessions.values_mut();
        let found = all.filter(move |session| matches(session));
        found.inspect(|session| journal.note(session.id.as_str(), Some(session)))
    }

    /// Moves the times of expiry of all sessions by this many milliseconds.
    pub(crate) fn postpone(&mut self, millis: i64) {
        let sessions = self.sessions.values_mut();
        sessions.for_each(|session| session.postpone(millis));
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Session> {
        self.sessions.get(self.places.get(id)?)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Session> {
        let session = self.sessions.get_mut(self.places.get(id)?)?;
        self.journal.note(id, Some(session));
        Some(session)
    }

    /// Adds a session, and drops the oldest one if there are too many.
    pub(crate) fn add(&mut self, session: Session) {
        self.added += 1;
        self.journal.note(session.id.as_str(), None);
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
            sessions,
            places,
            journal,
            ..
        } = self;
        sessions.retain(|_, session| {
            let keep = session.content.user_id != user_id;
            if !keep {
                journal.note(session.id.as_str(), Some(session));
                places.remove(&session.id);
            }
            keep
        });
    }

    /// Revokes the sessions of a user.
    pub(crate) fn revoke_all_of(&mut self, user_id: &str, now: Timestamp) {
        let sessions = self.of_user_mut(user_id);
        sessions.for_each(|session| session.revoke(now));
    }
}

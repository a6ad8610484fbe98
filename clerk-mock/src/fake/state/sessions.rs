//! The sessions of an instance.

use std::collections::BTreeMap;

use clerk_core::{SessionId, Timestamp};

use crate::fake::state::session::Session;

/// The maximum number of sessions. The oldest one makes room for a new one.
const MAX_SESSIONS: usize = 10_000;

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

//! The sessions of an instance.

use std::collections::{BTreeMap, BTreeSet};

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
    /// The keys of the sessions of each client, by the id of the client.
    clients: BTreeMap<String, BTreeSet<u64>>,
    /// The number of sessions added so far.
    added: u64,
    pub(crate) journal: Journal<Session>,
}

impl Sessions {
    /// Returns all sessions, in the order of creation.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Session> {
        self.sessions.values()
    }

    /// Returns the sessions of a client, in the order of creation.
    pub(crate) fn of_client(&self, client_id: &str) -> impl Iterator<Item = &Session> {
        let places = self.clients.get(client_id).into_iter().flatten();
        places.filter_map(|place| self.sessions.get(place))
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
        let of_client = self.clients.entry(session.client_id.clone());
        of_client.or_default().insert(self.added);
        self.sessions.insert(self.added, session);
        if self.sessions.len() > MAX_SESSIONS
            && let Some((place, oldest)) = self.sessions.pop_first()
        {
            self.places.remove(&oldest.id);
            leave_client(&mut self.clients, &oldest.client_id, place);
        }
    }

    /// Removes the sessions of a user.
    pub(crate) fn remove_all_of(&mut self, user_id: &str) {
        let Self {
            sessions,
            places,
            clients,
            journal,
            ..
        } = self;
        sessions.retain(|place, session| {
            let keep = session.content.user_id != user_id;
            if !keep {
                journal.note(session.id.as_str(), Some(session));
                places.remove(&session.id);
                leave_client(clients, &session.client_id, *place);
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

/// Removes the key of a session from those of its client. A client without sessions is removed.
fn leave_client(clients: &mut BTreeMap<String, BTreeSet<u64>>, client_id: &str, place: u64) {
    if let Some(places) = clients.get_mut(client_id)
        && places.remove(&place)
        && places.is_empty()
    {
        clients.remove(client_id);
    }
}

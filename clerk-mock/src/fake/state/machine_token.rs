//! Opaque tokens of machines.

use std::collections::BTreeMap;

use clerk_core::Timestamp;
use serde_json::{Map, Value};

/// The kind of an opaque token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MachineTokenKind {
    ApiKey,
    M2m,
    OAuth,
}

/// An opaque token: an API key, an M2M token or an OAuth access token.
#[derive(Debug, Clone)]
pub(crate) struct MachineToken {
    pub(crate) kind: MachineTokenKind,
    pub(crate) id: String,
    pub(crate) subject: String,
    pub(crate) name: String,
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) claims: Option<Map<String, Value>>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    /// The time at which the token expires. `None` if it does not expire.
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) is_revoked: bool,
}

/// The tokens by their secrets.
#[derive(Debug, Clone, Default)]
pub(crate) struct MachineTokens(pub(crate) BTreeMap<String, MachineToken>);

impl MachineTokens {
    /// Returns the token of this kind with a secret. `None` if there is none.
    pub(crate) fn find(&self, kind: MachineTokenKind, secret: &str) -> Option<&MachineToken> {
        self.0.get(secret).filter(|token| token.kind == kind)
    }

    /// Changes the times of expiry by a number of milliseconds.
    pub(crate) fn postpone(&mut self, millis: i64) {
        let ends = self.0.values_mut();
        for end in ends.filter_map(|token| token.expires_at.as_mut()) {
            *end = Timestamp::from_millis(end.as_millis().saturating_add(millis));
        }
    }
}

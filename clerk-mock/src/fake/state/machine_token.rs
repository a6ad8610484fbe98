//! Opaque tokens: API keys, M2M tokens and OAuth access tokens.

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
    /// The `type` of an API key. `None` if it is `api_key`.
    pub(crate) key_type: Option<String>,
    /// The position in the order of creation.
    pub(crate) number: u64,
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
    pub(crate) revocation_reason: Option<String>,
    pub(crate) description: Option<String>,
    /// The user who created an API key. `None` if it is not known.
    pub(crate) created_by: Option<String>,
}

impl MachineToken {
    /// Returns the `type` of an API key.
    pub(crate) fn key_type(&self) -> &str {
        self.key_type.as_deref().unwrap_or("api_key")
    }

    pub(crate) fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    pub(crate) fn revoke(&mut self, reason: Option<&str>, now: Timestamp) {
        self.is_revoked = true;
        self.revocation_reason = reason.map(str::to_owned);
        self.updated_at = now;
    }
}

/// The tokens by their secrets.
#[derive(Debug, Clone, Default)]
pub(crate) struct MachineTokens(pub(crate) BTreeMap<String, MachineToken>);

impl MachineTokens {
    /// Returns the token with this kind and this secret. `None` if no token has both.
    pub(crate) fn find(&self, kind: MachineTokenKind, secret: &str) -> Option<&MachineToken> {
        self.0.get(secret).filter(|token| token.kind == kind)
    }

    /// Returns the tokens of a kind with their secrets, from the newest to the oldest.
    pub(crate) fn all(&self, kind: MachineTokenKind) -> Vec<(&str, &MachineToken)> {
        let all = self.0.iter().filter(|(_, token)| token.kind == kind);
        let mut all: Vec<_> = all
            .map(|(secret, token)| (secret.as_str(), token))
            .collect();
        all.sort_by(|(_, one), (_, other)| {
            (other.created_at, other.number).cmp(&(one.created_at, one.number))
        });
        all
    }

    /// Returns the secret of a token. `None` if there is no token of this kind with this id.
    pub(crate) fn secret_of(&self, kind: MachineTokenKind, id: &str) -> Option<&str> {
        let mut all = self.0.iter();
        let found = all.find(|(_, token)| token.kind == kind && token.id == id);
        found.map(|(secret, _)| secret.as_str())
    }

    /// Adds a token under its secret, and sets the token's position in the order of creation.
    pub(crate) fn add(&mut self, secret: String, mut token: MachineToken) {
        let numbers = self.0.values().map(|token| token.number);
        token.number = numbers.max().map_or(1, |number| number.saturating_add(1));
        self.0.insert(secret, token);
    }

    /// Moves the times of expiry by this many milliseconds.
    pub(crate) fn postpone(&mut self, millis: i64) {
        let ends = self.0.values_mut();
        for end in ends.filter_map(|token| token.expires_at.as_mut()) {
            *end = Timestamp::from_millis(end.as_millis().saturating_add(millis));
        }
    }
}

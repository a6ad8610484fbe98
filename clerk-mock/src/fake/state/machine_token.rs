//! Opaque tokens: API keys, M2M tokens and OAuth access tokens.

use std::collections::BTreeMap;

use clerk_core::Timestamp;
use serde_json::{Map, Value};

/// The kind of an opaque token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// The opaque tokens.
#[derive(Debug, Clone, Default)]
pub(crate) struct MachineTokens {
    /// The tokens by their secrets.
    tokens: BTreeMap<String, MachineToken>,
    /// The secret of each token, by its kind and id. The kind and the id of a token never change.
    secrets: BTreeMap<(MachineTokenKind, String), String>,
    /// The number of tokens added so far.
    added: u64,
}

impl MachineTokens {
    /// Whether a token of any kind has this secret.
    pub(crate) fn has(&self, secret: &str) -> bool {
        self.tokens.contains_key(secret)
    }

    /// Returns the token with this kind and this secret. `None` if no token has both.
    pub(crate) fn find(&self, kind: MachineTokenKind, secret: &str) -> Option<&MachineToken> {
        self.tokens.get(secret).filter(|token| token.kind == kind)
    }

    /// Returns the token with this secret, to change it. `None` if there is none.
    pub(crate) fn get_mut(&mut self, secret: &str) -> Option<&mut MachineToken> {
        self.tokens.get_mut(secret)
    }

    /// Returns the tokens of all kinds with their secrets, in the order of the secrets.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &MachineToken)> {
        self.tokens.iter()
    }

    /// Returns the tokens of a kind with their secrets, from the newest to the oldest.
    pub(crate) fn all(&self, kind: MachineTokenKind) -> Vec<(&str, &MachineToken)> {
        let all = self.tokens.iter().filter(|(_, token)| token.kind == kind);
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
        let secret = self.secrets.get(&(kind, id.to_owned()));
        secret.map(String::as_str)
    }

    /// Adds a token, or replaces the token with the same secret. Sets the token's position in the
    /// order of creation.
    pub(crate) fn add(&mut self, secret: String, mut token: MachineToken) {
        self.remove(&secret);
        self.added += 1;
        token.number = self.added;
        let key = (token.kind, token.id.clone());
        self.secrets.insert(key, secret.clone());
        self.tokens.insert(secret, token);
    }

    pub(crate) fn remove(&mut self, secret: &str) {
        if let Some(token) = self.tokens.remove(secret) {
            self.secrets.remove(&(token.kind, token.id));
        }
    }

    /// Moves the times of expiry by this many milliseconds.
    pub(crate) fn postpone(&mut self, millis: i64) {
        let ends = self.tokens.values_mut();
        for end in ends.filter_map(|token| token.expires_at.as_mut()) {
            *end = Timestamp::from_millis(end.as_millis().saturating_add(millis));
        }
    }
}

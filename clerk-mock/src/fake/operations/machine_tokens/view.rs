//! Opaque tokens as Clerk returns them, without their secrets.

use clerk_core::Timestamp;
use serde_json::{Map, Value, json};

use crate::fake::state::machine_token::MachineToken;

pub(crate) fn api_key(token: &MachineToken, now: Timestamp) -> Map<String, Value> {
    let mut answer = answer(token, "api_key", now);
    answer.extend([
        ("type".to_owned(), json!(token.key_type())),
        ("name".to_owned(), json!(token.name)),
        ("description".to_owned(), json!(token.description)),
        ("claims".to_owned(), json!(token.claims)),
        ("created_by".to_owned(), json!(token.created_by)),
        ("last_used_at".to_owned(), Value::Null),
    ]);
    answer
}

pub(crate) fn m2m_token(token: &MachineToken, now: Timestamp) -> Map<String, Value> {
    let mut answer = answer(token, "machine_to_machine_token", now);
    answer.extend([
        ("claims".to_owned(), json!(token.claims)),
        ("last_used_at".to_owned(), Value::Null),
    ]);
    answer
}

/// Returns the JSON fields that all kinds of tokens have in common.
pub(crate) fn answer(token: &MachineToken, object: &str, now: Timestamp) -> Map<String, Value> {
    let end = token.expires_at.map(Timestamp::as_millis);
    [
        ("object", json!(object)),
        ("id", json!(token.id)),
        ("subject", json!(token.subject)),
        ("scopes", json!(token.scopes)),
        ("revoked", json!(token.is_revoked)),
        ("revocation_reason", json!(token.revocation_reason)),
        ("expired", json!(token.is_expired(now))),
        ("expiration", json!(end)),
        ("created_at", json!(token.created_at.as_millis())),
        ("updated_at", json!(token.updated_at.as_millis())),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

//! Functions that the operations on API keys and on M2M tokens share.

use std::time::Duration;

use clerk_core::Timestamp;
use serde_json::{Map, Value};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::query::{Pairs, first, type_error, window};
use crate::fake::operations::response::ApiError;
use crate::fake::state::machine_token::{MachineToken, MachineTokenKind};
use crate::fake::state::world::World;

/// The maximum number of objects in a page.
const MAX_LIMIT: usize = 100;

/// Creates a token for a subject.
pub(crate) fn new_token(
    world: &mut World,
    kind: MachineTokenKind,
    prefix: &str,
    subject: &str,
    now: Timestamp,
) -> MachineToken {
    MachineToken {
        kind,
        key_type: None,
        number: 0,
        id: world.new_token_id(kind, prefix),
        subject: subject.to_owned(),
        name: String::new(),
        client_id: String::new(),
        scopes: Vec::new(),
        claims: None,
        created_at: now,
        updated_at: now,
        expires_at: None,
        is_revoked: false,
        revocation_reason: None,
        description: None,
        created_by: None,
    }
}

/// Returns the time that is this many seconds after `now`.
pub(crate) fn after(now: Timestamp, seconds: i64) -> Timestamp {
    now + Duration::from_secs(seconds.unsigned_abs())
}

/// Reads the lifetime of a token. Reports an error if it is zero.
pub(crate) fn seconds_until_expiration(form: &mut Form<'_>) -> Option<i64> {
    let name = "seconds_until_expiration";
    let seconds = form.number(name);
    if seconds == Some(0) {
        let message = "seconds_until_expiration must be above 0.";
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, name, message);
    }
    seconds
}

pub(crate) fn claims(form: &mut Form<'_>) -> Option<Map<String, Value>> {
    form.value("claims", "an object", Value::as_object).cloned()
}

/// Returns the secret of the token with this id, or a 404.
pub(crate) fn secret_of(
    world: &World,
    kind: MachineTokenKind,
    id: &str,
) -> Result<String, ApiError> {
    let secret = world.machine_tokens.secret_of(kind, id);
    let secret = secret.ok_or_else(|| ApiError::resource_not_found(id))?;
    Ok(secret.to_owned())
}

/// Revokes the token with this id, and returns it.
pub(crate) fn revoke<'a>(
    world: &'a mut World,
    kind: MachineTokenKind,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> Result<&'a MachineToken, ApiError> {
    let secret = secret_of(world, kind, id)?;
    let mut form = Form::new(body);
    let reason = form.text("revocation_reason");
    form.finish()?;
    let token = world.machine_tokens.get_mut(&secret);
    let token = token.ok_or_else(|| ApiError::resource_not_found(id))?;
    token.revoke(reason, now);
    Ok(token)
}

/// Returns the required parameter `subject`, or an error if it is missing.
pub(crate) fn subject<'a>(query: Pairs<'a>) -> Result<&'a str, ApiError> {
    let subject = first(query, "subject").filter(|subject| !subject.is_empty());
    subject.ok_or_else(|| {
        ApiError::param(
            codes::FORM_PARAM_MISSING,
            "subject",
            "subject must be included.",
        )
    })
}

/// Reads a flag, which is false by default.
pub(crate) fn flag(query: Pairs<'_>, name: &str) -> Result<bool, ApiError> {
    match first(query, name) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(type_error(name, "a boolean")),
    }
}

/// Returns the page of a list that the query selects. `limit` and `offset` may be written as
/// `10.0`, as in Clerk's SDK for Python.
pub(crate) fn window_of<'a, T>(all: &'a [T], query: Pairs<'_>) -> Result<&'a [T], ApiError> {
    let integer = |(name, text): &(String, String)| {
        let is_number = name == "limit" || name == "offset";
        let integer = text.strip_suffix(".0").filter(|_| is_number);
        (name.clone(), integer.unwrap_or(text).to_owned())
    };
    let query: Vec<_> = query.iter().map(integer).collect();
    let is_limit = |text: &str| {
        text.parse()
            .is_ok_and(|limit| (1..=MAX_LIMIT).contains(&limit))
    };
    if first(&query, "limit").is_some_and(|text| !is_limit(text)) {
        return Err(type_error("limit", "an integer from 1 to 100"));
    }
    window(all, &query)
}

//! The operations that verify opaque tokens.

use clerk_core::Timestamp;
use serde_json::{Map, Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::machine_tokens::view::{answer, api_key, m2m_token};
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::operations::shelves::machines::caller;
use crate::fake::state::machine_token::{MachineToken, MachineTokenKind};
use crate::fake::state::shelves::text;
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

pub(crate) fn verify_api_key(
    world: &World,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let token = find(world, now, MachineTokenKind::ApiKey, body, &["secret"])?;
    Ok(Value::Object(api_key(token, now)).into())
}

/// Returns a valid token.
///
/// If the request has the secret key of a machine, only tokens with this machine in their scopes
/// are valid. This rule also applies to the machine's own tokens.
pub(crate) fn verify_m2m_token(
    world: &World,
    request: &RecordedRequest,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let token = find(world, now, MachineTokenKind::M2m, body, &["token"])?;
    if let Some(machine) = caller(world, request, now) {
        let id = text(machine, "id");
        if !token.scopes.iter().any(|scope| scope == id) {
            return Err(no_token());
        }
    }
    Ok(Value::Object(m2m_token(token, now)).into())
}

pub(crate) fn verify_oauth_access_token(
    world: &World,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    // `secret` is the deprecated name of the parameter.
    let names = &["access_token", "secret"];
    let token = find(world, now, MachineTokenKind::OAuth, body, names)?;
    let mut answer = answer(token, "clerk_idp_oauth_access_token", now);
    answer.insert("client_id".to_owned(), json!(token.client_id));
    Ok(Value::Object(answer).into())
}

/// Returns the valid token whose secret is in the body, under one of these names.
///
/// A revoked or expired token gets a 404, because Clerk's SDKs accept every token that is returned.
fn find<'a>(
    world: &'a World,
    now: Timestamp,
    kind: MachineTokenKind,
    body: &Map<String, Value>,
    names: &[&'static str],
) -> Result<&'a MachineToken, ApiError> {
    let mut form = Form::new(body);
    let texts: Vec<_> = names.iter().map(|name| form.text(name)).collect();
    form.finish()?;
    let Some(secret) = texts.into_iter().flatten().find(|text| !text.is_empty()) else {
        let name = names.first().copied().unwrap_or_default();
        let message = format!("{name} must be included.");
        let code = codes::FORM_PARAM_MISSING;
        return Err(ApiError::param(code, name, &message));
    };
    let token = world.machine_tokens.find(kind, secret);
    let token = token.filter(|token| !token.is_revoked && !token.is_expired(now));
    token.ok_or_else(no_token)
}

/// Creates a 404 whose message does not repeat the secret.
fn no_token() -> ApiError {
    ApiError::not_found("No token was found.")
}

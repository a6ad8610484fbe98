//! The operations on M2M tokens, except their verification.

use clerk_core::Timestamp;
use serde_json::{Map, Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::machine_tokens::draft::{
    after, claims, flag, new_token, revoke, seconds_until_expiration, secret_of, subject, window_of,
};
use crate::fake::operations::machine_tokens::view::m2m_token;
use crate::fake::operations::query::Pairs;
use crate::fake::operations::response::{ApiError, ApiResult, Body};
use crate::fake::operations::shelves::machines::{caller, scopes};
use crate::fake::state::machine_token::{MachineToken, MachineTokenKind};
use crate::fake::state::shelves::text;
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

const KIND: MachineTokenKind = MachineTokenKind::M2m;

/// Whether the body of a request that creates a token asks for a JWT.
pub(crate) fn is_jwt(body: &Map<String, Value>) -> bool {
    text(body, "token_format") == "jwt"
}

/// Creates a token of the machine whose secret key is in the request.
///
/// With the parameter `min_remaining_ttl_seconds`, the response contains an existing equal token
/// instead, if that token is still valid for at least this number of seconds.
pub(crate) fn create_m2m_token(
    world: &mut World,
    request: &RecordedRequest,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let machine = caller(world, request, now).cloned().ok_or_else(|| {
        let message = "The secret key must be that of a machine.";
        let code = codes::CLERK_KEY_INVALID;
        ApiError::new(code, message)
    })?;
    let mut token = new_token(world, KIND, "mt", text(&machine, "id"), now);
    token.scopes = scopes(&machine).into_iter().map(str::to_owned).collect();
    let mut form = Form::new(body);
    let format = form.text("token_format");
    if format.is_some_and(|format| format != "opaque") {
        let message = "token_format must be one of opaque, jwt.";
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, "token_format", message);
    }
    let least = form.count("min_remaining_ttl_seconds");
    token.claims = claims(&mut form);
    let seconds = seconds_until_expiration(&mut form);
    let default = machine.get("default_token_ttl").and_then(Value::as_i64);
    let seconds = if form.has("seconds_until_expiration") {
        seconds
    } else {
        default
    };
    token.expires_at = seconds.map(|seconds| after(now, seconds));
    if let (Some(least), Some(seconds)) = (least, seconds)
        && least >= seconds
    {
        let message = format!(
            "min_remaining_ttl_seconds must be less than the lifetime of {seconds} seconds."
        );
        let code = codes::FORM_PARAM_VALUE_INVALID;
        form.refuse(code, "min_remaining_ttl_seconds", &message);
    }
    form.finish()?;
    if let Some(least) = least
        && let Some((secret, known)) = reusable(world, &token, after(now, least), now)
    {
        return Ok(created(known, secret, now));
    }
    let secret = world.new_id("mt");
    let shown = created(&token, &secret, now);
    world.machine_tokens.add(secret, token);
    Ok(shown)
}

/// Returns an existing token that can replace the new `token`, and its secret.
///
/// This is the newest valid token of the same machine, with the same claims and scopes, that does
/// not expire before `end`. `None` if there is no such token.
fn reusable<'a>(
    world: &'a World,
    token: &MachineToken,
    end: Timestamp,
    now: Timestamp,
) -> Option<(&'a str, &'a MachineToken)> {
    let mut all = world.machine_tokens.all(KIND).into_iter();
    all.find(|(_, known)| {
        let is_equal = (&known.subject, &known.claims, &known.scopes)
            == (&token.subject, &token.claims, &token.scopes);
        let is_valid = !known.is_revoked && !known.is_expired(now);
        is_equal && is_valid && known.expires_at.is_none_or(|of| of >= end)
    })
}

/// Returns a token and its secret as the response to a creation.
fn created(token: &MachineToken, secret: &str, now: Timestamp) -> Body {
    let mut shown = m2m_token(token, now);
    shown.insert("token".to_owned(), json!(secret));
    Value::Object(shown).into()
}

/// Lists the tokens of a machine. The secret key of another machine gets a 403.
pub(crate) fn get_m2m_tokens(
    world: &World,
    request: &RecordedRequest,
    query: Pairs<'_>,
    now: Timestamp,
) -> ApiResult {
    let subject = subject(query)?;
    let (revoked, expired) = (flag(query, "revoked")?, flag(query, "expired")?);
    if caller(world, request, now).is_some_and(|machine| text(machine, "id") != subject) {
        let message = "A machine can list its own tokens only.";
        return Err(ApiError::new(codes::AUTHORIZATION_INVALID, message));
    }
    let tokens = world.machine_tokens.all(KIND).into_iter();
    let tokens: Vec<Value> = tokens
        .map(|(_, token)| token)
        .filter(|token| token.subject == subject)
        .filter(|token| (revoked || !token.is_revoked) && (expired || !token.is_expired(now)))
        .map(|token| Value::Object(m2m_token(token, now)))
        .collect();
    let total_count = tokens.len();
    let shown = window_of(&tokens, query)?;
    Ok(json!({ "m2m_tokens": shown, "total_count": total_count }).into())
}

/// Revokes a token. The secret key of a machine gets a 404 for the tokens of other machines.
pub(crate) fn revoke_m2m_token(
    world: &mut World,
    request: &RecordedRequest,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    if let Some(machine) = caller(world, request, now) {
        let secret = secret_of(world, KIND, id)?;
        let token = world.machine_tokens.find(KIND, &secret);
        if token.is_none_or(|token| token.subject != text(machine, "id")) {
            return Err(ApiError::resource_not_found(id));
        }
    }
    let token = revoke(world, KIND, id, body, now)?;
    Ok(Value::Object(m2m_token(token, now)).into())
}

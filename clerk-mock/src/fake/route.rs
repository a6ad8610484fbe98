//! Which operation a request asks for.

use clerk_core::http::StatusCode;
use clerk_core::http::header::AUTHORIZATION;
use clerk_core::{HttpResponse, Timestamp};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::answer::{self, Outcome, Refusal};
use super::world::World;
use super::{account, create, credentials, listing, metadata, update};
use crate::Recorded;

pub(super) fn answer(world: &mut World, request: &Recorded, now: Timestamp) -> HttpResponse {
    let outcome = authorize(world, request).and_then(|()| dispatch(world, request, now));
    answer::response(outcome, &world.new_trace_id())
}

fn authorize(world: &World, request: &Recorded) -> Result<(), Refusal> {
    let header = request.header(AUTHORIZATION.as_str());
    let key = header.and_then(|header| header.strip_prefix("Bearer "));
    let right = match (&world.secret_key, key) {
        (_, None) => false,
        (Some(required), Some(key)) => required == key,
        (None, Some(key)) => key.starts_with("sk_test_") || key.starts_with("sk_live_"),
    };
    if right {
        return Ok(());
    }
    let (code, message) = match key {
        None => (
            "authorization_header_format_invalid",
            "Invalid Authorization header format. Must be Bearer <YOUR_SECRET_KEY>.",
        ),
        Some(_) => (
            "clerk_key_invalid",
            "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.",
        ),
    };
    Err(Refusal::new(
        StatusCode::UNAUTHORIZED,
        code,
        message,
        message,
    ))
}

fn dispatch(world: &mut World, request: &Recorded, now: Timestamp) -> Outcome {
    let segments: Vec<String> = request
        .path()
        .trim_start_matches('/')
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect();
    let mut segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    if segments.first() == Some(&"v1") {
        segments.remove(0);
    }
    let query = request.query();
    match (request.method().as_str(), segments.as_slice()) {
        ("GET", ["users"]) => listing::list(world, &query),
        ("POST", ["users"]) => create::create(world, &body(request)?, now),
        ("GET", ["users", "count"]) => listing::count(world, &query),
        ("GET", ["users", id]) => account::get(world, id),
        ("PATCH", ["users", id]) => update::update(world, id, &body(request)?, now),
        ("DELETE", ["users", id]) => account::delete(world, id),
        ("POST", ["users", id, "ban"]) => account::set_banned(world, id, true, now),
        ("POST", ["users", id, "unban"]) => account::set_banned(world, id, false, now),
        ("PATCH", ["users", id, "metadata"]) => metadata::merge(world, id, &body(request)?, now),
        ("GET", ["users", id, "oauth_access_tokens", provider]) => {
            account::oauth_access_tokens(world, id, provider, &query)
        }
        ("GET", ["users", id, "organization_memberships"]) => {
            account::organization_memberships(world, id, &query)
        }
        ("POST", ["users", id, "verify_password"]) => {
            credentials::verify_password(world, id, &body(request)?)
        }
        ("POST", ["users", id, "verify_totp"]) => {
            credentials::verify_totp(world, id, &body(request)?, now)
        }
        ("DELETE", ["users", id, "mfa"]) => credentials::disable_mfa(world, id, now),
        (method, _) => {
            let message = format!("FakeClerk has no {method} {}", request.path());
            Err(Refusal::new(
                StatusCode::NOT_FOUND,
                "resource_not_found",
                "not found",
                &message,
            ))
        }
    }
}

/// The JSON object of the body; no body is an empty one.
fn body(request: &Recorded) -> Result<Map<String, Value>, Refusal> {
    if request.body().is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(request.body()) {
        Ok(Value::Object(body)) => Ok(body),
        _ => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "request_body_invalid",
            "Request body invalid",
            "The request body is invalid. Please consult the API documentation for more information.",
        )),
    }
}

/// What a list with a total looks like.
pub(super) fn page(data: &[impl serde::Serialize], total_count: usize) -> Value {
    json!({ "data": answer::value(&data), "total_count": total_count })
}

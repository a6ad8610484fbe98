//! Which operation a request asks for.

use clerk_core::http::StatusCode;
use clerk_core::http::header::{AUTHORIZATION, CONTENT_TYPE};
use clerk_core::{HttpResponse, Timestamp};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::answer::{self, Outcome, Refusal};
use super::world::World;
use super::{
    account, billing, create, credentials, device, listing, metadata, profile_image, replace,
    second_factor, update,
};
use crate::Recorded;

/// The dated versions that Clerk publishes.
const VERSIONS: [&str; 6] = [
    "2021-02-05",
    "2024-10-01",
    "2025-03-12",
    "2025-04-10",
    "2025-11-10",
    "2026-05-12",
];

pub(super) fn answer(world: &mut World, request: &Recorded, now: Timestamp) -> HttpResponse {
    let outcome = authorize(world, request)
        .and_then(|()| check_version(request))
        .and_then(|()| dispatch(world, request, now));
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

/// A version that Clerk knows, in the header or the query but not in both; none is the newest.
fn check_version(request: &Recorded) -> Result<(), Refusal> {
    let refuse = |message: &str| {
        let code = "api_version_invalid";
        Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            code,
            "Invalid API version",
            message,
        ))
    };
    let header = request.header("clerk-api-version");
    let query = request.query_values("__clerk_api_version");
    match (header, query.first()) {
        (Some(_), Some(_)) => {
            refuse("The API version is either in the header Clerk-API-Version or in the query.")
        }
        (header, query) => match header.or(query.map(String::as_str)) {
            Some(version) if !VERSIONS.contains(&version) => {
                refuse(&format!("There is no API version {version}."))
            }
            _ => Ok(()),
        },
    }
}

/// Whether `PATCH /users/{user_id}` takes metadata: it did before 2026-05-12.
fn takes_metadata(request: &Recorded) -> bool {
    let query = request.query_values("__clerk_api_version");
    let version = request.header("clerk-api-version");
    version
        .or(query.first().map(String::as_str))
        .is_some_and(|version| version < "2026-05-12")
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
        ("POST", ["users", "ban"]) => account::set_all_banned(world, &body(request)?, true, now),
        ("POST", ["users", "unban"]) => account::set_all_banned(world, &body(request)?, false, now),
        (method, ["users", id, of @ ..]) => dispatch_user(world, request, now, method, id, of),
        _ => Err(unknown(request)),
    }
}

/// The operations on one user: `of` is the path below it.
fn dispatch_user(
    world: &mut World,
    request: &Recorded,
    now: Timestamp,
    method: &str,
    id: &str,
    of: &[&str],
) -> Outcome {
    let query = request.query();
    match (method, of) {
        ("GET", []) => account::get(world, id),
        ("PATCH", []) => update::update(world, id, &body(request)?, takes_metadata(request), now),
        ("DELETE", []) => account::delete(world, id),
        ("POST", ["ban"]) => account::set_banned(world, id, true, now),
        ("POST", ["unban"]) => account::set_banned(world, id, false, now),
        ("POST", ["lock"]) => account::set_locked(world, id, true, now),
        ("POST", ["unlock"]) => account::set_locked(world, id, false, now),
        ("POST", ["profile_image"]) => profile_image::set(world, id, request, now),
        ("DELETE", ["profile_image"]) => profile_image::delete(world, id, now),
        ("PATCH", ["metadata"]) => metadata::merge(world, id, &body(request)?, now),
        ("PUT", ["metadata"]) => metadata::replace(world, id, &body(request)?, now),
        ("GET", ["billing", "subscription"]) => billing::subscription(world, id),
        ("GET", ["billing", "credits"]) => billing::credit_balance(world, id),
        ("POST", ["billing", "credits"]) => billing::adjust_credit(world, id, &body(request)?, now),
        ("GET", ["oauth_access_tokens", provider]) => {
            account::oauth_access_tokens(world, id, provider, &query)
        }
        ("GET", ["organization_memberships"]) => {
            account::organization_memberships(world, id, &query)
        }
        ("GET", ["organization_invitations"]) => {
            account::organization_invitations(world, id, &query)
        }
        ("POST", ["verify_password"]) => credentials::verify_password(world, id, &body(request)?),
        ("POST", ["remove_password"]) => {
            credentials::remove_password(world, id, &body(request)?, now)
        }
        ("POST", ["password", "set_compromised"]) => {
            credentials::set_compromised(world, id, &body(request)?, now)
        }
        ("POST", ["password", "unset_compromised"]) => {
            credentials::unset_compromised(world, id, now)
        }
        ("POST", ["verify_totp"]) => second_factor::verify_totp(world, id, &body(request)?, now),
        ("DELETE", ["totp"]) => second_factor::delete_totp(world, id, now),
        ("DELETE", ["backup_code"]) => second_factor::delete_backup_codes(world, id, now),
        ("DELETE", ["mfa"]) => second_factor::disable_mfa(world, id, now),
        ("GET", ["trusted_devices"]) => device::list(world, id),
        ("DELETE", ["trusted_devices", device]) => device::revoke(world, id, device, now),
        ("PUT", ["email_address"]) => replace::email_address(world, id, &body(request)?, now),
        ("PUT", ["phone_number"]) => replace::phone_number(world, id, &body(request)?, now),
        ("DELETE", ["passkeys", passkey]) => replace::delete_passkey(world, id, passkey, now),
        ("DELETE", ["web3_wallets", wallet]) => replace::delete_web3_wallet(world, id, wallet, now),
        ("DELETE", ["external_accounts", account]) => {
            replace::delete_external_account(world, id, account, now)
        }
        _ => Err(unknown(request)),
    }
}

fn unknown(request: &Recorded) -> Refusal {
    let (method, path) = (request.method(), request.path());
    Refusal::not_found(&format!("FakeClerk has no {method} {path}"))
}

/// The JSON object of the body; no body, and null, is an empty one.
fn body(request: &Recorded) -> Result<Map<String, Value>, Refusal> {
    if request.body().is_empty() {
        return Ok(Map::new());
    }
    let content_type = request.header(CONTENT_TYPE.as_str()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        let message = format!(
            "Content-Type {essence:?} is not supported for this request. Use application/json."
        );
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_content_type",
            "Unsupported Content-Type",
            &message,
        ));
    }
    match serde_json::from_slice(request.body()) {
        Ok(Value::Object(body)) => Ok(body),
        Ok(Value::Null) => Ok(Map::new()),
        _ => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "request_body_invalid",
            "Request body invalid",
            "The request body is invalid. Please consult the API documentation for more information.",
        )),
    }
}

/// What a list with a total looks like.
pub(super) fn page(data: &[impl serde_core::Serialize], total_count: usize) -> Value {
    json!({ "data": answer::value(&data), "total_count": total_count })
}

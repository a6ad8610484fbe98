//! Finds the operation of a request, by its method and path.

use clerk_core::http::header::{AUTHORIZATION, CONTENT_TYPE};
use clerk_core::http::{Method, StatusCode};
use clerk_core::{HttpResponse, Timestamp};
use percent_encoding::percent_decode_str;

use crate::fake::operations::body::body;
use crate::fake::operations::clients;
use crate::fake::operations::codes;
use crate::fake::operations::identifiers;
use crate::fake::operations::jwks::keys;
use crate::fake::operations::machine_tokens;
use crate::fake::operations::organizations as organizations_of_instance;
use crate::fake::operations::plan::check_plan;
use crate::fake::operations::response::{self, ApiError, ApiResult};
#[cfg(feature = "auth")]
use crate::fake::operations::sessions::tokens;
use crate::fake::operations::sessions::{listing as session_listing, session};
use crate::fake::operations::shelves;
use crate::fake::operations::shelves::machines::caller;
use crate::fake::operations::users::account::create::create_user;
use crate::fake::operations::users::account::update::update_user;
use crate::fake::operations::users::metadata::takes_metadata;
use crate::fake::operations::users::{
    account, ban, billing, identifications, listing, lock, metadata, mfa, oauth, organizations,
    password, profile_image, trusted_devices,
};
use crate::fake::state::world::World;
use crate::fake::undescribed;
use crate::requests::recorded_request::RecordedRequest;

/// The API versions that Clerk publishes.
const VERSIONS: [&str; 6] = [
    "2021-02-05",
    "2024-10-01",
    "2025-03-12",
    "2025-04-10",
    "2025-11-10",
    "2026-05-12",
];

/// Lets a request take effect, and returns its response.
pub(crate) fn respond(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
) -> HttpResponse {
    let result = if is_of_frontend_api(request) || is_interstitial(request) {
        Ok(())
    } else {
        authorize(world, request, now)
    };
    let result = result.and_then(|()| authorized(world, request, now));
    finish(world, request, result)
}

/// Lets a request take effect, and returns its response. The request needs no secret key.
#[cfg(feature = "server")]
pub(crate) fn respond_without_key(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
) -> HttpResponse {
    let result = authorized(world, request, now);
    finish(world, request, result)
}

/// Converts the result of a request into its response.
fn finish(world: &mut World, request: &RecordedRequest, result: ApiResult) -> HttpResponse {
    let status = match &result {
        Ok(_) => success(request),
        Err(_) => StatusCode::OK,
    };
    let mut response = response::http_response(result, &world.new_trace_id());
    if status != StatusCode::OK {
        *response.status_mut() = status;
    }
    if status == StatusCode::NO_CONTENT {
        response.headers_mut().remove(CONTENT_TYPE);
        *response.body_mut() = Default::default();
    }
    response
}

/// Returns the status of a successful response.
fn success(request: &RecordedRequest) -> StatusCode {
    let path = request.path();
    match (
        request.method().as_str(),
        path.strip_prefix("/v1").unwrap_or(path),
    ) {
        ("POST", "/enterprise_connections" | "/m2m_tokens") => StatusCode::CREATED,
        ("PATCH", "/instance") => StatusCode::NO_CONTENT,
        ("POST", path) if path.ends_with("/revoke_token") => StatusCode::NO_CONTENT,
        _ => StatusCode::OK,
    }
}

/// Whether the path belongs to the Frontend API, which needs no secret key.
fn is_of_frontend_api(request: &RecordedRequest) -> bool {
    request.path() == "/.well-known/jwks.json"
}

/// Whether the request is for the interstitial, an HTML page that Clerk returns to browsers. Such a
/// request needs no secret key.
fn is_interstitial(request: &RecordedRequest) -> bool {
    let path = request.path();
    let path = path.strip_prefix("/v1").unwrap_or(path);
    request.method() == Method::GET && path == "/public/interstitial"
}

fn authorized(world: &mut World, request: &RecordedRequest, now: Timestamp) -> ApiResult {
    if is_of_frontend_api(request) {
        return Ok(keys::get_jwks(world).into());
    }
    check_version(request)?;
    // Finding the operation takes time, and is necessary only if the plan excludes operations.
    if !world.settings.operations_outside_plan.is_empty()
        && let Some(id) = request.operation_id()
    {
        check_plan(world, id)?;
    }
    dispatch(world, request, now)
}

/// Returns an error if the request has no secret key that the fake accepts.
fn authorize(world: &World, request: &RecordedRequest, now: Timestamp) -> Result<(), ApiError> {
    let header = request.header(AUTHORIZATION.as_str());
    let key = header.and_then(|header| header.strip_prefix("Bearer "));
    let right = match (&world.secret_key, key) {
        (_, None) => false,
        (Some(required), Some(key)) => required == key,
        (None, Some(key)) => key.starts_with("sk_test_") || key.starts_with("sk_live_"),
    };
    // The operations on M2M tokens also accept the secret key of a machine.
    let path = request.path().trim_start_matches('/');
    let noun = path.strip_prefix("v1/").unwrap_or(path).split('/').next();
    let is_machine = || caller(world, request, now).is_some();
    let right = right || noun == Some("m2m_tokens") && is_machine();
    if right {
        return Ok(());
    }
    let (code, message) = match key {
        None => (
            codes::AUTHORIZATION_HEADER_FORMAT_INVALID,
            "Invalid Authorization header format. Must be 'Bearer <YOUR_API_KEY>'.",
        ),
        Some(_) => (
            codes::CLERK_KEY_INVALID,
            "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.",
        ),
    };
    Err(ApiError::new(code, message))
}

/// Returns an error if the API version is invalid, or given in both the header and the query.
///
/// A request without a version uses the oldest version.
fn check_version(request: &RecordedRequest) -> Result<(), ApiError> {
    let refuse = |message: &str| {
        let code = codes::API_VERSION_INVALID;
        Err(ApiError::new(code, message))
    };
    let header = request.header("clerk-api-version");
    let query = request.query_values("__clerk_api_version");
    match (header, query.first()) {
        (Some(_), Some(_)) => refuse(
            "The API version must not be in both the header Clerk-API-Version and the query.",
        ),
        (header, query) => match header.or(query.map(String::as_str)) {
            Some(version) if !is_version(version) => {
                refuse(&format!("There is no API version {version}."))
            }
            _ => Ok(()),
        },
    }
}

/// Whether Clerk has published an API version, or may publish it later. Every date after the newest
/// known version is accepted, and treated as the newest version.
fn is_version(version: &str) -> bool {
    let newest = VERSIONS.last().is_some_and(|newest| version > *newest);
    let is_date = Timestamp::parse_rfc3339(&format!("{version}T00:00:00Z")).is_some();
    VERSIONS.contains(&version) || (newest && is_date)
}

fn dispatch(world: &mut World, request: &RecordedRequest, now: Timestamp) -> ApiResult {
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
    organizations_of_instance::check_enabled(world, &segments)?;
    let query = request.query();
    match (request.method().as_str(), segments.as_slice()) {
        ("GET", ["users"]) => listing::get_user_list(world, &query),
        ("POST", ["users"]) => create_user(world, &body(request)?, now),
        ("GET", ["users", "count"]) => listing::get_users_count(world, &query),
        ("POST", ["users", "ban"]) => ban::users_ban(world, &body(request)?, now),
        ("POST", ["users", "unban"]) => ban::users_unban(world, &body(request)?, now),
        ("GET", ["jwks"]) => Ok(keys::get_jwks(world).into()),
        (method, segments @ [noun, ..]) if noun.starts_with("organization") => {
            organizations_of_instance::dispatch(world, request, now, method, segments)
                .unwrap_or_else(|| Err(unknown(world, request)))
        }
        ("GET", ["clients"]) => clients::get_client_list(world, &query, now),
        ("GET", ["clients", "handshake_payload"]) => Err(unknown(world, request)),
        ("GET", ["clients", id]) => clients::get_client(world, id, now),
        ("GET", ["sessions"]) => session_listing::get_session_list(world, &query, now),
        ("POST", ["sessions"]) => session::create_session(world, &body(request)?, now),
        ("GET", ["sessions", id]) => session::get_session(world, id, now),
        ("POST", ["sessions", id, "revoke"]) => session::revoke_session(world, id, now),
        #[cfg(feature = "auth")]
        ("POST", ["sessions", id, "tokens"]) => {
            tokens::create_session_token(world, id, &body(request)?, now)
        }
        #[cfg(feature = "auth")]
        ("POST", ["sessions", id, "tokens", template]) => {
            tokens::create_session_token_from_template(world, id, template, &body(request)?, now)
        }
        (method, segments @ ["api_keys" | "m2m_tokens", ..])
        | (method, segments @ ["oauth_applications", "access_tokens", "verify"]) => {
            machine_tokens::dispatch(world, request, now, method, segments)
                .unwrap_or_else(|| Err(unknown(world, request)))
        }
        (method, ["users", id, rest @ ..]) => dispatch_user(world, request, now, method, id, rest),
        (method, segments @ ["email_addresses" | "phone_numbers", ..]) => {
            identifiers::dispatch(world, request, now, method, segments)
                .unwrap_or_else(|| Err(unknown(world, request)))
        }
        (method, segments) => shelves::dispatch(world, request, now, method, segments)
            .unwrap_or_else(|| Err(unknown(world, request))),
    }
}

/// Runs an operation on one user. `rest` has the segments of the path after the user's id.
fn dispatch_user(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    method: &str,
    id: &str,
    rest: &[&str],
) -> ApiResult {
    let query = request.query();
    match (method, rest) {
        ("GET", []) => account::get_user(world, id),
        ("PATCH", []) => update_user(world, id, &body(request)?, takes_metadata(request), now),
        ("DELETE", []) => account::delete_user(world, id),
        ("POST", ["ban"]) => ban::ban_user(world, id, now),
        ("POST", ["unban"]) => ban::unban_user(world, id, now),
        ("POST", ["lock"]) => lock::lock_user(world, id, now),
        ("POST", ["unlock"]) => lock::unlock_user(world, id, now),
        ("POST", ["profile_image"]) => {
            profile_image::set_user_profile_image(world, id, request, now)
        }
        ("DELETE", ["profile_image"]) => profile_image::delete_user_profile_image(world, id, now),
        ("PATCH", ["metadata"]) => metadata::update_user_metadata(world, id, &body(request)?, now),
        ("PUT", ["metadata"]) => metadata::replace_user_metadata(world, id, &body(request)?, now),
        ("GET", ["billing", "subscription"]) => billing::get_user_billing_subscription(world, id),
        ("GET", ["billing", "credits"]) => billing::get_user_billing_credit_balance(world, id),
        ("POST", ["billing", "credits"]) => {
            billing::adjust_user_billing_credit_balance(world, id, &body(request)?, now)
        }
        ("GET", ["oauth_access_tokens", provider]) => {
            oauth::get_o_auth_access_token(world, id, provider, &query)
        }
        ("GET", ["organization_memberships"]) => {
            organizations::users_get_organization_memberships(world, id, &query)
        }
        ("GET", ["organization_invitations"]) => {
            organizations::users_get_organization_invitations(world, id, &query, now)
        }
        ("POST", ["verify_password"]) => password::verify_password(world, id, &body(request)?),
        ("POST", ["remove_password"]) => {
            password::remove_user_password(world, id, &body(request)?, now)
        }
        ("POST", ["password", "set_compromised"]) => {
            password::set_user_password_compromised(world, id, &body(request)?, now)
        }
        ("POST", ["password", "unset_compromised"]) => {
            password::unset_user_password_compromised(world, id, now)
        }
        ("POST", ["verify_totp"]) => mfa::verify_totp(world, id, &body(request)?, now),
        ("DELETE", ["totp"]) => mfa::delete_totp(world, id, now),
        ("DELETE", ["backup_code"]) => mfa::delete_backup_code(world, id, now),
        ("DELETE", ["mfa"]) => mfa::disable_mfa(world, id, now),
        ("GET", ["trusted_devices"]) => trusted_devices::list_user_trusted_devices(world, id),
        ("DELETE", ["trusted_devices", device]) => {
            trusted_devices::revoke_user_trusted_device(world, id, device, now)
        }
        ("PUT", ["email_address"]) => {
            identifications::replace_user_email_address(world, id, &body(request)?, now)
        }
        ("PUT", ["phone_number"]) => {
            identifications::replace_user_phone_number(world, id, &body(request)?, now)
        }
        ("DELETE", ["passkeys", passkey]) => {
            identifications::user_passkey_delete(world, id, passkey, now)
        }
        ("DELETE", ["web3_wallets", wallet]) => {
            identifications::user_web3_wallet_delete(world, id, wallet, now)
        }
        ("DELETE", ["external_accounts", account]) => {
            identifications::delete_external_account(world, id, account, now)
        }
        _ => Err(unknown(world, request)),
    }
}

/// Returns the error for a request that the fake does not model. The status is 501, so that a test
/// does not mistake the error for a response of Clerk. For a path that Clerk does not have, the
/// status is 404, as in Clerk.
fn unknown(world: &mut World, request: &RecordedRequest) -> ApiError {
    let (method, path) = (request.method().as_str(), request.path());
    let (operation, hint) = if let Some(operation) = undescribed::not_modelled(method, path) {
        (
            operation,
            "Clerk's specification does not describe it. Set its response with \
             FakeClerk::inject_faults and Fault::json.",
        )
    } else if let Some(operation_id) = request.operation_id() {
        (
            operation_id,
            "Set its response with FakeClerk::respond_to or POST /__clerk_mock/faults.",
        )
    } else {
        return ApiError::not_found(&format!("Clerk has no {method} {path}"));
    };
    world.count_not_modelled(operation);
    ApiError::new(
        codes::FAKE_NOT_MODELLED,
        &format!("FakeClerk does not model {operation}. {hint}"),
    )
}

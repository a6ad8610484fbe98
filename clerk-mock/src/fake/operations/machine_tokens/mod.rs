//! The operations on opaque tokens: API keys, M2M tokens and OAuth access tokens.

mod api_keys;
mod draft;
mod m2m_tokens;
pub(crate) mod stored;
mod verify;
mod view;

use clerk_core::Timestamp;

use crate::fake::operations::body::body;
use crate::fake::operations::response::ApiResult;
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

/// Runs an operation on tokens. Returns `None` if the request is for another operation, or asks for
/// a new M2M token that is a JWT.
pub(crate) fn dispatch(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    method: &str,
    segments: &[&str],
) -> Option<ApiResult> {
    let query = request.query();
    let body = || body(request);
    let result = match (method, segments) {
        ("POST", ["api_keys", "verify"]) => {
            body().and_then(|body| verify::verify_api_key(world, &body, now))
        }
        ("POST", ["m2m_tokens", "verify"]) => {
            body().and_then(|body| verify::verify_m2m_token(world, request, &body, now))
        }
        ("POST", ["oauth_applications", "access_tokens", "verify"]) => {
            body().and_then(|body| verify::verify_oauth_access_token(world, &body, now))
        }
        ("GET", ["api_keys"]) => api_keys::get_api_keys(world, &query, now),
        ("POST", ["api_keys"]) => {
            body().and_then(|body| api_keys::create_api_key(world, &body, now))
        }
        ("GET", ["api_keys", id]) => api_keys::get_api_key(world, id, now),
        ("PATCH", ["api_keys", id]) => {
            body().and_then(|body| api_keys::update_api_key(world, id, &body, now))
        }
        ("DELETE", ["api_keys", id]) => api_keys::delete_api_key(world, id),
        ("GET", ["api_keys", id, "secret"]) => api_keys::get_api_key_secret(world, id),
        ("POST", ["api_keys", id, "revoke"]) => {
            body().and_then(|body| api_keys::revoke_api_key(world, id, &body, now))
        }
        ("GET", ["m2m_tokens"]) => m2m_tokens::get_m2m_tokens(world, request, &query, now),
        ("POST", ["m2m_tokens"]) => match body() {
            // This operation does not create JWTs, because a fake without the feature `auth` cannot
            // sign them. `FakeClerk::m2m_jwt` creates them.
            Ok(body) if m2m_tokens::is_jwt(&body) => return None,
            body => body.and_then(|body| m2m_tokens::create_m2m_token(world, request, &body, now)),
        },
        ("POST", ["m2m_tokens", id, "revoke"]) => {
            body().and_then(|body| m2m_tokens::revoke_m2m_token(world, request, id, &body, now))
        }
        _ => return None,
    };
    // These operations refuse invalid parameters with a 400, not with a 422.
    Some(result.map_err(|error| error.into_bad_request()))
}

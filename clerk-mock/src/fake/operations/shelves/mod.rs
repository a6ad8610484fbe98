//! Objects and settings that the fake stores and returns, with only a few rules. A `Shelf`
//! describes a kind of object, and `SHELVES` lists all kinds.

mod directories;
pub(crate) mod enterprise;
mod field;
pub(crate) mod instance;
mod life;
mod listing;
pub(crate) mod machines;
mod oauth_applications;
pub(crate) mod role_sets;
mod saml_connections;
pub(crate) mod settings;
pub(crate) mod shelf;
pub(crate) mod sign_up;
pub(crate) mod stored;
mod tokens;
pub(crate) mod verifications;

use clerk_core::Timestamp;
use serde_json::{Value, json};

use crate::fake::operations::body::{bodies, body};
use crate::fake::operations::response::ApiResult;
use crate::fake::operations::shelves::settings::SETTINGS;
use crate::fake::operations::shelves::shelf::Shelf;
use crate::fake::operations::shelves::sign_up::{INVITATIONS, WAITLIST_ENTRIES};
use crate::fake::operations::shelves::stored::SHELVES;
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

/// Runs an operation on stored objects or settings. Returns `None` if the request is for another
/// operation.
pub(crate) fn dispatch(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    method: &str,
    segments: &[&str],
) -> Option<ApiResult> {
    if let Some(result) = special(world, request, now, method, segments) {
        return Some(result);
    }
    let path = segments.join("/");
    if let Some(settings) = SETTINGS.iter().find(|settings| settings.path == path) {
        request.operation_id()?;
        return match method {
            "GET" => Some(Ok(settings.get(world).into())),
            "PATCH" => Some(body(request).and_then(|body| settings.update(world, &body))),
            _ => None,
        };
    }
    let below = |shelf: &&&Shelf| rest(shelf, &path).is_some();
    let shelf = SHELVES.iter().find(below)?;
    // `on_shelf` can run more operations on each kind than Clerk has. A request has an operation id
    // only if Clerk's specification has the operation. The specification omits the deletion of
    // invitations, but Clerk's JavaScript SDK has it.
    let is_in_sdk = method == "DELETE" && shelf.kept == INVITATIONS.kept;
    if request.operation_id().is_none() && !is_in_sdk {
        return None;
    }
    life::expire(world, shelf, now);
    // A waitlist entry in a response contains its invitation, which may have expired.
    if shelf.kept == WAITLIST_ENTRIES.kept {
        life::expire(world, &INVITATIONS, now);
    }
    let rest: Vec<&str> = rest(shelf, &path)?.split('/').collect();
    on_shelf(world, request, now, shelf, method, &rest)
}

/// Returns the rest of a path after the path of a kind. `None` if the path does not start with the
/// path of the kind.
fn rest<'a>(shelf: &Shelf, path: &'a str) -> Option<&'a str> {
    let rest = path.strip_prefix(shelf.path)?;
    if rest.is_empty() {
        return Some(rest);
    }
    rest.strip_prefix('/')
}

/// Runs an operation on objects of a kind.
fn on_shelf(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    shelf: &Shelf,
    method: &str,
    rest: &[&str],
) -> Option<ApiResult> {
    let result = match (method, rest) {
        ("GET", [""]) => listing::list(world, shelf, &request.query()),
        ("POST", [""]) => body(request)
            .and_then(|body| life::create(world, shelf, &body, now))
            .map(|created| (shelf.view)(world, &created).into()),
        ("POST", ["bulk"]) => {
            let bulk = shelf.bulk?;
            bodies(request).and_then(|all| life::create_all(world, shelf, bulk, &all, now))
        }
        ("GET", [id]) => {
            life::find(world, shelf, id).map(|found| life::view(world, shelf, found).into())
        }
        ("PATCH", [id]) => body(request)
            .and_then(|body| life::update(world, shelf, id, &body, now))
            .map(|changed| life::view(world, shelf, &changed).into()),
        ("DELETE", [id]) => life::delete(world, shelf, id),
        ("POST", [id, name @ ..]) => {
            let name = name.join("/");
            let action = shelf.actions.iter().find(|action| action.name == name)?;
            let changed =
                body(request).and_then(|body| life::act(world, shelf, action, id, &body, now));
            changed.map(|changed| match action.shows_secrets {
                true => (shelf.view)(world, &changed).into(),
                false => life::view(world, shelf, &changed).into(),
            })
        }
        _ => return None,
    };
    Some(result)
}

/// Runs an operation that needs its own function.
fn special(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    method: &str,
    segments: &[&str],
) -> Option<ApiResult> {
    let result = match (method, segments) {
        ("GET", ["machines", id, "secret_key"]) => machines::get_machine_secret_key(world, id),
        ("POST", ["machines", id, "secret_key", "rotate"]) => body(request)
            .and_then(|body| machines::rotate_machine_secret_key(world, id, &body, now)),
        ("POST", ["machines", id, "scopes"]) => {
            body(request).and_then(|body| machines::create_machine_scope(world, id, &body, now))
        }
        ("DELETE", ["machines", id, "scopes", other]) => {
            machines::delete_machine_scope(world, id, other, now)
        }
        ("PUT", ["oauth_applications", id, "logo"]) => {
            oauth_applications::upload_logo(world, id, request, now)
        }
        ("POST", ["oauth_applications", id, "revoke_token"]) => {
            body(request).and_then(|body| oauth_applications::revoke_token(world, id, &body, now))
        }
        ("POST", ["role_sets", id, "replace"]) => {
            body(request).and_then(|body| role_sets::replace_role_set(world, id, &body, now))
        }
        ("POST", ["testing_tokens"]) => Ok(testing_token(world, now).into()),
        _ => return None,
    };
    Some(result)
}

/// Creates a testing token that lasts an hour. `expires_at` is in seconds, not in milliseconds.
fn testing_token(world: &mut World, now: Timestamp) -> Value {
    let seconds = now.as_millis().div_euclid(1_000);
    json!({
        "object": "testing_token",
        "token": format!("{seconds}-{}", world.new_trace_id()),
        "expires_at": seconds.saturating_add(3_600),
    })
}

//! The paths that return, replace, seed, reset and save the state of a world. A world is one
//! instance of Clerk.

use std::str;

use serde_json::{Map, Value, json};

use crate::fake::operations::codes::{FORM_PARAM_MISSING, FORM_PARAM_UNKNOWN};
use crate::fake::operations::form::Form;
use crate::fake::operations::formats::quoted;
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::seed::read::read_into;
use crate::fake::seed::seed_error::SeedError;
use crate::fake::state::world::World;
use crate::server::codes;
use crate::server::control::call::Call;

/// The fields of a seed whose objects can be added to an existing state.
const ADDED: [&str; 7] = [
    "organization_permissions",
    "organization_roles",
    "organizations",
    "organization_domains",
    "organization_invitations",
    "users",
    "sessions",
];

pub(crate) fn get(call: &Call<'_>) -> ApiResult {
    Ok(call.world()?.fake.state_body())
}

/// Replaces the state.
pub(crate) fn replace(call: &Call<'_>) -> ApiResult {
    let world = call.world()?;
    let now = world.fake.time();
    let replaced = world.fake.replace_state(text(call)?, now);
    replaced.map_err(|error| invalid(&error.to_string()))?;
    Ok(json!({ "users": world.fake.world().len() }).into())
}

/// Adds objects of the kinds in [`ADDED`] to the state. If one of the objects is invalid, adds
/// none.
pub(crate) fn seed(call: &Call<'_>) -> ApiResult {
    let body = call.body()?;
    if let Some(name) = body.keys().find(|name| !ADDED.contains(&name.as_str())) {
        let message = format!(
            "{name} cannot be added. Only these can: {}.",
            ADDED.join(", ")
        );
        return Err(ApiError::param(FORM_PARAM_UNKNOWN, name, &message));
    }
    let served = call.world()?;
    let now = served.fake.time();
    let mut world = served.fake.world();
    refuse_duplicates(&world, &body)?;
    let mut seeded = world.clone();
    let added = read_into(&mut seeded, text(call)?, now);
    added.map_err(|error: SeedError| invalid(&error.to_string()))?;
    let users = seeded.users().map(|user| user.user.id.as_str());
    let users: Vec<&str> = users.filter(|id| world.user(id).is_none()).collect();
    let sessions = seeded.sessions.iter().map(|session| session.id.as_str());
    let sessions: Vec<&str> = sessions
        .filter(|id| world.sessions.get(id).is_none())
        .collect();
    let organizations = seeded.organizations.all.iter().map(|of| of.id.as_str());
    let is_new = |id: &&str| world.organizations.all.get(id).is_none();
    let organizations: Vec<&str> = organizations.filter(is_new).collect();
    let added = json!({ "users": users, "sessions": sessions, "organizations": organizations });
    *world = seeded;
    served.fake.instance.finish(world, true);
    Ok(added.into())
}

/// Returns an error if an object of the body would replace an existing one. Users and sessions are
/// checked when they are read.
fn refuse_duplicates(world: &World, body: &Map<String, Value>) -> Result<(), ApiError> {
    let state = &world.organizations;
    let exists = |name: &str, id: &str| match name {
        "organization_permissions" => state.permissions.get(id).is_some(),
        "organization_roles" => state.roles.get(id).is_some(),
        "organizations" => state.all.get(id).is_some(),
        "organization_domains" => state.domains.get(id).is_some(),
        "organization_invitations" => state.invitations.get(id).is_some(),
        _ => false,
    };
    for (name, objects) in body {
        for (at, object) in objects.as_array().into_iter().flatten().enumerate() {
            let id = object.get("id").and_then(Value::as_str);
            if let Some(id) = id.filter(|id| exists(name, id)) {
                return Err(invalid(&format!(
                    "invalid seed: {name}[{at}]: duplicate id {}",
                    quoted(id)
                )));
            }
        }
    }
    Ok(())
}

/// Restores the initial state.
pub(crate) async fn reset(call: &Call<'_>) -> ApiResult {
    call.world()?.reset().await;
    Ok(json!({ "reset": true }).into())
}

/// Saves the state of the unnamed world in the file of the server. The unnamed world serves the
/// requests that name no world. Refuses to save a named world, because its state would replace that
/// of the unnamed world.
pub(crate) fn save(call: &Call<'_>) -> ApiResult {
    if call.world_name.is_some() {
        let message = "Only the unnamed world has a file to save to. GET /__clerk_mock/state \
                       returns the state of a named world.";
        return Err(ApiError::new(codes::SAVE_FILE_MISSING, message));
    }
    let Some(file) = &call.server.save_file else {
        let message = "The server has no file to save to. Start clerk-mock with --save FILE.";
        return Err(ApiError::new(codes::SAVE_FILE_MISSING, message));
    };
    match file.save(&call.world()?.fake) {
        Ok(()) => Ok(json!({ "saved": true }).into()),
        Err(error) => Err(ApiError::new(codes::SAVE_FAILED, &error.to_string())),
    }
}

/// Sets the seed of the generator that creates ids and secrets.
pub(crate) fn set_random_seed(call: &Call<'_>) -> ApiResult {
    let body = call.body()?;
    let mut form = Form::new(&body);
    let seed = form.value("seed", "an integer of at least 0", Value::as_u64);
    if form.is_null("seed") {
        form.refuse(FORM_PARAM_MISSING, "seed", "seed must be included.");
    }
    form.finish()?;
    let seed = seed.unwrap_or_default();
    call.world()?.fake.world().set_random_seed(seed);
    Ok(json!({ "seed": seed }).into())
}

fn text<'a>(call: &'a Call<'_>) -> Result<&'a str, ApiError> {
    str::from_utf8(call.request.body()).map_err(|_| invalid("invalid seed: it is not UTF-8"))
}

fn invalid(message: &str) -> ApiError {
    ApiError::new(codes::SEED_INVALID, message)
}

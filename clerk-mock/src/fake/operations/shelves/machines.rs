//! Machines, their scopes and their secret keys.

use std::time::Duration;

use clerk_core::Timestamp;
use clerk_core::http::header::AUTHORIZATION;
use clerk_core::models::{DeletedMachineScope, Machine, MachineScope, MachineSecretKey};
use serde_json::{Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::{Form, required_text};
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::operations::shelves::field::Field;
use crate::fake::operations::shelves::instance::INSTANCE_ID;
use crate::fake::operations::shelves::life::{find, keep};
use crate::fake::operations::shelves::shelf::{Filter, Shelf, as_model, fill, typed};
use crate::fake::state::shelves::{Object, PREVIOUS_KEYS, text};
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

/// The maximum number of machines in the scope of one machine.
const MAX_SCOPES: usize = 150;
/// The maximum number of characters of a name.
const MAX_NAME: usize = 255;
/// The longest lifetime of a token: ten years in seconds.
const MAX_TOKEN_TTL: i64 = 315_360_000;
/// The longest time for which a previous secret key stays valid, in seconds.
const MAX_PREVIOUS_TTL: i64 = 28_800;

pub(crate) static MACHINES: Shelf = Shelf {
    filters: &[Filter::SearchOr("query", &["name"], "id")],
    orders: &["created_at", "name"],
    secrets: &["secret_key", PREVIOUS_KEYS],
    rule: check_machine,
    complete: |world, machine| {
        let defaults = json!({
            "instance_id": INSTANCE_ID,
            "default_token_ttl": 3_600,
            "scoped_machines": [],
            "secret_key": world.new_id("ak"),
        });
        fill(machine, defaults);
    },
    delete: |world, gone| {
        let id = text(gone, "id");
        for machine in world.shelves.all_mut(MACHINES.kept) {
            if let Some(scopes) = machine.get_mut("scoped_machines") {
                remove(scopes, id);
            }
        }
        Ok(())
    },
    view: |world, machine| {
        let scopes = scopes(machine).into_iter();
        let scopes = scopes.filter_map(|id| world.shelves.get(MACHINES.kept, id));
        let scopes: Vec<&Object> = scopes.collect();
        let mut shown = machine.clone();
        shown.insert("scoped_machines".to_owned(), json!(scopes));
        typed::<Machine>(world, &shown)
    },
    ..Shelf::of::<Machine>(
        "machines",
        "machine",
        "mch",
        &[
            Field::text("name").required(),
            Field::texts("scoped_machines").fixed(),
            Field::count("default_token_ttl"),
        ],
    )
};

/// Returns the ids of the machines in the scope of a machine.
pub(crate) fn scopes(machine: &Object) -> Vec<&str> {
    let scopes = machine.get("scoped_machines").and_then(Value::as_array);
    scopes
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

fn remove(scopes: &mut Value, id: &str) {
    if let Some(scopes) = scopes.as_array_mut() {
        scopes.retain(|scope| scope != id);
    }
}

fn check_machine(world: &World, machine: &Object) -> Result<(), ApiError> {
    if text(machine, "name").chars().count() > MAX_NAME {
        let message = format!("name must have no more than {MAX_NAME} characters.");
        let code = codes::FORM_PARAM_MAX_LENGTH_EXCEEDED;
        return Err(ApiError::param(code, "name", &message));
    }
    let ttl = machine.get("default_token_ttl").and_then(Value::as_i64);
    if ttl.is_some_and(|ttl| !(1..=MAX_TOKEN_TTL).contains(&ttl)) {
        let message = format!("default_token_ttl must be from 1 to {MAX_TOKEN_TTL}.");
        let code = codes::FORM_PARAM_VALUE_INVALID;
        return Err(ApiError::param(code, "default_token_ttl", &message));
    }
    let scopes = scopes(machine);
    if scopes.len() > MAX_SCOPES {
        let message = format!("scoped_machines must have no more than {MAX_SCOPES} items.");
        let code = codes::FORM_PARAM_EXCEEDS_ALLOWED_SIZE;
        return Err(ApiError::param(code, "scoped_machines", &message));
    }
    let is_known = |id: &&str| world.shelves.get(MACHINES.kept, id).is_some();
    match scopes.into_iter().find(|id| !is_known(id)) {
        None => Ok(()),
        Some(id) => {
            let message = format!("No machine was found with id {id}.");
            let code = codes::FORM_RESOURCE_NOT_FOUND;
            Err(ApiError::param(code, "scoped_machines", &message))
        }
    }
}

pub(crate) fn get_machine_secret_key(world: &World, id: &str) -> ApiResult {
    let machine = find(world, &MACHINES, id)?;
    Ok(secret_key(text(machine, "secret_key")).into())
}

fn secret_key(secret: &str) -> Value {
    as_model::<MachineSecretKey>(json!({ "secret": secret }))
}

/// Rotates the secret key. The previous key stays valid for `previous_token_ttl` seconds. A key
/// that an earlier rotation replaced keeps the expiry that it got in that rotation.
pub(crate) fn rotate_machine_secret_key(
    world: &mut World,
    id: &str,
    body: &Object,
    now: Timestamp,
) -> ApiResult {
    let mut machine = find(world, &MACHINES, id)?.clone();
    let mut form = Form::new(body);
    let ttl = form.count("previous_token_ttl");
    if ttl.is_none() && form.is_null("previous_token_ttl") {
        let message = "previous_token_ttl must be included.";
        form.refuse(codes::FORM_PARAM_MISSING, "previous_token_ttl", message);
    }
    if ttl.is_some_and(|ttl| ttl > MAX_PREVIOUS_TTL) {
        let message = format!("previous_token_ttl must be from 0 to {MAX_PREVIOUS_TTL}.");
        let code = codes::FORM_PARAM_VALUE_INVALID;
        form.refuse(code, "previous_token_ttl", &message);
    }
    form.finish()?;
    let end = now + Duration::from_secs(ttl.unwrap_or_default().unsigned_abs());
    let key = json!({ "secret_key": text(&machine, "secret_key"), "expires_at": end });
    let earlier = previous_keys(&machine, now).cloned().map(Value::Object);
    let keys: Vec<Value> = earlier.chain([key]).collect();
    machine.insert(PREVIOUS_KEYS.to_owned(), keys.into());
    let secret = world.new_id("ak");
    machine.insert("secret_key".to_owned(), secret.clone().into());
    keep(world, &MACHINES, machine, now);
    Ok(secret_key(&secret).into())
}

pub(crate) fn create_machine_scope(
    world: &mut World,
    id: &str,
    body: &Object,
    now: Timestamp,
) -> ApiResult {
    let mut machine = find(world, &MACHINES, id)?.clone();
    let other = required_text(body, "to_machine_id")?;
    find(world, &MACHINES, other)?;
    let scopes = scopes(&machine);
    if scopes.contains(&other) {
        return Err(ApiError::new(
            codes::CONFLICT,
            "The machine has this scope already.",
        ));
    }
    if scopes.len() >= MAX_SCOPES {
        let message = format!("A machine has no more than {MAX_SCOPES} scopes.");
        let code = codes::FORM_PARAM_EXCEEDS_ALLOWED_SIZE;
        return Err(ApiError::param(code, "to_machine_id", &message));
    }
    if let Some(Value::Array(scopes)) = machine.get_mut("scoped_machines") {
        scopes.push(other.into());
    }
    keep(world, &MACHINES, machine, now);
    let scope = json!({ "from_machine_id": id, "to_machine_id": other, "created_at": now });
    Ok(as_model::<MachineScope>(scope).into())
}

pub(crate) fn delete_machine_scope(
    world: &mut World,
    id: &str,
    other: &str,
    now: Timestamp,
) -> ApiResult {
    let mut machine = find(world, &MACHINES, id)?.clone();
    if !scopes(&machine).contains(&other) {
        return Err(ApiError::resource_not_found(other));
    }
    if let Some(scopes) = machine.get_mut("scoped_machines") {
        remove(scopes, other);
    }
    keep(world, &MACHINES, machine, now);
    let scope = json!({ "from_machine_id": id, "to_machine_id": other, "deleted": true });
    Ok(as_model::<DeletedMachineScope>(scope).into())
}

/// Returns the machine whose secret key is in the request. A previous secret key counts until it
/// expires. Returns `None` if the request has no key, or a key of no machine.
pub(crate) fn caller<'a>(
    world: &'a World,
    request: &RecordedRequest,
    now: Timestamp,
) -> Option<&'a Object> {
    let header = request.header(AUTHORIZATION.as_str())?;
    let key = header.strip_prefix("Bearer ")?;
    let mut machines = world.shelves.all(MACHINES.kept).iter();
    let is_key = |object: &Object| !key.is_empty() && text(object, "secret_key") == key;
    machines.find(|machine| is_key(machine) || previous_keys(machine, now).any(is_key))
}

/// Returns the previous secret keys of a machine that are still valid.
fn previous_keys(machine: &Object, now: Timestamp) -> impl Iterator<Item = &Object> {
    let keys = machine.get(PREVIOUS_KEYS).and_then(Value::as_array);
    let keys = keys.into_iter().flatten().filter_map(Value::as_object);
    keys.filter(move |key| {
        let end = key.get("expires_at").and_then(Value::as_i64);
        end.is_some_and(|end| end > now.as_millis())
    })
}

//! The operations on API keys, except their verification.

use clerk_core::Timestamp;
use serde_json::{Map, Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::machine_tokens::draft::{
    after, claims, flag, new_token, revoke, seconds_until_expiration, secret_of, subject, window_of,
};
use crate::fake::operations::machine_tokens::view::api_key;
use crate::fake::operations::query::{Pairs, filter_text, first};
use crate::fake::operations::response::{ApiError, ApiResult, deleted, page};
use crate::fake::state::machine_token::{MachineToken, MachineTokenKind};
use crate::fake::state::world::World;

const KIND: MachineTokenKind = MachineTokenKind::ApiKey;
/// The minimum number of characters of the parameter `type`.
const MIN_TYPE: usize = 3;
/// The maximum number of characters of the parameter `type`.
const MAX_TYPE: usize = 25;
/// The minimum number of characters of a name.
const MIN_NAME: usize = 3;
/// The maximum number of characters of a description.
const MAX_DESCRIPTION: usize = 255;

pub(crate) fn create_api_key(
    world: &mut World,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let mut form = Form::new(body);
    let key_type = form.text("type");
    if key_type.is_some_and(|text| !(MIN_TYPE..=MAX_TYPE).contains(&text.chars().count())) {
        let message = format!("type must have {MIN_TYPE} to {MAX_TYPE} characters.");
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, "type", &message);
    }
    let name = form.required("name").unwrap_or_default();
    if name.trim() != name {
        let message = "name must not start or end with white space.";
        form.refuse(codes::FORM_PARAM_FORMAT_INVALID, "name", message);
    }
    if !name.is_empty() && name.chars().count() < MIN_NAME {
        let message = format!("name must have at least {MIN_NAME} characters.");
        form.refuse(codes::FORM_PARAM_MIN_LENGTH_EXCEEDED, "name", &message);
    }
    let subject = form.required("subject");
    if let Some(subject) = subject {
        check_subject(&mut form, subject);
    }
    let subject = subject.unwrap_or_default();
    let created_by = form.text("created_by");
    if created_by.is_some_and(|id| !id.starts_with("user_")) {
        let message = "created_by must be the id of a user.";
        form.refuse(codes::FORM_PARAM_FORMAT_INVALID, "created_by", message);
    }
    let mut key = new_token(world, KIND, "ak", subject, now);
    key.key_type = key_type.map(str::to_owned);
    key.name = name.to_owned();
    key.created_by = created_by.map(str::to_owned);
    read(&mut form, &mut key, now);
    form.finish()?;
    let secret = world.new_id("ak");
    let mut shown = api_key(&key, now);
    shown.insert("secret".to_owned(), json!(secret));
    world.machine_tokens.add(secret, key);
    Ok(Value::Object(shown).into())
}

fn check_subject(form: &mut Form<'_>, subject: &str) {
    let prefixes = ["user_", "org_", "mch_", "scim_"];
    if !prefixes.iter().any(|prefix| subject.starts_with(prefix)) {
        let message = "subject must start with user_, org_, mch_ or scim_.";
        form.refuse(codes::FORM_PARAM_FORMAT_INVALID, "subject", message);
    }
}

/// Reads the parameters that the creation and the update of a key treat alike.
fn read(form: &mut Form<'_>, key: &mut MachineToken, now: Timestamp) {
    let description = form.text("description");
    if description.is_some_and(|text| text.chars().count() > MAX_DESCRIPTION) {
        let message = format!("description must have no more than {MAX_DESCRIPTION} characters.");
        let code = codes::FORM_PARAM_MAX_LENGTH_EXCEEDED;
        form.refuse(code, "description", &message);
    }
    if form.has("description") {
        key.description = description.map(str::to_owned);
    }
    let claims = claims(form);
    if form.has("claims") {
        key.claims = claims;
    }
    if let Some(scopes) = form.texts("scopes") {
        key.scopes = scopes.into_iter().map(str::to_owned).collect();
    }
    let seconds = seconds_until_expiration(form);
    if form.has("seconds_until_expiration") {
        key.expires_at = seconds.map(|seconds| after(now, seconds));
    }
}

pub(crate) fn get_api_keys(world: &World, query: Pairs<'_>, now: Timestamp) -> ApiResult {
    let subject = subject(query)?;
    let include_invalid = flag(query, "include_invalid")?;
    let text = filter_text(query, "query")
        .unwrap_or_default()
        .to_lowercase();
    let key_type = first(query, "type").unwrap_or("api_key");
    let keys = world.machine_tokens.all(KIND).into_iter();
    let keys: Vec<Value> = keys
        .map(|(_, key)| key)
        .filter(|key| key.subject == subject && key.key_type() == key_type)
        .filter(|key| include_invalid || !(key.is_revoked || key.is_expired(now)))
        .filter(|key| key.name.to_lowercase().contains(&text))
        .map(|key| Value::Object(api_key(key, now)))
        .collect();
    Ok(page(window_of(&keys, query)?, keys.len()))
}

pub(crate) fn get_api_key(world: &World, id: &str, now: Timestamp) -> ApiResult {
    let secret = secret_of(world, KIND, id)?;
    let key = world.machine_tokens.find(KIND, &secret);
    let key = key.ok_or_else(|| ApiError::resource_not_found(id))?;
    Ok(Value::Object(api_key(key, now)).into())
}

pub(crate) fn get_api_key_secret(world: &World, id: &str) -> ApiResult {
    Ok(json!({ "secret": secret_of(world, KIND, id)? }).into())
}

pub(crate) fn update_api_key(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let secret = secret_of(world, KIND, id)?;
    let key = world.machine_tokens.get_mut(&secret);
    let key = key.ok_or_else(|| ApiError::resource_not_found(id))?;
    let mut form = Form::new(body);
    let mut changed = key.clone();
    if let Some(subject) = form.text("subject") {
        check_subject(&mut form, subject);
        changed.subject = subject.to_owned();
    }
    read(&mut form, &mut changed, now);
    form.finish()?;
    changed.updated_at = now;
    *key = changed;
    Ok(Value::Object(api_key(key, now)).into())
}

pub(crate) fn delete_api_key(world: &mut World, id: &str) -> ApiResult {
    let secret = secret_of(world, KIND, id)?;
    world.machine_tokens.remove(&secret);
    Ok(deleted("api_key", id).into())
}

pub(crate) fn revoke_api_key(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let key = revoke(world, KIND, id, body, now)?;
    Ok(Value::Object(api_key(key, now)).into())
}

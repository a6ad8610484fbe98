//! The operations that merge and replace the metadata of a user.

use clerk_core::{Metadata, Timestamp};
use serde_json::{Map, Value};

use crate::fake::operations::form::Form;
use crate::fake::operations::response::{ApiResult, value};
use crate::fake::operations::users::lookup::find_mut;
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

/// Whether a `PATCH` of a user or an organization accepts metadata, as it does in API versions
/// before 2026-05-12.
///
/// A request without a version uses the oldest version.
pub(crate) fn takes_metadata(request: &RecordedRequest) -> bool {
    let query = request.query_values("__clerk_api_version");
    let version = request.header("clerk-api-version");
    version
        .or(query.first().map(String::as_str))
        .is_none_or(|version| version < "2026-05-12")
}

pub(crate) fn update_user_metadata(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    change(world, id, body, now, merge_into)
}

pub(crate) fn replace_user_metadata(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    change(world, id, body, now, replace)
}

/// Replaces metadata, if there is new metadata.
pub(crate) fn replace(target: &mut Metadata, new: Option<Metadata>) {
    *target = new.unwrap_or_else(|| target.clone());
}

fn change(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
    change: fn(&mut Metadata, Option<Metadata>),
) -> ApiResult {
    let account = find_mut(world, id)?;
    let mut form = Form::new(body);
    let public = form.metadata("public_metadata");
    let private = form.metadata("private_metadata");
    let unsafe_ = form.metadata("unsafe_metadata");
    let mut user = account.user.clone();
    for (name, old, new) in [
        ("public_metadata", &mut user.public_metadata, public),
        ("private_metadata", &mut user.private_metadata, private),
        ("unsafe_metadata", &mut user.unsafe_metadata, unsafe_),
    ] {
        change_checked(&mut form, name, old, new, change);
    }
    form.finish()?;
    user.updated_at = now;
    account.user = user;
    Ok(value(&account.user))
}

/// Changes metadata. Reports an error if it becomes too large.
pub(crate) fn change_checked(
    form: &mut Form<'_>,
    name: &str,
    target: &mut Metadata,
    new: Option<Metadata>,
    change: fn(&mut Metadata, Option<Metadata>),
) {
    if new.is_some() {
        change(target, new);
        form.check_size(name, target);
    }
}

/// Merges `patch` into `target`, at any depth.
pub(crate) fn merge_into(target: &mut Metadata, patch: Option<Metadata>) {
    let Some(patch) = patch else { return };
    let read = |metadata: &Metadata| metadata.get::<Value>().unwrap_or_default();
    let mut merged = read(target);
    deep_merge(&mut merged, read(&patch));
    *target = merged.into();
}

/// Merges objects key by key, and nested objects likewise. Null removes a key. Any other value
/// replaces the old one.
fn deep_merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(target) = target else {
        return;
    };
    for (key, value) in patch {
        if value.is_null() {
            target.remove(&key);
        } else {
            deep_merge(target.entry(key).or_insert(Value::Null), value);
        }
    }
}

//! Creating, reading, changing and deleting stored objects. A `Shelf` describes a kind of object.

use clerk_core::Timestamp;
use serde_json::{Value, json};

use crate::fake::operations::body::invalid;
use crate::fake::operations::codes::{self, Code};
use crate::fake::operations::response::{ApiError, ApiResult, deleted};
use crate::fake::operations::shelves::field;
use crate::fake::operations::shelves::shelf::{Action, Bulk, Shelf, fill};
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::world::World;

/// Creates an object, and returns it as stored. If [`existing`] finds an object, creates none, and
/// returns that object.
pub(crate) fn create(
    world: &mut World,
    shelf: &Shelf,
    body: &Object,
    now: Timestamp,
) -> Result<Object, ApiError> {
    let object = field::creation(shelf.fields, body)?;
    if let Some(known) = existing(world, shelf, &object) {
        return Ok(known.clone());
    }
    check(world, shelf, &object)?;
    let object = complete(world, shelf, object, now);
    check_types(world, shelf, &object)?;
    world.shelves.push(shelf.kept, object.clone());
    Ok(object)
}

/// Returns an error if a value inside an array or an object has the wrong type. The types of the
/// parameters themselves were checked before.
fn check_types(world: &World, shelf: &Shelf, object: &Object) -> Result<(), ApiError> {
    if (shelf.view)(world, object).is_null() {
        return Err(invalid());
    }
    Ok(())
}

/// Returns the existing object with the same value in the field `shelf.existing`. The response
/// contains this object. Returns `None` if the request must create an object.
fn existing<'a>(world: &'a World, shelf: &Shelf, object: &Object) -> Option<&'a Object> {
    let name = shelf.existing?;
    let mut all = world.shelves.all(shelf.kept).iter();
    all.find(|known| text(known, name).eq_ignore_ascii_case(text(object, name)))
}

/// Creates several objects, or none if one of them is refused.
pub(crate) fn create_all(
    world: &mut World,
    shelf: &Shelf,
    bulk: Bulk,
    bodies: &[Object],
    now: Timestamp,
) -> ApiResult {
    let max = bulk.max;
    if bodies.is_empty() {
        let message = format!("There must be 1 to {max} items.");
        return Err(ApiError::new(codes::FORM_PARAM_VALUE_INVALID, &message));
    }
    if bodies.len() > max {
        let message =
            format!("Parameters exceed the maximum allowed bulk processing size of {max}.");
        return Err(ApiError::new(codes::BULK_SIZE_EXCEEDED, &message));
    }
    (bulk.rule)(world, bodies)?;
    let before = world.shelves.all(shelf.kept).len();
    let created: Result<Vec<Object>, ApiError> = bodies
        .iter()
        .map(|body| create(world, shelf, body, now))
        .collect();
    match created {
        Ok(all) => {
            let shown = all.iter().map(|object| (shelf.view)(world, object));
            Ok(shown.collect::<Value>().into())
        }
        Err(error) => {
            world.shelves.truncate(shelf.kept, before);
            Err(error)
        }
    }
}

/// Sets missing values: the id, the times, and the defaults of the kind.
pub(crate) fn complete(
    world: &mut World,
    shelf: &Shelf,
    mut object: Object,
    now: Timestamp,
) -> Object {
    if text(&object, "id").is_empty() {
        object.insert("id".to_owned(), world.new_id(shelf.prefix).into());
    }
    for name in ["created_at", "updated_at"] {
        object.entry(name).or_insert_with(|| json!(now));
    }
    object.insert("object".to_owned(), shelf.object.into());
    move_to_array(shelf, &mut object, false);
    (shelf.complete)(world, &mut object);
    object
}

/// Moves the value of a deprecated field to the front of the array that replaces the field. If
/// `is_replacing` is true, a value that is not in the array yet replaces the first item.
fn move_to_array(shelf: &Shelf, object: &mut Object, is_replacing: bool) {
    let Some((name, array)) = shelf.first_of else {
        return;
    };
    let value = object.remove(name);
    let value = value.filter(|value| value.as_str().is_some_and(|text| !text.is_empty()));
    fill(object, json!({ array: [] }));
    let items = object.get_mut(array).and_then(Value::as_array_mut);
    if let (Some(value), Some(items)) = (value, items) {
        let is_listed = items.contains(&value);
        items.retain(|own| *own != value);
        match items.first_mut() {
            Some(first) if is_replacing && !is_listed => *first = value,
            _ => items.insert(0, value),
        }
    }
}

/// Returns an error if another object has a value that must be unique, or if the object breaks a
/// rule of its kind.
fn check(world: &World, shelf: &Shelf, object: &Object) -> Result<(), ApiError> {
    for field in shelf.fields {
        let value = text(object, field.name);
        let Some(code) = field.unique.filter(|_| !value.is_empty()) else {
            continue;
        };
        let mut others = world.shelves.all(shelf.kept).iter();
        let others = others.find(|other| {
            (field.is_same)(text(other, field.name), value) && other.get("id") != object.get("id")
        });
        if others.is_some() {
            let name = field.name;
            let message = format!("That {name} is taken. Please try another.");
            return Err(ApiError::param(code, name, &message));
        }
    }
    (shelf.rule)(world, object)
}

/// Returns an object by its id or key, or a 404.
pub(crate) fn find<'a>(world: &'a World, shelf: &Shelf, id: &str) -> Result<&'a Object, ApiError> {
    let mut all = world.shelves.all(shelf.kept).iter();
    let found = all.find(|object| text(object, "id") == id || text(object, shelf.key) == id);
    found.ok_or_else(|| {
        let message = format!("Nothing was found with id {id}.");
        ApiError::new(shelf.not_found, &message)
    })
}

pub(crate) fn update(
    world: &mut World,
    shelf: &Shelf,
    id: &str,
    body: &Object,
    now: Timestamp,
) -> Result<Object, ApiError> {
    let mut object = find(world, shelf, id)?.clone();
    field::update(shelf.fields, &mut object, body)?;
    check(world, shelf, &object)?;
    object.insert("updated_at".to_owned(), json!(now));
    let array = shelf.first_of.and_then(|(_, array)| body.get(array));
    let array = array.and_then(Value::as_array);
    move_to_array(shelf, &mut object, array.is_none_or(Vec::is_empty));
    check_types(world, shelf, &object)?;
    (shelf.complete)(world, &mut object);
    Ok(keep(world, shelf, object, now))
}

/// Stores a changed object, and sets its `updated_at`.
pub(crate) fn keep(world: &mut World, shelf: &Shelf, mut object: Object, now: Timestamp) -> Object {
    object.insert("updated_at".to_owned(), json!(now));
    world.shelves.put(shelf.kept, object.clone());
    object
}

pub(crate) fn delete(world: &mut World, shelf: &Shelf, id: &str) -> ApiResult {
    let object = find(world, shelf, id)?.clone();
    (shelf.delete)(world, &object)?;
    let id = text(&object, "id");
    world.shelves.remove(shelf.kept, id);
    Ok(deleted(shelf.object, id).into())
}

pub(crate) fn act(
    world: &mut World,
    shelf: &Shelf,
    action: &Action,
    id: &str,
    body: &Object,
    now: Timestamp,
) -> Result<Object, ApiError> {
    let mut object = find(world, shelf, id)?.clone();
    let body = field::creation(action.fields, body)?;
    (action.run)(world, &mut object, &body, now)?;
    Ok(keep(world, shelf, object, now))
}

/// Returns an object as Clerk returns it, without its secrets.
pub(crate) fn view(world: &World, shelf: &Shelf, object: &Object) -> Value {
    let mut shown = object.clone();
    for secret in shelf.secrets {
        shown.remove(*secret);
    }
    (shelf.view)(world, &shown)
}

/// Revokes a pending object. Returns an error with this code if the object is not pending.
pub(crate) fn revoke(object: &mut Object, code: Code) -> Result<(), ApiError> {
    match text(object, "status") {
        "pending" => {
            object.insert("status".to_owned(), "revoked".into());
            Ok(())
        }
        status => {
            let message = format!("The status is {status}. Only what is pending can be revoked.");
            Err(ApiError::new(code, &message))
        }
    }
}

/// Gives the status `expired` to all pending objects whose `expires_at` has passed.
pub(crate) fn expire(world: &mut World, shelf: &Shelf, now: Timestamp) {
    let is_over = |object: &Object| {
        let end = object.get("expires_at").and_then(Value::as_i64);
        end.is_some_and(|end| end <= now.as_millis()) && text(object, "status") == "pending"
    };
    if !world.shelves.all(shelf.kept).iter().any(is_over) {
        return;
    }
    for object in world.shelves.all_mut(shelf.kept) {
        if is_over(object) {
            object.insert("status".to_owned(), "expired".into());
        }
    }
}

//! The description of a kind of stored object.

use clerk_core::Timestamp;
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::Value;

use crate::fake::operations::codes::{self, Code};
use crate::fake::operations::response::ApiError;
use crate::fake::operations::shelves::field::Field;
use crate::fake::state::shelves::Object;
use crate::fake::state::world::World;

/// The form of a list.
#[derive(Clone, Copy)]
pub(crate) enum Listing {
    /// An array with one page of the list. If the query has `paginated=true`, an object with the
    /// page and the length of the list.
    Either,
    /// An object with one page of the list, and the length of the list.
    Page,
    /// An object with the whole list, and its length.
    Whole,
}

/// A filter of a list.
#[derive(Clone, Copy)]
pub(crate) enum Filter {
    /// Selects objects by the values of this parameter. The field with the parameter's name must
    /// have one of the values.
    Equal(&'static str),
    /// Like `Equal`, but a `-` before a value excludes the objects whose field has the value.
    Signed(&'static str),
    /// Like `Equal`. The first text is the parameter. If the query lacks this parameter, the list
    /// omits the objects whose field has the second text as its value.
    EqualUnlisted(&'static str, &'static str),
    /// Selects all objects. Each value of this parameter must be in the list of words.
    OneOf(&'static str, &'static [&'static str]),
    /// Selects objects by the value of this parameter. At least one of these fields must contain
    /// the value.
    Search(&'static str, &'static [&'static str]),
    /// Like `Search`, but the last text names one more field. An object is also selected if this
    /// field equals the value of the parameter.
    SearchOr(&'static str, &'static [&'static str], &'static str),
}

/// An operation on an object besides reading, updating and deleting.
#[derive(Clone, Copy)]
pub(crate) struct Action {
    /// The path after the id, such as `revoke`.
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [Field],
    /// Changes the first object. The second object is the body of the request.
    pub(crate) run: fn(&mut World, &mut Object, &Object, Timestamp) -> Result<(), ApiError>,
    /// Whether the response contains the secret fields of the object.
    pub(crate) shows_secrets: bool,
}

impl Action {
    pub(crate) const fn new(
        name: &'static str,
        fields: &'static [Field],
        run: fn(&mut World, &mut Object, &Object, Timestamp) -> Result<(), ApiError>,
    ) -> Self {
        Self {
            name,
            fields,
            run,
            shows_secrets: false,
        }
    }

    pub(crate) const fn showing_secrets(mut self) -> Self {
        self.shows_secrets = true;
        self
    }
}

/// The limit and the rule of a request that creates several objects.
#[derive(Clone, Copy)]
pub(crate) struct Bulk {
    pub(crate) max: usize,
    /// Returns an error if these bodies must not be in one request.
    pub(crate) rule: fn(&World, &[Object]) -> Result<(), ApiError>,
}

/// A kind of stored object: its path, its parameters and its operations.
pub(crate) struct Shelf {
    pub(crate) path: &'static str,
    /// The name under which the objects are stored. Kinds with the same name share their objects.
    pub(crate) kept: &'static str,
    /// The value of `object` in responses.
    pub(crate) object: &'static str,
    /// The prefix of ids.
    pub(crate) prefix: &'static str,
    pub(crate) fields: &'static [Field],
    pub(crate) listing: Listing,
    pub(crate) filters: &'static [Filter],
    /// The fields by which a list can be ordered.
    pub(crate) orders: &'static [&'static str],
    pub(crate) actions: &'static [Action],
    /// The secret fields. A response may contain them if the request creates the object, or is an
    /// action with `shows_secrets`. Lists, and responses to reads and updates, omit them.
    pub(crate) secrets: &'static [&'static str],
    /// The field whose value a path may contain instead of the id.
    pub(crate) key: &'static str,
    /// A field whose value is unique. If an object with the same value exists, a creation adds no
    /// object, and the response contains the existing object. `None` if every creation adds an
    /// object.
    pub(crate) existing: Option<&'static str>,
    /// The name of a deprecated field, and the name of the array that replaces it. The value of the
    /// field becomes the first item of the array, and is not stored itself. `None` if the kind has
    /// no such field.
    pub(crate) first_of: Option<(&'static str, &'static str)>,
    /// The rules for creating several objects in one request. `None` if Clerk has no such request.
    pub(crate) bulk: Option<Bulk>,
    /// The code of the error for an unknown id.
    pub(crate) not_found: Code,
    /// Returns an error if the object has values that are not allowed.
    pub(crate) rule: fn(&World, &Object) -> Result<(), ApiError>,
    /// Sets missing values. The caller has already set the times of the object.
    pub(crate) complete: fn(&mut World, &mut Object),
    /// Returns an error if the object must not be deleted. Otherwise, removes references to it.
    pub(crate) delete: fn(&mut World, &Object) -> Result<(), ApiError>,
    /// Returns the object as Clerk returns it.
    pub(crate) view: fn(&World, &Object) -> Value,
}

impl Shelf {
    /// Creates a kind of object whose responses have the JSON form of the model `T`.
    pub(crate) const fn of<T: DeserializeOwned + Serialize>(
        path: &'static str,
        object: &'static str,
        prefix: &'static str,
        fields: &'static [Field],
    ) -> Self {
        Self {
            path,
            kept: path,
            object,
            prefix,
            fields,
            listing: Listing::Page,
            filters: &[],
            orders: &["created_at"],
            actions: &[],
            secrets: &[],
            key: "id",
            existing: None,
            first_of: None,
            bulk: None,
            not_found: codes::RESOURCE_NOT_FOUND,
            rule: |_, _| Ok(()),
            complete: |_, _| {},
            delete: |_, _| Ok(()),
            view: typed::<T>,
        }
    }
}

/// Converts an object to the JSON form of the model `T`. Returns null if this is not possible.
pub(crate) fn typed<T: DeserializeOwned + Serialize>(_: &World, object: &Object) -> Value {
    as_model::<T>(Value::Object(object.clone()))
}

/// Converts JSON to the JSON form of the model `T`. Returns null if this is not possible.
pub(crate) fn as_model<T: DeserializeOwned + Serialize>(json: Value) -> Value {
    let model: Option<T> = serde_json::from_value(json).ok();
    let tree = model.and_then(|model| serde_json::to_value(model).ok());
    tree.unwrap_or_default()
}

/// Sets the values that are missing or null.
pub(crate) fn fill(object: &mut Object, defaults: Value) {
    let Value::Object(defaults) = defaults else {
        return;
    };
    for (name, default) in defaults {
        let value = object.entry(name).or_insert(Value::Null);
        if value.is_null() {
            *value = default;
        }
    }
}

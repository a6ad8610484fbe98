//! SCIM directories of enterprise connections. Each operation has a newer path, below
//! `/directories`, and an older one, below `/scim_directories`.

use clerk_core::Timestamp;
use clerk_core::models::Directory;
use serde_json::{Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::response::ApiError;
use crate::fake::operations::shelves::enterprise::{ENTERPRISE_CONNECTIONS, KEPT_DIRECTORIES};
use crate::fake::operations::shelves::field::Field;
use crate::fake::operations::shelves::shelf::{Action, Shelf, fill, typed};
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::world::World;

const FIELDS: &[Field] = &[
    Field::text("enterprise_connection_id").required().fixed(),
    Field::text("name"),
    Field::text("provider").required(),
    Field::flag("enabled").later(),
    Field::object("attribute_mapping").later().merged(),
    Field::flag("group_role_mapping_enabled").later(),
    // Clerk's specification omits this parameter, but Clerk's Go SDK sends it.
    Field::flag("disable_domain_enforcement").later().ignored(),
    Field::objects("group_role_mappings").fixed().ignored(),
];

pub(crate) static DIRECTORIES: Shelf = Shelf {
    orders: &[],
    secrets: &["api_key"],
    actions: &[Action::new("rotate_api_key", &[], rotate).showing_secrets()],
    rule: check,
    complete,
    view: |world, directory| shown(world, directory, "directory"),
    ..Shelf::of::<Directory>("directories", "directory", "dir", FIELDS)
};

pub(crate) static SCIM_DIRECTORIES: Shelf = Shelf {
    kept: KEPT_DIRECTORIES,
    orders: &[],
    secrets: &["api_key"],
    actions: &[Action::new("rotate_api_key", &[], rotate).showing_secrets()],
    rule: check,
    complete,
    view: |world, directory| shown(world, directory, "scim_directory"),
    ..Shelf::of::<Directory>("scim_directories", "scim_directory", "dir", FIELDS)
};

fn shown(world: &World, directory: &Object, object: &str) -> Value {
    let mut shown = directory.clone();
    shown.insert("object".to_owned(), object.into());
    typed::<Directory>(world, &shown)
}

/// Returns an error if the enterprise connection does not exist, or already has another directory.
/// A directory without a connection is valid, because the connection may have been deleted.
fn check(world: &World, directory: &Object) -> Result<(), ApiError> {
    let connection = text(directory, "enterprise_connection_id");
    let name = "enterprise_connection_id";
    if connection.is_empty() {
        return Ok(());
    }
    let shelves = &world.shelves;
    if shelves
        .get(ENTERPRISE_CONNECTIONS.kept, connection)
        .is_none()
    {
        let message = format!("No enterprise connection was found with id {connection}.");
        return Err(ApiError::param(
            codes::FORM_RESOURCE_NOT_FOUND,
            name,
            &message,
        ));
    }
    let mut others = shelves.all(DIRECTORIES.kept).iter();
    let is_used = others
        .any(|other| text(other, name) == connection && other.get("id") != directory.get("id"));
    if is_used {
        let message = "The enterprise connection has a directory already.";
        let code = codes::SCIM_DIRECTORY_ENTERPRISE_CONNECTION_ALREADY_USED;
        return Err(ApiError::param(code, name, message));
    }
    Ok(())
}

fn complete(world: &mut World, directory: &mut Object) {
    let connection = text(directory, "enterprise_connection_id");
    let connection = world.shelves.get(ENTERPRISE_CONNECTIONS.kept, connection);
    let name = connection.map_or("", |connection| text(connection, "name"));
    let id = text(directory, "id");
    let defaults = json!({
        "name": name,
        "enabled": true,
        "group_role_mapping_enabled": false,
        "attribute_mapping": {},
        "custom_attributes": [],
        "endpoint_url": format!("https://clerk.fake.example.com/scim/v2/{id}"),
        "api_key": world.new_id("ak"),
    });
    fill(directory, defaults);
}

fn rotate(
    world: &mut World,
    directory: &mut Object,
    _: &Object,
    _: Timestamp,
) -> Result<(), ApiError> {
    let key = world.new_id("ak");
    directory.insert("api_key".to_owned(), key.into());
    Ok(())
}

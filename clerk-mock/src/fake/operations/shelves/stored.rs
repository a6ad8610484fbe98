//! The table of the kinds of stored objects, and the functions that read stored objects and
//! settings from the JSON of an instance.

use std::collections::BTreeSet;

use clerk_core::Timestamp;

use crate::fake::operations::formats::quoted;
use crate::fake::operations::shelves::directories::{DIRECTORIES, SCIM_DIRECTORIES};
use crate::fake::operations::shelves::enterprise::ENTERPRISE_CONNECTIONS;
use crate::fake::operations::shelves::instance::{DOMAINS, JWT_TEMPLATES, REDIRECT_URLS};
use crate::fake::operations::shelves::life;
use crate::fake::operations::shelves::machines::MACHINES;
use crate::fake::operations::shelves::oauth_applications::OAUTH_APPLICATIONS;
use crate::fake::operations::shelves::role_sets::ROLE_SETS;
use crate::fake::operations::shelves::saml_connections::SAML_CONNECTIONS;
use crate::fake::operations::shelves::settings::SETTINGS;
use crate::fake::operations::shelves::shelf::Shelf;
use crate::fake::operations::shelves::sign_up::{
    ALLOWLIST_IDENTIFIERS, BLOCKLIST_IDENTIFIERS, INVITATIONS, WAITLIST_ENTRIES,
};
use crate::fake::operations::shelves::tokens::{ACTOR_TOKENS, AGENT_TASKS, SIGN_IN_TOKENS};
use crate::fake::operations::shelves::verifications::VERIFICATIONS;
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::world::World;

/// The kinds of stored objects.
pub(crate) static SHELVES: &[&Shelf] = &[
    &ACTOR_TOKENS,
    &AGENT_TASKS,
    &ALLOWLIST_IDENTIFIERS,
    &BLOCKLIST_IDENTIFIERS,
    &DIRECTORIES,
    &DOMAINS,
    &ENTERPRISE_CONNECTIONS,
    &INVITATIONS,
    &JWT_TEMPLATES,
    &MACHINES,
    &OAUTH_APPLICATIONS,
    &REDIRECT_URLS,
    &ROLE_SETS,
    &SAML_CONNECTIONS,
    &SCIM_DIRECTORIES,
    &SIGN_IN_TOKENS,
    &VERIFICATIONS,
    &WAITLIST_ENTRIES,
];

/// Replaces the objects of a kind with objects from the JSON of an instance, and sets their missing
/// fields.
///
/// Returns an error without an index if the kind does not exist. Otherwise, an error has the index
/// of the first object that cannot be stored, and the reason: the object does not have the form of
/// the kind, or an earlier object has the same id.
pub(crate) fn restore(
    world: &mut World,
    kind: &str,
    objects: Vec<Object>,
    now: Timestamp,
) -> Result<(), (Option<usize>, String)> {
    let shelf = SHELVES.iter().find(|shelf| shelf.kept == kind);
    let shelf = shelf.ok_or_else(|| (None, "unknown kind of object".to_owned()))?;
    world.shelves.clear(kind);
    let mut ids = BTreeSet::new();
    for (at, object) in objects.into_iter().enumerate() {
        let object = life::complete(world, shelf, object, now);
        if (shelf.view)(world, &object).is_null() {
            return Err((
                Some(at),
                "a field is missing or has a wrong type".to_owned(),
            ));
        }
        let id = text(&object, "id");
        if !ids.insert(id.to_owned()) {
            return Err((Some(at), format!("duplicate id {}", quoted(id))));
        }
        world.shelves.push(kind, object);
    }
    Ok(())
}

/// Sets settings from the JSON of an instance.
///
/// Returns an error if no settings have this path, or if Clerk would refuse the changes.
pub(crate) fn restore_settings(
    world: &mut World,
    path: &str,
    changes: &Object,
) -> Result<(), String> {
    let settings = SETTINGS.iter().find(|settings| settings.path == path);
    let settings = settings.ok_or("unknown settings")?;
    let written = settings.write(world, changes);
    written.map_err(|error| error.message().to_owned())
}

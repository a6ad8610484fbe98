//! Role sets.

use clerk_core::Timestamp;
use clerk_core::models::RoleSet;
use serde_json::{Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::response::{ApiError, ApiResult, deleted};
use crate::fake::operations::shelves::field::{Field, Format};
use crate::fake::operations::shelves::life::find;
use crate::fake::operations::shelves::shelf::{Action, Filter, Shelf, fill, typed};
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::world::World;

/// The maximum number of roles in a role set.
pub(crate) const MAX_ROLES: usize = 10;

const KEY: Format = (
    is_key,
    "role_set: and lower-case letters, digits and underscores",
);

pub(crate) static ROLE_SETS: Shelf = Shelf {
    filters: &[Filter::SearchOr("query", &["name", "key"], "id")],
    orders: &["created_at", "name", "key"],
    key: "key",
    actions: &[
        Action::new(
            "roles",
            &[
                Field::texts("role_keys").required(),
                Field::text("default_role_key"),
                Field::text("creator_role_key"),
            ],
            add_roles,
        ),
        Action::new(
            "roles/replace",
            &[
                Field::text("role_key").required(),
                Field::text("to_role_key").required(),
            ],
            replace_role,
        ),
    ],
    rule: check_roles,
    complete,
    view: |world, set| {
        // A role set may contain keys of roles that do not exist.
        let item = |key: &str| match world.role(key) {
            Some(role) => json!({
                "id": role.id.as_str(),
                "name": role.name,
                "key": key,
                "description": role.description,
                "created_at": role.created_at,
                "updated_at": role.updated_at,
            }),
            None => json!({
                "id": key.replacen("org:", "role_", 1),
                "name": key.trim_start_matches("org:"),
                "key": key,
                "created_at": set.get("created_at"),
                "updated_at": set.get("created_at"),
            }),
        };
        let mut shown = set.clone();
        shown.extend([
            (
                "roles".to_owned(),
                roles(set).into_iter().map(item).collect(),
            ),
            (
                "default_role".to_owned(),
                item(text(set, "default_role_key")),
            ),
            (
                "creator_role".to_owned(),
                item(text(set, "creator_role_key")),
            ),
        ]);
        typed::<RoleSet>(world, &shown)
    },
    ..Shelf::of::<RoleSet>(
        "role_sets",
        "role_set",
        "rset",
        &[
            Field::text("name").required().lasting(),
            Field::text("key")
                .matching(KEY)
                .unique(codes::FORM_ALREADY_EXISTS)
                .lasting(),
            Field::text("description"),
            Field::text("default_role_key").required().lasting(),
            Field::text("creator_role_key").required().lasting(),
            Field::word("type", &["initial", "custom"]).fixed(),
            Field::word("type", &["initial"]).later().lasting(),
            Field::texts("roles").required().fixed(),
        ],
    )
};

fn is_key(key: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    key.strip_prefix("role_set:")
        .is_some_and(|name| !name.is_empty() && name.chars().all(is_allowed))
}

/// Returns the keys of the roles in a role set.
pub(crate) fn roles(set: &Object) -> Vec<&str> {
    let roles = set.get("roles").and_then(Value::as_array);
    roles
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

fn check_roles(_: &World, set: &Object) -> Result<(), ApiError> {
    let roles = roles(set);
    let refuse = |name: &str, message: &str| {
        Err(ApiError::param(
            codes::FORM_PARAM_VALUE_INVALID,
            name,
            message,
        ))
    };
    check_count("roles", roles.len())?;
    for name in ["default_role_key", "creator_role_key"] {
        if !roles.contains(&text(set, name)) {
            return refuse(name, &format!("{name} must be one of the roles."));
        }
    }
    Ok(())
}

/// Returns an error if a parameter has no roles or too many.
fn check_count(name: &str, count: usize) -> Result<(), ApiError> {
    if (1..=MAX_ROLES).contains(&count) {
        return Ok(());
    }
    let message = format!("{name} must have 1 to {MAX_ROLES} items.");
    Err(ApiError::param(
        codes::FORM_PARAM_VALUE_INVALID,
        name,
        &message,
    ))
}

fn complete(world: &mut World, set: &mut Object) {
    if text(set, "key").is_empty() {
        let key = free_key(world, text(set, "name"));
        set.insert("key".to_owned(), key.into());
    }
    fill(set, json!({ "type": "custom" }));
    let known = world.shelves.get(ROLE_SETS.kept, text(set, "id"));
    if let Some(known) = known.map(|known| text(known, "key").to_owned()) {
        world.change_role_set(&known, text(set, "key"));
    }
    if text(set, "type") == "initial" {
        // An instance has only one initial role set. The previous initial role set becomes a custom
        // one, and gets the `updated_at` of `set`.
        let now = set.get("updated_at").cloned().unwrap_or_default();
        let others = world.shelves.all_mut(ROLE_SETS.kept).iter_mut();
        for other in others.filter(|other| text(other, "type") == "initial") {
            other.insert("type".to_owned(), "custom".into());
            other.insert("updated_at".to_owned(), now.clone());
        }
    }
}

/// Creates a key from the name of a role set. Appends a number if another role set has the key.
fn free_key(world: &World, name: &str) -> String {
    let name = name.to_lowercase();
    let name: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    let is_free = |key: &String| {
        let mut sets = world.shelves.all(ROLE_SETS.kept).iter();
        sets.all(|set| text(set, "key") != *key)
    };
    let numbered = (2_u64..).map(|number| format!("role_set:{name}_{number}"));
    let mut candidates = std::iter::once(format!("role_set:{name}")).chain(numbered);
    candidates.find(is_free).unwrap_or_default()
}

fn add_roles(
    world: &mut World,
    set: &mut Object,
    body: &Object,
    _: Timestamp,
) -> Result<(), ApiError> {
    let added = body.get("role_keys").and_then(Value::as_array);
    check_count("role_keys", added.map_or(0, Vec::len))?;
    if let Some(Value::Array(roles)) = set.get_mut("roles") {
        for role in added.into_iter().flatten() {
            if !roles.contains(role) {
                roles.push(role.clone());
            }
        }
    }
    for name in ["default_role_key", "creator_role_key"] {
        if let Some(key) = body.get(name) {
            set.insert(name.to_owned(), key.clone());
        }
    }
    check_roles(world, set)
}

/// Replaces a role in a role set, even if it is the default role or the creator role. In the
/// organizations with this role set, members with the old role get the new role.
fn replace_role(
    world: &mut World,
    set: &mut Object,
    body: &Object,
    now: Timestamp,
) -> Result<(), ApiError> {
    let (from, to) = (text(body, "role_key"), text(body, "to_role_key"));
    if !roles(set).contains(&from) {
        return Err(ApiError::resource_not_found(from));
    }
    if let Some(Value::Array(roles)) = set.get_mut("roles") {
        roles.retain(|role| role != from && role != to);
        roles.push(to.into());
    }
    for name in ["default_role_key", "creator_role_key"] {
        if text(set, name) == from {
            set.insert(name.to_owned(), to.into());
        }
    }
    check_roles(world, set)?;
    world.reassign_roles(text(set, "key"), &[(from, to)], now);
    Ok(())
}

/// Deletes a role set in favor of another one. Organizations with the deleted role set get the
/// other one. If `reassignment_mappings` maps the role of a member to a new role, the member gets
/// the new role.
pub(crate) fn replace_role_set(
    world: &mut World,
    id: &str,
    body: &Object,
    now: Timestamp,
) -> ApiResult {
    let set = find(world, &ROLE_SETS, id)?;
    let mut form = Form::new(body);
    let destination = form.required("dest_role_set_key").unwrap_or_default();
    let expected = "an object whose values are strings";
    let mappings = form.value("reassignment_mappings", expected, |value| {
        let mappings = value.as_object()?.iter();
        let pairs = mappings.map(|(from, to)| Some((from.as_str(), to.as_str()?)));
        pairs.collect::<Option<Vec<_>>>()
    });
    let mappings = mappings.unwrap_or_default();
    form.finish()?;
    let destination = find(world, &ROLE_SETS, destination)?;
    if text(set, "type") == "initial" {
        return Err(ApiError::new(
            codes::CANNOT_DELETE_INITIAL_ROLE_SET,
            "The initial role set cannot be deleted. Make another role set the initial one first.",
        ));
    }
    let (id, key) = (text(set, "id").to_owned(), text(set, "key").to_owned());
    if text(destination, "id") == id {
        let message = "dest_role_set_key must be another role set.";
        let code = codes::FORM_PARAM_VALUE_INVALID;
        return Err(ApiError::param(code, "dest_role_set_key", message));
    }
    check_mappings(world, &key, destination, &mappings)?;
    let destination = text(destination, "key").to_owned();
    world.reassign_roles(&key, &mappings, now);
    world.change_role_set(&key, &destination);
    world.shelves.remove(ROLE_SETS.kept, &id);
    Ok(deleted(ROLE_SETS.object, &id).into())
}

/// Returns an error if a mapping assigns a role that is not in `destination`. Also returns an error
/// if members have a role that is not in `destination`, and no mapping replaces this role.
fn check_mappings(
    world: &World,
    role_set: &str,
    destination: &Object,
    mappings: &[(&str, &str)],
) -> Result<(), ApiError> {
    let allowed = roles(destination);
    let name = "reassignment_mappings";
    if let Some((_, to)) = mappings.iter().find(|(_, to)| !allowed.contains(to)) {
        let message = format!("The new role set does not have the role {to}.");
        let code = codes::ORGANIZATION_ROLE_SET_REASSIGNMENT_MAPPINGS_INVALID;
        return Err(ApiError::param(code, name, &message));
    }
    let is_lost = |role: &&str| {
        let mut mapped = mappings.iter();
        !allowed.contains(role) && mapped.all(|(from, _)| from != role)
    };
    if let Some(role) = world.roles_in_use(role_set).find(is_lost) {
        let message = format!("Members have the role {role}, which the new role set lacks.");
        let code = codes::ORGANIZATION_ROLE_SET_REASSIGNMENT_MAPPINGS_MISSING;
        return Err(ApiError::param(code, name, &message));
    }
    Ok(())
}

//! The operations that merge and replace the metadata of an organization.

use clerk_core::{Metadata, Timestamp};
use serde_json::{Map, Value};

use crate::fake::operations::form::Form;
use crate::fake::operations::organizations::organization::find_mut;
use crate::fake::operations::response::{ApiResult, value};
use crate::fake::operations::users::metadata::{change_checked, merge_into, replace};
use crate::fake::state::world::World;

pub(crate) fn merge_organization_metadata(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    change(world, id, body, now, merge_into)
}

pub(crate) fn replace_organization_metadata(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    change(world, id, body, now, replace)
}

fn change(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
    change: fn(&mut Metadata, Option<Metadata>),
) -> ApiResult {
    let organization = find_mut(world, id)?;
    let mut changed = organization.clone();
    let mut form = Form::new(body);
    let public = form.metadata("public_metadata");
    let private = form.metadata("private_metadata");
    for (name, old, new) in [
        ("public_metadata", &mut changed.public_metadata, public),
        ("private_metadata", &mut changed.private_metadata, private),
    ] {
        change_checked(&mut form, name, old, new, change);
    }
    form.finish()?;
    changed.updated_at = now;
    *organization = changed;
    Ok(value(organization))
}

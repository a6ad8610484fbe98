//! The operations that create, read, update and delete a user.

pub(crate) mod create;
pub(crate) mod credentials;
mod digests;
mod passwords;
pub(crate) mod requirements;
pub(crate) mod update;

use crate::fake::operations::codes;
use crate::fake::operations::response::{ApiError, ApiResult, deleted, value};
use crate::fake::operations::users::lookup::find;
use crate::fake::state::world::World;

pub(crate) fn get_user(world: &World, id: &str) -> ApiResult {
    Ok(value(&find(world, id)?.user))
}

pub(crate) fn delete_user(world: &mut World, id: &str) -> ApiResult {
    let directory = find(world, id)?.user.scim.as_ref();
    if directory.is_some_and(|directory| directory.directory_enabled) {
        let message = "This user is managed by a SCIM directory and cannot be deleted manually.";
        return Err(ApiError::new(codes::USER_MANAGED_BY_SCIM, message));
    }
    let account = world
        .remove(id)
        .ok_or_else(|| ApiError::user_not_found(id))?;
    Ok(deleted("user", account.user.id.as_str()).into())
}

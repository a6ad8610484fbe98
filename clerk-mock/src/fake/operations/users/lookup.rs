//! Functions that find the user of an operation.

use crate::fake::operations::response::ApiError;
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::world::World;

/// Returns a user, or a 404.
pub(crate) fn find<'a>(world: &'a World, id: &str) -> Result<&'a FakeUser, ApiError> {
    world.user(id).ok_or_else(|| ApiError::user_not_found(id))
}

/// Returns a mutable user, or a 404. See [`World::user_mut`] for what may change.
pub(crate) fn find_mut<'a>(world: &'a mut World, id: &str) -> Result<&'a mut FakeUser, ApiError> {
    world
        .user_mut(id)
        .ok_or_else(|| ApiError::user_not_found(id))
}

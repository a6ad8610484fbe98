//! The operations that lock and unlock a user.

use clerk_core::Timestamp;

use crate::fake::operations::response::{ApiResult, value};
use crate::fake::operations::users::lookup::find_mut;
use crate::fake::state::world::{LOCKOUT_SECONDS, World};

pub(crate) fn lock_user(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    set_lock(world, id, Some(LOCKOUT_SECONDS), now)
}

pub(crate) fn unlock_user(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    set_lock(world, id, None, now)
}

fn set_lock(world: &mut World, id: &str, seconds: Option<i64>, now: Timestamp) -> ApiResult {
    world.set_lock(id, seconds, now);
    let user = &mut find_mut(world, id)?.user;
    user.updated_at = now;
    Ok(value(user))
}

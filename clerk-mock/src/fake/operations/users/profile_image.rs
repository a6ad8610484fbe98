//! The operations that set and delete a profile image.

use clerk_core::Timestamp;

use crate::fake::operations::formats::is_image;
use crate::fake::operations::multipart;
use crate::fake::operations::response::{ApiResult, value};
use crate::fake::operations::users::lookup::find_mut;
use crate::fake::state::fake_user::DEFAULT_IMAGE;
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

pub(crate) fn set_user_profile_image(
    world: &mut World,
    id: &str,
    request: &RecordedRequest,
    now: Timestamp,
) -> ApiResult {
    let name = world.new_id("img");
    let user = &mut find_mut(world, id)?.user;
    multipart::check_image(request, is_image)?;
    user.has_image = true;
    user.image_url = Some(format!("https://img.clerk.com/{name}"));
    user.profile_image_url.clone_from(&user.image_url);
    user.updated_at = now;
    Ok(value(user))
}

pub(crate) fn delete_user_profile_image(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    let user = &mut find_mut(world, id)?.user;
    if user.has_image {
        user.has_image = false;
        user.image_url = Some(DEFAULT_IMAGE.into());
        user.profile_image_url.clone_from(&user.image_url);
        user.updated_at = now;
    }
    Ok(value(user))
}

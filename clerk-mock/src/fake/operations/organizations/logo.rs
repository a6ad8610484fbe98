//! The operations that upload and delete a logo.

use clerk_core::Timestamp;

use crate::fake::operations::formats::is_logo;
use crate::fake::operations::multipart;
use crate::fake::operations::organizations::organization::find_mut;
use crate::fake::operations::response::{ApiResult, value};
use crate::fake::state::fake_user::DEFAULT_IMAGE;
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

pub(crate) fn upload_organization_logo(
    world: &mut World,
    id: &str,
    request: &RecordedRequest,
    now: Timestamp,
) -> ApiResult {
    let name = world.new_id("img");
    let organization = find_mut(world, id)?;
    multipart::check_image(request, is_logo)?;
    organization.has_image = true;
    organization.image_url = Some(format!("https://img.clerk.com/{name}"));
    organization.updated_at = now;
    let mut view = organization.clone();
    view.logo_url.clone_from(&view.image_url);
    Ok(value(&view))
}

pub(crate) fn delete_organization_logo(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    let organization = find_mut(world, id)?;
    if organization.has_image {
        organization.has_image = false;
        organization.image_url = Some(DEFAULT_IMAGE.into());
        organization.updated_at = now;
    }
    Ok(value(organization))
}

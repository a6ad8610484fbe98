//! The paths that list and delete the named worlds. A world is one instance of Clerk.

use serde_json::{Value, json};

use crate::fake::operations::response::{ApiError, ApiResult};
use crate::server::control::call::Call;
use crate::server::world_name::WorldName;

pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    let worlds = call.server.worlds().into_iter();
    let worlds: Vec<Value> = worlds
        .map(|(name, world)| {
            json!({
                "name": name.to_string(),
                "users": world.fake.world().len(),
                "requests": world.journal().last_number(),
            })
        })
        .collect();
    Ok(json!({ "worlds": worlds }).into())
}

/// Deletes a world, and stops its webhooks.
pub(crate) async fn delete(call: &Call<'_>) -> ApiResult {
    let name = WorldName::read(call.argument, "name")?;
    if let Some(world) = call.server.remove_world(&name) {
        world.webhooks.stop().await;
        return Ok(json!({ "name": name.to_string(), "deleted": true }).into());
    }
    Err(ApiError::not_found(&format!("There is no world {name}.")))
}

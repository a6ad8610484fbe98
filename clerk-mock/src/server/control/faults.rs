//! The paths that list, plan and end faults.

use serde_json::json;

use crate::fake::operations::response::{ApiError, ApiResult};
use crate::server::control::call::Call;

pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    Ok(json!({ "faults": call.world()?.faults().to_json() }).into())
}

pub(crate) fn plan(call: &Call<'_>) -> ApiResult {
    let world = call.world()?;
    let planned = world.faults().add(&call.body()?, &world.fake)?;
    Ok(planned.into())
}

pub(crate) fn end(call: &Call<'_>) -> ApiResult {
    let id = call.argument;
    let ended = call.world()?.faults().end(id);
    let ended = ended.map(Into::into);
    ended.ok_or_else(|| ApiError::not_found(&format!("There is no planned fault {id}.")))
}

pub(crate) fn end_all(call: &Call<'_>) -> ApiResult {
    Ok(json!({ "ended": call.world()?.faults().clear() }).into())
}

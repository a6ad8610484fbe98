//! The planned faults.

use serde_json::json;

use crate::fake::operations::response::{ApiError, ApiResult};
use crate::server::control::call::Call;
use crate::server::faults::fault_plan::FaultPlan;

pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    Ok(json!({ "faults": call.world()?.plans().to_json() }).into())
}

pub(crate) fn plan(call: &Call<'_>) -> ApiResult {
    let plan = FaultPlan::read(&call.body()?)?;
    Ok(call.world()?.plans().add(plan)?.into())
}

pub(crate) fn end(call: &Call<'_>) -> ApiResult {
    let id = call.argument;
    let ended = call.world()?.plans().end(id);
    let ended = ended.map(Into::into);
    ended.ok_or_else(|| ApiError::not_found(&format!("There is no planned fault {id}.")))
}

pub(crate) fn end_all(call: &Call<'_>) -> ApiResult {
    Ok(json!({ "ended": call.world()?.plans().clear() }).into())
}

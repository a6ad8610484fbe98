//! The plan of the instance.

use crate::fake::operations::codes;
use crate::fake::operations::response::ApiError;
use crate::fake::state::world::World;

/// Returns an error if the plan of the instance does not include the operation with this id.
pub(crate) fn check_plan(world: &World, operation_id: &str) -> Result<(), ApiError> {
    let mut outside = world.settings.operations_outside_plan.iter();
    if outside.any(|of| of.operation_id() == operation_id) {
        let message = format!("The plan does not include {operation_id}.");
        let code = codes::UNSUPPORTED_SUBSCRIPTION_PLAN_FEATURES;
        return Err(ApiError::new(code, &message));
    }
    Ok(())
}

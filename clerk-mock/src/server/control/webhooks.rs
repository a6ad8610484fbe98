//! The webhooks of a server.

use serde_json::{Value, json};

use crate::fake::operations::response::ApiResult;
use crate::server::control::call::Call;

/// Lists the deliveries of webhooks with their attempts.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    let deliveries = call.server.webhooks.iter().flat_map(|of| of.all());
    let deliveries: Vec<Value> = deliveries.map(|delivery| delivery.to_json()).collect();
    Ok(json!({ "webhooks": deliveries }).into())
}

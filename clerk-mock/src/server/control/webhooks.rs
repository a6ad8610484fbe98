//! The paths that set and remove the endpoint of webhooks, and return the deliveries.

use std::sync::Arc;

use clerk_core::webhooks::WebhookSecret;
use serde_json::{Value, json};

use crate::fake::operations::codes::{FORM_PARAM_MISSING, FORM_PARAM_VALUE_INVALID};
use crate::fake::operations::form::Form;
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::server::control::call::Call;
use crate::server::served_world::ServedWorld;
use crate::server::webhooks::endpoint::Endpoint;

/// Sets the endpoint that receives the webhooks of later changes.
pub(crate) fn set(call: &Call<'_>) -> ApiResult {
    let body = call.body()?;
    let mut form = Form::new(&body);
    let url = form.required("url").unwrap_or_default();
    // The error must not repeat the secret.
    let secret = form.value("secret", "whsec_ followed by base64", |secret| {
        WebhookSecret::new(secret.as_str()?).ok()
    });
    if form.is_null("secret") {
        form.refuse(FORM_PARAM_MISSING, "secret", "secret must be included.");
    }
    form.finish()?;
    if let Some(secret) = secret {
        let endpoint = Endpoint::parse(url, secret).map_err(|error| {
            ApiError::param(FORM_PARAM_VALUE_INVALID, "url", &error.to_string())
        })?;
        call.world()?.webhooks.set(Arc::new(endpoint));
    }
    Ok(json!({ "url": url }).into())
}

/// Removes the endpoint, and drops the pending deliveries.
pub(crate) async fn remove(call: &Call<'_>) -> ApiResult {
    let dropped = call.world()?.webhooks.stop().await;
    Ok(json!({ "dropped": dropped }).into())
}

/// Lists the deliveries of webhooks with their attempts.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    Ok(shown(&*call.world()?).into())
}

/// Waits until every webhook is delivered, has failed, or waits for a later attempt. Then lists the
/// deliveries.
pub(crate) async fn settle(call: &Call<'_>) -> ApiResult {
    let world = call.world()?;
    world.webhooks_settled().await;
    Ok(shown(&world).into())
}

fn shown(world: &ServedWorld) -> Value {
    let deliveries = world.webhooks.deliveries().all();
    let deliveries: Vec<Value> = deliveries.iter().map(|of| of.to_json()).collect();
    json!({ "webhooks": deliveries })
}

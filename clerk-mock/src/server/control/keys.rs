//! The path that returns the public key for verifying tokens, and the path that replaces the key
//! pair.

use serde_json::json;

use crate::fake::operations::response::ApiResult;
use crate::server::control::call::Call;

pub(crate) fn get(call: &Call<'_>) -> ApiResult {
    Ok(json!({ "jwt_key": call.world()?.fake.jwt_key() }).into())
}

pub(crate) fn rotate(call: &Call<'_>) -> ApiResult {
    call.world()?.fake.rotate_signing_key();
    get(call)
}

//! The JSON body of a request.

use clerk_core::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use crate::fake::operations::codes;
use crate::fake::operations::response::ApiError;
use crate::requests::recorded_request::RecordedRequest;

/// Returns the JSON object in the body. An empty body and null are read as an empty object.
pub(crate) fn body(request: &RecordedRequest) -> Result<Map<String, Value>, ApiError> {
    match json(request)? {
        Value::Object(body) => Ok(body),
        Value::Null => Ok(Map::new()),
        _ => Err(invalid()),
    }
}

/// Returns the JSON objects in a body that is an array.
pub(crate) fn bodies(request: &RecordedRequest) -> Result<Vec<Map<String, Value>>, ApiError> {
    serde_json::from_value(json(request)?).map_err(|_| invalid())
}

/// Returns the JSON in the body. An empty body is read as null.
fn json(request: &RecordedRequest) -> Result<Value, ApiError> {
    if request.body().is_empty() {
        return Ok(Value::Null);
    }
    let content_type = request.header(CONTENT_TYPE.as_str()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        let message = format!(
            "Content-Type {essence:?} is not supported for this request. Use application/json."
        );
        return Err(ApiError::new(codes::UNSUPPORTED_CONTENT_TYPE, &message));
    }
    serde_json::from_slice(request.body()).map_err(|_| invalid())
}

/// Creates the error for a body that cannot be read.
pub(crate) fn invalid() -> ApiError {
    ApiError::new(
        codes::REQUEST_BODY_INVALID,
        "The request body is invalid. Please consult the API documentation for more information.",
    )
}

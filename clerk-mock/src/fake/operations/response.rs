//! Responses in Clerk's form.

use clerk_core::HttpResponse;
use clerk_core::http::header::CONTENT_TYPE;
use clerk_core::http::{HeaderValue, StatusCode};
use serde_core::ser::SerializeMap;
use serde_core::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::fake::operations::codes::{self, Code};

/// The result of an operation: the body of the response, or an error.
pub(crate) type ApiResult = Result<Body, ApiError>;

/// The body of a response, as the text of JSON.
#[derive(Debug)]
pub(crate) struct Body(Vec<u8>);

impl From<Value> for Body {
    fn from(tree: Value) -> Self {
        value(&tree)
    }
}

/// An error response.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    errors: Vec<Value>,
}

impl ApiError {
    /// Creates an error that names no parameter. The message is a sentence.
    pub(crate) fn new(code: Code, long_message: &str) -> Self {
        Self {
            status: code.status,
            errors: vec![error(code, long_message)],
        }
    }

    /// Creates an error about one parameter. The message is a sentence.
    pub(crate) fn param(code: Code, param: &str, long_message: &str) -> Self {
        Self {
            status: code.status,
            errors: vec![param_error(code, param, long_message)],
        }
    }

    /// Creates a 422 with these errors about parameters.
    pub(crate) fn params(errors: Vec<Value>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            errors,
        }
    }

    /// Changes a 422 into a 400, for operations that refuse invalid parameters with a 400.
    pub(crate) fn into_bad_request(mut self) -> Self {
        if self.status == StatusCode::UNPROCESSABLE_ENTITY {
            self.status = StatusCode::BAD_REQUEST;
        }
        self
    }

    /// Returns the message of the first error.
    pub(crate) fn message(&self) -> &str {
        let first = self.errors.first();
        let message = first.and_then(|error| error.get("long_message")?.as_str());
        message.unwrap_or_default()
    }

    pub(crate) fn user_not_found(user_id: &str) -> Self {
        Self::not_found(&format!("No user was found with id {user_id}."))
    }

    pub(crate) fn resource_not_found(id: &str) -> Self {
        Self::not_found(&format!("Nothing was found with id {id}."))
    }

    pub(crate) fn external_account_not_found(id: &str) -> Self {
        let message = format!("No external account was found with id {id}.");
        Self::new(codes::EXTERNAL_ACCOUNT_NOT_FOUND, &message)
    }

    pub(crate) fn not_found(long_message: &str) -> Self {
        Self::new(codes::RESOURCE_NOT_FOUND, long_message)
    }
}

/// Returns the JSON of an error that names no parameter.
pub(crate) fn error(code: Code, long_message: &str) -> Value {
    let message = code.message.unwrap_or(long_message);
    json!({ "message": message, "long_message": long_message, "code": code.name })
}

/// Returns the JSON of an error about a parameter.
pub(crate) fn param_error(code: Code, param: &str, long_message: &str) -> Value {
    json!({
        "message": code.message.unwrap_or(long_message),
        "long_message": long_message,
        "code": code.name,
        "meta": { "param_name": param },
    })
}

/// Returns a model as the body of a response. Serializes it without an intermediate [`Value`].
pub(crate) fn value(model: &(impl Serialize + ?Sized)) -> Body {
    // Serialization cannot fail, because the keys of the models are strings.
    Body(serde_json::to_vec(model).unwrap_or_else(|_| b"null".to_vec()))
}

/// Returns a body with a page, and with the number of all objects in the list.
pub(crate) fn page(data: &[impl Serialize], total_count: usize) -> Body {
    value(&Page { data, total_count })
}

/// Returns the JSON of a deleted object.
pub(crate) fn deleted(object: &str, id: &str) -> Value {
    json!({ "object": object, "id": id, "deleted": true })
}

/// A page of a list, and the number of all objects in the list.
struct Page<'a, T> {
    data: &'a [T],
    total_count: usize,
}

impl<T: Serialize> Serialize for Page<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("data", self.data)?;
        map.serialize_entry("total_count", &self.total_count)?;
        map.end()
    }
}

/// Converts a result into an HTTP response.
pub(crate) fn http_response(result: ApiResult, trace_id: &str) -> HttpResponse {
    let (status, body) = match result {
        Ok(body) => (StatusCode::OK, body),
        Err(error) => {
            let body = json!({ "errors": error.errors, "clerk_trace_id": trace_id });
            (error.status, body.into())
        }
    };
    traced_response(status, body, trace_id)
}

/// Creates a response with JSON and a trace id.
pub(crate) fn traced_response(
    status: StatusCode,
    body: impl Into<Body>,
    trace_id: &str,
) -> HttpResponse {
    let mut response = json_response(status, body);
    if let Ok(trace_id) = HeaderValue::from_str(trace_id) {
        response.headers_mut().insert("clerk-trace-id", trace_id);
    }
    response
}

/// Creates a response with JSON.
pub(crate) fn json_response(status: StatusCode, body: impl Into<Body>) -> HttpResponse {
    let mut response = HttpResponse::new(body.into().0.into());
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

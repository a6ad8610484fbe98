//! Answers as Clerk writes them.

use clerk_core::HttpResponse;
use clerk_core::http::header::CONTENT_TYPE;
use clerk_core::http::{HeaderValue, StatusCode};
use serde_core::Serialize;
use serde_json::{Value, json};

/// What an operation comes to.
pub(super) type Outcome = Result<Value, Refusal>;

/// Why Clerk does not do it.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    errors: Vec<Value>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &str, message: &str, long_message: &str) -> Self {
        let error = json!({ "message": message, "long_message": long_message, "code": code });
        Self {
            status,
            errors: vec![error],
        }
    }

    /// 422 for one parameter.
    pub(super) fn param(code: &str, param: &str, message: &str) -> Self {
        Self::params(vec![param_error(code, param, message)])
    }

    /// The same with another status.
    pub(super) fn with_status(status: StatusCode, code: &str, param: &str, message: &str) -> Self {
        let errors = vec![param_error(code, param, message)];
        Self { status, errors }
    }

    /// 422 for several parameters.
    pub(super) fn params(errors: Vec<Value>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            errors,
        }
    }

    /// The first complaint.
    pub(super) fn message(&self) -> &str {
        let first = self.errors.first();
        let message = first.and_then(|error| error.get("long_message")?.as_str());
        message.unwrap_or_default()
    }

    pub(super) fn user_not_found(user_id: &str) -> Self {
        Self::not_found(&format!("No user was found with id {user_id}."))
    }

    pub(super) fn not_found(long_message: &str) -> Self {
        let code = "resource_not_found";
        Self::new(StatusCode::NOT_FOUND, code, "not found", long_message)
    }
}

pub(super) fn param_error(code: &str, param: &str, message: &str) -> Value {
    json!({
        "message": message,
        "long_message": message,
        "code": code,
        "meta": { "param_name": param },
    })
}

/// A value that is written as the models write themselves.
pub(super) fn value(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

pub(super) fn response(outcome: Outcome, trace_id: &str) -> HttpResponse {
    let (status, body) = match outcome {
        Ok(body) => (StatusCode::OK, body),
        Err(refusal) => {
            let body = json!({ "errors": refusal.errors, "clerk_trace_id": trace_id });
            (refusal.status, body)
        }
    };
    let mut response = HttpResponse::new(body.to_string().into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Ok(trace_id) = HeaderValue::from_str(trace_id) {
        headers.insert("clerk-trace-id", trace_id);
    }
    response
}

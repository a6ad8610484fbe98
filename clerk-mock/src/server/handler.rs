//! The handling of one request.

use std::time::{Duration, Instant};

use bytes::Bytes;
use clerk_core::http::{Method, Request, Response, StatusCode};
use clerk_core::{HttpRequest, HttpResponse, TransportError};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use serde_json::{Value, json};

use crate::fake::operations::response::json_response;
use crate::requests::recorded_request::RecordedRequest;
use crate::server::control;
use crate::server::server_state::ServerState;

/// The largest request body in bytes. It exceeds Clerk's limit for images.
const MAX_BODY: usize = 16 << 20;

/// Handles a request. An error closes the connection.
pub(crate) async fn handle(
    state: &ServerState,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, TransportError> {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
    let (result, delay) = match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => exchange(state, Request::from_parts(parts, body.to_bytes())),
        Err(error) => (Ok(unread(&*error)), Duration::ZERO),
    };
    if !delay.is_zero() {
        state.wait(delay).await;
    }
    if let Some(log) = &state.log {
        log(&line(&method, &path, result.as_ref(), started.elapsed()));
    }
    Ok(result?.map(Full::new))
}

fn exchange(
    state: &ServerState,
    request: HttpRequest,
) -> (Result<HttpResponse, TransportError>, Duration) {
    if let Some(route) = control::route(request.uri().path()) {
        return (Ok(route.respond(state, request)), Duration::ZERO);
    }
    state.sync_clock();
    state.fake.instance.exchange(RecordedRequest::new(request))
}

/// Returns the response to a request whose body could not be read.
fn unread(error: &(dyn std::error::Error + 'static)) -> HttpResponse {
    let status = if error.is::<LengthLimitError>() {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        StatusCode::BAD_REQUEST
    };
    json_response(status, json!({ "errors": [] }))
}

/// Returns a line about a request: `POST /v1/users 422 form_identifier_exists 0.3 ms`.
fn line(
    method: &Method,
    path: &str,
    result: Result<&HttpResponse, &TransportError>,
    took: Duration,
) -> String {
    let outcome = match result {
        Ok(response) if response.status().is_success() => response.status().as_u16().to_string(),
        Ok(response) => {
            let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
            let code = body.pointer("/errors/0/code").and_then(Value::as_str);
            format!(
                "{} {}",
                response.status().as_u16(),
                code.unwrap_or_default()
            )
        }
        Err(error) => error.to_string(),
    };
    let millis = took.as_secs_f64() * 1e3;
    format!("{method} {path} {} {millis:.1} ms", outcome.trim_end())
}

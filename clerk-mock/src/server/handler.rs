//! The handling of one request.

use std::time::{Duration, Instant};

use bytes::Bytes;
use clerk_core::http::{Method, Request, Response};
use clerk_core::{HttpRequest, HttpResponse, TransportError};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use serde_json::Value;

use crate::fake::operations::response::ApiError;
use crate::server::codes;
use crate::server::control::route;
use crate::server::page;
use crate::server::server_state::{ServerState, UNRECORDED};
use crate::server::world_name::WorldName;

/// The largest request body in bytes. It exceeds Clerk's limit for images.
const MAX_BODY: usize = 16 << 20;

/// The largest body in bytes of a request that controls the fake. The body may be the state of many
/// users.
const MAX_CONTROL_BODY: usize = 256 << 20;

/// Handles a request. An error closes the connection.
pub(crate) async fn handle(
    state: &ServerState,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, TransportError> {
    let started = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let is_unrecorded = request.headers().contains_key(UNRECORDED);
    let result = exchange(state, request).await;
    if let Some(log) = state.log.as_ref().filter(|_| !is_unrecorded) {
        log(&line(&method, &path, result.as_ref(), started.elapsed()));
    }
    Ok(result?.map(Full::new))
}

async fn exchange(
    state: &ServerState,
    mut request: Request<Incoming>,
) -> Result<HttpResponse, TransportError> {
    if request.uri().path() == page::PATH {
        return Ok(page::respond(request.method()));
    }
    let name = match WorldName::take(&mut request) {
        Ok(name) => name,
        Err(error) => return Ok(route::refusal(error)),
    };
    let is_control = route::is_control(request.uri().path());
    let max = if is_control {
        MAX_CONTROL_BODY
    } else {
        MAX_BODY
    };
    let (parts, body) = request.into_parts();
    let request = match Limited::new(body, max).collect().await {
        Ok(body) => HttpRequest::from_parts(parts, body.to_bytes()),
        Err(error) => return Ok(unread(&*error, max)),
    };
    if is_control {
        return Ok(route::respond(state, name.as_ref(), request).await);
    }
    match state.world_of(&request, name.as_ref()) {
        Ok(world) if request.headers().contains_key(UNRECORDED) => Ok(world.respond(request)),
        Ok(world) => world.exchange(request).await,
        Err(error) => Ok(route::refusal(error)),
    }
}

/// Returns the response to a request whose body could not be read. `max` is the maximum size of the
/// body in bytes.
fn unread(error: &(dyn std::error::Error + 'static), max: usize) -> HttpResponse {
    if error.is::<LengthLimitError>() {
        let message = format!("The body has more than {max} bytes, the limit of this server.");
        return route::refusal(ApiError::new(codes::BODY_TOO_LARGE, &message));
    }
    // hyper's own error only says that it is about the body. Its source has the cause.
    let cause = error.source().unwrap_or(error);
    let message = format!("The body could not be read: {cause}.");
    route::refusal(ApiError::new(codes::BODY_UNREADABLE, &message))
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

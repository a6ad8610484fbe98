//! One request over the wire.

use std::time::{Duration, Instant};

use bytes::Bytes;
use clerk_core::http::header::{ALLOW, CONTENT_TYPE};
use clerk_core::http::{HeaderValue, Method, Request, Response, StatusCode};
use clerk_core::{HttpRequest, HttpResponse, TransportError};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use serde_json::{Value, json};

use super::Served;
use crate::Recorded;

/// The largest body of a request, in bytes: over Clerk's limit for images.
const MAX_BODY: usize = 16 << 20;

/// An error closes the connection.
pub(super) async fn answer(
    served: &Served,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, TransportError> {
    let begun = Instant::now();
    let (parts, body) = request.into_parts();
    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
    let (result, delay) = match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => exchange(served, Request::from_parts(parts, body.to_bytes())),
        Err(error) => (Ok(unread(&*error)), Duration::ZERO),
    };
    if !delay.is_zero() {
        served.wait(delay).await;
    }
    if let Some(log) = &served.log {
        log(&line(&method, &path, result.as_ref(), begun.elapsed()));
    }
    Ok(result?.map(Full::new))
}

fn exchange(
    served: &Served,
    request: HttpRequest,
) -> (Result<HttpResponse, TransportError>, Duration) {
    let allow = match request.uri().path() {
        "/__clerk_mock/state" => Method::GET,
        "/__clerk_mock/reset" => Method::POST,
        _ => {
            served.follow_time();
            return served.fake.exchange(Recorded::new(request));
        }
    };
    let response = if *request.method() != allow {
        let mut response = json_response(StatusCode::METHOD_NOT_ALLOWED, &Value::Null);
        if let Ok(allow) = HeaderValue::from_str(allow.as_str()) {
            response.headers_mut().insert(ALLOW, allow);
        }
        response
    } else if allow == Method::GET {
        served.follow_time();
        json_response(StatusCode::OK, &served.fake.state())
    } else {
        served.reset();
        json_response(StatusCode::OK, &json!({ "reset": true }))
    };
    (Ok(response), Duration::ZERO)
}

fn unread(error: &(dyn std::error::Error + 'static)) -> HttpResponse {
    let status = if error.is::<LengthLimitError>() {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        StatusCode::BAD_REQUEST
    };
    json_response(status, &json!({ "errors": [] }))
}

fn json_response(status: StatusCode, body: &Value) -> HttpResponse {
    let mut response = HttpResponse::new(body.to_string().into());
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// `POST /v1/users 422 form_identifier_exists 0.3 ms`
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

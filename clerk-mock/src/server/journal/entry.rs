//! One entry of the journal, which is the log of the requests to one instance of Clerk.

use std::error::Error;
use std::time::Duration;

use clerk_core::bytes::Bytes;
use clerk_core::http::{HeaderMap, HeaderValue, Uri};
use clerk_core::{HttpRequest, HttpResponse, Timestamp, TransportError};
use serde_json::{Map, Value, json};

use crate::requests::recorded_request::RecordedRequest;
use crate::requests::request_matcher::{HIDDEN_HEADERS, shown};

/// The maximum size of a body that is recorded, in bytes.
const MAX_BODY: usize = 64 << 10;

/// The part of a request that is recorded.
pub(crate) struct Received {
    /// The request, without its body if the body is too large.
    request: RecordedRequest,
    body_bytes: usize,
}

impl Received {
    pub(crate) fn new(request: &HttpRequest) -> Self {
        let body_bytes = request.body().len();
        let body = if body_bytes > MAX_BODY {
            Bytes::new()
        } else {
            Bytes::copy_from_slice(request.body())
        };
        Self {
            request: RecordedRequest::new(copy(request, body)),
            body_bytes,
        }
    }
}

/// Copies a request, with this body. The copy has its own memory. A clone would share the buffer of
/// the connection, and keep the whole buffer in memory.
fn copy(request: &HttpRequest, body: Bytes) -> HttpRequest {
    let mut copy = HttpRequest::new(body);
    *copy.method_mut() = request.method().clone();
    let uri: Result<Uri, _> = request.uri().to_string().parse();
    *copy.uri_mut() = uri.unwrap_or_else(|_| request.uri().clone());
    for (name, value) in request.headers() {
        let own = HeaderValue::from_bytes(value.as_bytes());
        let own = own.unwrap_or_else(|_| value.clone());
        copy.headers_mut().append(name, own);
    }
    copy
}

/// A request and its outcome.
pub(crate) struct Entry {
    number: u64,
    time: Timestamp,
    duration: Duration,
    received: Received,
    /// The response, without its body if the body is too large. An error is the reason why there
    /// was no response.
    outcome: Result<HttpResponse, String>,
    /// The size of the response body.
    body_bytes: usize,
}

impl Entry {
    pub(crate) fn new(
        number: u64,
        received: Received,
        time: Timestamp,
        duration: Duration,
        outcome: &Result<HttpResponse, TransportError>,
    ) -> Self {
        let body_bytes = outcome.as_ref().map_or(0, |response| response.body().len());
        let outcome = match outcome {
            Ok(response) if body_bytes > MAX_BODY => Ok(response.clone().map(|_| Bytes::new())),
            Ok(response) => Ok(response.clone()),
            Err(error) => Err(cause(error)),
        };
        Self {
            number,
            time,
            duration,
            received,
            outcome,
            body_bytes,
        }
    }

    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    pub(crate) fn request(&self) -> &RecordedRequest {
        &self.received.request
    }

    /// Returns the status of the response. Returns `None` if the connection was closed without a
    /// response.
    pub(crate) fn status(&self) -> Option<u16> {
        let response = self.outcome.as_ref().ok()?;
        Some(response.status().as_u16())
    }

    /// Returns the approximate size of the entry in memory, in bytes.
    pub(crate) fn size(&self) -> usize {
        let request = self.request().request();
        let target = request.uri().path_and_query();
        let sent = match &self.outcome {
            Ok(response) => headers_size(response.headers()) + response.body().len(),
            Err(failure) => failure.len(),
        };
        size_of::<Self>()
            + target.map_or(0, |target| target.as_str().len())
            + headers_size(request.headers())
            + request.body().len()
            + sent
    }

    /// Returns the entry as JSON, with its secrets hidden.
    pub(crate) fn to_json(&self) -> Value {
        let request = self.request();
        let mut query = Map::new();
        for (name, value) in request.query() {
            if let Value::Array(values) = query.entry(name).or_insert_with(|| json!([])) {
                values.push(value.into());
            }
        }
        let response = self.outcome.as_ref().ok();
        let sent = request.request();
        json!({
            "number": self.number,
            "time": self.time.to_string(),
            "duration_ms": self.duration.as_secs_f64() * 1e3,
            "method": request.method().as_str(),
            "path": request.path(),
            "query": query,
            "operation": request.operation_id(),
            "status": self.status(),
            "error_code": response.and_then(error_code),
            "failure": self.outcome.as_ref().err(),
            "request": message(sent.headers(), sent.body(), self.received.body_bytes, shown),
            "response": response.map(|response| self.response_json(response)),
        })
    }

    fn response_json(&self, response: &HttpResponse) -> Map<String, Value> {
        let status = response.status().as_u16();
        // `shown` would hide the field `code`. In an error response, this field is Clerk's error
        // code, which is not a secret. So the body is shown unchanged.
        let show = if status < 400 { shown } else { Value::clone };
        let mut json = message(response.headers(), response.body(), self.body_bytes, show);
        json.insert("status".to_owned(), status.into());
        json
    }
}

/// Returns why there was no response.
fn cause(error: &TransportError) -> String {
    match error.source() {
        Some(source) => source.to_string(),
        None => error.to_string(),
    }
}

/// Returns Clerk's code of an error response.
fn error_code(response: &HttpResponse) -> Option<String> {
    if response.status().is_success() {
        return None;
    }
    let body: Value = serde_json::from_slice(response.body()).ok()?;
    let code = body.pointer("/errors/0/code")?.as_str()?;
    Some(code.to_owned())
}

fn headers_size(headers: &HeaderMap) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum()
}

/// Writes the headers and the body of a message. `bytes` is the size of the body as it was sent.
fn message(
    headers: &HeaderMap,
    body: &[u8],
    bytes: usize,
    show: fn(&Value) -> Value,
) -> Map<String, Value> {
    let (body, omitted) = match serde_json::from_slice::<Value>(body) {
        _ if bytes == 0 => (Value::Null, None),
        _ if bytes > MAX_BODY => (Value::Null, Some("too_large")),
        Ok(body) => (show(&body), None),
        // Secrets can be hidden only in JSON, so any other body is omitted.
        Err(_) => (Value::Null, Some("not_json")),
    };
    [
        ("headers", shown_headers(headers)),
        ("body", body),
        ("body_bytes", bytes.into()),
        ("body_omitted", omitted.into()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into_iter()
    .collect()
}

/// Writes the headers, with several values of a header joined by commas.
fn shown_headers(headers: &HeaderMap) -> Value {
    let names = headers.keys().map(|name| {
        let values = headers.get_all(name).iter();
        let values: Vec<_> = values
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .collect();
        let hidden = HIDDEN_HEADERS.contains(&name.as_str());
        let value = if hidden {
            "[hidden]".to_owned()
        } else {
            values.join(", ")
        };
        (name.as_str().to_owned(), Value::from(value))
    });
    Value::Object(names.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::unwrap_used, reason = "the parts of the request are valid")]
    #[test]
    fn an_entry_does_not_share_the_buffer_of_the_connection() {
        let buffer = Bytes::from(b"/v1/users?a=1|value|{}".to_vec());
        let mut request = HttpRequest::new(buffer.slice(20..));
        *request.uri_mut() = Uri::from_maybe_shared(buffer.slice(..13)).unwrap();
        let value = HeaderValue::from_maybe_shared(buffer.slice(14..19)).unwrap();
        request.headers_mut().insert("x-name", value);

        let received = Received::new(&request);
        drop(request);
        assert!(buffer.is_unique());
        let recorded = received.request;
        assert_eq!(recorded.request().uri(), "/v1/users?a=1");
        assert_eq!(recorded.header("x-name"), Some("value"));
        assert_eq!(recorded.body(), b"{}");
    }
}

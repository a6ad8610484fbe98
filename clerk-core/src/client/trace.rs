//! Tracing: a span for each call, and an event for each attempt and each wait. Without the feature
//! `tracing`, nothing is recorded.
//!
//! Names follow OpenTelemetry's conventions for HTTP clients. Routes are templates, so they contain
//! no ids. Bodies and headers are omitted, except for the trace id.

use std::future::Future;
#[cfg(feature = "tracing")]
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::client::error::Error;
use crate::transport::HttpResponse;
use crate::uri::base_url::BaseUrl;
use crate::uri::operation::OperationInfo;

/// The target of the span and of all events.
#[cfg(feature = "tracing")]
const TARGET: &str = "clerk";

/// The maximum number of characters of a trace id that are recorded.
#[cfg(feature = "tracing")]
const MAX_TRACE_ID: usize = 400;

/// Records the span of a call that fails before its request is created.
pub(crate) fn record_unsent(operation: &OperationInfo, base_url: &BaseUrl, error: &Error) {
    Trace::new(operation, base_url).record_result(Err(error));
}

pub(crate) struct Trace {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
    #[cfg(feature = "tracing")]
    last: Mutex<LastAttempt>,
}

/// The number of the last attempt, the last status, and the last trace id. The span records them
/// only when the call ends, because OpenTelemetry's layer keeps all values of a field that is
/// recorded twice.
#[cfg(feature = "tracing")]
#[derive(Default)]
struct LastAttempt {
    /// The number of attempts before the last attempt. `None` before the first attempt.
    resent: Option<i64>,
    /// The status of the last response. `None` before the first response.
    status: Option<i64>,
    trace_id: Option<String>,
}

#[cfg(not(feature = "tracing"))]
impl Trace {
    pub(crate) fn new(_operation: &OperationInfo, _base_url: &BaseUrl) -> Self {
        Self {}
    }

    pub(crate) fn instrument<F: Future>(&self, call: F) -> F {
        call
    }

    pub(crate) fn record_attempt(
        &self,
        _attempt: u32,
        _result: Result<&HttpResponse, &Error>,
        _elapsed: Duration,
    ) {
    }

    pub(crate) fn record_wait(&self, _wait: Duration) {}

    pub(crate) fn record_result(&self, _result: Result<(), &Error>) {}
}

#[cfg(feature = "tracing")]
impl Trace {
    pub(crate) fn new(operation: &OperationInfo, base_url: &BaseUrl) -> Self {
        use tracing::field::Empty;

        let (method, route) = (operation.method().as_str(), operation.route());
        let span = tracing::info_span!(
            target: TARGET,
            "clerk",
            "otel.kind" = "client",
            "otel.name" = format!("{method} {route}").trim_end(),
            "clerk.operation" = operation.operation_id(),
            "http.request.method" = method,
            "url.template" = (!route.is_empty()).then_some(route),
            "server.address" = base_url.host(),
            "server.port" = i64::from(base_url.port()),
            "http.response.status_code" = Empty,
            "http.request.resend_count" = Empty,
            "clerk.trace_id" = Empty,
            "error.type" = Empty,
            "otel.status_code" = Empty,
        );
        let last = Mutex::default();
        Self { span, last }
    }

    /// Runs the call inside its span, so that the transport's events belong to the span.
    pub(crate) fn instrument<F: Future>(&self, call: F) -> tracing::instrument::Instrumented<F> {
        tracing::Instrument::instrument(call, self.span.clone())
    }

    pub(crate) fn record_attempt(
        &self,
        attempt: u32,
        result: Result<&HttpResponse, &Error>,
        elapsed: Duration,
    ) {
        let status = match result {
            Ok(response) => Some(response.status()),
            Err(error) => error.status(),
        };
        // OpenTelemetry's layer exports unsigned numbers as strings.
        let status = status.map(|status| i64::from(status.as_u16()));
        let trace_id = match result {
            Ok(response) => crate::client::error::headers::trace_id(response.headers()),
            Err(error) => error.trace_id(),
        };
        let trace_id = trace_id.map(shortened);
        let resent = i64::from(attempt.saturating_sub(1));
        if !self.span.is_disabled() {
            let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            last.resent = Some(resent);
            last.status = status.or(last.status);
            if let Some(trace_id) = trace_id {
                last.trace_id = Some(trace_id.to_owned());
            }
        }
        macro_rules! event {
            ($level:ident, $error:expr) => {
                tracing::$level!(
                    target: TARGET,
                    parent: &self.span,
                    {
                        "http.request.resend_count" = resent,
                        "http.response.status_code" = status,
                        "clerk.trace_id" = trace_id,
                        "clerk.elapsed_ms" = elapsed.as_secs_f64() * 1000.0,
                        "error.type" = $error,
                    },
                    "attempt"
                )
            };
        }
        match result {
            Ok(_) => event!(debug, None::<&str>),
            Err(error) if is_expected(error) => event!(debug, Some(kind(error).as_str())),
            Err(error) => event!(warn, Some(kind(error).as_str())),
        }
    }

    /// Records that the client waits for the rate limiter or before a retry.
    pub(crate) fn record_wait(&self, wait: Duration) {
        tracing::debug!(
            target: TARGET,
            parent: &self.span,
            { "clerk.wait_ms" = wait.as_secs_f64() * 1000.0 },
            "waiting"
        );
    }

    pub(crate) fn record_result(&self, result: Result<(), &Error>) {
        if let Err(error) = result {
            self.span.record("error.type", kind(error).as_str());
            self.span.record("otel.status_code", "ERROR");
        }
    }
}

/// Records the fields of the last attempt, even if the call is dropped before it ends.
#[cfg(feature = "tracing")]
impl Drop for Trace {
    fn drop(&mut self) {
        let last = self.last.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(resent) = last.resent {
            self.span.record("http.request.resend_count", resent);
        }
        if let Some(status) = last.status {
            self.span.record("http.response.status_code", status);
        }
        if let Some(trace_id) = &last.trace_id {
            self.span.record("clerk.trace_id", trace_id.as_str());
        }
    }
}

/// Cuts off the end of a long trace id. The id comes from a header or a body, so it may have any
/// length.
#[cfg(feature = "tracing")]
fn shortened(trace_id: &str) -> &str {
    let end = trace_id.char_indices().nth(MAX_TRACE_ID);
    end.and_then(|(end, _)| trace_id.get(..end))
        .unwrap_or(trace_id)
}

/// Whether an error is an ordinary result of an operation: 404 (not found) or 422 (invalid input).
#[cfg(feature = "tracing")]
fn is_expected(error: &Error) -> bool {
    let status = error.status().map(|status| status.as_u16());
    matches!(status, Some(404 | 422))
}

/// Returns one word for an error: the status if Clerk responded with an error, or else the kind of
/// the error.
#[cfg(feature = "tracing")]
fn kind(error: &Error) -> String {
    use crate::client::error::ErrorKind;
    use crate::transport::error::TransportErrorKind as Transport;

    let word = match error.kind() {
        ErrorKind::Api => {
            return error
                .status()
                .map_or_else(String::new, |s| s.as_str().into());
        }
        ErrorKind::Transport(kind) => match kind {
            Transport::NotSent => "not_sent",
            Transport::Tls => "tls",
            Transport::Timeout => "timeout",
            Transport::Io => "io",
            Transport::Body => "body",
            Transport::BodyTooLarge => "body_too_large",
            Transport::InvalidRequest => "invalid_request",
            Transport::Other => "other",
        },
        ErrorKind::Configuration => "configuration",
        ErrorKind::InvalidRequest => "invalid_request",
        ErrorKind::RateLimit => "rate_limit",
        ErrorKind::Decode => "decode",
        ErrorKind::PolledAfterCompletion => "polled_after_completion",
    };
    word.to_owned()
}

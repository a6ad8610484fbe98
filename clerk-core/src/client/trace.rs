//! What `tracing` is told of a call: a span for it, and an event for each attempt. Without the
//! feature `tracing`, nothing.
//!
//! Names follow OpenTelemetry's conventions for HTTP clients. Routes are templates, so that no
//! id is in them; bodies and headers are left out but for the trace id.

use std::future::Future;
use std::time::Duration;

use crate::client::error::Error;
use crate::transport::HttpResponse;
use crate::uri::base_url::BaseUrl;
use crate::uri::operation::OperationInfo;

#[derive(Clone)]
pub(crate) struct Trace {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(not(feature = "tracing"))]
impl Trace {
    pub(crate) fn new(_operation: &OperationInfo, _base_url: &BaseUrl) -> Self {
        Self {}
    }

    pub(crate) fn around<F: Future>(&self, call: F) -> F {
        call
    }

    pub(crate) fn attempt(
        &self,
        _attempt: u32,
        _result: Result<&HttpResponse, &Error>,
        _elapsed: Duration,
    ) {
    }

    pub(crate) fn waiting(&self, _wait: Duration) {}

    pub(crate) fn end(&self, _result: Result<(), &Error>) {}
}

#[cfg(feature = "tracing")]
impl Trace {
    pub(crate) fn new(operation: &OperationInfo, base_url: &BaseUrl) -> Self {
        use tracing::field::Empty;

        let (method, route) = (operation.method().as_str(), operation.route());
        let span = tracing::info_span!(
            "clerk",
            "otel.kind" = "client",
            "otel.name" = format!("{method} {route}").trim_end(),
            "clerk.operation" = operation.id(),
            "http.request.method" = method,
            "url.template" = (!route.is_empty()).then_some(route),
            "server.address" = base_url.host(),
            "server.port" = base_url.port(),
            "http.response.status_code" = Empty,
            "http.request.resend_count" = Empty,
            "clerk.trace_id" = Empty,
            "error.type" = Empty,
        );
        Self { span }
    }

    /// The call inside its span, so that what the transport has to say is said there.
    pub(crate) fn around<F: Future>(&self, call: F) -> tracing::instrument::Instrumented<F> {
        tracing::Instrument::instrument(call, self.span.clone())
    }

    pub(crate) fn attempt(
        &self,
        attempt: u32,
        result: Result<&HttpResponse, &Error>,
        elapsed: Duration,
    ) {
        let status = match result {
            Ok(answer) => Some(answer.status()),
            Err(error) => error.status(),
        };
        let status = status.map(|status| status.as_u16());
        let trace_id = match result {
            Ok(answer) => crate::client::error::trace_id(answer.headers()),
            Err(error) => error.trace_id(),
        };
        let resent = attempt.saturating_sub(1);
        self.span.record("http.request.resend_count", resent);
        if let Some(status) = status {
            self.span.record("http.response.status_code", status);
        }
        if let Some(trace_id) = trace_id {
            self.span.record("clerk.trace_id", trace_id);
        }
        macro_rules! event {
            ($level:ident, $error:expr) => {
                tracing::$level!(
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
            Err(error) => event!(warn, Some(kind(error).as_str())),
        }
    }

    /// The client waits, for its turn or before another attempt.
    pub(crate) fn waiting(&self, wait: Duration) {
        tracing::debug!(
            parent: &self.span,
            { "clerk.wait_ms" = wait.as_secs_f64() * 1000.0 },
            "waiting"
        );
    }

    pub(crate) fn end(&self, result: Result<(), &Error>) {
        if let Err(error) = result {
            self.span.record("error.type", kind(error).as_str());
        }
    }
}

/// One word for an error: a status, or where the call failed.
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
        ErrorKind::AlreadyMade => "already_made",
    };
    word.to_owned()
}

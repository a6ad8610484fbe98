//! A transport that measures the requests of another transport.

use std::time::Duration;

use clerk_client::Timestamp;
use clerk_client::transport::{
    AttemptTimeout, HttpRequest, HttpResponse, HttpTransport, OperationInfo, TransportError,
    TransportErrorKind, async_trait,
};
use opentelemetry::KeyValue;
use opentelemetry::metrics::{Histogram, Meter};

/// The limits of the histogram's buckets in seconds, as OpenTelemetry's conventions advise.
const BOUNDARIES: [f64; 14] = [
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
];

/// A transport that records the duration of each request as `http.client.request.duration`.
///
/// A call that is retried sends several requests. The waits between them are not recorded.
#[derive(Debug, Clone)]
pub struct Metered<T> {
    inner: T,
    durations: Histogram<f64>,
}

impl<T> Metered<T> {
    /// Wraps a transport.
    pub fn new(inner: T, meter: &Meter) -> Self {
        let durations = meter
            .f64_histogram("http.client.request.duration")
            .with_description("Duration of HTTP client requests.")
            .with_unit("s")
            .with_boundaries(BOUNDARIES.into())
            .build();
        Self { inner, durations }
    }
}

#[async_trait]
impl<T: HttpTransport> HttpTransport for Metered<T> {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut measurement = Measurement::start(self, &request);
        let result = self.inner.send(request).await;
        measurement.outcome = Some(match &result {
            Ok(response) => Outcome::Status(response.status().as_u16()),
            Err(error) => Outcome::Failed(word(error.kind())),
        });
        result
    }

    async fn sleep(&self, duration: Duration) {
        self.inner.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.inner.now()
    }

    fn time_of_day(&self) -> Option<Timestamp> {
        self.inner.time_of_day()
    }
}

enum Outcome {
    Status(u16),
    Failed(&'static str),
}

/// The measurement of a request. The duration is recorded when this value is dropped, so it is also
/// recorded if the client drops the request after a timeout.
struct Measurement<'a, T: HttpTransport> {
    metered: &'a Metered<T>,
    started: Duration,
    time_limit: Duration,
    attributes: Vec<KeyValue>,
    /// `None` until the inner transport has returned its result.
    outcome: Option<Outcome>,
}

impl<'a, T: HttpTransport> Measurement<'a, T> {
    fn start(metered: &'a Metered<T>, request: &HttpRequest) -> Self {
        let method = request.method().as_str().to_owned();
        let mut attributes = vec![KeyValue::new("http.request.method", method)];
        let uri = request.uri();
        if let Some(host) = uri.host() {
            attributes.push(KeyValue::new("server.address", host.to_owned()));
        }
        let default = if uri.scheme_str() == Some("http") {
            80
        } else {
            443
        };
        let port = uri.port_u16().unwrap_or(default);
        attributes.push(KeyValue::new("server.port", i64::from(port)));
        // The route is recorded in place of the path, because the path contains ids. A custom
        // request has no route.
        let operation = request.extensions().get::<OperationInfo>();
        let route = operation.map(OperationInfo::route);
        if let Some(route) = route.filter(|route| !route.is_empty()) {
            attributes.push(KeyValue::new("url.template", route));
        }
        let time_limit = request.extensions().get::<AttemptTimeout>();
        Self {
            metered,
            started: metered.inner.now(),
            time_limit: time_limit.map_or(Duration::MAX, |limit| limit.0),
            attributes,
            outcome: None,
        }
    }
}

impl<T: HttpTransport> Drop for Measurement<'_, T> {
    fn drop(&mut self) {
        let elapsed = self.metered.inner.now().saturating_sub(self.started);
        let error_type = match self.outcome {
            Some(Outcome::Status(status)) => {
                let attribute = KeyValue::new("http.response.status_code", i64::from(status));
                self.attributes.push(attribute);
                (status >= 400).then(|| status.to_string().into())
            }
            Some(Outcome::Failed(word)) => Some(word.into()),
            None if elapsed >= self.time_limit => Some("timeout".into()),
            None => Some("cancelled".into()),
        };
        if let Some(error_type) = error_type {
            let error_type: opentelemetry::Value = error_type;
            self.attributes
                .push(KeyValue::new("error.type", error_type));
        }
        let durations = &self.metered.durations;
        durations.record(elapsed.as_secs_f64(), &self.attributes);
    }
}

/// Returns the word by which the client's spans name this kind of error.
fn word(kind: TransportErrorKind) -> &'static str {
    match kind {
        TransportErrorKind::NotSent => "not_sent",
        TransportErrorKind::Tls => "tls",
        TransportErrorKind::Timeout => "timeout",
        TransportErrorKind::Io => "io",
        TransportErrorKind::Body => "body",
        TransportErrorKind::BodyTooLarge => "body_too_large",
        TransportErrorKind::InvalidRequest => "invalid_request",
        _ => "other",
    }
}

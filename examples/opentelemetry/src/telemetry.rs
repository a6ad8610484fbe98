//! The export of spans and metrics.

use opentelemetry::metrics::{Meter, MeterProvider};
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{ExporterBuildError, MetricExporter, SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::{Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;

/// The name of the application.
const NAME: &str = "opentelemetry-app";

/// The export of spans and metrics to a collector, on separate threads.
#[derive(Debug)]
pub struct Telemetry {
    tracers: SdkTracerProvider,
    meters: SdkMeterProvider,
}

impl Telemetry {
    /// Starts the export to a collector, such as `http://localhost:4318`.
    ///
    /// `None` means the collector that the environment variable `OTEL_EXPORTER_OTLP_ENDPOINT`
    /// names. If the variable is not set, the collector is at port 4318 of this machine.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL is invalid.
    pub fn start(collector: Option<&str>) -> Result<Self, ExporterBuildError> {
        let mut spans = SpanExporter::builder().with_http();
        let mut metrics = MetricExporter::builder().with_http();
        if let Some(url) = collector {
            let url = url.trim_end_matches('/');
            spans = spans.with_endpoint(format!("{url}/v1/traces"));
            metrics = metrics.with_endpoint(format!("{url}/v1/metrics"));
        }
        let resource = Resource::builder().with_service_name(NAME).build();
        Ok(Self {
            tracers: SdkTracerProvider::builder()
                .with_resource(resource.clone())
                .with_batch_exporter(spans.build()?)
                .build(),
            meters: SdkMeterProvider::builder()
                .with_resource(resource)
                .with_periodic_exporter(metrics.build()?)
                .build(),
        })
    }

    /// Returns the layer that exports the spans of the client and of this application.
    ///
    /// Spans of the exporter itself are filtered out, because their export would create new spans.
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        let targets = Targets::new()
            .with_target("clerk", Level::DEBUG)
            .with_target("opentelemetry_app", Level::INFO);
        tracing_opentelemetry::layer()
            .with_tracer(self.tracers.tracer(NAME))
            .with_location(false)
            .with_threads(false)
            .with_filter(targets)
    }

    /// Returns the meter of this application.
    #[must_use]
    pub fn meter(&self) -> Meter {
        self.meters.meter(NAME)
    }

    /// Exports the remaining spans and metrics, and ends the export. Blocks the thread until the
    /// collector has responded.
    ///
    /// # Errors
    ///
    /// Returns an error if the export of the metrics fails, or if an export takes longer than 5
    /// seconds. If the collector refuses only the spans, returns no error.
    pub fn shut_down(&self) -> OTelSdkResult {
        let spans = self.tracers.shutdown();
        self.meters.shutdown()?;
        spans
    }
}

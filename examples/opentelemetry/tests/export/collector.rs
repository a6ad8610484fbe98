//! An OTLP collector on a port of this machine. It keeps what it receives.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::metrics::v1::HistogramDataPoint;
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;

/// The attributes of a span, an event or a data point.
pub(crate) type Attributes = BTreeMap<String, String>;

/// The path and the body of each request, in the order of their arrival.
type Received = Mutex<Vec<(String, Vec<u8>)>>;

pub(crate) struct Collector {
    pub(crate) url: String,
    received: Arc<Received>,
}

impl Collector {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::default();
        let all = Arc::clone(&received);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let all = Arc::clone(&all);
                std::thread::spawn(move || serve(&connection.unwrap(), &all).unwrap());
            }
        });
        Self { url, received }
    }

    /// Returns the bodies of the requests to a path.
    fn bodies(&self, path: &str) -> Vec<Vec<u8>> {
        let received = self.received.lock().unwrap();
        let received = received.iter().filter(|(to, _)| to == path);
        received.map(|(_, body)| body.clone()).collect()
    }

    /// Returns the spans in the order in which they ended.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let bodies = self.bodies("/v1/traces");
        let requests = bodies
            .iter()
            .map(|body| ExportTraceServiceRequest::decode(&**body).unwrap());
        requests
            .flat_map(|request| request.resource_spans)
            .flat_map(|resource| resource.scope_spans)
            .flat_map(|scope| scope.spans)
            .collect()
    }

    /// Returns the unit and the latest data points of a histogram.
    pub(crate) fn histogram(&self, name: &str) -> (String, Vec<HistogramDataPoint>) {
        // Each export has the sums since the start, so the last export contains all requests.
        let body = self.bodies("/v1/metrics").pop().unwrap();
        let request = ExportMetricsServiceRequest::decode(&*body).unwrap();
        let metrics = request.resource_metrics.into_iter();
        let scopes = metrics.flat_map(|resource| resource.scope_metrics);
        let mut metrics = scopes.flat_map(|scope| scope.metrics);
        let metric = metrics.find(|metric| metric.name == name).unwrap();
        match metric.data {
            Some(Data::Histogram(histogram)) => (metric.unit, histogram.data_points),
            other => panic!("{name} is not a histogram: {other:?}"),
        }
    }

    /// Whether the body of any request contains a text.
    pub(crate) fn has_received(&self, text: &str) -> bool {
        let received = self.received.lock().unwrap();
        let is_in = |body: &[u8]| body.windows(text.len()).any(|part| part == text.as_bytes());
        received.iter().any(|(_, body)| is_in(body))
    }
}

/// Responds to requests until the client closes the connection.
fn serve(connection: &TcpStream, received: &Received) -> io::Result<()> {
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 {
        let path = line.split(' ').nth(1).unwrap().to_owned();
        let mut length = 0;
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line)?;
            let header = line.to_ascii_lowercase();
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        line.clear();
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        received.lock().unwrap().push((path, body));
        let mut writer = connection;
        writer.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")?;
    }
    Ok(())
}

/// Returns the values of attributes as texts, by name. A name that occurs twice fails the test.
pub(crate) fn attributes(list: &[KeyValue]) -> Attributes {
    let mut attributes = Attributes::new();
    for KeyValue { key, value, .. } in list {
        let text = match value.as_ref().and_then(|value| value.value.as_ref()) {
            Some(Value::StringValue(text)) => text.clone(),
            Some(Value::IntValue(number)) => number.to_string(),
            Some(Value::DoubleValue(number)) => number.to_string(),
            other => panic!("{key} has the value {other:?}"),
        };
        let earlier = attributes.insert(key.clone(), text);
        assert_eq!(earlier, None, "{key} occurs twice: {list:?}");
    }
    attributes
}

/// Returns the attributes that are integers.
pub(crate) fn integers(list: &[KeyValue]) -> BTreeMap<&str, i64> {
    let integers = list.iter().filter_map(|attribute| {
        let value = attribute.value.as_ref()?.value.as_ref()?;
        match value {
            Value::IntValue(number) => Some((&*attribute.key, *number)),
            _ => None,
        }
    });
    integers.collect()
}

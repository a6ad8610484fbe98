//! Tests of the surf transport in addition to the contract suite.

pub(in crate::transports) mod connecting;
mod durations;
mod exchanges;
mod roots;

use clerk_client::SurfTransport;
use clerk_client::transport::{HttpRequest, HttpResponse, HttpTransport, TransportError};
use http::Method;

fn request(method: Method, url: &str, body: impl Into<bytes::Bytes>) -> HttpRequest {
    let builder = http::Request::builder().method(method).uri(url);
    builder.body(body.into()).unwrap()
}

fn get(url: &str) -> HttpRequest {
    request(Method::GET, url, "")
}

fn send(transport: &SurfTransport, request: HttpRequest) -> Result<HttpResponse, TransportError> {
    smol::block_on(transport.send(request))
}

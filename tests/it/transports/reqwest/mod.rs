//! The reqwest transport beyond the contract.

mod clients;
mod http2;
mod tls;

use std::error::Error as _;

use clerk_client::ReqwestTransport;
use clerk_client::transport::{HttpRequest, HttpResponse, HttpTransport, TransportError};

fn get(url: &str) -> HttpRequest {
    http::Request::get(url).body(Default::default()).unwrap()
}

fn send(
    transport: &ReqwestTransport,
    request: HttpRequest,
) -> Result<HttpResponse, TransportError> {
    crate::support::run(transport.send(request))
}

/// Returns the innermost source of an error.
fn cause(error: &TransportError) -> String {
    let mut cause = error.source().unwrap();
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

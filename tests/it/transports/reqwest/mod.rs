//! Tests of the reqwest transport in addition to the contract suite.

mod clients;
mod http2;
mod tls;

use clerk_client::ReqwestTransport;
use clerk_client::transport::{HttpRequest, HttpResponse, HttpTransport, TransportError};

use super::{cause, get};

fn send(
    transport: &ReqwestTransport,
    request: HttpRequest,
) -> Result<HttpResponse, TransportError> {
    crate::support::run(transport.send(request))
}

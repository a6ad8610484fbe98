//! The transports, over real sockets.

mod contract;
mod faults;
pub(crate) mod hyper;
mod reqwest;
mod runtimes;
mod soak;
mod surf;

use std::error::Error;

use clerk_client::transport::HttpRequest;

fn get(url: &str) -> HttpRequest {
    http::Request::get(url).body(Default::default()).unwrap()
}

/// Returns the innermost source of an error.
fn cause(error: &dyn Error) -> String {
    let mut cause = error.source().unwrap();
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

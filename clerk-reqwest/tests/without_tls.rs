//! A client that was built without TLS. Cargo unifies the features of a program, so this test needs
//! a separate build of this package. `cargo xtask features` runs it.

#![cfg(not(any(feature = "native-tls", feature = "rustls")))]
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first unexpected result"
)]

use std::error::Error;

use clerk_core::{HttpTransport, TransportErrorKind};
use clerk_reqwest::ReqwestTransport;

#[test]
fn a_client_without_tls_names_the_missing_feature() {
    let transport = ReqwestTransport::new().unwrap();
    let request = http::Request::get("https://127.0.0.1:1/").body(Default::default());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let sent = runtime.unwrap().block_on(transport.send(request.unwrap()));
    let error = sent.unwrap_err();
    assert_eq!(
        error.kind(),
        TransportErrorKind::InvalidRequest,
        "{error:?}"
    );
    let cause = error.source().unwrap().to_string();
    assert!(cause.contains("`rustls`"), "{cause}");
}

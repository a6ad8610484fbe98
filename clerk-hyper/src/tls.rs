//! What rustls is told.

use std::sync::Arc;

use clerk_core::Error;
use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};

/// The provider is named, never taken from the process: that panics where a program has none or
/// several.
pub(crate) fn config() -> Result<ClientConfig, Error> {
    let config = ClientConfig::builder_with_provider(Arc::new(provider()?))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::configuration(format!("no TLS version to offer: {error}")))?
        .with_root_certificates(roots()?)
        .with_no_client_auth();
    Ok(config)
}

#[cfg(feature = "ring")]
#[allow(clippy::unnecessary_wraps)]
fn provider() -> Result<CryptoProvider, Error> {
    Ok(rustls::crypto::ring::default_provider())
}

#[cfg(not(feature = "ring"))]
fn provider() -> Result<CryptoProvider, Error> {
    Err(Error::configuration(
        "clerk-hyper was built without cryptography for TLS; switch on its feature `ring`",
    ))
}

#[cfg(feature = "webpki-roots")]
#[allow(clippy::unnecessary_wraps)]
fn roots() -> Result<RootCertStore, Error> {
    Ok(webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect())
}

#[cfg(not(feature = "webpki-roots"))]
fn roots() -> Result<RootCertStore, Error> {
    Err(Error::configuration(
        "clerk-hyper was built without root certificates; switch on its feature `webpki-roots`",
    ))
}

//! With any set of features, either the transport is built, or the error names the missing feature.
//! Building a transport installs no crypto provider of rustls for the process.

#![cfg(any(feature = "tokio", feature = "smol"))]

use clerk_core::{Error, ErrorKind};
use clerk_hyper::rustls::crypto::CryptoProvider;
use clerk_hyper::{Roots, TransportBuilder};

const CRYPTO: bool = cfg!(any(feature = "ring", feature = "aws-lc-rs"));
const ROOTS: bool = cfg!(any(
    feature = "webpki-roots",
    feature = "native-roots",
    feature = "platform-verifier"
));

fn check<T>(
    builder: fn() -> TransportBuilder<T>,
    build: fn(TransportBuilder<T>) -> Result<T, Error>,
) {
    match build(builder()) {
        Ok(_) => assert_eq!((CRYPTO, ROOTS), (true, true)),
        Err(error) => {
            assert_ne!((CRYPTO, ROOTS), (true, true), "{error}");
            assert_eq!(error.kind(), ErrorKind::Configuration);
            let missing = if CRYPTO { "webpki-roots" } else { "ring" };
            assert!(error.to_string().contains(missing), "{error}");
        }
    }
    // The builder can select each enabled source of roots and each enabled crypto provider.
    let roots = [
        #[cfg(feature = "webpki-roots")]
        Roots::Webpki,
        #[cfg(feature = "native-roots")]
        Roots::Native,
        #[cfg(feature = "platform-verifier")]
        Roots::Platform,
        Roots::None,
    ];
    let providers: Vec<fn() -> CryptoProvider> = vec![
        #[cfg(feature = "ring")]
        clerk_hyper::rustls::crypto::ring::default_provider,
        #[cfg(feature = "aws-lc-rs")]
        clerk_hyper::rustls::crypto::aws_lc_rs::default_provider,
    ];
    for provider in providers {
        for roots in roots {
            match build(builder().roots(roots).crypto_provider(provider())) {
                Ok(_) => {}
                // Not every machine has root certificates.
                Err(error) => assert!(
                    error.to_string().contains("the operating system's"),
                    "{error}"
                ),
            }
        }
    }
    assert!(CryptoProvider::get_default().is_none());
}

#[cfg(feature = "tokio")]
#[test]
fn tokio_transport_builds_or_names_the_missing_feature() {
    check(
        clerk_hyper::TokioTransport::builder,
        TransportBuilder::<clerk_hyper::TokioTransport>::build,
    );
}

#[cfg(feature = "smol")]
#[test]
fn smol_transport_builds_or_names_the_missing_feature() {
    check(
        clerk_hyper::SmolTransport::builder,
        TransportBuilder::<clerk_hyper::SmolTransport>::build,
    );
}

//! Clerk's Backend API over [hyper] 1.x.
//!
//! [`TokioTransport`] and [`SmolTransport`] implement
//! [`HttpTransport`](clerk_core::HttpTransport) with a connection pool, HTTP/1.1, HTTP/2 (if the
//! server supports it) and rustls. Most applications use them through `clerk-client`. Depend on
//! this crate directly to choose its features one by one.
//!
//! # Features
//!
//! All features can be combined.
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `tokio` | yes | [`TokioTransport`] |
//! | `smol` | | [`SmolTransport`] |
//! | `http2` | yes | HTTP/2, negotiated in the TLS handshake |
//! | `gzip` | | compressed responses |
//! | `proxy` | | HTTPS through an HTTP proxy |
//! | `ring` | yes | TLS cryptography by ring; needs a C compiler |
//! | `aws-lc-rs` | | TLS cryptography by AWS-LC; needs a C compiler |
//! | `webpki-roots` | yes | Mozilla's root certificates, compiled in |
//! | `native-roots` | | the root certificates of the operating system, read once |
//! | `platform-verifier` | | certificate verification by the operating system |
//!
//! If several features for cryptography or for root certificates are enabled, the first one in this
//! table is the default. A choice in the builder overrides the default. No crypto provider of
//! rustls is installed for the whole process.
//!
//! [`SmolTransport`] starts no tokio runtime. Parts of tokio are still compiled, because
//! hyper-rustls and hyper-util use tokio's types: see `docs/guide/runtimes.md`.
//!
//! [hyper]: https://hyper.rs

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(any(feature = "tokio", feature = "smol")),
    allow(dead_code, unused_imports)
)]

#[cfg(any(feature = "tokio", feature = "smol"))]
mod addresses;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod body;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod builder;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod classify;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod connect;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod dial;
#[cfg(all(feature = "http2", any(feature = "tokio", feature = "smol")))]
mod gate;
#[cfg(all(feature = "gzip", any(feature = "tokio", feature = "smol")))]
mod gzip;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod limit;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod net;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod pool;
#[cfg(all(feature = "proxy", any(feature = "tokio", feature = "smol")))]
mod proxy;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod response;
#[cfg(feature = "tokio")]
mod runtimes;
#[cfg(feature = "tokio")]
mod sleep;
#[cfg(feature = "smol")]
mod smol_rt;
#[cfg(feature = "smol")]
mod smol_transport;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod tls;
#[cfg(feature = "tokio")]
mod tokio_net;
#[cfg(feature = "tokio")]
mod tokio_transport;

#[cfg(any(feature = "tokio", feature = "smol"))]
pub use builder::TransportBuilder;
pub use rustls;
#[cfg(feature = "smol")]
#[cfg_attr(docsrs, doc(cfg(feature = "smol")))]
pub use smol_transport::SmolTransport;
#[cfg(any(feature = "tokio", feature = "smol"))]
pub use tls::Roots;
#[cfg(feature = "tokio")]
#[cfg_attr(docsrs, doc(cfg(feature = "tokio")))]
pub use tokio_transport::TokioTransport;

//! Clerk's Users API over [hyper] 1.x.
//!
//! [`TokioTransport`] and [`SmolTransport`] are
//! [`HttpTransport`](clerk_core::HttpTransport)s with a pool of connections, HTTP/1.1 and HTTP/2
//! (where the server agrees to it), and rustls. Applications get them through `clerk-client`;
//! depend on this crate directly to choose its features one by one. All of them go together:
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `tokio` | yes | [`TokioTransport`] |
//! | `smol` | | [`SmolTransport`] |
//! | `http2` | yes | HTTP/2, agreed on in the TLS handshake |
//! | `gzip` | | bodies compressed by gzip are asked for and undone |
//! | `proxy` | | HTTPS through an HTTP proxy |
//! | `ring` | yes | rustls's cryptography by ring |
//! | `aws-lc-rs` | | rustls's cryptography by AWS-LC; needs a C compiler |
//! | `webpki-roots` | yes | Mozilla's root certificates, compiled in |
//! | `native-roots` | | the root certificates of the operating system, read once |
//! | `platform-verifier` | | verification by the operating system |
//!
//! With several of a kind, a transport takes ring before AWS-LC, and Mozilla's roots before the
//! system's before the system's verification, unless its builder is told otherwise: switching a
//! feature on never changes a program that had a choice. Nothing is installed for the process.
//!
//! On smol no tokio runtime is started, but parts of tokio are compiled all the same, because
//! hyper-rustls and hyper-util use its types: see `docs/runtimes.md`.
//!
//! [hyper]: https://hyper.rs

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(any(feature = "tokio", feature = "smol")),
    allow(dead_code, unused_imports)
)]

#[cfg(any(feature = "tokio", feature = "smol"))]
mod body;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod builder;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod classify;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod dial;
#[cfg(all(feature = "gzip", any(feature = "tokio", feature = "smol")))]
mod gzip;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod pool;
#[cfg(feature = "smol")]
mod smol_rt;
#[cfg(feature = "smol")]
mod smol_transport;
#[cfg(any(feature = "tokio", feature = "smol"))]
mod tls;
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

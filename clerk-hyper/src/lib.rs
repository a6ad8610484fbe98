//! Clerk's Users API over [hyper] 1.x.
//!
//! [`TokioTransport`] is an [`HttpTransport`](clerk_core::HttpTransport) with a pool of
//! connections, HTTP/1.1 and HTTP/2 (where the server agrees to it), and rustls. Applications get
//! it through `clerk-client`; depend on this crate directly to choose its features one by one:
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `tokio` | yes | `TokioTransport` |
//! | `http2` | yes | HTTP/2, agreed on in the TLS handshake |
//! | `ring` | yes | rustls's cryptography by ring |
//! | `webpki-roots` | yes | Mozilla's root certificates, compiled in |
//!
//! [hyper]: https://hyper.rs

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "tokio")]
mod body;
#[cfg(feature = "tokio")]
mod classify;
#[cfg(feature = "tokio")]
mod guard;
#[cfg(feature = "tokio")]
mod tls;
#[cfg(feature = "tokio")]
mod tokio_transport;

#[cfg(feature = "tokio")]
#[cfg_attr(docsrs, doc(cfg(feature = "tokio")))]
pub use tokio_transport::{TokioTransport, TokioTransportBuilder};

//! Middleware: a tower layer, and extractors for axum.

pub(crate) mod auth_layer;
#[cfg(feature = "axum")]
pub(crate) mod extract;

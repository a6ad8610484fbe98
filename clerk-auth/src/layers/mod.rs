//! Middleware: a tower layer, and extractors of axum.

pub(crate) mod auth_layer;
#[cfg(feature = "axum")]
pub(crate) mod extract;

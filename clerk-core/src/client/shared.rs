//! The state that all calls of a client share.

use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderValue};

use crate::client::call_options::CallOptions;
use crate::client::jitter::Jitter;
use crate::client::rate_limiter::RateLimiter;
use crate::client::secret_key::SecretKey;
use crate::client::version::{API_VERSION, API_VERSION_HEADER};
use crate::uri::base_url::BaseUrl;

pub(crate) const PRODUCT: &str = concat!("clerk-client-rust/", env!("CARGO_PKG_VERSION"));

/// The transport and the settings of a client.
pub(crate) struct Shared<T> {
    pub(crate) transport: T,
    pub(crate) base_url: BaseUrl,
    pub(crate) headers: HeaderMap,
    pub(crate) options: CallOptions,
    pub(crate) jitter: Jitter,
    pub(crate) limiter: Option<RateLimiter>,
}

pub(crate) fn default_headers(key: &SecretKey) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, key.authorization().clone());
    headers.insert(API_VERSION_HEADER, HeaderValue::from_static(API_VERSION));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, HeaderValue::from_static(PRODUCT));
    headers
}

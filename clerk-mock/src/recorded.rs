//! A request as a double saw it.

use std::fmt;

use clerk_core::http::Method;
use clerk_core::{HttpRequest, OperationInfo};
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A request that a double was given.
///
/// `Debug` leaves out the body and the values of the headers, because a failed expectation prints
/// it.
#[derive(Clone)]
pub struct Recorded(HttpRequest);

impl Recorded {
    pub(crate) fn new(request: HttpRequest) -> Self {
        Self(request)
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.0.method()
    }

    /// The path as it was sent, percent-encoded, with that of the base URL: `/v1/users/user_1`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.uri().path()
    }

    /// The query parameters in their order, decoded.
    #[must_use]
    pub fn query(&self) -> Vec<(String, String)> {
        parse_query(self.0.uri().query().unwrap_or_default())
    }

    /// The values of one query parameter in their order, decoded.
    #[must_use]
    pub fn query_values(&self, name: &str) -> Vec<String> {
        let values = self.query().into_iter().filter(|(key, _)| key == name);
        values.map(|(_, value)| value).collect()
    }

    /// The value of a header, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name)?.to_str().ok()
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// The body as JSON; null where it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(self.0.body()).unwrap_or_default()
    }

    /// What the client was doing.
    #[must_use]
    pub fn operation(&self) -> Option<&OperationInfo> {
        self.0.extensions().get()
    }

    /// Clerk's operationId, by method and path: `GetUser`; `None` for what is none of Clerk's
    /// operations on users.
    #[must_use]
    pub fn operation_id(&self) -> Option<&'static str> {
        let path = self.path().trim_start_matches("/v1");
        let segments = || path.split('/');
        let fits = |route: &str| {
            let names = route.split('/');
            names.clone().count() == segments().count()
                && names
                    .zip(segments())
                    .all(|(name, segment)| name.starts_with('{') || name == segment)
        };
        // `/users/count` is also of the form `/users/{user_id}`: what has fewer names is meant.
        OperationInfo::all()
            .iter()
            .filter(|info| info.method() == self.method() && fits(info.route()))
            .min_by_key(|info| info.route().matches('{').count())
            .map(OperationInfo::id)
    }

    /// The whole request.
    #[must_use]
    pub fn request(&self) -> &HttpRequest {
        &self.0
    }
}

impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.headers().keys().collect();
        f.debug_struct("Recorded")
            .field("method", self.method())
            .field("path", &self.path())
            .field("query", &self.0.uri().query().unwrap_or_default())
            .field("headers", &names)
            .field("body_bytes", &self.body().len())
            .finish()
    }
}

fn parse_query(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (decode(key), decode(value)))
        .collect()
}

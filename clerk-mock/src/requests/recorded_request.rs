//! A request that a test double received.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use clerk_core::http::Method;
use clerk_core::{HttpRequest, OperationInfo};
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// Clerk's operations by method and number of path segments, so that a request is compared with
/// only a few of them.
///
/// `/users/count` also matches the route `/users/{user_id}`, so routes with fewer parameters come
/// first.
static OPERATIONS: LazyLock<BTreeMap<(&str, usize), Vec<&OperationInfo>>> = LazyLock::new(|| {
    let mut operations: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for info in OperationInfo::all() {
        let key = (info.method().as_str(), info.route().split('/').count());
        operations.entry(key).or_default().push(info);
    }
    for alike in operations.values_mut() {
        alike.sort_by_key(|info| info.route().matches('{').count());
    }
    operations
});

/// An operation of Clerk's SDKs that Clerk's specification does not describe. Its path also matches
/// the route `/clients/{client_id}`.
const UNDESCRIBED: (&str, &str) = ("GET", "/clients/handshake_payload");

/// A request that a fake or mock received.
///
/// `Debug` hides the body and the values of the headers, because a failed expectation prints the
/// request.
#[derive(Clone)]
pub struct RecordedRequest(HttpRequest);

impl RecordedRequest {
    pub(crate) fn new(request: HttpRequest) -> Self {
        Self(request)
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.0.method()
    }

    /// Returns the path as sent: percent-encoded and with the path of the base URL, as in
    /// `/v1/users/user_1`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.uri().path()
    }

    /// Returns the query parameters in their order, decoded.
    #[must_use]
    pub fn query(&self) -> Vec<(String, String)> {
        parse_query(self.0.uri().query().unwrap_or_default())
    }

    /// Returns the values of one query parameter in their order, decoded.
    #[must_use]
    pub fn query_values(&self, name: &str) -> Vec<String> {
        let values = self.query().into_iter().filter(|(key, _)| key == name);
        values.map(|(_, value)| value).collect()
    }

    /// Returns the value of a header, or `None` if the header is missing or its value is not ASCII
    /// text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name)?.to_str().ok()
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// Returns the body as JSON, or null if it is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(self.0.body()).unwrap_or_default()
    }

    /// Returns the operation that the client stored in the request's extensions.
    ///
    /// Returns `None` if the request came over a socket, or if another HTTP client made it.
    #[must_use]
    pub fn operation(&self) -> Option<&OperationInfo> {
        self.0.extensions().get()
    }

    /// Returns Clerk's operationId, such as `GetUser`, derived from the method and the path.
    ///
    /// Returns `None` if no operation has this method and path.
    #[must_use]
    pub fn operation_id(&self) -> Option<&'static str> {
        let path = self.path();
        let path = path.strip_prefix("/v1").unwrap_or(path);
        if (self.method().as_str(), path) == UNDESCRIBED {
            return None;
        }
        let segments = || path.split('/');
        let alike = OPERATIONS.get(&(self.method().as_str(), segments().count()))?;
        let matches = |info: &&&OperationInfo| {
            let mut names = info.route().split('/').zip(segments());
            names.all(|(name, segment)| name.starts_with('{') || name == segment)
        };
        alike.iter().find(matches).map(|info| info.operation_id())
    }

    /// Returns the whole request.
    #[must_use]
    pub fn request(&self) -> &HttpRequest {
        &self.0
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.headers().keys().collect();
        f.debug_struct("RecordedRequest")
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

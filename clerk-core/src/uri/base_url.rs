//! The base URL of the API.

use std::net::IpAddr;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

/// The maximum length of a URI in the crate `http`, in bytes.
const MAX_URI: usize = u16::MAX as usize - 1;

/// A validated base URL, without user, query, fragment or trailing `/`.
#[derive(Debug, Clone)]
pub(crate) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    path: String,
}

impl BaseUrl {
    /// Returns `https://api.clerk.com/v1`. The `v1` is not the API version, which is sent in a
    /// header.
    pub(crate) fn clerk() -> Self {
        Self {
            scheme: Scheme::HTTPS,
            authority: Authority::from_static("api.clerk.com"),
            path: "/v1".to_owned(),
        }
    }

    /// Parses a base URL. Plain HTTP is allowed for loopback and for the hosts in `plain_http`.
    pub(crate) fn parse(url: &str, plain_http: &[String]) -> Result<Self, String> {
        let refuse = |why: String| {
            // A URL with one of these characters may contain a password or a token, so the message
            // omits the URL.
            let shown = if url.contains(['@', '?', '#']) {
                "…"
            } else {
                url
            };
            Err(format!("invalid base URL {shown:?}: {why}"))
        };
        let example = "write it like https://api.clerk.com/v1";
        let uri: Uri = match url.parse() {
            Ok(uri) => uri,
            Err(error) => return refuse(format!("it is malformed ({error}); {example}")),
        };
        let parts = uri.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return refuse(format!("it has no scheme or no host; {example}"));
        };
        if authority.as_str().contains('@') {
            return refuse(
                "it contains a user or password; the secret key is sent in a header".into(),
            );
        }
        let host = authority.host();
        let after_host = authority.as_str().get(host.len()..).unwrap_or_default();
        if host.is_empty() || (!after_host.is_empty() && authority.port_u16().is_none()) {
            return refuse(format!(
                "the host is empty or the port is malformed; {example}"
            ));
        }
        let path = parts
            .path_and_query
            .unwrap_or_else(|| PathAndQuery::from_static("/"));
        if path.query().is_some() || url.contains('#') {
            return refuse("it has a query or a fragment; remove it".into());
        }
        // URL parsers treat %2e as a dot.
        let steps = path.path().to_ascii_lowercase().replace("%2e", ".");
        if steps.split('/').any(|step| step == "." || step == "..") {
            return refuse(
                "its path contains the segment . or ..; write the path without it".into(),
            );
        }
        if scheme == Scheme::HTTP {
            if !is_loopback(host)
                && !plain_http
                    .iter()
                    .any(|named| named.eq_ignore_ascii_case(host))
            {
                return refuse(format!(
                    "it would send the secret key unencrypted; use https, or allow it with allow_http({host:?})"
                ));
            }
        } else if scheme != Scheme::HTTPS {
            return refuse(format!(
                "the scheme {scheme} is not supported; use https (or http on loopback)"
            ));
        }
        Ok(Self {
            scheme,
            path: path.path().trim_end_matches('/').to_owned(),
            authority,
        })
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn host(&self) -> &str {
        self.authority.host()
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn port(&self) -> u16 {
        let default = if self.scheme == Scheme::HTTPS {
            443
        } else {
            80
        };
        self.authority.port_u16().unwrap_or(default)
    }

    /// Returns the URI of a path and a query below this URL.
    pub(crate) fn join(&self, path: &str, query: &str) -> Result<Uri, String> {
        let mut target = String::with_capacity(self.path.len() + path.len() + query.len() + 1);
        target.push_str(&self.path);
        target.push_str(path);
        if !query.is_empty() {
            target.push('?');
            target.push_str(query);
        }
        let length =
            self.scheme.as_str().len() + "://".len() + self.authority.as_str().len() + target.len();
        if length > MAX_URI {
            return Err(format!(
                "invalid URI: it would have {length} bytes, and {MAX_URI} is the limit; send fewer or shorter values"
            ));
        }
        let target = PathAndQuery::from_maybe_shared(bytes::Bytes::from(target))
            .map_err(|error| format!("invalid path: {error}"))?;
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(target);
        Uri::from_parts(parts).map_err(|error| format!("invalid URI: {error}"))
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    match address.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

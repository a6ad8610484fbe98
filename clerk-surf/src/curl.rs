//! A backend of surf's on libcurl that keeps what surf's types cannot hold.

use std::path::Path;
use std::time::Duration;

use clerk_core::async_trait;
use futures_util::io::BufReader;
use isahc::config::{CaCertificate, Configurable, RedirectPolicy};
use isahc::http::{Method, Request};
use surf::http::{Error, Response};

/// The answer's status and headers, of which surf's own types know only some.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
}

#[derive(Debug)]
pub(crate) struct Curl {
    /// For what may be sent twice: libcurl sends a request again, unasked, when a connection that
    /// served before dies under it.
    reads: isahc::HttpClient,
    /// For what may not: without connections that served before.
    writes: isahc::HttpClient,
}

impl Curl {
    pub(crate) fn new(
        connect_timeout: Duration,
        idle_timeout: Duration,
        roots: Option<&Path>,
    ) -> Result<Self, isahc::Error> {
        let builder = || {
            let builder = isahc::HttpClient::builder()
                .redirect_policy(RedirectPolicy::None)
                .connect_timeout(connect_timeout)
                .connection_cache_ttl(idle_timeout)
                .automatic_decompression(false)
                .tcp_nodelay()
                .proxy(None);
            match roots {
                Some(roots) => builder.ssl_ca_certificate(CaCertificate::file(roots)),
                None => builder,
            }
        };
        Ok(Self {
            reads: builder().build()?,
            writes: builder().connection_cache_size(0).build()?,
        })
    }
}

#[async_trait]
impl surf::HttpClient for Curl {
    async fn send(&self, mut request: surf::http::Request) -> Result<Response, Error> {
        let method = Method::from_bytes(request.method().as_ref().as_bytes())?;
        let client = if method == Method::GET {
            &self.reads
        } else {
            &self.writes
        };
        let mut builder = Request::builder()
            .method(method.clone())
            .uri(request.url().as_str());
        for (name, values) in request.iter() {
            for value in values {
                builder = builder.header(name.as_str(), value.as_str());
            }
        }
        // libcurl would call the body of a POST a form.
        if method == Method::POST && request.header("content-type").is_none() {
            builder = builder.header("content-type", "");
        }
        let body = request.body_bytes().await?;
        let body = match (body.is_empty(), &method) {
            (true, &Method::POST | &Method::PUT | &Method::PATCH) => isahc::Body::from(Vec::new()),
            (true, _) => isahc::Body::empty(),
            (false, _) => isahc::Body::from(body),
        };
        let answer = client.send_async(builder.body(body)?).await?;

        let (parts, body) = answer.into_parts();
        let headers = parts.headers.iter();
        let head = Head {
            status: parts.status.as_u16(),
            headers: headers
                .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
                .collect(),
        };
        // A status that surf knows, whatever came: the true one is in the head.
        let mut response = Response::new(200);
        response.ext_mut().insert(head);
        response.set_body(surf::Body::from_reader(BufReader::new(body), None));
        Ok(response)
    }
}

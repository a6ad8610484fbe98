//! A backend of surf's on libcurl that keeps what surf's types cannot hold.

use std::time::Duration;

use clerk_core::{AttemptTimeout, async_trait};
use futures_util::io::BufReader;
use isahc::config::Configurable;
use isahc::http::{Method, Request};
use surf::http::{Error, Response};

use crate::agent::{Agent, Settings};

/// What libcurl is given on top, so that the client's own timer is the first.
const GRACE: Duration = Duration::from_millis(100);

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
    reads: Agent,
    /// For what may not: without connections that served before.
    writes: Agent,
}

impl Curl {
    pub(crate) fn new(settings: Settings) -> Result<Self, isahc::Error> {
        Ok(Self {
            reads: Agent::start(settings.clone())?,
            writes: Agent::start(Settings {
                idle: Some(0),
                ..settings
            })?,
        })
    }
}

#[async_trait]
impl surf::HttpClient for Curl {
    async fn send(&self, mut request: surf::http::Request) -> Result<Response, Error> {
        let method = Method::from_bytes(request.method().as_ref().as_bytes())?;
        let agent = if method == Method::GET {
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
        // A dropped request lives on in libcurl until the server says something; not for ever.
        if let Some(AttemptTimeout(timeout)) = request.ext().get()
            && let Some(timeout) = timeout.checked_add(GRACE)
        {
            builder = builder.timeout(timeout);
        }
        let body = request.body_bytes().await?;
        let body = match (body.is_empty(), &method) {
            (true, &Method::POST | &Method::PUT | &Method::PATCH) => isahc::Body::from(Vec::new()),
            (true, _) => isahc::Body::empty(),
            (false, _) => isahc::Body::from(body),
        };
        let answer = agent.send(builder.body(body)?).await?;

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

//! A surf backend on libcurl that keeps the statuses and headers that surf's types cannot represent.

use std::time::Duration;

use clerk_core::{AttemptTimeout, async_trait};
use futures_util::io::BufReader;
use isahc::config::Configurable;
use isahc::http::{Method, Request};
use surf::http::{Error, Response};

use crate::curl_worker::{CurlWorker, Settings};

/// The time that libcurl gets in addition to the attempt, so that the client's timer expires first.
const GRACE: Duration = Duration::from_millis(100);

/// The status and headers of a response, including those that surf's types cannot represent.
#[derive(Debug, Clone)]
pub(crate) struct ResponseHead {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
}

/// A surf backend on libcurl.
#[derive(Debug)]
pub(crate) struct Curl {
    /// The worker for GET. libcurl resends a request by itself if a reused connection dies.
    reads: CurlWorker,
    /// The worker for all other methods, which never reuses a connection.
    writes: CurlWorker,
}

impl Curl {
    /// Starts both workers.
    pub(crate) fn new(settings: Settings) -> Result<Self, isahc::Error> {
        Ok(Self {
            reads: CurlWorker::start(settings.clone())?,
            writes: CurlWorker::start(Settings {
                max_idle: Some(0),
                ..settings
            })?,
        })
    }
}

#[async_trait]
impl surf::HttpClient for Curl {
    async fn send(&self, mut request: surf::http::Request) -> Result<Response, Error> {
        let method = Method::from_bytes(request.method().as_ref().as_bytes())?;
        let worker = if method == Method::GET {
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
        // libcurl would declare the body of a POST to be a form.
        if method == Method::POST && request.header("content-type").is_none() {
            builder = builder.header("content-type", "");
        }
        // A dropped request stays in libcurl until the server sends something, or until this timeout.
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
        let response = worker.send(builder.body(body)?).await?;

        let (parts, body) = response.into_parts();
        let headers = parts.headers.iter();
        let head = ResponseHead {
            status: parts.status.as_u16(),
            headers: headers
                .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
                .collect(),
        };
        // surf knows this status; the actual one is in the head.
        let mut response = Response::new(200);
        response.ext_mut().insert(head);
        response.set_body(surf::Body::from_reader(BufReader::new(body), None));
        Ok(response)
    }
}

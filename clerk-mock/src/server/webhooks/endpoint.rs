//! The URL that receives webhooks, and the secret that signs them.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use clerk_core::http::header::{HOST, USER_AGENT};
use clerk_core::http::{HeaderValue, Request, StatusCode, Uri};
use clerk_core::webhooks::WebhookSecret;
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::fake::webhooks::fake_webhooks::FakeWebhook;

/// The maximum duration of a request. Svix, which sends Clerk's webhooks, has the same limit.
const TIMEOUT: Duration = Duration::from_secs(15);

/// The maximum length of a URL in bytes. It limits the memory that pending webhooks use, because
/// each of them may have its own URL.
const MAX_URL: usize = 2_048;

/// The URL that receives webhooks, and the secret that signs them.
#[derive(Debug)]
pub(crate) struct Endpoint {
    /// The host and the port.
    address: String,
    host: HeaderValue,
    path: String,
    pub(crate) secret: WebhookSecret,
}

impl Endpoint {
    /// Parses a URL. Only `http` is supported.
    pub(crate) fn parse(url: &str, secret: WebhookSecret) -> io::Result<Self> {
        let refuse = |why: &str| {
            let message = format!("invalid webhook URL {url:?}: {why}");
            io::Error::new(io::ErrorKind::InvalidInput, message)
        };
        if url.contains('@') {
            // The message must not repeat a password.
            let message = "invalid webhook URL: it must not contain a user name or an @";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        if url.len() > MAX_URL {
            let message = format!(
                "invalid webhook URL: it has {} bytes; at most {MAX_URL} are allowed",
                url.len()
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let uri: Uri = url.parse().map_err(|_| refuse("it is malformed"))?;
        match uri.scheme_str() {
            Some("http") => {}
            Some("https") => return Err(refuse("https is not supported; use http")),
            _ => return Err(refuse("it must begin with http://")),
        }
        let authority = uri.authority().ok_or_else(|| refuse("it has no host"))?;
        let port = match authority.port_u16() {
            Some(port @ 1..) => port,
            None if authority.as_str() == authority.host() => 80,
            _ => return Err(refuse("its port must be a number from 1 to 65535")),
        };
        let host = HeaderValue::from_str(authority.as_str());
        // `to_string` adds the slash that a URL such as `http://localhost?a=b` lacks. `as_str` does
        // not.
        let path = uri.path_and_query().map(ToString::to_string);
        Ok(Self {
            address: format!("{}:{port}", authority.host()),
            host: host.map_err(|_| refuse("its host is malformed"))?,
            path: path.unwrap_or_else(|| "/".to_owned()),
            secret,
        })
    }

    /// Sends a webhook. Returns the status of the response, or the reason why there is no response.
    pub(crate) async fn post(&self, webhook: &FakeWebhook) -> Result<StatusCode, String> {
        match tokio::time::timeout(TIMEOUT, self.exchange(webhook)).await {
            Ok(result) => result,
            Err(_) => Err(format!("no response within {} s", TIMEOUT.as_secs())),
        }
    }

    async fn exchange(&self, webhook: &FakeWebhook) -> Result<StatusCode, String> {
        let stream = TcpStream::connect(&self.address).await;
        let stream = stream.map_err(|error| format!("cannot connect: {error}"))?;
        let lost = |error: hyper::Error| format!("the request failed: {error}");
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(lost)?;
        let mut request = Request::new(Full::<Bytes>::new(webhook.body().clone()));
        *request.method_mut() = clerk_core::http::Method::POST;
        *request.uri_mut() = self.path.parse().unwrap_or_default();
        request.headers_mut().extend(webhook.headers().clone());
        request.headers_mut().insert(HOST, self.host.clone());
        let agent = HeaderValue::from_static(concat!("clerk-mock/", env!("CARGO_PKG_VERSION")));
        request.headers_mut().insert(USER_AGENT, agent);
        let mut response = std::pin::pin!(sender.send_request(request));
        // The body of the response is not read, so the connection is closed after the headers.
        let response = tokio::select! {
            biased;
            response = &mut response => response,
            _ = connection => response.await,
        };
        response.map(|response| response.status()).map_err(lost)
    }
}

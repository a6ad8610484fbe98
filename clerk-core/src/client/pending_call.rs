//! A call that is not sent yet, and the processing of its request.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_core::de::DeserializeOwned;

use crate::client::call_options::CallOptions;
use crate::client::error::Error;
use crate::client::response::Response;
use crate::client::send::send_with_retries;
use crate::client::shared::Shared;
use crate::client::trace::{Trace, record_unsent};
use crate::requests::parts::RequestParts;
use crate::transport::{HttpRequest, HttpResponse, HttpTransport};
use crate::uri::operation::OperationInfo;

pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A function that decodes the response to an operation. The `u32` is the number of attempts.
pub(crate) type DecodeFn<R> = fn(&OperationInfo, HttpResponse, u32) -> Result<R, Error>;

/// The initial capacity of a request's header map. It is enough for most requests: four headers of
/// the client, the content type of a body, and one header that the transport adds.
const USUAL_HEADERS: usize = 6;
/// The maximum number of headers of a request. Servers accept fewer. A header map panics if it gets
/// more than 24,576.
const MAX_HEADERS: usize = 1_000;

/// A request that is not sent yet, and everything that is needed to send it.
pub(crate) struct PendingCall<T> {
    pub(crate) shared: Arc<Shared<T>>,
    pub(crate) operation: OperationInfo,
    pub(crate) options: CallOptions,
    /// The parts of the request, or the reason why it cannot be sent.
    pub(crate) parts: Result<RequestParts, String>,
    /// The time at which the call started, if it may send several requests. If this is `None`, the
    /// timeout of the call starts with this request.
    pub(crate) started: Option<Duration>,
    /// Whether the call returns `None` if the resource does not exist.
    pub(crate) is_optional: bool,
}

/// The processing of a call's request.
pub(crate) enum Run<R, T> {
    /// The usual processing: sending the request, and decoding the response.
    Decode(DecodeFn<R>),
    /// A function that processes the request in another way.
    Custom(CustomRun<R, T>),
}

type CustomRun<R, T> =
    Box<dyn FnOnce(PendingCall<T>) -> BoxFuture<Result<Response<R>, Error>> + Send>;

impl<R: DeserializeOwned + 'static, T: HttpTransport> Run<R, T> {
    pub(crate) fn start(self, pending: PendingCall<T>) -> BoxFuture<Result<R, Error>> {
        match self {
            Self::Decode(decode) => Box::pin(pending.send(decode)),
            Self::Custom(run) => {
                let response = run(pending);
                Box::pin(async { Ok(response.await?.into_value()) })
            }
        }
    }

    pub(crate) async fn respond(self, pending: PendingCall<T>) -> Result<Response<R>, Error> {
        match self {
            Self::Decode(_) => pending.send(Response::read).await,
            Self::Custom(run) => run(pending).await,
        }
    }
}

impl<T: HttpTransport> PendingCall<T> {
    pub(crate) fn request(&self) -> Result<HttpRequest, Error> {
        let request = match &self.parts {
            Ok(parts) => build(parts, &self.shared, &self.operation),
            Err(message) => Err(message.clone()),
        };
        request
            .map_err(|message| Error::invalid_request(message).with_operation(&self.operation, 0))
    }

    /// Sends the request, and decodes the response.
    // This is not an `async fn`, because the future of an `async fn` reserves space for each
    // argument twice.
    pub(crate) fn send<R>(
        self,
        decode: DecodeFn<R>,
    ) -> impl Future<Output = Result<R, Error>> + Send {
        let trace = Trace::new(&self.operation, &self.shared.base_url);
        async move {
            let (shared, operation) = (&self.shared, &self.operation);
            let call = async {
                let request = || self.request();
                let (response, attempts) = send_with_retries(
                    shared,
                    &trace,
                    &self.options,
                    operation,
                    self.started,
                    request,
                )
                .await?;
                decode(operation, response, attempts)
            };
            let result = trace.instrument(call).await;
            trace.record_result(match &result {
                // The call returns `None`, so it has not failed.
                Err(error) if self.is_optional && error.is_missing() => Ok(()),
                result => result.as_ref().map(drop),
            });
            result
        }
    }

    /// Returns a function that creates a copy of this call for each request. If `parts` is an
    /// error, records it in a span, and returns it.
    pub(crate) fn into_repeatable(self) -> Result<impl Fn() -> Self, Error> {
        let Self {
            shared,
            operation,
            options,
            parts,
            started,
            is_optional,
        } = self;
        let parts = parts.map_err(|message| {
            let error = Error::invalid_request(message).with_operation(&operation, 0);
            record_unsent(&operation, &shared.base_url, &error);
            error
        })?;
        Ok(move || Self {
            shared: Arc::clone(&shared),
            operation: operation.clone(),
            options,
            parts: Ok(parts.clone()),
            started,
            is_optional,
        })
    }
}

fn build<T>(
    parts: &RequestParts,
    shared: &Shared<T>,
    operation: &OperationInfo,
) -> Result<HttpRequest, String> {
    // A clone of the client's headers has no room for further headers, so adding one would double
    // its size.
    let mut headers = HeaderMap::with_capacity(USUAL_HEADERS);
    for (name, value) in &shared.headers {
        headers.insert(name, value.clone());
    }
    let mut bytes = Bytes::new();
    if let Some(body) = &parts.body {
        headers.insert(CONTENT_TYPE, body.content_type.clone());
        bytes = body.bytes.clone();
    }
    for (name, value) in &parts.headers {
        headers.insert(name, value.clone());
        if headers.len() > MAX_HEADERS {
            return Err(format!(
                "invalid headers: there are more than {MAX_HEADERS}"
            ));
        }
    }
    let mut request = HttpRequest::new(bytes);
    *request.uri_mut() = shared.base_url.join(&parts.path, parts.query.as_str())?;
    *request.method_mut() = operation.method().clone();
    *request.headers_mut() = headers;
    request.extensions_mut().insert(operation.clone());
    Ok(request)
}

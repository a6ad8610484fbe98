//! A call before it is sent, and what is done with its request.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::header::CONTENT_TYPE;
use serde_core::de::DeserializeOwned;

use crate::client::call_options::CallOptions;
use crate::client::error::Error;
use crate::client::response::Response;
use crate::client::send::send_with_retries;
use crate::client::shared::Shared;
use crate::client::trace::Trace;
use crate::requests::parts::RequestParts;
use crate::transport::{HttpRequest, HttpResponse, HttpTransport};
use crate::uri::operation::OperationInfo;

pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Decodes the response of an operation; the number is that of the attempts.
pub(crate) type DecodeFn<R> = fn(&OperationInfo, HttpResponse, u32) -> Result<R, Error>;

/// A request that is not sent yet, and everything that sending it needs.
pub(crate) struct PendingCall<T> {
    pub(crate) shared: Arc<Shared<T>>,
    pub(crate) operation: OperationInfo,
    pub(crate) options: CallOptions,
    /// The request, or why it cannot be sent.
    pub(crate) parts: Result<RequestParts, Error>,
}

/// The processing of a call's request.
pub(crate) enum Run<R, T> {
    /// Sends it, and decodes the response.
    Decode(DecodeFn<R>),
    /// Something else.
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
    /// Builds the request.
    pub(crate) fn request(self) -> Result<HttpRequest, Error> {
        let request = self.parts.and_then(|parts| {
            build(parts, &self.shared, &self.operation).map_err(Error::invalid_request)
        });
        request.map_err(|error| error.with_operation(&self.operation, 0))
    }

    /// Sends the request, and decodes the response.
    pub(crate) async fn send<R>(self, decode: DecodeFn<R>) -> Result<R, Error> {
        let trace = Trace::new(&self.operation, &self.shared.base_url);
        let call = async {
            let shared = Arc::clone(&self.shared);
            let (operation, options) = (self.operation.clone(), self.options);
            let request = self.request()?;
            let (response, attempts) =
                send_with_retries(&shared, &trace, options, &operation, request).await?;
            decode(&operation, response, attempts)
        };
        let result = trace.instrument(call).await;
        trace.record_result(result.as_ref().map(drop));
        result
    }

    /// Returns the same call for further requests, or why it cannot be sent.
    pub(crate) fn into_repeatable(self) -> Result<impl Fn() -> Self, Error> {
        let Self {
            shared,
            operation,
            options,
            parts,
        } = self;
        let parts = parts.map_err(|error| error.with_operation(&operation, 0))?;
        Ok(move || Self {
            shared: Arc::clone(&shared),
            operation: operation.clone(),
            options,
            parts: Ok(parts.clone()),
        })
    }
}

fn build<T>(
    parts: RequestParts,
    shared: &Shared<T>,
    operation: &OperationInfo,
) -> Result<HttpRequest, String> {
    let mut headers = shared.headers.clone();
    let body = parts.body.map(|body| {
        headers.insert(CONTENT_TYPE, body.content_type);
        body.bytes
    });
    for (name, value) in parts.headers {
        headers.insert(name, value);
    }
    let uri = shared.base_url.join(&parts.path, parts.query.as_str())?;
    let mut request = HttpRequest::new(body.unwrap_or_default());
    *request.uri_mut() = uri;
    *request.method_mut() = operation.method().clone();
    *request.headers_mut() = headers;
    request.extensions_mut().insert(operation.clone());
    Ok(request)
}

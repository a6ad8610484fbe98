//! One call: what is asked, and how the answer is read.

use std::fmt::{self, Display};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING,
};
use http::{HeaderName, HeaderValue, Method};
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

use crate::client::call_options::CallOptions;
use crate::client::error::{Error, ErrorKind};
use crate::client::response::{Response, read};
use crate::client::retry::RetryPolicy;
use crate::client::send::exchange;
use crate::client::shared::Shared;
use crate::client::trace::Trace;
use crate::client::version::{API_VERSION_HEADER, api_version};
use crate::requests::body::Body;
use crate::requests::profile_image::ProfileImage;
use crate::transport::{DynTransport, HttpRequest, HttpResponse, HttpTransport};
use crate::uri::operation::OperationInfo;
use crate::uri::path;
use crate::uri::query::{Params, Query};

/// A call that is ready to be made. `.await` makes it.
///
/// It is a future that owns all that it needs, so it can be joined, spawned, and put into a stream. A request that
/// Clerk would refuse or misread is kept as its error, and `.await` returns it.
///
/// ```
/// # use clerk_client::{Error, mock::FakeClerk};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let fake = FakeClerk::new();
/// # fake.add_user(clerk_client::User::new("user_1"));
/// # let clerk = fake.client();
/// let user = clerk.users().get_user("user_1").await?;
///
/// let response = clerk.users().get_user("user_1").send_with_response().await?;
/// println!("{} (trace {:?})", response.status(), response.trace_id());
/// # Ok(())
/// # }
/// ```
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<R, T = DynTransport> {
    /// Until it is polled.
    prepared: Option<Prepared<T>>,
    /// From then on, until it is done.
    running: Option<BoxFuture<Result<R, Error>>>,
}

/// What a call may not change: who asks, in which version, and where the body ends.
const RESERVED: [HeaderName; 6] = [
    AUTHORIZATION,
    API_VERSION_HEADER,
    HOST,
    CONNECTION,
    CONTENT_LENGTH,
    TRANSFER_ENCODING,
];

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What is to be done, through what.
struct Prepared<T> {
    shared: Arc<Shared<T>>,
    operation: OperationInfo,
    limits: CallOptions,
    draft: Result<Draft, Error>,
}

/// What differs from one request to the next.
struct Draft {
    path: String,
    query: Query,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<Content>,
}

/// A body and what it is.
struct Content {
    content_type: HeaderValue,
    bytes: Bytes,
}

impl<R, T: HttpTransport> Call<R, T> {
    /// An operation, with the values for the names in its route.
    pub(crate) fn new(shared: Arc<Shared<T>>, operation: OperationInfo, ids: &[&str]) -> Self {
        let path = path::fill(operation.route(), ids);
        Self::from_path(shared, operation, path)
    }

    /// A path of the caller's.
    pub(crate) fn custom(
        shared: Arc<Shared<T>>,
        method: Method,
        segments: impl IntoIterator<Item: AsRef<str>>,
    ) -> Self {
        let path = path::join(segments);
        Self::from_path(shared, OperationInfo::custom(method), path)
    }

    fn from_path(
        shared: Arc<Shared<T>>,
        operation: OperationInfo,
        path: Result<String, String>,
    ) -> Self {
        let draft = path.map_err(invalid).map(|path| Draft {
            path,
            query: Query::default(),
            headers: Vec::new(),
            body: None,
        });
        let prepared = Prepared {
            limits: shared.limits,
            shared,
            operation,
            draft,
        };
        Self {
            prepared: Some(prepared),
            running: None,
        }
    }

    /// Changes the draft, unless it failed already.
    fn edit(mut self, edit: impl FnOnce(&mut Draft) -> Result<(), Error>) -> Self {
        if let Some(Prepared { draft, .. }) = &mut self.prepared
            && let Ok(edited) = draft
            && let Err(error) = edit(edited)
        {
            *draft = Err(error);
        }
        self
    }

    /// Keeps this as the call's error.
    pub(crate) fn refuse(self, message: String) -> Self {
        self.edit(|_| Err(invalid(message)))
    }

    pub(crate) fn params(self, params: &impl Params) -> Self {
        self.edit(|draft| params.write(&mut draft.query).map_err(invalid))
    }

    pub(crate) fn body<B: Body>(self, body: &B) -> Self {
        let checked = body.check().map_err(invalid);
        self.edit(|_| checked).json(body)
    }

    pub(crate) fn file(self, file: &ProfileImage) -> Self {
        self.edit(|draft| {
            let (content_type, bytes) = file.encode().map_err(invalid)?;
            draft.body = Some(Content {
                content_type,
                bytes,
            });
            Ok(())
        })
    }

    /// Adds a query parameter, once for each call of this. Values are percent-encoded.
    pub fn query(self, name: &str, value: impl Display) -> Self {
        self.edit(|draft| {
            draft.query.pair(name, &value.to_string());
            Ok(())
        })
    }

    /// Sends this as the JSON body.
    pub fn json(self, body: &(impl Serialize + ?Sized)) -> Self {
        self.edit(|draft| match serde_json::to_vec(body) {
            Ok(json) => {
                draft.body = Some(Content {
                    content_type: HeaderValue::from_static("application/json"),
                    bytes: json.into(),
                });
                Ok(())
            }
            Err(error) => Err(invalid(format!("the body does not serialise: {error}"))),
        })
    }

    /// Sends this header too, in place of the client's own where it has one.
    ///
    /// The key, the API version and what frames the body are not set this way: they are refused.
    pub fn header<N, V>(self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        self.edit(|draft| {
            let name = name
                .try_into()
                .map_err(|_| invalid("a header's name is malformed"))?;
            if RESERVED.contains(&name) {
                return Err(invalid(format!(
                    "the header {name} cannot be set for a call; api_version sets the version, and another client another key"
                )));
            }
            let value = value
                .try_into()
                .map_err(|_| invalid(format!("the value of the header {name} is malformed")))?;
            draft.headers.push((name, value));
            Ok(())
        })
    }

    /// Asks for another version of the API than the client does: `2025-11-10`.
    pub fn api_version(self, version: &str) -> Self {
        self.edit(|draft| {
            let version = api_version(version).map_err(invalid)?;
            draft.headers.push((API_VERSION_HEADER, version));
            Ok(())
        })
    }

    /// What all of the call may take: attempts, waits between them, bodies. Default: the client's.
    /// [`Duration::MAX`] is no limit.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.limit(|limits| limits.timeout = timeout)
    }

    /// What each attempt may take, its body included. Default: the client's. [`Duration::MAX`] is
    /// no limit.
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        self.limit(|limits| limits.attempt_timeout = timeout)
    }

    /// How often, and after what, the request is sent again. Default: the client's.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.limit(|limits| limits.retry = policy)
    }

    fn limit(mut self, set: impl FnOnce(&mut CallOptions)) -> Self {
        if let Some(prepared) = &mut self.prepared {
            set(&mut prepared.limits);
        }
        self
    }

    /// Whether this may be sent again when it is not known whether it arrived.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        if let Some(prepared) = &mut self.prepared {
            prepared.operation.set_idempotent(idempotent);
        }
        self
    }

    /// The request as it would be given to the transport, for those who send it themselves. Its
    /// extensions hold the [`OperationInfo`] that [`decode`](crate::decode) wants. Its `Debug`
    /// shows the body, which may hold a password: do not log it.
    ///
    /// # Errors
    ///
    /// What `.await` would return without sending anything.
    pub fn into_request(self) -> Result<HttpRequest, Error> {
        self.prepared.ok_or_else(already_made)?.request()
    }
}

impl<R: DeserializeOwned, T: HttpTransport> Call<R, T> {
    /// Makes the call, and keeps status, headers and trace id of the answer beside the result.
    ///
    /// # Errors
    ///
    /// As `.await` does.
    pub async fn send_with_response(self) -> Result<Response<R>, Error> {
        let prepared = self.prepared.ok_or_else(already_made)?;
        prepared.run(Response::read).await
    }
}

impl<R: DeserializeOwned + 'static, T: HttpTransport> Call<R, T> {
    /// Makes the call, and has `None` where Clerk says that there is no such thing.
    ///
    /// A 404 that is not Clerk's own, such as that of a wrong base URL, stays an error.
    ///
    /// # Errors
    ///
    /// As `.await` does, but for Clerk's 404.
    pub async fn or_none(self) -> Result<Option<R>, Error> {
        match self.await {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.is_not_found() && error.code() == Some("resource_not_found") => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

impl<T: HttpTransport> Prepared<T> {
    fn request(self) -> Result<HttpRequest, Error> {
        let built = self
            .draft
            .and_then(|draft| draft.build(&self.shared, &self.operation));
        built.map_err(|error| error.during(&self.operation, 0))
    }

    /// Makes the call, and reads its answer.
    async fn run<R>(self, read: Read<R>) -> Result<R, Error> {
        let trace = Trace::new(&self.operation, &self.shared.base_url);
        let call = async {
            let shared = Arc::clone(&self.shared);
            let (operation, limits) = (self.operation.clone(), self.limits);
            let request = self.request()?;
            let (answer, attempts) = exchange(&shared, &trace, limits, &operation, request).await?;
            read(&operation, answer, attempts)
        };
        let result = trace.around(call).await;
        trace.end(result.as_ref().map(drop));
        result
    }
}

/// How the answer to an operation is read; the number is that of the attempts.
type Read<R> = fn(&OperationInfo, HttpResponse, u32) -> Result<R, Error>;

impl Draft {
    fn build<T>(self, shared: &Shared<T>, operation: &OperationInfo) -> Result<HttpRequest, Error> {
        let mut headers = shared.headers.clone();
        let body = self.body.map(|content| {
            headers.insert(CONTENT_TYPE, content.content_type);
            content.bytes
        });
        for (name, value) in self.headers {
            headers.insert(name, value);
        }
        let uri = shared.base_url.join(&self.path, self.query.as_str());
        let mut request = HttpRequest::new(body.unwrap_or_default());
        *request.uri_mut() = uri.map_err(invalid)?;
        *request.method_mut() = operation.method().clone();
        *request.headers_mut() = headers;
        request.extensions_mut().insert(operation.clone());
        Ok(request)
    }
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidRequest, message.into())
}

fn already_made() -> Error {
    let message = "a call is one request, and this one was awaited before";
    Error::new(ErrorKind::AlreadyMade, message.to_owned())
}

impl<R: DeserializeOwned + 'static, T: HttpTransport> Future for Call<R, T> {
    type Output = Result<R, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if let Some(prepared) = this.prepared.take() {
            this.running = Some(Box::pin(prepared.run(read)));
        }
        let Some(running) = &mut this.running else {
            return Poll::Ready(Err(already_made()));
        };
        let result = ready!(running.as_mut().poll(context));
        this.running = None;
        Poll::Ready(result)
    }
}

/// Shows where the call goes; a body may hold secrets, and so is left out.
impl<R, T> fmt::Debug for Call<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Call");
        let Some(prepared) = &self.prepared else {
            return out.finish_non_exhaustive();
        };
        out.field("operation", &prepared.operation.id());
        match &prepared.draft {
            Ok(draft) => out
                .field("path", &draft.path)
                .field("query", &draft.query.as_str())
                .field(
                    "body_bytes",
                    &draft.body.as_ref().map(|body| body.bytes.len()),
                ),
            Err(error) => out.field("error", error),
        };
        out.finish_non_exhaustive()
    }
}

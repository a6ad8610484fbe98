//! A call, which sends its request when the call is awaited.

use std::fmt::{self, Display};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::header::{AUTHORIZATION, CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::{HeaderName, HeaderValue, Method};
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

use crate::client::call_options::CallOptions;
use crate::client::error::{Error, ErrorKind};
use crate::client::pending_call::{BoxFuture, PendingCall, Run};
use crate::client::response::{Response, read};
use crate::client::retry::RetryPolicy;
use crate::client::shared::Shared;
use crate::client::version::{API_VERSION_HEADER, api_version};
use crate::requests::argument::Argument;
use crate::requests::parts::RequestParts;
use crate::transport::{DynTransport, HttpRequest, HttpTransport};
use crate::uri::operation::OperationInfo;
use crate::uri::path;

/// A prepared call of Clerk's API. Await it to send the request.
///
/// A call owns everything that it needs, so it can be joined, spawned and put into a stream. If an
/// argument is invalid, such as an empty id, awaiting the call returns an error, and nothing is
/// sent.
///
/// ```
/// # clerk_client::doctest(async |users| {
/// let user = users.get_user("user_1").await?;
///
/// let response = users.get_user("user_1").send_with_response().await?;
/// println!("{} (trace {:?})", response.status(), response.trace_id());
/// # Ok(()) });
/// ```
///
/// # Options
///
/// The methods of a call override the client's settings for this call only:
///
/// ```
/// # clerk_client::doctest(async |users| {
/// use std::time::Duration;
/// use clerk_client::RetryPolicy;
///
/// let user = users
///     .get_user("user_1")
///     .timeout(Duration::from_secs(2))
///     .retry(RetryPolicy::none())
///     .await?;
/// # Ok(()) });
/// ```
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<R, T = DynTransport>(State<R, T>);

// Boxing a pending call would cost an allocation for each request, and a call is moved only a few
// times.
#[allow(clippy::large_enum_variant)]
enum State<R, T> {
    Pending(PendingCall<T>, Run<R, T>),
    Running(BoxFuture<Result<R, Error>>),
    Done,
}

/// The headers that [`Call::header`] cannot set, because they carry the credentials, the API
/// version, the host or the message framing.
const RESERVED: [HeaderName; 6] = [
    AUTHORIZATION,
    API_VERSION_HEADER,
    HOST,
    CONNECTION,
    CONTENT_LENGTH,
    TRANSFER_ENCODING,
];

impl<R: DeserializeOwned, T: HttpTransport> Call<R, T> {
    /// Prepares a call of an operation. `tables` and `lengths` are passed to [`path::expand`].
    pub(crate) fn new(
        shared: &Arc<Shared<T>>,
        operation: OperationInfo,
        tables: &[&[OperationInfo]],
        lengths: u64,
        arguments: &[&dyn Argument],
    ) -> Self {
        let parts = write_parts(&operation, tables, lengths, arguments);
        Self::from_parts(shared, operation, parts)
    }

    pub(crate) fn custom(
        shared: &Arc<Shared<T>>,
        method: Method,
        segments: impl IntoIterator<Item: AsRef<str>>,
    ) -> Self {
        let parts = path::join(segments).map(RequestParts::new);
        Self::from_parts(shared, OperationInfo::custom(method), parts)
    }

    fn from_parts(
        shared: &Arc<Shared<T>>,
        operation: OperationInfo,
        parts: Result<RequestParts, String>,
    ) -> Self {
        let pending = PendingCall {
            options: shared.options,
            shared: Arc::clone(shared),
            operation,
            parts,
            started: None,
            is_optional: false,
        };
        Self(State::Pending(pending, Run::Decode(read)))
    }
}

impl<R, T: HttpTransport> Call<R, T> {
    /// Changes the request. If the call has started, or if an earlier part of the request is
    /// invalid, nothing changes.
    fn update(mut self, update: impl FnOnce(&mut RequestParts) -> Result<(), String>) -> Self {
        if let State::Pending(pending, _) = &mut self.0
            && let Ok(parts) = &mut pending.parts
            && let Err(message) = update(parts)
        {
            pending.parts = Err(message);
        }
        self
    }

    /// Makes the call fail with `message` when it is awaited.
    pub(crate) fn fail(self, message: String) -> Self {
        self.update(|_| Err(message))
    }

    /// Adds a query parameter, percent-encoded. Each use with the same name adds a further value.
    pub fn query(self, name: &str, value: impl Display) -> Self {
        self.update(|parts| {
            parts.query.value(name, value);
            Ok(())
        })
    }

    /// Sets the JSON body. This replaces any earlier body.
    ///
    /// If `body` cannot be serialized, awaiting the call returns an error.
    pub fn json(self, body: &(impl Serialize + ?Sized)) -> Self {
        self.update(|parts| parts.json(body))
    }

    /// Sets a header. This replaces any header of the same name, whether you or the client set it.
    ///
    /// Headers for credentials, API version, host and message framing cannot be set. If you set one
    /// of them, or if the name or the value is malformed, awaiting the call returns an error.
    /// Awaiting the call also returns an error if the request has more than 1,000 headers.
    pub fn header<N, V>(self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        self.update(|parts| {
            let name = (name.try_into()).map_err(|_| "invalid header: the name is malformed")?;
            if RESERVED.contains(&name) {
                return Err(format!(
                    "invalid header: {name} cannot be set for a call; use `api_version` for the version, and another client for another key"
                ));
            }
            let value = (value.try_into())
                .map_err(|_| format!("invalid header: the value of {name} is malformed"))?;
            parts.headers.push((name, value));
            Ok(())
        })
    }

    /// Sets the API version of this call, such as `2025-11-10`. The default is the client's
    /// version.
    ///
    /// If the version does not have the form of a date, awaiting the call returns an error.
    pub fn api_version(self, version: &str) -> Self {
        self.update(|parts| {
            parts
                .headers
                .push((API_VERSION_HEADER, api_version(version)?));
            Ok(())
        })
    }

    /// Sets the total timeout. It covers all attempts, the waits before and between them, and
    /// reading the bodies.
    ///
    /// The default is the client's [`timeout`](crate::ClerkBuilder::timeout). [`Duration::MAX`]
    /// disables the timeout.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.option(|options| options.timeout = timeout)
    }

    /// Sets the timeout of each attempt, including reading the body.
    ///
    /// The default is the client's [`attempt_timeout`](crate::ClerkBuilder::attempt_timeout).
    /// [`Duration::MAX`] disables the timeout.
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        self.option(|options| options.attempt_timeout = timeout)
    }

    /// Sets the retry policy. The default is the client's policy.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.option(|options| options.retry = policy)
    }

    fn option(mut self, set: impl FnOnce(&mut CallOptions)) -> Self {
        if let State::Pending(pending, _) = &mut self.0 {
            set(&mut pending.options);
        }
        self
    }

    /// Sets whether the request is idempotent: safe to retry even if Clerk may have processed it.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        if let State::Pending(pending, _) = &mut self.0 {
            pending.operation.set_idempotent(idempotent);
        }
        self
    }

    /// Returns the request without sending it, for programs that send it themselves.
    ///
    /// The extensions of the request contain the [`OperationInfo`] that [`decode`](crate::decode)
    /// needs. Do not log the request: its `Debug` output shows the body, which may contain a
    /// password.
    ///
    /// # Errors
    ///
    /// Returns an error
    ///
    /// - if an argument, a header, the API version or the body is invalid,
    /// - if the URI is too long,
    /// - if the call has already started.
    pub fn into_request(self) -> Result<HttpRequest, Error> {
        self.into_pending()?.0.request()
    }

    pub(crate) fn into_pending(self) -> Result<(PendingCall<T>, Run<R, T>), Error> {
        match self.0 {
            State::Pending(pending, run) => Ok((pending, run)),
            State::Running(_) | State::Done => Err(polled_after_completion()),
        }
    }
}

impl<R: DeserializeOwned + 'static, T: HttpTransport> Call<R, T> {
    /// Sends the request, and returns the result together with the status, headers and trace id.
    ///
    /// # Errors
    ///
    /// Returns the same errors as awaiting the call.
    pub async fn send_with_response(self) -> Result<Response<R>, Error> {
        let (pending, run) = self.into_pending()?;
        run.respond(pending).await
    }

    /// Makes the result `None` if the resource does not exist. Clerk then responds with status 404
    /// and a code, such as `resource_not_found` or `subscription_not_found`. Some codes say that a
    /// feature is disabled, such as `oauth_token_provider_not_enabled`. The result is then also
    /// `None`.
    ///
    /// A 404 without one of Clerk's codes remains an error. For example, a wrong base URL causes
    /// such a 404.
    pub fn or_none(self) -> Call<Option<R>, T> {
        self.with_run(|mut pending, run| {
            pending.is_optional = true;
            Box::pin(async move {
                match run.respond(pending).await {
                    Ok(response) => Ok(response.map(Some)),
                    Err(error) if error.is_missing() => Response::none(error),
                    Err(error) => Err(error),
                }
            })
        })
    }

    /// Changes the result of the call.
    pub(crate) fn map<U: 'static>(self, map: impl FnOnce(R) -> U + Send + 'static) -> Call<U, T> {
        self.with_run(|pending, run| {
            Box::pin(async move { Ok(run.respond(pending).await?.map(map)) })
        })
    }
}

impl<R: 'static, T: HttpTransport> Call<R, T> {
    /// Replaces the function that processes the request.
    pub(crate) fn with_run<U>(
        self,
        run: impl FnOnce(PendingCall<T>, Run<R, T>) -> BoxFuture<Result<Response<U>, Error>>
        + Send
        + 'static,
    ) -> Call<U, T> {
        Call(match self.into_pending() {
            Ok((pending, inner)) => {
                let run = Run::Custom(Box::new(move |pending| run(pending, inner)));
                State::Pending(pending, run)
            }
            Err(_) => State::Done,
        })
    }
}

fn write_parts(
    operation: &OperationInfo,
    tables: &[&[OperationInfo]],
    lengths: u64,
    arguments: &[&dyn Argument],
) -> Result<RequestParts, String> {
    let values = arguments.iter().filter_map(|argument| argument.segment());
    let path = path::expand(operation.route(), values, tables, lengths)?;
    let mut parts = RequestParts::new(path);
    for argument in arguments {
        argument.write(&mut parts)?;
    }
    Ok(parts)
}

fn polled_after_completion() -> Error {
    let message = "this call has already been awaited; create a new one";
    Error::new(ErrorKind::PolledAfterCompletion, message.to_owned())
}

impl<R: DeserializeOwned + 'static, T: HttpTransport> Future for Call<R, T> {
    type Output = Result<R, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        // A running call is polled in place, because moving the state costs more than polling it.
        if matches!(this.0, State::Pending(..))
            && let State::Pending(pending, run) = std::mem::replace(&mut this.0, State::Done)
        {
            this.0 = State::Running(run.start(pending));
        }
        let State::Running(running) = &mut this.0 else {
            return Poll::Ready(Err(polled_after_completion()));
        };
        let result = ready!(running.as_mut().poll(context));
        this.0 = State::Done;
        Poll::Ready(result)
    }
}

/// Shows the operation, path and query, or the error of an invalid request. Shows nothing of a call
/// that has started. A body may contain secrets, so only its length is shown.
impl<R, T> fmt::Debug for Call<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Call");
        let State::Pending(pending, _) = &self.0 else {
            return out.finish_non_exhaustive();
        };
        out.field("operation", &pending.operation.operation_id());
        match &pending.parts {
            Ok(parts) => out
                .field("path", &parts.path)
                .field("query", &parts.query.as_str())
                .field(
                    "body_bytes",
                    &parts.body.as_ref().map(|body| body.bytes.len()),
                ),
            Err(error) => out.field("error", error),
        };
        out.finish_non_exhaustive()
    }
}

//! The sending of all requests: attempts, timeouts and retries.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use http::header::RETRY_AFTER;

use crate::client::call_options::CallOptions;
use crate::client::error::Error;
use crate::client::response::check_status;
use crate::client::retry::Attempt;
use crate::client::shared::Shared;
use crate::client::trace::Trace;
use crate::transport::error::{TransportError, TransportErrorKind};
use crate::transport::{AttemptTimeout, HttpRequest, HttpResponse, HttpTransport};
use crate::uri::operation::OperationInfo;

/// Sends a request, and retries it until it succeeds or no further attempt is allowed. Returns the
/// 2xx response and the number of attempts.
///
/// The timeout is counted from `started`, or from now if `started` is `None`.
///
/// `request` builds a new request for each attempt. Keeping a copy for a retry would double the
/// memory of a running call.
pub(crate) async fn send_with_retries<T: HttpTransport>(
    shared: &Shared<T>,
    trace: &Trace,
    options: &CallOptions,
    operation: &OperationInfo,
    started: Option<Duration>,
    request: impl Fn() -> Result<HttpRequest, Error>,
) -> Result<(HttpResponse, u32), Error> {
    let transport = &shared.transport;
    let call_started = started.unwrap_or_else(|| transport.now());
    let remaining = || {
        if options.timeout == Duration::MAX {
            return Duration::MAX;
        }
        let elapsed = transport.now().saturating_sub(call_started);
        options.timeout.saturating_sub(elapsed)
    };
    let least_time = options.least_time(operation.is_idempotent());
    let time_to_wait = || remaining().saturating_sub(least_time);
    let mut attempts = 0;
    let mut last_failure = None;
    loop {
        if let Some(limiter) = &shared.limiter {
            // An invalid request fails here, without waiting for the limiter.
            drop(request()?);
            let limiter = limiter.limiter();
            if let Err(wait) = limiter.acquire(transport, trace, time_to_wait).await {
                // The failure of an earlier attempt is more useful than the limiter's error.
                return Err(last_failure.unwrap_or_else(|| {
                    Error::from_limiter(wait, remaining(), least_time)
                        .with_operation(operation, attempts)
                }));
            }
        }
        let request = request()?;
        attempts += 1;
        let attempt_started = transport.now();
        let result = send_once(transport, request, TimeLimit::new(options, remaining())).await;
        let elapsed = transport.now().saturating_sub(attempt_started);
        trace.record_attempt(attempts, result.as_ref(), elapsed);
        let error = match result {
            Ok(response) => return Ok((response, attempts)),
            Err(error) => error
                .with_operation(operation, attempts)
                .with_earlier(last_failure.as_ref()),
        };
        let retry_after = requested_wait(&error);
        if let (Some(limiter), true, Some(pause)) =
            (&shared.limiter, error.is_rate_limited(), retry_after)
        {
            limiter.limiter().pause(transport.now(), pause);
        }
        let wait = error.failure().and_then(|failure| {
            options.retry.decide(&Attempt {
                failure,
                idempotent: operation.is_idempotent(),
                attempts,
                retry_after,
                remaining: time_to_wait(),
                jitter: shared.jitter.next(),
            })
        });
        let Some(wait) = wait else { return Err(error) };
        trace.record_wait(wait);
        transport.sleep(wait).await;
        // If the timer was late, there may be no time for another attempt.
        if time_to_wait().is_zero() {
            return Err(error);
        }
        last_failure = Some(error);
    }
}

/// Returns how long the server asks the client to wait. `None` if it does not ask for a wait.
///
/// An unreadable `Retry-After`, such as a date in a response without `Date`, counts as 1 s.
fn requested_wait(error: &Error) -> Option<Duration> {
    const DEFAULT: Duration = Duration::from_secs(1);
    let is_asked = || error.headers()?.get(RETRY_AFTER);
    error.retry_after().or_else(|| is_asked().map(|_| DEFAULT))
}

/// The time that one attempt may take.
struct TimeLimit {
    timeout: Duration,
    /// The grammatical subject of the error message, and the timeout in it. The message contains
    /// the configured timeout instead of the time left, so that errors with the same cause have the
    /// same text.
    setting: (&'static str, Duration),
}

impl TimeLimit {
    fn new(options: &CallOptions, remaining: Duration) -> Self {
        let attempt = options.attempt_timeout;
        let setting = if attempt < remaining {
            ("the attempt", attempt)
        } else {
            ("the call", options.timeout)
        };
        Self {
            timeout: attempt.min(remaining),
            setting,
        }
    }
}

/// Sends a request once. Only the transport's future holds the request, so the transport can free
/// the request early.
fn send_once<T: HttpTransport>(
    transport: &T,
    mut request: HttpRequest,
    limit: TimeLimit,
) -> impl Future<Output = Result<HttpResponse, Error>> {
    request
        .extensions_mut()
        .insert(AttemptTimeout(limit.timeout));
    let response = transport.send(request);
    async move {
        match with_timeout(transport, limit.timeout, response).await {
            Some(Ok(response)) => check_status(response),
            Some(Err(error)) => Err(Error::from_transport(error)),
            None => {
                let (subject, limit) = limit.setting;
                let message = format!("{subject} took longer than {limit:?}");
                let error = TransportError::new(TransportErrorKind::Timeout, message);
                Err(Error::from_transport(error))
            }
        }
    }
}

/// Returns the result of `work`, or `None` if `work` does not end within `timeout`.
/// [`Duration::MAX`] means no timeout. The transport's timer is created only if `work` is not ready
/// when it is first polled.
pub async fn with_timeout<T: HttpTransport, F: Future>(
    transport: &T,
    timeout: Duration,
    work: F,
) -> Option<F::Output> {
    let mut work = pin!(work);
    let mut timer = None;
    poll_fn(|context| {
        if let Poll::Ready(result) = work.as_mut().poll(context) {
            return Poll::Ready(Some(result));
        }
        if timeout == Duration::MAX {
            return Poll::Pending;
        }
        let timer = timer.get_or_insert_with(|| transport.sleep(timeout));
        timer.as_mut().poll(context).map(|()| None)
    })
    .await
}

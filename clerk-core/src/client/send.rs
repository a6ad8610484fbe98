//! The one path on which every request is sent: attempts, timeouts and retries.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use crate::client::call_options::CallOptions;
use crate::client::error::Error;
use crate::client::response::check_status;
use crate::client::retry::Attempt;
use crate::client::shared::Shared;
use crate::client::trace::Trace;
use crate::transport::error::{TransportError, TransportErrorKind};
use crate::transport::{AttemptTimeout, HttpRequest, HttpResponse, HttpTransport};
use crate::uri::operation::OperationInfo;

/// Returns a response with a status of 2xx, and the number of attempts that it took.
pub(crate) async fn send_with_retries<T: HttpTransport>(
    shared: &Shared<T>,
    trace: &Trace,
    options: CallOptions,
    operation: &OperationInfo,
    request: HttpRequest,
) -> Result<(HttpResponse, u32), Error> {
    let transport = &shared.transport;
    let call_started = transport.now();
    let remaining = || {
        let elapsed = transport.now().saturating_sub(call_started);
        options.timeout.saturating_sub(elapsed)
    };
    let mut attempts = 0;
    let mut request = Some(request);
    let mut last_failure = None;
    loop {
        if let Some(limiter) = &shared.limiter
            && let Err(wait) = limiter.acquire(transport, trace, remaining).await
        {
            // The failure of an earlier attempt says more.
            return Err(last_failure.unwrap_or_else(|| {
                Error::from_limiter(wait, remaining()).with_operation(operation, attempts)
            }));
        }
        attempts += 1;
        let attempt_request = if options.retry.allows_more(attempts) {
            request.clone()
        } else {
            request.take()
        };
        let Some(attempt_request) = attempt_request else {
            return Err(Error::configuration(
                "an attempt was made without its request",
            ));
        };
        let attempt_started = transport.now();
        let timeout = options.attempt_timeout.min(remaining());
        let result = send_once(transport, attempt_request, timeout).await;
        let elapsed = transport.now().saturating_sub(attempt_started);
        trace.record_attempt(attempts, result.as_ref(), elapsed);
        let error = match result {
            Ok(response) => return Ok((response, attempts)),
            Err(error) => error.with_operation(operation, attempts),
        };
        let retry_after = error.retry_after();
        if let (Some(limiter), true, Some(pause)) =
            (&shared.limiter, error.is_rate_limited(), retry_after)
        {
            limiter.pause(transport.now(), pause);
        }
        let wait = error.failure().and_then(|failure| {
            options.retry.decide(&Attempt {
                failure,
                idempotent: operation.is_idempotent(),
                attempts,
                retry_after,
                remaining: remaining(),
                jitter: shared.jitter.next(),
            })
        });
        let Some(wait) = wait else { return Err(error) };
        trace.record_wait(wait);
        transport.sleep(wait).await;
        // A timer may be late.
        if remaining().is_zero() {
            return Err(error);
        }
        last_failure = Some(error);
    }
}

async fn send_once<T: HttpTransport>(
    transport: &T,
    mut request: HttpRequest,
    timeout: Duration,
) -> Result<HttpResponse, Error> {
    request.extensions_mut().insert(AttemptTimeout(timeout));
    match with_timeout(transport, timeout, transport.send(request)).await {
        Some(Ok(response)) => check_status(response),
        Some(Err(error)) => Err(Error::from_transport(error)),
        None => {
            let message = format!("it took longer than {timeout:?}");
            let error = TransportError::new(TransportErrorKind::Timeout, message);
            Err(Error::from_transport(error))
        }
    }
}

/// Returns the result of `work`, or `None` if the timer is first. The work is polled first, and
/// the timer is created only if the work has to wait.
async fn with_timeout<T: HttpTransport, F: Future>(
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

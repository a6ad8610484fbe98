//! The one path on which every request goes out: attempts, deadlines, and what is tried again.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use crate::client::call_options::CallOptions;
use crate::client::error::Error;
use crate::client::response::check_status;
use crate::client::shared::Shared;
use crate::client::trace::Trace;
use crate::transport::error::{TransportError, TransportErrorKind};
use crate::transport::{AttemptTimeout, HttpRequest, HttpResponse, HttpTransport};
use crate::uri::operation::OperationInfo;

/// An answer with a status of 2xx, and how many attempts it took.
pub(crate) async fn exchange<T: HttpTransport>(
    shared: &Shared<T>,
    trace: &Trace,
    limits: CallOptions,
    operation: &OperationInfo,
    request: HttpRequest,
) -> Result<(HttpResponse, u32), Error> {
    let transport = &shared.transport;
    let started = transport.now();
    let left = || {
        limits
            .timeout
            .saturating_sub(transport.now().saturating_sub(started))
    };
    let mut attempts = 0;
    let mut request = Some(request);
    let mut failed = None;
    loop {
        if let Some(limiter) = &shared.limiter
            && let Err(wait) = limiter.pass(transport, trace, left).await
        {
            // What came of the last attempt says more.
            return Err(failed
                .unwrap_or_else(|| Error::from_limiter(wait, left()).during(operation, attempts)));
        }
        attempts += 1;
        let again = limits.retry.allows_more(attempts);
        let sent = if again {
            request.clone()
        } else {
            request.take()
        };
        let Some(sent) = sent else {
            return Err(Error::configuration(
                "an attempt was made without its request",
            ));
        };
        let begun = transport.now();
        let result = attempt(transport, sent, limits.attempt_timeout.min(left())).await;
        let elapsed = transport.now().saturating_sub(begun);
        trace.attempt(attempts, result.as_ref(), elapsed);
        let error = match result {
            Ok(answer) => return Ok((answer, attempts)),
            Err(error) => error.during(operation, attempts),
        };
        let asked = error.retry_after();
        if let (Some(limiter), true, Some(pause)) =
            (&shared.limiter, error.is_rate_limited(), asked)
        {
            limiter.pause(transport.now(), pause);
        }
        let wait = error.failure().and_then(|failure| {
            let (idempotent, jitter) = (operation.is_idempotent(), shared.jitter.next());
            limits
                .retry
                .decide(failure, idempotent, attempts, asked, left(), jitter)
        });
        let Some(wait) = wait else { return Err(error) };
        trace.waiting(wait);
        transport.sleep(wait).await;
        // A timer may be late.
        if left().is_zero() {
            return Err(error);
        }
        failed = Some(error);
    }
}

async fn attempt<T: HttpTransport>(
    transport: &T,
    mut request: HttpRequest,
    timeout: Duration,
) -> Result<HttpResponse, Error> {
    request.extensions_mut().insert(AttemptTimeout(timeout));
    match within(transport, timeout, transport.send(request)).await {
        Some(Ok(answer)) => check_status(answer),
        Some(Err(error)) => Err(Error::from_transport(error)),
        None => {
            let message = format!("it took longer than {timeout:?}");
            let error = TransportError::new(TransportErrorKind::Timeout, message);
            Err(Error::from_transport(error))
        }
    }
}

/// The work's result, unless the timer is first. The work is polled first, and the timer made
/// only when the work has to wait.
async fn within<T: HttpTransport, F: Future>(
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

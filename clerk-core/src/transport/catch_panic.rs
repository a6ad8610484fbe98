//! Panics in transports.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use crate::transport::error::{TransportError, TransportErrorKind};

/// Awaits a future and turns a panic into a [`TransportError`].
///
/// Use this function in a transport whose library may panic (clause 10 of the
/// [contract](crate::HttpTransport#the-contract)).
///
/// After a panic, the future is dropped and never polled again. The panic hook prints the panic's
/// message. The error reports the panic, followed by `hint`.
///
/// # Errors
///
/// Returns an error of the kind [`Other`](TransportErrorKind::Other) if the future panicked.
pub async fn catch_panic<F: Future>(future: F, hint: &str) -> Result<F::Output, TransportError> {
    let mut future = pin!(future);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(_) => Poll::Ready(Err(TransportError::new(
                TransportErrorKind::Other,
                format!("the transport panicked; {hint}"),
            ))),
        },
    )
    .await
}

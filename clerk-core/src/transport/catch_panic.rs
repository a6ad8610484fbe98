//! Panics that stop at the seam.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use crate::transport::error::{TransportError, TransportErrorKind};

/// Runs a future of a library's, and makes an error of its panic: for transports over a library
/// that may panic (clause 10 of the [contract](crate::HttpTransport#the-contract)).
///
/// After a panic the future is dropped and never looked at again. The panic's message is printed by
/// the panic hook; the error says that there was one, and `hint`.
///
/// # Errors
///
/// [`Other`](TransportErrorKind::Other) when the future panicked.
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

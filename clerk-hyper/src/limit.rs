//! Time limits.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use crate::net::Net;

/// The shortest duration that is treated as no limit: a thousand years. Adding it to an `Instant`
/// does not overflow, but adding `Duration::MAX` does.
const FOREVER: Duration = Duration::from_secs(1000 * 365 * 24 * 60 * 60);

/// Returns a duration as a limit. `None` means no limit.
pub(crate) fn limit(duration: Duration) -> Option<Duration> {
    (duration < FOREVER).then_some(duration)
}

/// Awaits `work`, at most for `limit`, and returns `None` if it takes longer. A `limit` of `None`
/// means no limit.
pub(crate) async fn within<F: Future>(
    net: &impl Net,
    limit: Option<Duration>,
    work: F,
) -> Option<F::Output> {
    let mut work = pin!(work);
    let Some(limit) = limit else {
        return Some(work.await);
    };
    let mut timer = pin!(net.sleep(limit));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}

//! Time limits.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use crate::net::Net;

/// The duration from which a limit is none: a thousand years. An `Instant` that far away can be
/// computed, but not one after `Duration::MAX`.
const FOREVER: Duration = Duration::from_secs(1000 * 365 * 24 * 60 * 60);

/// Returns a duration as a limit, or `None` if it is no limit.
pub(crate) fn limit(duration: Duration) -> Option<Duration> {
    (duration < FOREVER).then_some(duration)
}

/// Awaits `work` for as long as `limit` allows. Returns `None` if it takes longer.
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

//! The concurrent execution of several futures in one task.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// Runs up to `limit` futures concurrently. After `go_on` has returned false for a result, no
/// further future is started.
///
/// Returns the results of the started futures, in the order of the futures.
pub(crate) async fn concurrently<F: Future + Unpin>(
    limit: usize,
    futures: impl Iterator<Item = F>,
    go_on: impl Fn(&F::Output) -> bool,
) -> Vec<F::Output> {
    let mut waiting = futures.enumerate();
    // Each entry has the number of a future, the future itself, and whether it was started.
    let mut running: Vec<(usize, F, bool)> = Vec::new();
    let mut results: Vec<(usize, F::Output)> = Vec::new();
    let (mut exhausted, mut stopped) = (false, false);
    poll_fn(|context| {
        loop {
            while !exhausted && !stopped && running.len() < limit {
                match waiting.next() {
                    Some((at, future)) => running.push((at, future, false)),
                    None => exhausted = true,
                }
            }
            let before = results.len();
            running.retain_mut(|(at, future, started)| {
                if stopped && !*started {
                    return false;
                }
                *started = true;
                match Pin::new(future).poll(context) {
                    Poll::Ready(result) => {
                        stopped |= !go_on(&result);
                        results.push((*at, result));
                        false
                    }
                    Poll::Pending => true,
                }
            });
            if running.is_empty() && (exhausted || stopped) {
                return Poll::Ready(());
            }
            if results.len() == before {
                return Poll::Pending;
            }
        }
    })
    .await;
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

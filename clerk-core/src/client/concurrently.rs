//! The concurrent execution of several futures in one task.

use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// Runs up to `limit` futures concurrently. After `go_on` has returned false for a result, no
/// further future is started.
///
/// Passes the results of the started futures to `receive`, in the order of the futures. A result
/// is kept until the results of all earlier futures have been passed.
pub(crate) async fn concurrently<F: Future + Unpin>(
    limit: usize,
    futures: impl Iterator<Item = F>,
    go_on: impl Fn(&F::Output) -> bool,
    mut receive: impl FnMut(F::Output),
) {
    let mut waiting = futures.enumerate();
    // Each entry has the number of a future, the future itself, and whether it was started.
    let mut running: Vec<(usize, F, bool)> = Vec::new();
    let mut early: BTreeMap<usize, F::Output> = BTreeMap::new();
    let (mut received, mut exhausted, mut stopped) = (0, false, false);
    poll_fn(|context| {
        loop {
            while !exhausted && !stopped && running.len() < limit {
                match waiting.next() {
                    Some((at, future)) => running.push((at, future, false)),
                    None => exhausted = true,
                }
            }
            let before = running.len();
            running.retain_mut(|(at, future, started)| {
                if stopped && !*started {
                    return false;
                }
                *started = true;
                match Pin::new(future).poll(context) {
                    Poll::Ready(result) => {
                        stopped |= !go_on(&result);
                        early.insert(*at, result);
                        false
                    }
                    Poll::Pending => true,
                }
            });
            while let Some(result) = early.remove(&received) {
                received += 1;
                receive(result);
            }
            if running.is_empty() && (exhausted || stopped) {
                return Poll::Ready(());
            }
            if running.len() == before {
                return Poll::Pending;
            }
        }
    })
    .await;
}

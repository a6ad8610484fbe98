//! Several pieces of work at once, in one task.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// Does pieces of work, up to `limit` at once, and begins no further one when `go_on` says so of a
/// result. What comes of each is in the order of the work; it is shorter where work was not begun.
pub(crate) async fn concurrently<F: Future + Unpin>(
    limit: usize,
    work: impl Iterator<Item = F>,
    go_on: impl Fn(&F::Output) -> bool,
) -> Vec<F::Output> {
    let mut waiting = work.enumerate();
    // A piece, its place, and whether it was begun.
    let mut running: Vec<(usize, F, bool)> = Vec::new();
    let mut results: Vec<(usize, F::Output)> = Vec::new();
    let (mut exhausted, mut stopped) = (false, false);
    poll_fn(|context| {
        loop {
            while !exhausted && !stopped && running.len() < limit {
                match waiting.next() {
                    Some((at, piece)) => running.push((at, piece, false)),
                    None => exhausted = true,
                }
            }
            let before = results.len();
            running.retain_mut(|(at, piece, begun)| {
                if stopped && !*begun {
                    return false;
                }
                *begun = true;
                match Pin::new(piece).poll(context) {
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

//! Connections to hosts with several addresses, some of which may not respond.

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use crate::net::Net;

/// The time after which the next address is tried in parallel, as RFC 8305 recommends.
const STAGGER: Duration = Duration::from_millis(250);

/// Returns the first connection to any of the addresses.
///
/// The next attempt starts when one of the attempts fails, or when the newest attempt has lasted
/// for [`STAGGER`].
///
/// # Errors
///
/// Returns an error if there are no addresses. If all attempts fail, returns the error of the
/// attempt that failed first.
pub(crate) async fn connect<N: Net>(net: &N, addresses: Vec<SocketAddr>) -> io::Result<N::Stream> {
    let mut waiting = alternate(addresses).into_iter();
    let mut attempts: Vec<Pin<Box<_>>> = Vec::new();
    let mut stagger = Box::pin(net.sleep(STAGGER));
    let mut first_failure = None;
    let mut start = true;
    poll_fn(|context| {
        loop {
            if std::mem::take(&mut start)
                && let Some(address) = waiting.next()
            {
                attempts.push(Box::pin(net.connect(address)));
                stagger = Box::pin(net.sleep(STAGGER));
            }
            let mut index = 0;
            while let Some(attempt) = attempts.get_mut(index) {
                match attempt.as_mut().poll(context) {
                    Poll::Ready(Ok(stream)) => return Poll::Ready(Ok(stream)),
                    Poll::Ready(Err(error)) => {
                        drop(attempts.swap_remove(index));
                        first_failure.get_or_insert(error);
                        start = true;
                    }
                    Poll::Pending => index += 1,
                }
            }
            if waiting.len() == 0 {
                if !attempts.is_empty() {
                    return Poll::Pending;
                }
                let none = || io::Error::new(io::ErrorKind::NotFound, "the host has no address");
                return Poll::Ready(Err(first_failure.take().unwrap_or_else(none)));
            }
            if !start {
                match stagger.as_mut().poll(context) {
                    Poll::Ready(()) => start = true,
                    Poll::Pending => return Poll::Pending,
                }
            }
        }
    })
    .await
}

/// Alternates between IPv6 and IPv4, starting with the family of the first address. If one family
/// does not work, the next attempt already uses the other.
fn alternate(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let count = addresses.len();
    let first_is_v4 = addresses.first().is_some_and(SocketAddr::is_ipv4);
    let (preferred, others): (Vec<_>, Vec<_>) = addresses
        .into_iter()
        .partition(|address| address.is_ipv4() == first_is_v4);
    let (mut preferred, mut others) = (preferred.into_iter(), others.into_iter());
    let mut alternating = Vec::with_capacity(count);
    while alternating.len() < count {
        alternating.extend(preferred.next());
        alternating.extend(others.next());
    }
    alternating
}

/// Removes the brackets that an IPv6 address has in a URI.
pub(crate) fn without_brackets(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

//! A source of keys.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use clerk_core::Timestamp;

use crate::keys::fetched::{Failure, Fetched};

pub(crate) type BoxFuture<R> = Pin<Box<dyn Future<Output = R> + Send>>;

pub(crate) type Fetch = BoxFuture<Result<Fetched, Failure>>;

/// The timeout of an attempt to fetch the keys, or to verify an opaque token.
pub(crate) const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(5);
/// The timeout of all attempts together.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(15);
/// The time after which a request to Clerk is overdue: [`TIMEOUT`] and a second. If a request has
/// not ended by then, the runtime that drives its timers and sockets is blocked or has stopped.
pub(crate) const OVERDUE_AFTER: Duration = Duration::from_secs(16);

/// A source of keys, with the clocks of its transport.
pub(crate) trait KeySource: fmt::Debug + Send + Sync {
    fn fetch(&self) -> Fetch;

    fn sleep(&self, duration: Duration) -> BoxFuture<()>;

    /// Returns the monotonic time.
    fn now(&self) -> Duration;

    fn time_of_day(&self) -> Option<Timestamp>;
}

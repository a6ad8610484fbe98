//! A plan of faults, and the number of requests that got a fault of the plan.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A handle to injected faults.
///
/// [`FakeClerk::inject_fault`] and the other `inject_…` methods return it. Dropping the handle does
/// not end the faults. A clone is a handle to the same faults.
///
/// ```
/// use clerk_client::mock::{FakeClerk, Fault};
/// use clerk_client::requests::UserFilter;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clerk_client::Error> {
/// let fake = FakeClerk::new();
/// let outage = fake.inject_faults(|_| Some(Fault::not_sent()));
/// let users = fake.client().users();
/// assert!(users.get_users_count(UserFilter::new()).await.is_err());
///
/// assert!(outage.fired() > 0);
/// outage.end();
/// assert!(users.get_users_count(UserFilter::new()).await.is_ok());
/// # Ok(())
/// # }
/// ```
///
/// [`FakeClerk::inject_fault`]: crate::FakeClerk::inject_fault
#[derive(Debug, Clone, Default)]
pub struct FaultPlan(Arc<Progress>);

#[derive(Debug, Default)]
struct Progress {
    fired: AtomicUsize,
    ended: AtomicBool,
}

impl FaultPlan {
    /// Ends the plan: later requests get no fault from it.
    pub fn end(&self) {
        self.0.ended.store(true, Ordering::Release);
    }

    /// Whether the plan has ended, by [`end`](Self::end) or after its last request.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.0.ended.load(Ordering::Acquire)
    }

    /// Returns how many requests got a fault of this plan.
    ///
    /// A request that got a fault from an earlier plan does not count.
    #[must_use]
    pub fn fired(&self) -> usize {
        self.0.fired.load(Ordering::Acquire)
    }

    pub(crate) fn count(&self) {
        self.0.fired.fetch_add(1, Ordering::AcqRel);
    }
}

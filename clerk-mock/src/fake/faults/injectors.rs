//! The fault injectors of a test.

use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::fake::faults::fault::Fault;
use crate::fake::faults::fault_plan::FaultPlan;
use crate::requests::recorded_request::RecordedRequest;

/// A closure that sees a request and may return a fault for it.
type Injector = Box<dyn FnMut(&RecordedRequest) -> Option<Fault> + Send>;

/// The injectors. Each one sees every request until its [`FaultPlan`] ends.
///
/// A running injector may read the fake, because the lock of the fake is not held. It may add
/// another injector, because a separate lock guards the new injectors.
#[derive(Default)]
pub(crate) struct Injectors {
    /// The injectors in use.
    active: Mutex<Vec<(FaultPlan, Injector)>>,
    /// The injectors added since the last request, including those that a running injector added.
    added: Mutex<Vec<(FaultPlan, Injector)>>,
}

impl Injectors {
    pub(crate) fn add(
        &self,
        plan: &FaultPlan,
        injector: impl FnMut(&RecordedRequest) -> Option<Fault> + Send + 'static,
    ) {
        let mut added = lock(&self.added);
        // Each request removes the injectors that have ended. A test that sends no requests may add
        // many injectors, so `add` also removes those that have ended. To save time, `add` does so
        // only if the number of added injectors is a power of two.
        if added.len().is_power_of_two() {
            added.retain(|(plan, _)| !plan.has_ended());
        }
        added.push((plan.clone(), Box::new(injector)));
    }

    /// Returns the first fault that an injector has for the request. `None` if no injector has one.
    pub(crate) fn next_fault(&self, request: &RecordedRequest) -> Option<Fault> {
        let mut injectors = lock(&self.active);
        injectors.append(&mut mem::take(&mut *lock(&self.added)));
        injectors.retain(|(plan, _)| !plan.has_ended());
        let mut first = None;
        // Every injector sees every request. Otherwise an injector that counts requests would miss
        // some.
        for (plan, injector) in &mut *injectors {
            let fault = injector(request);
            if fault.is_some() && first.is_none() {
                plan.count();
                first = fault;
            }
        }
        first
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

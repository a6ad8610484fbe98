//! What a test wants to go wrong.

use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Fault;
use crate::Recorded;

pub(super) type Plan = Box<dyn FnMut(&Recorded) -> Option<Fault> + Send>;

/// The plans, each of which sees each request. They are locked apart from all else, so that a plan
/// may look at the fake, and make another plan.
#[derive(Default)]
pub(super) struct Plans {
    asked: Mutex<Vec<Plan>>,
    added: Mutex<Vec<Plan>>,
}

impl Plans {
    pub(super) fn add(&self, plan: Plan) {
        lock(&self.added).push(plan);
    }

    /// The first that a plan has for the request.
    pub(super) fn ask(&self, request: &Recorded) -> Option<Fault> {
        let mut plans = lock(&self.asked);
        plans.append(&mut mem::take(&mut *lock(&self.added)));
        // All of them are asked: one that counts requests would miss some otherwise.
        let faults = plans.iter_mut().map(|plan| plan(request));
        faults.fold(None, Option::or)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

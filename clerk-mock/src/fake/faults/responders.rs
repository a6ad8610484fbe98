//! The responses that a test sets for operations.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::reply::Reply;
use crate::requests::recorded_request::RecordedRequest;

/// A closure that replies to the requests of an operation.
pub(crate) type Responder = Box<dyn FnMut(&RecordedRequest) -> Reply + Send>;

/// The responders, by operationId. Each responder has its own lock, so that it may read the fake
/// and set the responses of operations.
#[derive(Default)]
pub(crate) struct Responders(Mutex<BTreeMap<&'static str, Arc<Mutex<Responder>>>>);

impl Responders {
    pub(crate) fn set(&self, operation_id: &'static str, responder: Responder) {
        let responder = Arc::new(Mutex::new(responder));
        lock(&self.0).insert(operation_id, responder);
    }

    /// Returns the reply to a request, or `None` if its operation has no responder.
    pub(crate) fn reply(&self, request: &RecordedRequest) -> Option<Reply> {
        let responders = lock(&self.0);
        if responders.is_empty() {
            return None;
        }
        let responder = Arc::clone(responders.get(request.operation_id()?)?);
        drop(responders);
        Some(lock(&responder)(request))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

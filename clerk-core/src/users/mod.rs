//! The operations on users, each named as Clerk's operationId in snake case.

mod account;
mod ban;
mod billing;
mod find;
mod identifications;
mod listing;
mod lock;
mod many;
mod metadata;
mod mfa;
mod oauth;
mod organizations;
mod paging;
mod password;
mod profile_image;
mod trusted_devices;

use std::fmt;
use std::sync::Arc;

use crate::call::Call;
use crate::clerk::Shared;
use crate::{DynTransport, HttpTransport, OperationInfo};

/// Clerk's Users API: made by [`Clerk::users`](crate::Clerk::users).
///
/// Each method makes a [`Call`](crate::Call), which is awaited. What can go wrong with any of them:
/// [`is_unauthorized`](crate::Error::is_unauthorized) for a wrong key,
/// [`is_rate_limited`](crate::Error::is_rate_limited) past the instance's limit, and no answer at
/// all; an id that would reach another endpoint is refused before anything is sent.
pub struct UsersApi<T = DynTransport> {
    shared: Arc<Shared<T>>,
}

impl<T: HttpTransport> UsersApi<T> {
    pub(crate) fn new(shared: Arc<Shared<T>>) -> Self {
        Self { shared }
    }

    pub(crate) fn call<R>(&self, operation: OperationInfo, ids: &[&str]) -> Call<R, T> {
        Call::new(Arc::clone(&self.shared), operation, ids)
    }
}

impl<T> Clone for UsersApi<T> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for UsersApi<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UsersApi")
            .field("transport", &self.shared.transport)
            .finish_non_exhaustive()
    }
}

//! The operations on users, each named as Clerk's operationId in snake case.

pub(crate) mod account;
pub(crate) mod ban;
pub(crate) mod billing;
pub(crate) mod bulk;
pub(crate) mod find;
pub(crate) mod identifications;
pub(crate) mod listing;
pub(crate) mod lock;
pub(crate) mod many;
pub(crate) mod metadata;
pub(crate) mod mfa;
pub(crate) mod models;
pub(crate) mod oauth;
pub(crate) mod organizations;
pub(crate) mod pages;
pub(crate) mod paging;
pub(crate) mod password;
pub(crate) mod profile_image;
pub(crate) mod requests;
pub(crate) mod trusted_devices;

use std::fmt;
use std::sync::Arc;

use crate::client::call::Call;
use crate::client::clerk::Clerk;
use crate::client::shared::Shared;
use crate::transport::{DynTransport, HttpTransport};
use crate::uri::operation::OperationInfo;

/// Clerk's Users API: made by [`Clerk::users`](crate::Clerk::users).
///
/// Each method makes a [`Call`](crate::Call), which is awaited. What can go wrong with any of them:
/// [`is_unauthorized`](crate::Error::is_unauthorized) for a wrong key,
/// [`is_rate_limited`](crate::Error::is_rate_limited) past the instance's limit, and no answer at
/// all; an id that would reach another endpoint is refused before anything is sent.
pub struct UsersApi<T = DynTransport> {
    shared: Arc<Shared<T>>,
}

impl<T: HttpTransport> Clerk<T> {
    /// The operations on users.
    #[must_use]
    pub fn users(&self) -> UsersApi<T> {
        UsersApi::new(Arc::clone(&self.shared))
    }
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

//! Clerk's Users API over any HTTP transport.
//!
//! This crate is the client without the HTTP: it builds requests, reads answers, and says what
//! went wrong. The exchange itself is done by an [`HttpTransport`]. Applications depend on
//! `clerk-client`, which brings one along; this crate alone is for those who write a transport or
//! choose every dependency themselves. It starts no runtime, opens no socket, and builds for
//! `wasm32-unknown-unknown`.
//!
//! - [`Clerk`], [`ClerkBuilder`], [`SecretKey`]: the client and its settings
//! - [`UsersApi`]: one method per operation; [`Call`]: what such a method returns
//! - [`requests`]: what a call is told; [`models`]: what Clerk answers; [`ids`]
//! - [`Pager`], [`Position`]: lists from end to end; [`GetMany`], [`BanMany`]: any number of users
//! - [`Error`], [`ErrorKind`]: what went wrong
//! - [`HttpTransport`], [`TransportError`]: the seam, and its contract
//!
//! What the client does not do: verify session tokens (JWTs), or block.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[macro_use]
mod open_enum;

mod base_url;
mod bulk;
mod call;
mod catch_panic;
mod clerk;
mod concurrently;
mod decode;
mod error;
mod exchange;
mod field;
mod id;
mod limiter;
mod metadata;
mod model;
pub mod models;
mod operation;
mod paging;
mod path;
mod place;
mod query;
mod rate_limit;
pub mod requests;
mod response;
mod retry;
mod secret;
mod secret_key;
mod timestamp;
mod trace;
mod transport;
mod transport_error;
mod users;
#[cfg(feature = "webhooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
pub mod webhooks;

/// Clerk's identifiers, each a type of its own: one does not pass for another.
///
/// A call takes anything that is `Into` such an id: `&str`, `String`, or a reference to the id.
pub mod ids {
    pub use crate::id::{
        EmailAddressId, ExternalAccountId, OAuthProvider, OrganizationId, OrganizationInvitationId,
        OrganizationMembershipId, PasskeyId, PhoneNumberId, TrustedDeviceId, UserId, Web3WalletId,
    };
}

pub use async_trait::async_trait;
pub use bulk::{BanMany, BulkError, FailedChunk, Found, GetMany};
pub use call::Call;
pub use catch_panic::catch_panic;
pub use clerk::{API_VERSION, Clerk, ClerkBuilder};
pub use error::{Error, ErrorKind};
pub use ids::*;
pub use metadata::Metadata;
pub use open_enum::UnknownValue;
pub use operation::OperationInfo;
#[cfg(feature = "stream")]
#[cfg_attr(docsrs, doc(cfg(feature = "stream")))]
pub use paging::PagerStream;
pub use paging::{Pager, Position, PositionError};
pub use rate_limit::RateLimit;
pub use requests::*;
pub use response::{Response, decode};
pub use retry::{Failure, RetryPolicy};
pub use secret::SecretString;
pub use secret_key::SecretKey;
pub use timestamp::Timestamp;
pub use transport::{
    AttemptTimeout, DynTransport, HttpRequest, HttpResponse, HttpTransport, monotonic,
};
pub use transport_error::{TransportError, TransportErrorKind};
pub use users::UsersApi;
pub use {bytes, http};

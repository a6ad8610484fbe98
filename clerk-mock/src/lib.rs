//! Doubles for testing code that uses Clerk's Users API.
//!
//! Which one when:
//!
//! - [`FakeClerk`] to test what an application does: it is a Clerk in memory, so that what one
//!   call changes the next one sees.
//! - [`MockTransport`] to test one exchange: which request goes out, or what an answer does that
//!   no Clerk would give on purpose.
//!
//! - `FakeServer`, with the feature `server`, and the program `clerk-mock`, for what is no Rust, or no
//!   code of yours: the same Clerk behind a port.
//!
//! The first two are transports, keep time by a [`VirtualClock`], open no socket and need no runtime.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod clock;
#[cfg(feature = "contract")]
#[cfg_attr(docsrs, doc(cfg(feature = "contract")))]
pub mod contract;
#[cfg(feature = "fake")]
mod fake;
#[cfg(feature = "fake")]
mod matcher;
#[cfg(feature = "mockall")]
mod mock_transport;
#[cfg(any(feature = "fake", feature = "mockall"))]
mod recorded;
#[cfg(feature = "mockall")]
mod reply;
#[cfg(feature = "server")]
mod server;

pub use clock::VirtualClock;
#[cfg(feature = "fake")]
#[cfg_attr(docsrs, doc(cfg(feature = "fake")))]
pub use fake::{FakeClerk, FakeUser, Fault, SeedError, totp_code};
#[cfg(feature = "fake")]
#[cfg_attr(docsrs, doc(cfg(feature = "fake")))]
pub use matcher::RequestMatcher;
#[cfg(feature = "mockall")]
#[cfg_attr(docsrs, doc(cfg(feature = "mockall")))]
pub use mock_transport::MockTransport;
#[cfg(feature = "mockall")]
#[cfg_attr(docsrs, doc(cfg(feature = "mockall")))]
#[doc(no_inline)]
pub use mockall;
#[cfg(any(feature = "fake", feature = "mockall"))]
#[cfg_attr(docsrs, doc(cfg(any(feature = "fake", feature = "mockall"))))]
pub use recorded::Recorded;
#[cfg(feature = "mockall")]
#[cfg_attr(docsrs, doc(cfg(feature = "mockall")))]
pub use reply::Reply;
#[cfg(feature = "server")]
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
pub use server::{FakeServer, FakeServerBuilder};

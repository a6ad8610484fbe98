//! Test doubles for code that uses Clerk's Backend API.
//!
//! # Which double to use
//!
//! - [`FakeClerk`] tests the behaviour of an application. It is a stateful Clerk in memory: a
//!   change made by one call is visible to the next.
//! - [`MockTransport`] tests a single exchange: which request is sent, or how your code handles a
//!   response that Clerk never sends.
//! - `FakeServer` (feature `server`) and the program `clerk-mock` serve a `FakeClerk` on a port,
//!   for other languages and processes.
//!
//! `FakeClerk` and `MockTransport` are transports. They open no socket, need no runtime, and take
//! their time from a [`VirtualClock`].
//!
//! # Testing a transport
//!
//! The module `contract` (feature `contract`) is a test suite for implementers of `HttpTransport`.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod clock;
#[cfg(feature = "contract")]
#[cfg_attr(docsrs, doc(cfg(feature = "contract")))]
pub mod contract;
#[cfg(feature = "fake")]
mod fake;
#[cfg(feature = "mockall")]
mod mock;
#[cfg(any(feature = "fake", feature = "mockall"))]
mod reply;
#[cfg(any(feature = "fake", feature = "mockall"))]
mod requests;
#[cfg(feature = "server")]
mod server;

pub use clock::VirtualClock;
#[cfg(feature = "auth")]
#[cfg_attr(docsrs, doc(cfg(feature = "auth")))]
pub use fake::FakeMachineToken;
#[cfg(feature = "fake")]
#[cfg_attr(docsrs, doc(cfg(feature = "fake")))]
pub use fake::{
    FakeClerk, FakeSession, FakeSignIn, FakeUser, Fault, FaultPlan, InstanceSettings, SeedError,
    totp_code,
};
#[cfg(feature = "webhooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
pub use fake::{FakeWebhook, FakeWebhooks};
#[cfg(feature = "mockall")]
#[cfg_attr(docsrs, doc(cfg(feature = "mockall")))]
pub use mock::mock_transport::MockTransport;
#[cfg(feature = "mockall")]
#[cfg_attr(docsrs, doc(cfg(feature = "mockall")))]
#[doc(no_inline)]
pub use mockall;
#[cfg(any(feature = "fake", feature = "mockall"))]
#[cfg_attr(docsrs, doc(cfg(any(feature = "fake", feature = "mockall"))))]
pub use reply::Reply;
#[cfg(any(feature = "fake", feature = "mockall"))]
#[cfg_attr(docsrs, doc(cfg(any(feature = "fake", feature = "mockall"))))]
pub use requests::recorded_request::RecordedRequest;
#[cfg(feature = "fake")]
#[cfg_attr(docsrs, doc(cfg(feature = "fake")))]
pub use requests::request_matcher::RequestMatcher;
#[cfg(feature = "server")]
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
pub use server::fake_server::{FakeServer, FakeServerBuilder};
#[cfg(feature = "server")]
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
pub use server::webhooks::delivery::{WebhookAttempt, WebhookDelivery, WebhookDeliveryStatus};

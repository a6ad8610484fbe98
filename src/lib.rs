//! A client for the [Clerk](https://clerk.com) Users API, for any HTTP stack and async runtime.
//!
//! A [`Clerk`] is a client: a transport, a secret key, and settings. [`Clerk::users`] returns the
//! [`UsersApi`], which has a method for each of Clerk's 37 operations on users. A method returns a
//! [`Call`]. Awaiting the call sends the request, and retries it if that is safe. The result is a
//! model such as [`User`], or an [`Error`].
//!
//! ```no_run
//! use clerk_client::requests::UserListParams;
//! use clerk_client::{Clerk, Error, SecretKey, TokioTransport};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Error> {
//!     // Reads CLERK_SECRET_KEY.
//!     let clerk = Clerk::new(TokioTransport::new()?, SecretKey::from_env()?);
//!
//!     let params = UserListParams::new().email_address(["ada@example.com"]).limit(10);
//!     for user in clerk.users().get_user_list(params).await? {
//!         println!("{} {}", user.id, user.full_name().unwrap_or_default());
//!     }
//!     Ok(())
//! }
//! ```
//!
//! Add the crate with `cargo add clerk-client`, and a runtime for this program with
//! `cargo add tokio --features macros,rt-multi-thread`.
//!
//! # Tour
//!
//! In these examples, `users` is `clerk.users()`.
//!
//! - [Ban a user](#ban-a-user)
//! - [Handle an error](#handle-an-error)
//! - [Set a timeout](#set-a-timeout)
//! - [Page through users](#page-through-users)
//! - [Test a handler](#test-a-handler)
//! - [Write a transport](#write-a-transport)
//! - [Verify a webhook](#verify-a-webhook)
//! - [Verify a session token](#verify-a-session-token)
//!
//! The [cookbook](_documentation::cookbook) has longer programs.
//!
//! ## Ban a user
//!
//! The table of [`UsersApi`] lists all operations, and tells which are retried. Their parameters
//! are in [`requests`], and their results in [`models`].
//!
//! ```
//! # clerk_client::doctest(async |users| {
//! let user = users.ban_user("user_1").await?;
//! assert!(user.banned);
//! # Ok(()) });
//! ```
//!
//! [`UsersApi::ban_many`] bans any number of users. [`Clerk::request`] calls endpoints that have no
//! method.
//!
//! ## Handle an error
//!
//! An [`Error`] has the operation, the cause, and Clerk's response. [`Error::code`] returns Clerk's
//! error code, and [`Error::trace_id`] the id to quote to Clerk's support.
//!
//! ```
//! # clerk_client::doctest(async |users| {
//! match users.get_user("user_0").await {
//!     Ok(user) => println!("{} exists", user.id),
//!     Err(error) if error.is_not_found() => println!("no such user"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(()) });
//! ```
//!
//! [`UsersApi::get_user_or_none`] returns `None` for a user who does not exist.
//!
//! ## Set a timeout
//!
//! `timeout` limits a whole call, with its retries: 60 s by default. `attempt_timeout` limits each
//! attempt: 30 s by default. The methods of a [`Call`] set them for one call:
//!
//! ```
//! # clerk_client::doctest(async |users| {
//! use std::time::Duration;
//!
//! let user = users.get_user("user_1").timeout(Duration::from_secs(2)).await?;
//! # Ok(()) });
//! ```
//!
//! The methods of [`ClerkBuilder`] set them for all calls:
//!
//! ```no_run
//! use std::time::Duration;
//! use clerk_client::{Clerk, SecretKey, TokioTransport};
//!
//! let clerk = Clerk::builder(TokioTransport::new()?, SecretKey::from_env()?)
//!     .timeout(Duration::from_secs(10))
//!     .build()?;
//! # Ok::<(), clerk_client::Error>(())
//! ```
//!
//! [`RetryPolicy`] tells which failures are retried. [`ClerkBuilder::clerk_rate_limit`] keeps a client and its clones below Clerk's rate limit.
//!
//! ## Page through users
//!
//! [`UsersApi::list_all_users`] returns a [`Pager`], which requests one page at a time.
//!
//! ```
//! # clerk_client::doctest(async |users| {
//! use clerk_client::requests::UserFilter;
//!
//! let mut pager = users.list_all_users(UserFilter::new()).page_size(100);
//! while let Some(page) = pager.next_page().await? {
//!     println!("{} users, up to {}", page.len(), pager.position());
//! }
//! # Ok(()) });
//! ```
//!
//! Another pager can [resume](Pager::resume_from) from a stored [`Position`]. With the feature
//! `stream`, [`Pager::into_stream`] returns a stream of users.
//!
//! ## Test a handler
//!
//! With the feature `mock`, [`FakeClerk`](mock::FakeClerk) is a stateful Clerk in memory. Its
//! [client](mock::FakeClerk::client) is a [`Clerk`] too, so your code accepts it unchanged. Enable
//! the feature for tests only: `cargo add --dev clerk-client --features mock`.
//!
//! ```
//! use clerk_client::mock::{FakeClerk, Fault, RequestMatcher};
//! use clerk_client::requests::CreateUserRequest;
//! use clerk_client::{Clerk, Error, operations};
//!
//! async fn sign_up(clerk: &Clerk, email: &str) -> Result<String, Error> {
//!     let request = CreateUserRequest::new().email_address([email]);
//!     Ok(clerk.users().create_user(request).await?.id.into())
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let fake = FakeClerk::new();
//! fake.inject_fault(operations::CreateUser, 1, Fault::too_many_requests(7));
//! let id = sign_up(&fake.client(), "ada@example.com").await?;
//! assert!(fake.user(id).is_some());
//! // The second request was sent after 7 s of the fake's clock.
//! fake.assert_requested(&RequestMatcher::operation(operations::CreateUser), 2);
//! # Ok(())
//! # }
//! ```
//!
//! [`MockTransport`](mock::MockTransport) expects single requests, and
//! [`FakeServer`](mock::FakeServer) serves a fake on a port. [`mock`] tells which of the three to
//! use.
//!
//! ## Write a transport
//!
//! A transport implements the three methods of [`HttpTransport`](transport::HttpTransport). This
//! transport needs no network: it returns an empty list.
//!
//! ```
//! use std::time::Duration;
//!
//! use clerk_client::requests::UserListParams;
//! use clerk_client::transport::{
//!     HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait, monotonic_now,
//! };
//! use clerk_client::{Clerk, SecretKey};
//!
//! #[derive(Debug)]
//! struct NoUsers;
//!
//! #[async_trait]
//! impl HttpTransport for NoUsers {
//!     async fn send(&self, _request: HttpRequest) -> Result<HttpResponse, TransportError> {
//!         Ok(HttpResponse::new("[]".into()))
//!     }
//!
//!     async fn sleep(&self, duration: Duration) {
//!         tokio::time::sleep(duration).await;
//!     }
//!
//!     fn now(&self) -> Duration {
//!         monotonic_now()
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), clerk_client::Error> {
//! let clerk = Clerk::new(NoUsers, SecretKey::new("sk_test_1")?);
//! assert!(clerk.users().get_user_list(UserListParams::new()).await?.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! The [guide](_documentation::transports) explains the contract of transports. With the feature
//! `contract`, [`mock::contract`] tests a transport against the contract.
//!
//! ## Verify a webhook
//!
//! With the feature `webhooks`, [`WebhookSecret::verify`](webhooks::WebhookSecret::verify) takes
//! the headers and the body of a request, and rejects an event that is forged, changed or old.
//!
//! ```
//! # #[cfg(feature = "webhooks")]
//! # mod example {
//! use clerk_client::http::HeaderMap;
//! use clerk_client::webhooks::{WebhookData, WebhookError, WebhookSecret};
//!
//! fn receive(
//!     secret: &WebhookSecret,
//!     headers: &HeaderMap,
//!     body: &[u8],
//! ) -> Result<(), WebhookError> {
//!     match secret.verify(headers, body)?.event.data {
//!         WebhookData::UserCreated(user) => println!("created {}", user.id),
//!         other => println!("ignored {}", other.event_type()),
//!     }
//!     Ok(())
//! }
//! # #[allow(dead_code)]
//! # pub fn run() -> Result<(), Box<dyn std::error::Error>> {
//! #     let secret = WebhookSecret::new("whsec_c2VjcmV0IG9mIHRoZSBleGFtcGxl")?;
//! #     let body = br#"{"type":"user.created","data":{"id":"user_1"}}"#;
//! #     let headers = secret.sign("msg_1", std::time::SystemTime::now(), body);
//! #     Ok(receive(&secret, &headers, body)?)
//! # }
//! # }
//! # #[cfg(feature = "webhooks")]
//! # example::run().unwrap();
//! ```
//!
//! ## Verify a session token
//!
//! With the feature `auth`, [`Verifier::authenticate`](auth::Verifier::authenticate) tells who sent
//! a request. The [guide](_documentation::sessions) shows cookies, permissions, axum and tests.
//!
//! ```
//! # #[cfg(feature = "auth")]
//! # mod example {
//! use clerk_client::auth::{AuthError, Verifier};
//! use clerk_client::http::HeaderMap;
//!
//! pub async fn greet(verifier: &Verifier, headers: &HeaderMap) -> Result<String, AuthError> {
//!     let claims = verifier.authenticate(headers).await?;
//!     Ok(format!("hello {}", claims.user_id))
//! }
//! # }
//! # #[cfg(feature = "auth")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use clerk_client::mock::{FakeClerk, FakeUser};
//! # let fake = FakeClerk::new();
//! # fake.add(FakeUser::new("user_1"));
//! # let verifier = clerk_client::auth::Verifier::new(&fake.client())?;
//! # let headers = fake.sign_in("user_1").headers();
//! # assert_eq!(example::greet(&verifier, &headers).await?, "hello user_1");
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "auth"))]
//! # fn main() {}
//! ```
//!
//! # Features
//!
//! The last column is the number of crates in the dependency tree. `+` marks crates that are added.
//!
//! | feature | what it adds | crates |
//! |---|---|---|
//! | none | The client. It builds for `wasm32-unknown-unknown`; bring a transport. | 16 |
//! | `hyper-tokio` (default) | [`TokioTransport`]: hyper 1.x on tokio, HTTP/1.1 and HTTP/2, gzip, rustls with ring and Mozilla's root certificates | 63 |
//! | `hyper-smol` | [`SmolTransport`]: the same on smol | 88, alone or with `hyper-tokio` |
//! | `surf` | [`SurfTransport`]: surf on libcurl. surf is [unmaintained](clerk_surf). | 147 |
//! | `static-ssl` | OpenSSL compiled in for `surf`, for systems without its headers | + 1 |
//! | `proxy` | `proxy_from_env` and `https_proxy` of [`TransportBuilder`](transport::TransportBuilder), for the hyper transports: see [behind a proxy](_documentation::proxy) | + 2 |
//! | `stream` | [`Pager::into_stream`], with `futures-core` | + 1 |
//! | `tracing` | A span for each call and an event for each attempt, named as OpenTelemetry names them | + 3 |
//! | `webhooks` | [`webhooks`], with `hmac`, `sha2` and `base64` | + 12 |
//! | `auth` | [`auth`]: session tokens and tokens of machines, verified with ring | + 2 |
//! | `auth-pure` | The same in pure Rust, also for `wasm32-unknown-unknown` | 33 without a transport |
//! | `auth-tower`, `auth-axum` | [`auth::AuthLayer`] for tower; [`auth::SessionClaims`] as an extractor of axum | + 3, + 7 |
//! | `mock` | [`mock`]: test doubles and a virtual clock | 39 without a transport |
//! | `mock-server` | [`FakeServer`](mock::FakeServer), on tokio | 78 without a transport |
//! | `contract` | [`mock::contract`]: a test suite for transports | as `mock` |
//!
//! All features can be combined. To replace `TokioTransport`, set `default-features = false`,
//! enable the feature of another transport, and pass that transport to [`Clerk::new`].
//!
//! To trust a certificate authority of your own, see [behind a proxy](_documentation::proxy). For
//! AWS-LC or the certificates of the operating system, enable a feature of `clerk-hyper` beside
//! this crate.
//!
//! # Limitations
//!
//! - There is no handshake for pages that a server renders.
//! - There is no blocking API.
//! - Only Clerk's operations on users have typed methods.
//! - Secrets are not wiped from memory. They are never printed: see
//!   [security](_documentation::security).
//!
//! # Examples
//!
//! The repository has example programs. Without a key, they run against a fake.
//!
//! - `quickstart`: all 37 operations, one line each.
//! - `import-users`: imports users from CSV or JSON lines, each exactly once.
//! - `export-users`: exports all users as JSON lines, and can resume.
//! - `axum-app`, `smol-app`, `surf-app`, `webhook-receiver`: applications and services, with tests.
//! - `frameworks`: session tokens in applications on actix-web, poem and Rocket.
//! - `reqwest-transport`: a custom transport over reqwest.
//!
//! # Guides
//!
//! - [All guides](_documentation::guide), [cookbook](_documentation::cookbook),
//!   [troubleshooting](_documentation::troubleshooting)
//! - [Session tokens](_documentation::sessions)
//! - [Runtimes](_documentation::runtimes), [transports](_documentation::transports),
//!   [behind a proxy](_documentation::proxy), [testing](mock)
//! - [Migrating from clerk-rs](_documentation::migrating)
//! - [Operations](_documentation::operations), [comparison](_documentation::comparison)
//! - [Security](_documentation::security), [robustness](_documentation::robustness),
//!   [performance](_documentation::performance)
//! - [Design](_documentation::design), [architecture](_documentation::architecture),
//!   [contributing](_documentation::contributing), [changelog](_documentation::changelog)

// With only some features, the documentation lacks items, so links to them do not resolve.
#![cfg_attr(
    not(all(
        feature = "auth-axum",
        feature = "contract",
        feature = "hyper-smol",
        feature = "hyper-tokio",
        feature = "mock-server",
        feature = "stream",
        feature = "surf",
        feature = "webhooks",
    )),
    allow(rustdoc::broken_intra_doc_links)
)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub use clerk_core::models::User;
pub use clerk_core::{
    API_VERSION, BulkError, Call, Clerk, ClerkBuilder, Error, ErrorKind, Metadata, OperationInfo,
    Pager, Position, PositionError, RateLimit, Response, RetryPolicy, SecretKey, SecretString,
    Timestamp, TransportErrorKind, UnknownOperation, UserId, UsersApi,
};
pub use clerk_core::{http, ids, models, operations, requests};

#[cfg(feature = "stream")]
#[cfg_attr(docsrs, doc(cfg(feature = "stream")))]
pub use clerk_core::PagerStream;
#[cfg(feature = "webhooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
pub use clerk_core::webhooks;
#[cfg(feature = "hyper-smol")]
#[cfg_attr(docsrs, doc(cfg(feature = "hyper-smol")))]
pub use clerk_hyper::SmolTransport;
#[cfg(feature = "hyper-tokio")]
#[cfg_attr(docsrs, doc(cfg(feature = "hyper-tokio")))]
pub use clerk_hyper::TokioTransport;
#[cfg(feature = "surf")]
#[cfg_attr(docsrs, doc(cfg(feature = "surf")))]
pub use clerk_surf::SurfTransport;

/// The operations of Clerk's Backend API, tag by tag.
pub mod api {
    pub use clerk_core::api::*;
    pub use clerk_core::{BanMany, BulkError, FailedChunk, FoundUsers, GetMany};
}

/// Types needed to implement a transport.
pub mod transport {
    pub use clerk_core::{
        Attempt, AttemptFailure, AttemptTimeout, DynTransport, HttpRequest, HttpResponse,
        HttpTransport, OperationInfo, TransportError, TransportErrorKind, async_trait, bytes,
        catch_panic, decode, http, monotonic_now, system_time,
    };
    #[cfg(feature = "hyper-smol")]
    #[cfg_attr(docsrs, doc(cfg(feature = "hyper-smol")))]
    pub use clerk_hyper::SmolTransport;
    #[cfg(feature = "hyper-tokio")]
    #[cfg_attr(docsrs, doc(cfg(feature = "hyper-tokio")))]
    pub use clerk_hyper::TokioTransport;
    #[cfg(any(feature = "hyper-tokio", feature = "hyper-smol"))]
    #[cfg_attr(docsrs, doc(cfg(any(feature = "hyper-tokio", feature = "hyper-smol"))))]
    pub use clerk_hyper::{Roots, TransportBuilder};
    #[cfg(feature = "surf")]
    #[cfg_attr(docsrs, doc(cfg(feature = "surf")))]
    pub use clerk_surf::{SurfTransport, SurfTransportBuilder};
}

#[cfg(feature = "_samples")]
#[doc(hidden)]
pub use clerk_core::{AnyCall, Printed, SampleCall, Tag, every, samples, tags};

#[cfg(feature = "mock")]
mod doctest;
#[cfg(feature = "mock")]
#[doc(hidden)]
pub use doctest::doctest;

#[cfg(all(doc, not(doctest)))]
#[path = "documentation.rs"]
pub mod _documentation;

/// Verifies session tokens and tokens of machines: [`Verifier`](auth::Verifier) tells who sent a
/// request.
///
/// The [guide](crate::_documentation::sessions) shows requests, cookies, permissions, layers and
/// tests.
#[cfg(any(feature = "auth", feature = "auth-pure"))]
#[cfg_attr(docsrs, doc(cfg(any(feature = "auth", feature = "auth-pure"))))]
pub mod auth {
    #[doc(inline)]
    pub use clerk_auth::*;
}

#[doc = include_str!("links.txt")]
// The examples of the guides are tests of the package `tests/`.
#[cfg_attr(not(doctest), doc = include_str!("../docs/guide/testing.md"))]
#[cfg(feature = "mock")]
#[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
#[doc(alias = "test")]
#[doc(alias = "testing")]
#[doc(alias = "stub")]
pub mod mock {
    #[cfg(any(feature = "auth", feature = "auth-pure"))]
    #[cfg_attr(docsrs, doc(cfg(any(feature = "auth", feature = "auth-pure"))))]
    pub use clerk_mock::FakeMachineToken;
    #[cfg(feature = "contract")]
    #[cfg_attr(docsrs, doc(cfg(feature = "contract")))]
    pub use clerk_mock::contract;
    #[doc(no_inline)]
    pub use clerk_mock::mockall;
    pub use clerk_mock::{
        FakeClerk, FakeSession, FakeSignIn, FakeUser, Fault, MockTransport, RecordedRequest, Reply,
        RequestMatcher, SeedError, VirtualClock, totp_code,
    };
    #[cfg(feature = "mock-server")]
    #[cfg_attr(docsrs, doc(cfg(feature = "mock-server")))]
    pub use clerk_mock::{FakeServer, FakeServerBuilder};
}

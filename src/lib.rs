//! A client for [Clerk](https://clerk.com)'s Backend API, for any HTTP stack and async runtime.
//!
//! A [`Clerk`] is a client. It consists of a transport, a secret key, and settings. It has a method
//! for each tag of Clerk's API. For example, [`Clerk::users`] returns the [`UsersApi`], which has a
//! method for each operation on users. Such a method returns a [`Call`]. Awaiting the call sends
//! the request, and retries it if that is safe. The result is a model such as [`User`], or an
//! [`Error`].
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
//! # The API
//!
//! Each of the 248 operations that Clerk offers to backends has a method, which is named after
//! Clerk's operationId: see [all operations](_documentation::operations).
//!
//! | subject | methods of [`Clerk`] |
//! |---|---|
//! | users | [`users`](Clerk::users), [`email_addresses`](Clerk::email_addresses), [`phone_numbers`](Clerk::phone_numbers) |
//! | sessions and tokens | [`sessions`](Clerk::sessions), [`clients`](Clerk::clients), [`sign_in_tokens`](Clerk::sign_in_tokens), [`actor_tokens`](Clerk::actor_tokens), [`testing_tokens`](Clerk::testing_tokens), [`jwt_templates`](Clerk::jwt_templates), [`jwks`](Clerk::jwks) |
//! | organizations | [`organizations`](Clerk::organizations), [`organization_memberships`](Clerk::organization_memberships), [`organization_invitations`](Clerk::organization_invitations), [`organization_domains`](Clerk::organization_domains), [`organization_roles`](Clerk::organization_roles), [`organization_permissions`](Clerk::organization_permissions), [`role_sets`](Clerk::role_sets) |
//! | sign-up | [`sign_ups`](Clerk::sign_ups), [`invitations`](Clerk::invitations), [`waitlist_entries`](Clerk::waitlist_entries), [`allowlist_blocklist`](Clerk::allowlist_blocklist) |
//! | machines and OAuth | [`machines`](Clerk::machines), [`m2m_tokens`](Clerk::m2m_tokens), [`api_keys`](Clerk::api_keys), [`oauth_applications`](Clerk::oauth_applications), [`oauth_access_tokens`](Clerk::oauth_access_tokens), [`agent_tasks`](Clerk::agent_tasks) |
//! | enterprise | [`enterprise_connections`](Clerk::enterprise_connections), [`saml_connections`](Clerk::saml_connections), [`directories`](Clerk::directories), [`scim_directories`](Clerk::scim_directories), [`admin_portal_link_tokens`](Clerk::admin_portal_link_tokens) |
//! | billing | [`billing`](Clerk::billing) |
//! | the instance | [`instance_settings`](Clerk::instance_settings), [`beta_features`](Clerk::beta_features), [`domains`](Clerk::domains), [`proxy_checks`](Clerk::proxy_checks), [`redirect_urls`](Clerk::redirect_urls), [`email_and_sms_templates`](Clerk::email_and_sms_templates), [`webhooks`](Clerk::webhooks) |
//!
#![doc = include_str!("tour.txt")]
//!
//! # Features
//!
//! The last column is the number of crates in the dependency tree. `+` marks the number of crates
//! that the feature adds to the default tree. There are two exceptions: `stream`, `tracing` and
//! `webhooks` add their numbers to a tree without a transport, and `static-ssl` adds its number to
//! the tree of `surf`.
//!
//! | feature | what it adds | crates |
//! |---|---|---|
//! | none | The client, which also builds for `wasm32-unknown-unknown`. Add a transport. | 16 |
//! | `hyper-tokio` (default) | [`TokioTransport`]: hyper 1.x on tokio, HTTP/1.1 and HTTP/2, gzip, rustls with ring and Mozilla's root certificates | 63 |
//! | `hyper-smol` | [`SmolTransport`]: the same on smol | 88, with or without `hyper-tokio` |
//! | `reqwest` | [`ReqwestTransport`]: reqwest on tokio, with TLS as reqwest selects it by default | 96 |
//! | `reqwest-native-tls` | [`ReqwestTransport`] with the TLS of the operating system | 96 |
//! | `reqwest-client` | [`ReqwestTransport`] without any feature of reqwest, for applications that pass their own client | 76 |
//! | `surf` | [`SurfTransport`]: surf on libcurl. surf is [unmaintained](clerk_surf). | 147 |
//! | `static-ssl` | OpenSSL compiled in for `surf`, for systems without its headers | + 1 |
//! | `proxy` | `proxy_from_env` and `https_proxy` of [`TransportBuilder`](transport::TransportBuilder), for the hyper transports: see [behind a proxy](_documentation::proxy) | + 2 |
//! | `native-roots`, `platform-verifier` | [`Roots::Native`](transport::Roots) and [`Roots::Platform`](transport::Roots), for the hyper transports: certificates and verification of the operating system | + 2, + 4 |
//! | `aws-lc-rs` | AWS-LC in `transport::rustls`, for [`TransportBuilder::crypto_provider`](transport::TransportBuilder::crypto_provider) | + 2 |
//! | `stream` | [`Pager::into_stream`], with `futures-core` | + 1 |
//! | `tracing` | A span for each call and an event for each attempt, with OpenTelemetry's field names | + 3 |
//! | `webhooks` | [`webhooks`], with `hmac`, `sha2` and `base64` | + 12 |
//! | `auth` | [`auth`]: session tokens and tokens of machines, verified with ring | + 2 |
//! | `auth-pure` | The same in pure Rust, also for `wasm32-unknown-unknown` | 31 without a transport |
//! | `auth-tower`, `auth-axum` | [`auth::AuthLayer`] for tower; [`auth::SessionClaims`] as an extractor of axum | + 3, + 7 |
//! | `mock` | [`mock`]: test doubles and a virtual clock | 39 without a transport |
//! | `mock-server` | [`FakeServer`](mock::FakeServer), on tokio | 84 without a transport |
//! | `contract` | [`mock::contract`]: a test suite for transports | the same as `mock` |
//!
//! All features can be combined. To replace `TokioTransport`, set `default-features = false`,
//! enable the feature of another transport, and pass that transport to [`Clerk::new`].
//!
//! To trust a certificate authority of your own or the certificates of the operating system, see
//! [behind a proxy](_documentation::proxy).
//!
//! # Limitations
//!
//! - The handshake, with which Clerk's SDKs refresh the session of server-rendered pages, is not
//!   implemented.
//! - There is no blocking API.
//! - Secrets are not wiped from memory. They are never printed: see
//!   [security](_documentation::security).
//!
//! # Examples
//!
//! The repository has example programs. Without a key, most of them run against a fake Clerk in
//! memory.
//!
//! - `quickstart`: all 37 operations on users, one line each.
//! - `import-users`: imports users from CSV, JSON, or the exports of Clerk, Auth0, Supabase and
//!   Firebase. No user is created twice, even if you restart the import.
//! - `cli`: a command-line program without async code.
//! - `export-users`: exports all users as JSON lines, and can resume an interrupted export.
//! - `sync-users`: keeps a table of users in SQLite, by paging through all users and by webhooks.
//! - `axum-app`, `smol-app`, `surf-app`, `webhook-receiver`: applications and services, with tests.
//! - `b2b-app`: teams on axum, with organizations, invitations, roles and permissions.
//! - `frameworks`: session tokens in applications on actix-web, poem and Rocket.
//! - `opentelemetry`: spans and metrics, exported over OTLP.
//! - `fetch-transport`: a custom transport over JavaScript's `fetch`.
//! - `worker`: a worker with the transport over `fetch`, for Cloudflare Workers and other runtimes.
//! - `clerk-rs-port`: an application on clerk-rs, and the same application on this client.
//! - `pytest`, `vitest`: tests in other languages, with the fake on a port.
//!
//! # Guides
//!
//! - [All guides](_documentation::guide), [cookbook](_documentation::cookbook),
//!   [troubleshooting](_documentation::troubleshooting)
//! - [Session tokens](_documentation::sessions), [webhooks](_documentation::webhooks)
//! - [Runtimes](_documentation::runtimes), [transports](_documentation::transports),
//!   [behind a proxy](_documentation::proxy)
//! - [Testing](mock), [a fake on a port](_documentation::served_fake)
//! - [Migrating from clerk-rs](_documentation::migrating)
//! - [Operations](_documentation::operations), [comparison](_documentation::comparison)
//! - [Security](_documentation::security), [robustness](_documentation::robustness),
//!   [performance](_documentation::performance)
//! - [Design](_documentation::design), [architecture](_documentation::architecture),
//!   [contributing](_documentation::contributing), [changelog](_documentation::changelog)

// If a feature is disabled, its items are not documented, so links to them do not resolve.
#![cfg_attr(
    not(all(
        feature = "auth-axum",
        feature = "contract",
        feature = "hyper-smol",
        feature = "hyper-tokio",
        feature = "mock-server",
        feature = "reqwest",
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
    Position, PositionError, RateLimit, RateLimiter, Response, RetryPolicy, SecretKey,
    SecretString, Timestamp, TransportErrorKind, UnknownOperation, UserId, UsersApi,
};
// rustdoc ignores the aliases at the definition of a re-exported type. So they are repeated here.
#[doc(alias = "paginate")]
#[doc(alias = "pagination")]
#[doc(alias = "paging")]
pub use clerk_core::Pager;
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
#[cfg(feature = "reqwest-client")]
#[cfg_attr(docsrs, doc(cfg(feature = "reqwest-client")))]
pub use clerk_reqwest::ReqwestTransport;
#[cfg(feature = "surf")]
#[cfg_attr(docsrs, doc(cfg(feature = "surf")))]
pub use clerk_surf::SurfTransport;

/// The operations of Clerk's Backend API: a type for each tag of Clerk's reference.
///
/// The table of [`clerk_core::api`] lists the subject of each type. The documentation of a type
/// lists the operations of the type, with an example.
pub mod api {
    pub use clerk_core::api::*;
    pub use clerk_core::{BanMany, BulkError, FailedChunk, FoundUsers, GetMany};
}

/// The types to implement or configure a transport, and the transports of the enabled features.
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
    pub use clerk_hyper::{Roots, TransportBuilder, rustls};
    #[cfg(feature = "reqwest-client")]
    #[cfg_attr(docsrs, doc(cfg(feature = "reqwest-client")))]
    pub use clerk_reqwest::ReqwestTransport;
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

/// Verification of session tokens and tokens of machines. A [`Verifier`](auth::Verifier) tells who
/// sent a request.
///
/// The [guide](crate::_documentation::sessions) also explains cookies, permissions, layers and
/// tests.
#[cfg(any(feature = "auth", feature = "auth-pure"))]
#[cfg_attr(docsrs, doc(cfg(any(feature = "auth", feature = "auth-pure"))))]
pub mod auth {
    #[doc(inline)]
    pub use clerk_auth::*;
}

#[doc = include_str!("links.txt")]
// The package `tests/` runs the examples of the guides, so the doctests of this crate omit them.
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
        FakeClerk, FakeSession, FakeSignIn, FakeUser, Fault, FaultPlan, InstanceSettings,
        MockTransport, RecordedRequest, Reply, RequestMatcher, SeedError, VirtualClock, totp_code,
    };
    #[cfg(feature = "mock-server")]
    #[cfg_attr(docsrs, doc(cfg(feature = "mock-server")))]
    pub use clerk_mock::{
        FakeServer, FakeServerBuilder, WebhookAttempt, WebhookDelivery, WebhookDeliveryStatus,
    };
    #[cfg(feature = "webhooks")]
    #[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
    pub use clerk_mock::{FakeWebhook, FakeWebhooks};
}

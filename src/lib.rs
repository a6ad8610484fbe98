// `links.txt` names the items that the README's links to files lead to here.
#![doc = include_str!("links.txt")]
// The examples of this page and of the guides are tests of the package `tests/`.
#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]
// Built with some of the features, the documentation lacks the items that other features have.
#![cfg_attr(
    not(all(feature = "contract", feature = "surf", feature = "webhooks")),
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
    pub use clerk_core::{BanMany, BulkError, FailedChunk, FoundUsers, GetMany, UsersApi};
}

/// Types needed to implement a transport.
pub mod transport {
    pub use clerk_core::{
        Attempt, AttemptFailure, AttemptTimeout, DynTransport, HttpRequest, HttpResponse,
        HttpTransport, OperationInfo, TransportError, TransportErrorKind, async_trait, bytes,
        catch_panic, decode, http, monotonic_now,
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
pub use clerk_core::{AnyCall, Printed, SampleCall, every, samples};

#[cfg(feature = "mock")]
mod doctest;
#[cfg(feature = "mock")]
#[doc(hidden)]
pub use doctest::doctest;

#[cfg(all(doc, not(doctest)))]
#[path = "documentation.rs"]
pub mod _documentation;

#[doc = include_str!("links.txt")]
#[cfg_attr(not(doctest), doc = include_str!("../docs/guide/testing.md"))]
#[cfg(feature = "mock")]
#[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
pub mod mock {
    #[cfg(feature = "contract")]
    #[cfg_attr(docsrs, doc(cfg(feature = "contract")))]
    pub use clerk_mock::contract;
    #[doc(no_inline)]
    pub use clerk_mock::mockall;
    pub use clerk_mock::{
        FakeClerk, FakeUser, Fault, MockTransport, RecordedRequest, Reply, RequestMatcher,
        SeedError, VirtualClock, totp_code,
    };
    #[cfg(feature = "mock-server")]
    #[cfg_attr(docsrs, doc(cfg(feature = "mock-server")))]
    pub use clerk_mock::{FakeServer, FakeServerBuilder};
}

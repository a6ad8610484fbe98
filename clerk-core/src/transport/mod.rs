//! The interface through which the client uses an HTTP stack and a runtime. It sends requests, and
//! provides a timer and a clock.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use async_trait::async_trait;
use bytes::Bytes;

use crate::transport::error::TransportError;
use crate::types::timestamp::Timestamp;

pub(crate) mod catch_panic;
pub(crate) mod error;

/// A request with its whole body. Its `Debug` output contains the body, which may hold a password:
/// log the method and [`OperationInfo`](crate::OperationInfo) instead.
pub type HttpRequest = http::Request<Bytes>;

/// A response with its whole body. Its `Debug` output contains the body, which may hold tokens and
/// private metadata.
pub type HttpResponse = http::Response<Bytes>;

/// A transport that is chosen at run time.
pub type DynTransport = Arc<dyn HttpTransport>;

/// The time after which the client drops the future of an attempt. [`Duration::MAX`] means no
/// timeout, so use [`Duration::saturating_add`] to add to the time.
///
/// Every request that a client sends has an `AttemptTimeout` in its extensions. If a transport
/// continues an exchange after the future was dropped, it can end the exchange after this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptTimeout(pub Duration);

/// An HTTP transport for a [`Clerk`](crate::Clerk) client.
///
/// The client builds the request, interprets the response, and decides about retries and timeouts.
/// A transport sends one request, reads one response, and gives the client access to its runtime's
/// timer and clock.
///
/// # The contract
///
/// The client relies on each of these clauses.
///
/// 1. Any final status from 200 to 999 is `Ok`, including nonstandard statuses (520–530).
/// 2. Redirects are not followed: a 3xx is returned unchanged, so that the secret key is never sent
///    to another host.
/// 3. Requests are not retried, with two exceptions. A request may be retried if its pooled
///    connection was dead before the first byte. A GET may be retried if its pooled connection
///    breaks.
/// 4. The whole body is read, up to the transport's limit (by default 32 MiB). A larger body is
///    [`BodyTooLarge`], even if only `content-length` says so.
/// 5. A truncated body is an error ([`Body`]), never a short `Ok`. Over HTTP/2, a reset with
///    `NO_ERROR` truncates a body, too.
/// 6. Chunked bodies are supported. So are bodies whose end is the end of the connection.
/// 7. A header with bytes ≥ 0x80 causes neither a panic nor an error.
/// 8. Repeated headers are all kept.
/// 9. Dropping the future at any point affects no later request: a later request never receives the
///    response to an earlier one.
/// 10. Panics never reach the client.
/// 11. Bodies of POST, PATCH, PUT and DELETE are sent with a correct `content-length`. A POST,
///     PATCH or PUT without a body has `content-length: 0`. The transport adds no `content-type`.
/// 12. Failures before the first byte of the request are [`NotSent`]: name resolution, TCP, a
///     proxy's tunnel, and a TLS handshake that the network breaks. The connect timeout bounds all
///     of these steps together, and exceeding it is [`NotSent`], too. A fault of the certificate or
///     the protocol is [`Tls`]. A connection that closes after sending is [`Io`].
/// 13. The transport never blocks the executor.
/// 14. Creating a transport needs no runtime. On a runtime that it cannot use, the transport
///     returns an error that names the runtime it needs.
/// 15. Compressed bodies are decompressed, or compression is never requested.
/// 16. Connections are reused: sequential requests share a connection. If the transport has its own
///     pool, idle connections are closed after a time that its builder sets.
/// 17. `sleep` never returns early, accepts [`Duration::MAX`], and has no cost after it is dropped.
/// 18. If one of several addresses of a host does not respond, the others are tried (RFC 8305).
/// 19. One transport serves several runtimes concurrently, or returns an error that names the
///     runtime it needs. No call waits for a runtime that is blocked.
///
/// [`BodyTooLarge`]: crate::TransportErrorKind::BodyTooLarge
/// [`Body`]: crate::TransportErrorKind::Body
/// [`NotSent`]: crate::TransportErrorKind::NotSent
/// [`Tls`]: crate::TransportErrorKind::Tls
/// [`Io`]: crate::TransportErrorKind::Io
///
/// # Implementing a transport
///
/// [`async_trait`](macro@async_trait) is re-exported. A transport that wraps another transport acts
/// as middleware. The request's extensions contain an [`OperationInfo`](crate::OperationInfo),
/// which identifies the operation.
///
/// ```
/// use std::time::Duration;
/// use clerk_client::transport::{
///     async_trait, HttpRequest, HttpResponse, HttpTransport, OperationInfo, TransportError,
/// };
/// use clerk_client::Timestamp;
///
/// #[derive(Debug)]
/// struct Logged<T>(T);
///
/// #[async_trait]
/// impl<T: HttpTransport> HttpTransport for Logged<T> {
///     async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
///         let operation = request.extensions().get::<OperationInfo>();
///         let operation = operation.map(OperationInfo::operation_id);
///         let response = self.0.send(request).await?;
///         println!("{operation:?}: {}", response.status());
///         Ok(response)
///     }
///
///     async fn sleep(&self, duration: Duration) {
///         self.0.sleep(duration).await
///     }
///
///     fn now(&self) -> Duration {
///         self.0.now()
///     }
///
///     fn time_of_day(&self) -> Option<Timestamp> {
///         self.0.time_of_day()
///     }
/// }
/// ```
#[async_trait]
pub trait HttpTransport: fmt::Debug + Send + Sync + 'static {
    /// Sends the request and reads the whole response. Every final HTTP status is `Ok`.
    ///
    /// # Errors
    ///
    /// Returns an error if no complete response arrived. The kind of the error says whether the
    /// server may have processed the request.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError>;

    /// Waits for at least `duration`, with a timer of the transport's runtime.
    async fn sleep(&self, duration: Duration);

    /// Returns the monotonic time since a fixed origin. Use [`monotonic_now`] if `std` has a clock
    /// on your platform.
    fn now(&self) -> Duration;

    /// Returns the current date and time, which verifiers compare with the expiry of session
    /// tokens. `None` if there is no clock.
    ///
    /// The default is [`system_time`]. If your transport wraps another transport, forward this
    /// method. A test with virtual time then has only one clock.
    fn time_of_day(&self) -> Option<Timestamp> {
        system_time()
    }
}

/// Returns the time since the first call, measured by [`std::time::Instant`].
///
/// A transport without its own clock returns this time from [`HttpTransport::now`].
///
/// Panics on `wasm32-unknown-unknown`, where `std` has no clock. This crate never calls this
/// function.
#[must_use]
pub fn monotonic_now() -> Duration {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    #[allow(clippy::disallowed_methods)]
    let origin = ORIGIN.get_or_init(Instant::now);
    origin.elapsed()
}

/// Returns the date and time of the system's clock. `None` on `wasm32-unknown-unknown`, where `std`
/// has no clock.
#[must_use]
pub fn system_time() -> Option<Timestamp> {
    if cfg!(all(target_family = "wasm", target_os = "unknown")) {
        return None;
    }
    #[allow(clippy::disallowed_methods)]
    let now = SystemTime::now();
    Some(now.into())
}

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

// `async_trait` generates the same signatures. They are written by hand, so that the inner future
// is returned without a second box.
macro_rules! forward {
    ($pointer:ident) => {
        impl<T: HttpTransport + ?Sized> HttpTransport for $pointer<T> {
            fn send<'a, 'f>(
                &'a self,
                request: HttpRequest,
            ) -> BoxFuture<'f, Result<HttpResponse, TransportError>>
            where
                'a: 'f,
                Self: 'f,
            {
                (**self).send(request)
            }

            fn sleep<'a, 'f>(&'a self, duration: Duration) -> BoxFuture<'f, ()>
            where
                'a: 'f,
                Self: 'f,
            {
                (**self).sleep(duration)
            }

            fn now(&self) -> Duration {
                (**self).now()
            }

            fn time_of_day(&self) -> Option<Timestamp> {
                (**self).time_of_day()
            }
        }
    };
}

forward!(Arc);
forward!(Box);

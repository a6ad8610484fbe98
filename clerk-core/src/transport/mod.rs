//! The seam between the client and the world: an exchange, a wait, and the time.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;

use crate::transport::error::TransportError;

pub(crate) mod catch_panic;
pub(crate) mod error;

/// A request with its whole body. Its `Debug` shows the body, which may hold a password: log method
/// and [`OperationInfo`](crate::OperationInfo) instead.
pub type HttpRequest = http::Request<Bytes>;

/// A response with its whole body. Its `Debug` shows the body, which may hold tokens and private
/// metadata.
pub type HttpResponse = http::Response<Bytes>;

/// A transport of a kind that is chosen at run time.
pub type DynTransport = Arc<dyn HttpTransport>;

/// How long the client waits for an exchange before it drops it. Found in the extensions of every
/// request that a client sends: for a transport that goes on with an exchange whose future was
/// dropped, and may end it by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptTimeout(pub Duration);

/// Does HTTP for a [`Clerk`](crate::Clerk) client.
///
/// The client builds the request, judges the response, and decides what is retried and how long
/// anything may take. A transport moves one request and one response, and lends the client its
/// runtime's timer and clock.
///
/// # The contract
///
/// The client relies on each of these lines.
///
/// 1. Any final status from 200 to 999 is `Ok`, also those that no standard lists (520–530).
/// 2. Redirects are not followed: a 3xx is returned as it is, so that the secret key never
///    travels to another host.
/// 3. There are no retries, except of a request that was provably not sent (a pooled connection
///    found dead before the first byte), or of a GET when a pooled connection dies under it.
/// 4. The whole body is read, up to the transport's limit (32 MiB unless its builder was told
///    otherwise); past it the exchange is [`BodyTooLarge`], also when `content-length` already
///    says so.
/// 5. A truncated body is an error ([`Body`]), never a short `Ok`.
/// 6. Chunked bodies and bodies that end with the connection work.
/// 7. A header with bytes ≥ 0x80 neither panics nor fails the exchange.
/// 8. Repeated headers are all kept.
/// 9. Dropping the future at any point harms no later request: no later request ever sees an
///    earlier one's response.
/// 10. No panic crosses the seam.
/// 11. Bodies of PATCH, PUT and DELETE are sent, with a right `content-length`; no
///     `content-type` is invented.
/// 12. Refused and unresolvable are [`NotSent`], a failed handshake is [`Tls`], a close after
///     sending is [`Io`].
/// 13. Nothing blocks the executor.
/// 14. Constructing needs no runtime; on a runtime that the transport cannot use, it returns an
///     error that names the one it needs.
/// 15. A `content-encoding` was undone, or never asked for.
/// 16. Connections are reused: N sequential requests open one. Where the transport owns its pool,
///     idle connections are closed after a time that its builder sets.
/// 17. `sleep` is never early, takes [`Duration::MAX`], and costs nothing when dropped.
///
/// [`BodyTooLarge`]: crate::TransportErrorKind::BodyTooLarge
/// [`Body`]: crate::TransportErrorKind::Body
/// [`NotSent`]: crate::TransportErrorKind::NotSent
/// [`Tls`]: crate::TransportErrorKind::Tls
/// [`Io`]: crate::TransportErrorKind::Io
///
/// # Writing one
///
/// [`async_trait`](macro@async_trait) is re-exported. A transport that wraps a transport is how
/// middleware is written: the request's extensions hold an
/// [`OperationInfo`](crate::OperationInfo), which says what is being done.
///
/// ```
/// use std::time::Duration;
/// use clerk_client::transport::{
///     async_trait, HttpRequest, HttpResponse, HttpTransport, OperationInfo, TransportError,
/// };
///
/// #[derive(Debug)]
/// struct Logged<T>(T);
///
/// #[async_trait]
/// impl<T: HttpTransport> HttpTransport for Logged<T> {
///     async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
///         let operation = request.extensions().get::<OperationInfo>().map(OperationInfo::operation_id);
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
/// }
/// ```
#[async_trait]
pub trait HttpTransport: fmt::Debug + Send + Sync + 'static {
    /// Sends the request and reads the whole response. Every HTTP status is `Ok`.
    ///
    /// # Errors
    ///
    /// [`TransportError`] when there was no complete response; its kind says whether the server
    /// may have processed the request.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError>;

    /// Waits on the transport's own runtime, for at least `duration`.
    async fn sleep(&self, duration: Duration);

    /// Monotonic time since any fixed origin; [`monotonic_now`] where `std`'s clock serves.
    fn now(&self) -> Duration;
}

/// Time since the first call, by [`std::time::Instant`]: what [`HttpTransport::now`] returns on a
/// transport without a clock of its own.
///
/// Panics on `wasm32-unknown-unknown`, which has no clock in `std`; core itself never calls it.
#[must_use]
pub fn monotonic_now() -> Duration {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    #[allow(clippy::disallowed_methods)]
    let origin = ORIGIN.get_or_init(Instant::now);
    origin.elapsed()
}

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

// The signatures that `async_trait` generates, by hand: the inner future is passed on as it is,
// without a second box around it.
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
        }
    };
}

forward!(Arc);
forward!(Box);

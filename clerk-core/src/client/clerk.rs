//! The client.

use std::fmt;
use std::sync::Arc;

use http::Method;

use crate::client::call::Call;
use crate::client::call_options::CallOptions;
use crate::client::jitter::Jitter;
use crate::client::secret_key::SecretKey;
use crate::client::shared::{Shared, default_headers};
use crate::transport::{DynTransport, HttpTransport};
use crate::uri::base_url::BaseUrl;

/// A client of Clerk's Backend API: a transport, a secret key, and settings.
///
/// Cheap to clone, and the clones share one transport. It is made anywhere, inside a runtime or
/// not; what its calls need is up to the transport.
///
/// The transport is chosen at run time unless a type is written out: `Clerk` is
/// `Clerk<DynTransport>`, so that an application's functions take a `Clerk` whether it talks to
/// Clerk or, in a test, to a fake.
///
/// ```
/// use clerk_client::{Clerk, SecretKey, mock::FakeClerk};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clerk_client::Error> {
/// let clerk = Clerk::new(FakeClerk::new(), SecretKey::new(FakeClerk::SECRET_KEY)?);
/// let count = clerk.users().get_users_count(Default::default()).await?;
/// assert_eq!(count.total_count, 0);
/// # Ok(())
/// # }
/// ```
pub struct Clerk<T = DynTransport> {
    pub(crate) shared: Arc<Shared<T>>,
}

impl Clerk {
    /// A client with the default settings, over any transport.
    pub fn new(transport: impl HttpTransport, key: SecretKey) -> Self {
        Self::with_transport(Arc::new(transport), key)
    }
}

impl<T: HttpTransport> Clerk<T> {
    /// A client with the default settings that keeps the type of its transport: no dynamic
    /// dispatch, at the price of a parameter wherever the client is named.
    pub fn with_transport(transport: T, key: SecretKey) -> Self {
        let headers = default_headers(&key);
        Self::from_parts(Shared {
            transport,
            base_url: BaseUrl::clerk(),
            headers,
            limits: CallOptions::default(),
            jitter: Jitter::new(None),
            limiter: None,
        })
    }

    /// Any request of the Backend API, such as those that this version has no method for.
    ///
    /// The segments make up the path below the base URL; each is percent-encoded, so that none can
    /// reach another endpoint. Query and body are added on the [`Call`]. The answer is decoded
    /// into whatever is asked for: a type of the caller's, [`serde_json::Value`], or `()` where no
    /// body comes.
    ///
    /// Only GET counts as idempotent here, unless [`Call::idempotent`] says otherwise.
    ///
    /// ```
    /// # use clerk_client::{Error, http::Method, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let clerk = FakeClerk::new().client();
    /// let users: Vec<serde_json::Value> = clerk
    ///     .request(Method::GET, ["users"])
    ///     .query("limit", 5)
    ///     .await?;
    /// assert!(users.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn request<R>(
        &self,
        method: Method,
        segments: impl IntoIterator<Item: AsRef<str>>,
    ) -> Call<R, T> {
        Call::custom(Arc::clone(&self.shared), method, segments)
    }

    pub(crate) fn from_parts(shared: Shared<T>) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    /// The transport.
    #[must_use]
    pub fn transport(&self) -> &T {
        &self.shared.transport
    }
}

impl<T> Clone for Clerk<T> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Clerk<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clerk")
            .field("base_url", &self.shared.base_url)
            .field("headers", &self.shared.headers)
            .field("transport", &self.shared.transport)
            .finish()
    }
}

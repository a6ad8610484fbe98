use std::fmt;
use std::sync::Arc;

use http::Method;
use serde_core::de::DeserializeOwned;

use crate::client::call::Call;
use crate::client::call_options::CallOptions;
use crate::client::jitter::Jitter;
use crate::client::secret_key::SecretKey;
use crate::client::shared::{Shared, default_headers};
use crate::transport::{DynTransport, HttpTransport};
use crate::uri::base_url::BaseUrl;

/// A client of Clerk's Backend API: a transport, a secret key, and settings.
///
/// A client is cheap to clone, and its clones share one transport. Creating a client needs no
/// runtime. Whether a call needs a runtime depends on the transport.
///
/// `Clerk` is short for `Clerk<DynTransport>`, which can have any transport. A function that takes
/// a `Clerk` can therefore be tested with a `Clerk` over a fake.
///
/// ```
/// use clerk_client::requests::UserFilter;
/// use clerk_client::{Clerk, SecretKey, mock::FakeClerk};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clerk_client::Error> {
/// let clerk = Clerk::new(FakeClerk::new(), SecretKey::new(FakeClerk::SECRET_KEY)?);
/// let count = clerk.users().get_users_count(UserFilter::new()).await?;
/// assert_eq!(count.total_count, 0);
/// # Ok(())
/// # }
/// ```
pub struct Clerk<T = DynTransport> {
    pub(crate) shared: Arc<Shared<T>>,
}

impl Clerk {
    /// Creates a client with the default settings, over any transport.
    ///
    /// To change the settings, use [`Clerk::builder`].
    pub fn new(transport: impl HttpTransport, key: SecretKey) -> Self {
        Self::with_transport(Arc::new(transport), key)
    }
}

impl<T: HttpTransport> Clerk<T> {
    /// Creates a client with the default settings over a transport of type `T`.
    ///
    /// The client then calls the transport's methods without dynamic dispatch, but the type of the
    /// client includes the type of the transport.
    pub fn with_transport(transport: T, key: SecretKey) -> Self {
        let headers = default_headers(&key);
        Self::from_shared(Shared {
            transport,
            base_url: BaseUrl::clerk(),
            headers,
            options: CallOptions::default(),
            jitter: Jitter::new(None),
            limiter: None,
        })
    }

    /// Creates a custom request to any endpoint of the Backend API.
    ///
    /// Use this method for endpoints for which this version of the crate has no method. The
    /// segments make up the path below the base URL. Each segment is percent-encoded, so that its
    /// value cannot lead to another endpoint. Add the query and the body to the [`Call`]. The
    /// response is decoded into `R`: a type of the application, [`serde_json::Value`], or `()` if
    /// the response has no body.
    ///
    /// Only a GET request counts as idempotent. [`Call::idempotent`] changes this.
    ///
    /// Awaiting the call returns an error if there are no segments. It also returns an error if a
    /// segment is empty, is `.` or `..`, or contains a control character.
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
    pub fn request<R: DeserializeOwned>(
        &self,
        method: Method,
        segments: impl IntoIterator<Item: AsRef<str>>,
    ) -> Call<R, T> {
        Call::custom(&self.shared, method, segments)
    }

    pub(crate) fn from_shared(shared: Shared<T>) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Returns the transport.
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

//! The client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use crate::base_url::BaseUrl;
use crate::call::Call;
use crate::exchange::{Jitter, Limits};
use crate::limiter::Limiter;
use crate::{DynTransport, Error, HttpTransport, RateLimit, RetryPolicy, SecretKey, UsersApi};

/// The version of Clerk's API that the models are made for, sent as `Clerk-API-Version`.
pub const API_VERSION: &str = "2026-05-12";

/// The header that says which version of the API a request is written for.
pub(crate) const API_VERSION_HEADER: HeaderName = HeaderName::from_static("clerk-api-version");

const PRODUCT: &str = concat!("clerk-client-rust/", env!("CARGO_PKG_VERSION"));

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
    shared: Arc<Shared<T>>,
}

/// What all calls of a client share.
pub(crate) struct Shared<T> {
    pub(crate) transport: T,
    pub(crate) base_url: BaseUrl,
    pub(crate) headers: HeaderMap,
    pub(crate) limits: Limits,
    pub(crate) jitter: Jitter,
    pub(crate) limiter: Option<Limiter>,
}

impl Clerk {
    /// A client with the default settings, over any transport.
    pub fn new(transport: impl HttpTransport, key: SecretKey) -> Self {
        Self::with_transport(Arc::new(transport), key)
    }

    /// A client with settings of the caller's, over any transport.
    pub fn builder(transport: impl HttpTransport, key: SecretKey) -> ClerkBuilder {
        ClerkBuilder::new(Arc::new(transport), key)
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
            limits: Limits::default(),
            jitter: Jitter::new(None),
            limiter: None,
        })
    }

    /// The operations on users.
    #[must_use]
    pub fn users(&self) -> UsersApi<T> {
        UsersApi::new(Arc::clone(&self.shared))
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

    fn from_parts(shared: Shared<T>) -> Self {
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

/// Settings of a [`Clerk`] client.
///
/// ```
/// use clerk_client::{Clerk, SecretKey, mock::FakeClerk};
///
/// let key = SecretKey::new(FakeClerk::SECRET_KEY)?;
/// let clerk = Clerk::builder(FakeClerk::new(), key)
///     .base_url("http://127.0.0.1:4010/v1")
///     .user_agent("my-app/1.0")
///     .build()?;
/// # Ok::<(), clerk_client::Error>(())
/// ```
#[must_use = "a builder does nothing until it is built"]
pub struct ClerkBuilder<T = DynTransport> {
    transport: T,
    key: SecretKey,
    base_url: Option<String>,
    plain_http: Vec<String>,
    api_version: Option<String>,
    user_agent: Option<String>,
    limits: Limits,
    jitter_seed: Option<u64>,
    rate_limit: Option<RateLimit>,
}

impl<T: HttpTransport> ClerkBuilder<T> {
    /// Default settings, over a transport whose type is kept.
    pub fn new(transport: T, key: SecretKey) -> Self {
        Self {
            transport,
            key,
            base_url: None,
            plain_http: Vec::new(),
            api_version: None,
            user_agent: None,
            limits: Limits::default(),
            jitter_seed: None,
            rate_limit: None,
        }
    }

    /// Where the API is, with or without a slash at the end. Default: `https://api.clerk.com/v1`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows a base URL without TLS on this host. The secret key and all that is read and
    /// written will cross the network in the clear. Loopback is always allowed.
    pub fn allow_http(mut self, host: impl Into<String>) -> Self {
        self.plain_http.push(host.into());
        self
    }

    /// The version of the API to ask for. Default: [`API_VERSION`], which the models are made for.
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = Some(version.into());
        self
    }

    /// What to add to the `User-Agent`, such as `my-app/1.0`.
    pub fn user_agent(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent = Some(suffix.into());
        self
    }

    /// What a call may take in all: attempts, waits between them, bodies. Default: 60 s.
    /// [`Duration::MAX`] is no limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// What each attempt of a call may take, its body included. Default: 30 s. [`Duration::MAX`]
    /// is no limit.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt_timeout = timeout;
        self
    }

    /// How often, and after what, a request is sent again. Default: [`RetryPolicy::new`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.limits.retry = policy;
        self
    }

    /// Sends no more requests than this, all clones of the client together; those beyond it wait, in
    /// the order in which they came. [`RateLimit::of`] has what Clerk allows for a key. Default: no
    /// limit.
    ///
    /// The wait counts against a call's [`timeout`](ClerkBuilder::timeout) and not against an
    /// attempt's. A call that would have to wait for longer than it has left fails at once, with
    /// nothing sent: give many calls that are begun at once the time that their number takes. Where
    /// Clerk answers 429 all the same, no call is sent until its `Retry-After` has passed (5
    /// minutes at most).
    ///
    /// ```
    /// use std::time::Duration;
    /// use clerk_client::{Clerk, RateLimit, SecretKey, mock::FakeClerk};
    ///
    /// let key = SecretKey::new(FakeClerk::SECRET_KEY)?;
    /// let limit = RateLimit::of(&key);
    /// let clerk = Clerk::builder(FakeClerk::new(), key)
    ///     .rate_limit(limit)
    ///     .timeout(Duration::from_secs(300))
    ///     .build()?;
    /// # Ok::<(), clerk_client::Error>(())
    /// ```
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// Makes the random waits between attempts the same on every run. For tests.
    pub fn jitter_seed(mut self, seed: u64) -> Self {
        self.jitter_seed = Some(seed);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// A setting that cannot work: a malformed base URL, one without TLS for a host that is
    /// neither loopback nor allowed, an API version that is no date, a user agent that is no
    /// header, a rate limit of no requests.
    pub fn build(self) -> Result<Clerk<T>, Error> {
        let base_url = match &self.base_url {
            Some(url) => BaseUrl::parse(url, &self.plain_http)?,
            None => BaseUrl::clerk(),
        };
        if let Some(limit) = self.rate_limit {
            limit.check().map_err(Error::configuration)?;
        }
        let mut headers = default_headers(&self.key);
        if let Some(version) = &self.api_version {
            headers.insert(
                API_VERSION_HEADER,
                api_version(version).map_err(Error::configuration)?,
            );
        }
        if let Some(suffix) = &self.user_agent {
            let value = HeaderValue::try_from(format!("{PRODUCT} {suffix}")).map_err(|_| {
                Error::configuration(format!(
                    "the user agent {suffix:?} cannot stand in a header"
                ))
            })?;
            headers.insert(USER_AGENT, value);
        }
        Ok(Clerk::from_parts(Shared {
            transport: self.transport,
            base_url,
            headers,
            limits: self.limits,
            jitter: Jitter::new(self.jitter_seed),
            limiter: self.rate_limit.map(Limiter::new),
        }))
    }
}

/// Without the base URL, which may have a password in it until it is looked at.
impl<T: fmt::Debug> fmt::Debug for ClerkBuilder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClerkBuilder")
            .field("transport", &self.transport)
            .field("key", &self.key)
            .field("api_version", &self.api_version)
            .field("limits", &self.limits)
            .field("rate_limit", &self.rate_limit)
            .finish_non_exhaustive()
    }
}

fn default_headers(key: &SecretKey) -> HeaderMap {
    // Room for a body's content type, so that adding it to a copy does not grow the map.
    let mut headers = HeaderMap::with_capacity(6);
    headers.insert(AUTHORIZATION, key.authorization().clone());
    headers.insert(API_VERSION_HEADER, HeaderValue::from_static(API_VERSION));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, HeaderValue::from_static(PRODUCT));
    headers
}

/// Clerk names its versions by date: `2026-05-12`.
pub(crate) fn api_version(version: &str) -> Result<HeaderValue, String> {
    let date = version.len() == 10
        && version.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let value = HeaderValue::try_from(version).ok().filter(|_| date);
    value.ok_or_else(|| format!("the API version {version:?} is not of the form 2026-05-12"))
}

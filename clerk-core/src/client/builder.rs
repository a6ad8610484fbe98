use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use http::header::USER_AGENT;

use crate::client::call_options::CallOptions;
use crate::client::clerk::Clerk;
use crate::client::error::Error;
use crate::client::jitter::Jitter;
use crate::client::limiter::Limiter;
use crate::client::rate_limit::RateLimit;
use crate::client::retry::RetryPolicy;
use crate::client::secret_key::SecretKey;
use crate::client::shared::{PRODUCT, Shared, default_headers};
use crate::client::version::{API_VERSION_HEADER, api_version};
use crate::transport::{DynTransport, HttpTransport};
use crate::uri::base_url::BaseUrl;

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
    limits: CallOptions,
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
            limits: CallOptions::default(),
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
            Some(url) => BaseUrl::parse(url, &self.plain_http).map_err(Error::configuration)?,
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

impl Clerk {
    /// A client with settings of the caller's, over any transport.
    pub fn builder(transport: impl HttpTransport, key: SecretKey) -> ClerkBuilder {
        ClerkBuilder::new(Arc::new(transport), key)
    }
}

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use http::header::USER_AGENT;

use crate::client::call_options::CallOptions;
use crate::client::clerk::Clerk;
use crate::client::error::Error;
use crate::client::jitter::Jitter;
use crate::client::rate_limit::RateLimit;
use crate::client::rate_limiter::RateLimiter;
use crate::client::retry::RetryPolicy;
use crate::client::secret_key::SecretKey;
use crate::client::shared::{PRODUCT, Shared, default_headers};
use crate::client::variable;
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
    options: CallOptions,
    jitter_seed: Option<u64>,
    rate_limit: Limit,
}

/// The rate limit of a client.
#[derive(Debug)]
enum Limit {
    None,
    /// A limit for the client and its clones.
    Own(RateLimit),
    /// A limiter that the client shares with other clients.
    Shared(RateLimiter),
}

impl Clerk {
    /// Creates a builder for a client over any transport.
    pub fn builder(transport: impl HttpTransport, key: SecretKey) -> ClerkBuilder {
        ClerkBuilder::with_transport(Arc::new(transport), key)
    }
}

impl ClerkBuilder {
    /// The name of the environment variable from which [`ClerkBuilder::from_env`] reads the base
    /// URL.
    pub const BASE_URL_ENV: &'static str = "CLERK_BASE_URL";

    /// Creates a builder for a client over any transport, and reads the key and the base URL from
    /// environment variables.
    ///
    /// `CLERK_SECRET_KEY` is the secret key. `CLERK_BASE_URL` is the base URL, for example the URL
    /// of a fake server. If this variable is not set or is empty, the client uses the default base
    /// URL. For an HTTP proxy, see the settings of the transport.
    ///
    /// ```no_run
    /// use clerk_client::transport::HttpTransport;
    /// use clerk_client::{Clerk, ClerkBuilder, Error};
    ///
    /// fn client(transport: impl HttpTransport) -> Result<Clerk, Error> {
    ///     ClerkBuilder::from_env(transport)?.build()
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if `CLERK_SECRET_KEY` is not set or is malformed
    /// ([`SecretKey::from_env`]), or if `CLERK_BASE_URL` is not Unicode.
    pub fn from_env(transport: impl HttpTransport) -> Result<Self, Error> {
        let mut builder = Clerk::builder(transport, SecretKey::from_env()?);
        if let Some(url) = variable::optional(Self::BASE_URL_ENV)?
            && !url.is_empty()
        {
            builder = builder.base_url(url);
        }
        Ok(builder)
    }
}

impl<T: HttpTransport> ClerkBuilder<T> {
    /// Creates a builder for a client over a transport of type `T`.
    pub fn with_transport(transport: T, key: SecretKey) -> Self {
        Self {
            transport,
            key,
            base_url: None,
            plain_http: Vec::new(),
            api_version: None,
            user_agent: None,
            options: CallOptions::default(),
            jitter_seed: None,
            rate_limit: Limit::None,
        }
    }

    /// Sets the base URL, with or without a slash at the end. The default is
    /// `https://api.clerk.com/v1`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows a base URL without TLS on this host.
    ///
    /// The secret key, all requests and all responses then cross the network unencrypted. Loopback
    /// hosts are always allowed. Write an IPv6 address in brackets, such as `[fd00::1]`.
    pub fn allow_http(mut self, host: impl Into<String>) -> Self {
        self.plain_http.push(host.into());
        self
    }

    /// Sets the version of the API. The default is [`API_VERSION`](crate::API_VERSION), the version
    /// that the models of this crate follow.
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = Some(version.into());
        self
    }

    /// Sets a suffix of the `User-Agent` header, such as `my-app/1.0`. Spaces and tabs around the
    /// suffix are removed.
    pub fn user_agent(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent = Some(suffix.into());
        self
    }

    /// Sets the total timeout of a call. It covers all attempts, the waits before and between them,
    /// and reading the bodies.
    ///
    /// The default is 60 s. [`Duration::MAX`] disables the timeout.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = timeout;
        self
    }

    /// Sets the timeout of each attempt, including reading the body.
    ///
    /// The default is 30 s. [`Duration::MAX`] disables the timeout.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = timeout;
        self
    }

    /// Sets the retry policy. The default is [`RetryPolicy::new`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = policy;
        self
    }

    /// Limits the rate of requests of the client and all its clones. By default, there is no limit.
    ///
    /// If the limit is reached, further calls wait in the order in which they started. If a waiting
    /// call is dropped, the calls behind it do not move up. The next call that starts takes the
    /// free place. [`clerk_rate_limit`](Self::clerk_rate_limit) sets Clerk's own limit.
    ///
    /// The wait is part of a call's [`timeout`](Self::timeout), but not of its
    /// [`attempt_timeout`](Self::attempt_timeout). If the timeout leaves too little time for the
    /// wait, the call fails immediately with an error of the kind
    /// [`RateLimit`](crate::ErrorKind::RateLimit), without sending a request. A call that is not
    /// idempotent also fails if too little time would be left for the response after the wait. The
    /// same rule applies before a [retry](RetryPolicy#waiting). If you start many calls
    /// concurrently, choose a timeout that is long enough for the last of them.
    ///
    /// If Clerk still responds with 429 and `Retry-After`, the client pauses all requests for the
    /// time in `Retry-After`, but for at most 5 minutes.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Limit::Own(limit);
        self
    }

    /// Limits the total rate of requests of this client and all other clients with the same
    /// limiter. Calls wait as described at [`rate_limit`](Self::rate_limit). Of the two settings,
    /// the last one takes effect.
    pub fn rate_limiter(mut self, limiter: &RateLimiter) -> Self {
        self.rate_limit = Limit::Shared(limiter.clone());
        self
    }

    /// Sets the rate limit to Clerk's own limit for the instance type of the key.
    ///
    /// ```
    /// use std::time::Duration;
    /// use clerk_client::{Clerk, SecretKey, mock::FakeClerk};
    ///
    /// let key = SecretKey::new(FakeClerk::SECRET_KEY)?;
    /// let clerk = Clerk::builder(FakeClerk::new(), key)
    ///     .clerk_rate_limit()
    ///     .timeout(Duration::from_secs(300))
    ///     .build()?;
    /// # Ok::<(), clerk_client::Error>(())
    /// ```
    ///
    /// See [`rate_limit`](Self::rate_limit) for what happens beyond the limit.
    pub fn clerk_rate_limit(self) -> Self {
        let limit = RateLimit::of(&self.key);
        self.rate_limit(limit)
    }

    /// Sets the seed of the random waits between attempts, so that a test can repeat the waits.
    pub fn jitter_seed(mut self, seed: u64) -> Self {
        self.jitter_seed = Some(seed);
        self
    }

    /// Creates the client.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting is invalid:
    ///
    /// - the base URL is malformed, or its scheme is neither `https` nor `http`,
    /// - the base URL contains a user, a password, a query, a fragment, or a segment `.` or `..`,
    /// - the base URL uses plain HTTP for a host that is not allowed,
    /// - the API version does not have the form of a date,
    /// - the user agent is not a valid header value,
    /// - the number of requests of the rate limit is not from 1 to 100,000.
    pub fn build(self) -> Result<Clerk<T>, Error> {
        let base_url = match &self.base_url {
            Some(url) => BaseUrl::parse(url, &self.plain_http).map_err(Error::configuration)?,
            None => BaseUrl::clerk(),
        };
        let limiter = match self.rate_limit {
            Limit::None => None,
            Limit::Own(limit) => Some(RateLimiter::new(limit)?),
            Limit::Shared(limiter) => Some(limiter),
        };
        let mut headers = default_headers(&self.key);
        if let Some(version) = &self.api_version {
            let version = api_version(version).map_err(Error::configuration)?;
            headers.insert(API_VERSION_HEADER, version);
        }
        if let Some(suffix) = &self.user_agent {
            // A header value that starts or ends with a space is malformed in HTTP/2.
            let value = format!("{PRODUCT} {}", suffix.trim_matches([' ', '\t']));
            let value = HeaderValue::try_from(value.trim_end_matches(' ')).map_err(|_| {
                let message =
                    format!("invalid user agent {suffix:?}: it has a control character; remove it");
                Error::configuration(message)
            })?;
            headers.insert(USER_AGENT, value);
        }
        Ok(Clerk::from_shared(Shared {
            transport: self.transport,
            base_url,
            headers,
            options: self.options,
            jitter: Jitter::new(self.jitter_seed),
            limiter,
        }))
    }
}

/// Leaves out the base URL, because only `build` checks that it contains no password.
impl<T: fmt::Debug> fmt::Debug for ClerkBuilder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClerkBuilder")
            .field("transport", &self.transport)
            .field("key", &self.key)
            .field("api_version", &self.api_version)
            .field("options", &self.options)
            .field("rate_limit", &self.rate_limit)
            .finish_non_exhaustive()
    }
}

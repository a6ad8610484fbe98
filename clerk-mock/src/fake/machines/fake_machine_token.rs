//! The description of an API key, an M2M token or an OAuth access token, from which a test creates
//! the token.

use std::time::Duration;

use serde_core::Serialize;
use serde_json::{Map, Value};

/// An API key, an M2M token or an OAuth access token, for
/// [`FakeClerk::add_api_key`](crate::FakeClerk::add_api_key) and similar methods, such as
/// [`m2m_jwt`](crate::FakeClerk::m2m_jwt).
///
/// ```
/// use std::time::Duration;
///
/// use clerk_client::mock::{FakeClerk, FakeMachineToken};
///
/// let fake = FakeClerk::new();
/// let key = FakeMachineToken::new("user_1")
///     .scopes(["reports:read"])
///     .expires_in(Duration::from_secs(3_600));
/// let secret = fake.add_api_key(key);
/// assert!(secret.expose().starts_with("ak_"));
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct FakeMachineToken {
    pub(crate) subject: String,
    pub(crate) name: String,
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) claims: Map<String, Value>,
    pub(crate) lifetime: Option<Duration>,
}

impl FakeMachineToken {
    /// Creates a token for a subject: the id of a user, an organization or a machine.
    pub fn new(subject: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            name: "fake".to_owned(),
            client_id: "client_fake".to_owned(),
            scopes: Vec::new(),
            claims: Map::new(),
            lifetime: None,
        }
    }

    /// Sets the name of an API key.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets the client id of the OAuth application to which an OAuth access token belongs.
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = client_id.into();
        self
    }

    /// Sets the scopes. The scopes of an M2M token are ids of machines.
    pub fn scopes(mut self, scopes: impl IntoIterator<Item: Into<String>>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sets a custom claim. An opaque OAuth access token has no custom claims. A value that cannot
    /// be serialized becomes null.
    pub fn claim(mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        self.claims.insert(name.to_owned(), value);
        self
    }

    /// Sets the lifetime, by the fake's clock. By default, an opaque token does not expire, and a
    /// JWT expires after an hour.
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

impl<S: Into<String>> From<S> for FakeMachineToken {
    fn from(subject: S) -> Self {
        Self::new(subject)
    }
}

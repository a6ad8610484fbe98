use std::fmt;
use std::sync::Arc;

use clerk_core::{Error, OrganizationId, Timestamp, UserId};
use serde_core::de::DeserializeOwned;

use crate::claims::custom;
use crate::claims::standard::{Standard, Times};
use crate::token::class::MACHINE;

/// The type of the token in [`MachineClaims`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MachineTokenType {
    /// An API key, which acts for a user, an organization or a machine.
    ApiKey,
    /// A machine-to-machine token, which acts for a machine.
    M2m,
    /// An OAuth access token, with which an OAuth application acts for a user.
    OAuth,
}

impl MachineTokenType {
    /// Returns the name that Clerk's SDKs use, such as `api_key`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ApiKey => "api_key",
            Self::M2m => "m2m_token",
            Self::OAuth => "oauth_token",
        }
    }
}

/// The claims of an API key, an M2M token or an OAuth access token that has been verified.
#[derive(Clone)]
#[non_exhaustive]
pub struct MachineClaims {
    /// The type of the token.
    pub token_type: MachineTokenType,
    /// The id of the token, such as `ak_…`. It is not a secret. `None` if the token is a JWT
    /// without an id (`jti`).
    pub token_id: Option<String>,
    /// The id of the user, the organization or the machine for which the token acts.
    pub subject: String,
    /// The name of an API key. `None` for other tokens.
    pub name: Option<String>,
    /// The client id of the OAuth application. `None` for tokens other than OAuth access tokens.
    pub client_id: Option<String>,
    /// The scopes. The scopes of an opaque M2M token are the ids of the machines for which the
    /// token is meant. The machine that creates an M2M JWT can put any scopes into the JWT.
    pub scopes: Vec<String>,
    /// The time at which the token was made. `None` if it is unknown.
    pub issued_at: Option<Timestamp>,
    /// The time at which the token expires. `None` if it does not expire.
    pub expires_at: Option<Timestamp>,
    pub(crate) json: Arc<str>,
}

impl MachineClaims {
    /// Creates the claims of a verified JWT.
    pub(crate) fn of_jwt(
        token_type: MachineTokenType,
        subject: String,
        standard: Standard,
        json: Arc<str>,
    ) -> Self {
        let Times {
            expires_at,
            issued_at,
            ..
        } = standard.times;
        Self {
            token_type,
            token_id: standard.token_id,
            subject,
            name: None,
            client_id: None,
            scopes: Vec::new(),
            issued_at,
            expires_at: Some(expires_at),
            json,
        }
    }

    /// Whether the token has a scope. The comparison is case-sensitive.
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|own| own == scope)
    }

    /// Returns the id of the user for whom the token acts. `None` if it acts for an organization or
    /// a machine.
    #[must_use]
    pub fn user_id(&self) -> Option<UserId> {
        self.is_of("user_").then(|| self.subject.as_str().into())
    }

    /// Returns the id of the organization for which the token acts. `None` if it acts for a user or
    /// a machine.
    #[must_use]
    pub fn organization_id(&self) -> Option<OrganizationId> {
        self.is_of("org_").then(|| self.subject.as_str().into())
    }

    /// Returns the id of the machine for which the token acts. `None` if it acts for a user or an
    /// organization.
    #[must_use]
    pub fn machine_id(&self) -> Option<&str> {
        self.is_of(MACHINE).then_some(&self.subject)
    }

    fn is_of(&self, prefix: &str) -> bool {
        self.subject.starts_with(prefix)
    }

    /// Decodes the custom claims of an opaque token, or all claims of a JWT.
    ///
    /// # Errors
    ///
    /// Returns an error if the claims cannot be decoded into `C`. The message gives the position in
    /// the JSON, never a value.
    pub fn custom<C: DeserializeOwned>(&self) -> Result<C, Error> {
        custom::decode(&self.json)
    }
}

/// Shows the type, the ids, the scopes and the expiry. Custom claims are hidden.
impl fmt::Debug for MachineClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MachineClaims")
            .field("token_type", &self.token_type)
            .field("token_id", &self.token_id)
            .field("subject", &self.subject)
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

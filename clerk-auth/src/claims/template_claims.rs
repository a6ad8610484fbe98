use std::fmt;

use clerk_core::{Timestamp, UserId};

use crate::claims::standard::Standard;

/// The claims of a verified token that was made from a JWT template.
///
/// The token says who the user is. It does not say that the user's session is still active.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TemplateClaims<C> {
    /// The user (`sub`).
    pub user_id: UserId,
    /// The URL of the instance's Frontend API (`iss`). `None` if the token has none.
    pub issuer: Option<String>,
    /// The origin that requested the token (`azp`). `None` for tokens that the Backend API makes.
    pub authorized_party: Option<String>,
    /// The id of the token (`jti`). `None` if the token has none.
    pub token_id: Option<String>,
    /// The time at which the token was made (`iat`). `None` if the token has none.
    pub issued_at: Option<Timestamp>,
    /// The time at which the token expires (`exp`).
    pub expires_at: Timestamp,
    /// The time before which the token is not valid (`nbf`). `None` if the token has none.
    pub not_before: Option<Timestamp>,
    /// All claims, decoded into a type of the application.
    pub claims: C,
}

impl<C> TemplateClaims<C> {
    pub(crate) fn new(user_id: UserId, standard: Standard, claims: C) -> Self {
        Self {
            user_id,
            issuer: standard.issuer,
            authorized_party: standard.authorized_party,
            token_id: standard.token_id,
            issued_at: standard.times.issued_at,
            expires_at: standard.times.expires_at,
            not_before: standard.times.not_before,
            claims,
        }
    }
}

/// Shows the user and the expiry. The claims of the application are hidden.
impl<C> fmt::Debug for TemplateClaims<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TemplateClaims")
            .field("user_id", &self.user_id)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

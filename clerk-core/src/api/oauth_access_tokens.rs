//! The operation on the access tokens of OAuth applications.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::requests::body::body;
use crate::types::id::{UserId, id};
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

api! {
    /// The operation on the access tokens that users granted to
    /// [OAuth applications](crate::api::OAuthApplicationsApi).
    /// [`Clerk::oauth_access_tokens`](crate::Clerk::oauth_access_tokens) returns this type.
    ///
    /// [`get_o_auth_access_token`](crate::UsersApi::get_o_auth_access_token) returns the tokens
    /// that a user has from other providers, such as Google.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let fake = clerk_client::mock::FakeClerk::from_json(
    /// #     r#"{ "machine_tokens": [{ "kind": "oauth_access_token", "subject": "user_1", "secret": "oat_received" }] }"#,
    /// # ).unwrap();
    /// # let clerk = fake.client();
    /// let token = clerk.oauth_access_tokens().verify_oauth_access_token("oat_received").await?;
    /// if token.is_active() {
    ///     println!("{} acts for {}", token.client_id, token.subject);
    /// }
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`verify_oauth_access_token`](Self::verify_oauth_access_token) | `verifyOAuthAccessToken` | yes |
    ///
    /// # Errors
    ///
    /// - 400: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    OAuthAccessTokensApi:
        self,
}

operations! {
    /// # OAuth access tokens
    impl OAuthAccessTokensApi = "OAuth-Access-Tokens";

    /// Verifies an access token, and returns its user, scopes and status.
    ///
    /// Before you trust the token, check [`is_active`](VerifiedOAuthAccessToken::is_active): for a
    /// revoked or expired token, Clerk may return the token instead of the status 404.
    #[doc(alias = "verify_o_auth_access_token")]
    verifyOAuthAccessToken: POST "/oauth_applications/access_tokens/verify", idempotent,
        [400, 404 = "the token does not exist, or is no longer valid."], unsent = "the token is empty.";
    fn verify_oauth_access_token(request: VerifyOAuthAccessTokenRequest) -> VerifiedOAuthAccessToken;
}

id! {
    /// The id of an access token of an OAuth application: `oat_` and 32 hexadecimal digits.
    OAuthAccessTokenId
}

body! {
    /// The request body of [`verify_oauth_access_token`]. A string with the token converts into
    /// this type.
    ///
    /// [`verify_oauth_access_token`]: crate::api::OAuthAccessTokensApi::verify_oauth_access_token
    VerifyOAuthAccessTokenRequest(token_is_given)
    required {
        /// The token to verify.
        access_token: SecretString,
    } and {
        /// The token to verify. Deprecated by Clerk in favour of `access_token`.
        secret: SecretString,
    }
}

#[inline]
fn token_is_given(request: &VerifyOAuthAccessTokenRequest) -> Result<(), String> {
    if request.access_token.is_empty() {
        return Err("invalid access_token: it is empty".to_owned());
    }
    Ok(())
}

impl<T: Into<SecretString>> From<T> for VerifyOAuthAccessTokenRequest {
    fn from(access_token: T) -> Self {
        Self::new(access_token)
    }
}

model! {
    /// The result of the verification of an access token of an OAuth application.
    ///
    /// If the token is an inactive JWT, Clerk returns only [`active`](Self::active). The other
    /// fields then have their default values.
    VerifiedOAuthAccessToken {
        /// The kind of the object; `None` if the token is an inactive JWT.
        object: Option<VerifiedOAuthAccessTokenObject> = optional,
        /// The id of the token; empty if the token is an inactive JWT.
        id: OAuthAccessTokenId,
        /// The `client_id` of the OAuth application; empty if the token is an inactive JWT.
        client_id: String,
        /// The user who granted the token; empty if the token is an inactive JWT.
        subject: UserId,
        /// The scopes that the user granted.
        scopes: Vec<String>,
        /// Whether the token is revoked; false if the token is an inactive JWT.
        revoked: bool,
        /// The reason of the revocation; `None` if there is none.
        revocation_reason: Option<String>,
        /// Whether the token is expired; false if the token is an inactive JWT.
        expired: bool,
        /// The time of expiry; `None` if the token does not expire or is an inactive JWT.
        expiration: Option<Timestamp>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// Whether a JWT is active. `Some(false)` means that the JWT is inactive (expired), and
        /// that Clerk returned no other field. `None` if Clerk returned the other fields.
        active: Option<bool> = optional,
    }
}

impl VerifiedOAuthAccessToken {
    /// Returns whether the token is valid: it has a user, [`active`](Self::active) is not
    /// `Some(false)`, and it is neither revoked nor expired.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.active != Some(false) && !self.subject.is_empty() && !self.revoked && !self.expired
    }
}

open_enum! {
    /// The kind of a [`VerifiedOAuthAccessToken`].
    VerifiedOAuthAccessTokenObject {
        OAuthAccessToken = "clerk_idp_oauth_access_token",
    }
}

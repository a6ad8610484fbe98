use crate::json::model::model;
use crate::models::page::PageItem;
use crate::types::id::{ExternalAccountId, OAuthProvider};
use crate::types::metadata::Metadata;
use crate::types::secret::SecretString;

model! {
    /// A user's access token for an OAuth provider.
    ///
    /// An optional field is `None` if the token has no such value.
    OAuthAccessToken("oauth_access_token") {
        /// The id of the [`ExternalAccount`](crate::models::ExternalAccount) that the token belongs
        /// to.
        external_account_id: ExternalAccountId,
        /// The id of the user at the provider.
        provider_user_id: String,
        /// The access token.
        token: SecretString,
        /// The expiry time as a Unix timestamp. Clerk's specification does not give the unit.
        expires_at: Option<i64>,
        /// The provider.
        provider: OAuthProvider,
        /// Metadata that the frontend and the backend can read.
        public_metadata: Metadata,
        /// The label of the external account.
        label: Option<String>,
        /// The scopes for which the token is valid; `None` for OAuth 1.0.
        scopes: Option<Vec<String>> = optional,
        /// The OpenID Connect id token; `None` if the provider issued none.
        id_token: Option<SecretString> = optional,
        /// The token's secret; `None` for OAuth 2.0.
        token_secret: Option<SecretString> = optional,
    }
}

impl PageItem for OAuthAccessToken {
    #[inline]
    fn key(&self) -> String {
        format!(
            "{} {} {}",
            self.external_account_id,
            self.provider_user_id,
            self.token.expose()
        )
    }
}

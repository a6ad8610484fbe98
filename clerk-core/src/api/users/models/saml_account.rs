use crate::json::model::model;
use crate::models::verification::Verification;
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// A user's account with a SAML identity provider.
    ///
    /// An optional field is `None` if the account has no such value.
    SamlAccount("saml_account") {
        /// The id of the account.
        id: String,
        /// The identity provider.
        provider: String,
        /// Whether the account is active.
        active: bool,
        /// The e-mail address at the provider.
        email_address: String,
        /// The first name at the provider.
        first_name: Option<String>,
        /// The last name at the provider.
        last_name: Option<String>,
        /// The id of the user at the provider.
        provider_user_id: Option<String>,
        /// The time of the last sign-in with this account; `None` if there was none.
        last_authenticated_at: Option<Timestamp>,
        /// Metadata that the frontend and the backend can read.
        public_metadata: Metadata,
        /// The verification state; `None` if no verification has started.
        verification: Option<Verification>,
        /// The account's connection; `None` if the response does not include it.
        saml_connection: Option<Box<SamlAccountConnection>>,
    }
}

model! {
    /// The SAML connection of a [`SamlAccount`].
    ///
    /// An optional field is `None` if the connection has no such value.
    SamlAccountConnection {
        /// The id of the connection.
        id: String,
        /// The name of the connection.
        name: String,
        /// The domain of the connection. Deprecated by Clerk in favour of `domains`.
        domain: Option<String> = optional,
        /// The domains of the connection.
        domains: Vec<String>,
        /// Whether the connection is active.
        active: bool,
        /// The identity provider.
        provider: String,
        /// Whether Clerk updates the user's attributes from the provider.
        sync_user_attributes: bool,
        /// Whether users with an e-mail address in a subdomain can use the connection.
        allow_subdomains: bool,
        /// Whether the provider can start a sign-in.
        allow_idp_initiated: bool,
        /// Whether Clerk prevents users of the connection from adding other identifications.
        disable_additional_identifications: bool,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

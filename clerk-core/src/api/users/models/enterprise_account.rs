use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::verification::Verification;
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// A user's account at the identity provider of an enterprise connection.
    ///
    /// An optional field is `None` if the account has no such value.
    EnterpriseAccount("enterprise_account") {
        /// The id of the account.
        id: String,
        /// The protocol of the connection.
        protocol: EnterpriseAccountProtocol,
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
        /// The id of the account's connection.
        enterprise_connection_id: Option<String>,
        /// Metadata that the frontend and the backend can read.
        public_metadata: Metadata,
        /// The verification state; `None` if no verification has started.
        verification: Option<Verification>,
        /// The account's connection; `None` if the response does not include it.
        enterprise_connection: Option<Box<EnterpriseAccountConnection>>,
        /// The time of the last sign-in with this account; `None` if there was none.
        last_authenticated_at: Option<Timestamp>,
    }
}

model! {
    /// The connection of an [`EnterpriseAccount`].
    ///
    /// An optional field is `None` if the connection has no such value.
    EnterpriseAccountConnection {
        /// The id of the connection.
        id: String,
        /// The protocol of the connection.
        protocol: EnterpriseAccountProtocol,
        /// The identity provider.
        provider: String,
        /// The name of the connection.
        name: String,
        /// The URL of the provider's logo.
        logo_public_url: Option<String>,
        /// The domain of the connection. Deprecated by Clerk in favour of `domains`.
        domain: Option<String> = optional,
        /// The domains of the connection.
        domains: Vec<String>,
        /// Whether the connection is active.
        active: bool,
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

open_enum! {
    /// The protocol of an enterprise connection.
    EnterpriseAccountProtocol {
        OAuth = "oauth",
        Saml = "saml",
    }
}

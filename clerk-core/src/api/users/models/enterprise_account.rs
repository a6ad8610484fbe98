use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::verification::Verification;
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// A user's account with an enterprise connection.
    EnterpriseAccount("enterprise_account") {
        /// The id of the account.
        id: String,
        /// The protocol of the connection.
        protocol: EnterpriseAccountProtocol,
        /// The identity provider.
        provider: String,
        /// Whether it is in use.
        active: bool,
        /// The e-mail address at the provider.
        email_address: String,
        /// The first name at the provider.
        first_name: Option<String>,
        /// The last name at the provider.
        last_name: Option<String>,
        /// The id of the user at the provider.
        provider_user_id: Option<String>,
        /// The connection that it belongs to.
        enterprise_connection_id: Option<String>,
        /// Metadata that both frontend and backend can see.
        public_metadata: Metadata,
        /// How far its verification is.
        verification: Option<Verification>,
        /// The connection that it belongs to, in full.
        enterprise_connection: Option<Box<EnterpriseAccountConnection>>,
        /// When the user last signed in with it.
        last_authenticated_at: Option<Timestamp>,
    }
}

model! {
    /// The connection of an [`EnterpriseAccount`].
    EnterpriseAccountConnection {
        /// The id of the connection.
        id: String,
        /// The protocol.
        protocol: EnterpriseAccountProtocol,
        /// The identity provider.
        provider: String,
        /// What the instance calls it.
        name: String,
        /// Where its logo is.
        logo_public_url: Option<String>,
        /// The domain that it serves. Deprecated by Clerk in favour of `domains`.
        domain: Option<String> = optional,
        /// The domains that it serves.
        domains: Vec<String>,
        /// Whether it is in use.
        active: bool,
        /// Whether the user's attributes follow the provider's.
        sync_user_attributes: bool,
        /// Whether subdomains may use it.
        allow_subdomains: bool,
        /// Whether the provider may begin a sign-in.
        allow_idp_initiated: bool,
        /// Whether its users may not add other identifications.
        disable_additional_identifications: bool,
        /// When it was created.
        created_at: Timestamp,
        /// When it was last changed.
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

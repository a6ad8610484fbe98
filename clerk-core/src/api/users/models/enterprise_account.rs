use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::verification::Verification;
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// A user's account with an enterprise connection.
    EnterpriseAccount("enterprise_account") {
        /// The id of the account.
        id: Box<str>,
        /// The protocol of the connection.
        protocol: EnterpriseAccountProtocol,
        /// The identity provider.
        provider: Box<str>,
        /// Whether it is in use.
        active: bool,
        /// The e-mail address at the provider.
        email_address: Box<str>,
        /// The first name at the provider.
        first_name: Option<Box<str>>,
        /// The last name at the provider.
        last_name: Option<Box<str>>,
        /// The id of the user at the provider.
        provider_user_id: Option<Box<str>>,
        /// The connection that it belongs to.
        enterprise_connection_id: Option<Box<str>>,
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
        id: Box<str>,
        /// The protocol.
        protocol: EnterpriseAccountProtocol,
        /// The identity provider.
        provider: Box<str>,
        /// What the instance calls it.
        name: Box<str>,
        /// Where its logo is.
        logo_public_url: Option<Box<str>>,
        /// The domain that it serves. Deprecated by Clerk in favour of `domains`.
        domain: Option<Box<str>> = optional,
        /// The domains that it serves.
        domains: Vec<Box<str>>,
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

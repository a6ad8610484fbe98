use crate::json::model::model;
use crate::models::verification::Verification;
use crate::types::id::EmailAddressId;
use crate::types::timestamp::Timestamp;

model! {
    /// An e-mail address of a user.
    EmailAddress("email_address") {
        /// The id of the address.
        id: EmailAddressId,
        /// The address.
        email_address: String,
        /// Whether it is claimed for this user although it is not verified.
        reserved: bool,
        /// How far its verification is.
        verification: Option<Verification>,
        /// The identifications that share this address.
        linked_to: Vec<IdentificationLink>,
        /// Whether the domain belongs to an SSO connection of the instance.
        matches_sso_connection: bool,
        /// When it was added.
        created_at: Timestamp,
        /// When it was last changed.
        updated_at: Timestamp,
    }
}

model! {
    /// An identification that is linked to another one.
    IdentificationLink {
        /// What it is: `oauth_google`, `saml` …
        link_type as "type": String,
        /// Its id.
        id: String,
    }
}

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
        /// Whether the address is reserved for this user although it is not verified.
        reserved: bool,
        /// The verification state; `None` if no verification has started.
        verification: Option<Verification>,
        /// The identifications linked to this address.
        linked_to: Vec<IdentificationLink>,
        /// Whether the domain of the address belongs to an active enterprise connection.
        matches_sso_connection: bool,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

model! {
    /// An identification linked to an e-mail address or phone number.
    IdentificationLink {
        /// The type of the identification: `oauth_google`, `saml` …
        link_type as "type": String,
        /// The id of the identification.
        id: String,
    }
}

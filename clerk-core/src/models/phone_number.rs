use crate::json::model::model;
use crate::models::email_address::IdentificationLink;
use crate::models::verification::Verification;
use crate::types::id::PhoneNumberId;
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

model! {
    /// A phone number of a user.
    PhoneNumber("phone_number") {
        /// The id of the number.
        id: PhoneNumberId,
        /// The number in E.164 format: `+15551234567`.
        phone_number: String,
        /// Whether the number is reserved for use as a second factor.
        reserved_for_second_factor: bool,
        /// Whether the number is the default second factor.
        default_second_factor: bool,
        /// Whether the number is reserved for this user although it is not verified.
        reserved: bool,
        /// The verification state; `None` if no verification has started.
        verification: Option<Verification>,
        /// The identifications linked to this number.
        linked_to: Vec<IdentificationLink>,
        /// Backup codes for signing in without the phone; `None` if the response does not include
        /// them.
        backup_codes: Option<Vec<SecretString>>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

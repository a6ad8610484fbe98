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
        /// The number in E.164 form: `+15551234567`.
        phone_number: String,
        /// Whether it serves as a second factor only.
        reserved_for_second_factor: bool,
        /// Whether it is the second factor that is tried first.
        default_second_factor: bool,
        /// Whether it is claimed for this user although it is not verified.
        reserved: bool,
        /// How far its verification is.
        verification: Option<Verification>,
        /// The identifications that share this number.
        linked_to: Vec<IdentificationLink>,
        /// Codes to sign in with when the phone is lost, where the API shows them.
        backup_codes: Option<Vec<SecretString>>,
        /// When it was added.
        created_at: Timestamp,
        /// When it was last changed.
        updated_at: Timestamp,
    }
}

use crate::json::model::model;
use crate::models::verification::Verification;
use crate::types::id::PasskeyId;
use crate::types::timestamp::Timestamp;

model! {
    /// A passkey of a user.
    Passkey("passkey") {
        /// The id of the passkey.
        id: PasskeyId,
        /// The name. Clerk derives it from the device, and the user can change it.
        name: String,
        /// The time of the last use; `None` if the passkey has never been used.
        last_used_at: Option<Timestamp>,
        /// The verification state; `None` if no verification has started.
        verification: Option<Verification>,
    }
}

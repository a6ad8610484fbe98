use crate::json::model::model;
use crate::models::verification::Verification;
use crate::types::id::PasskeyId;
use crate::types::timestamp::Timestamp;

model! {
    /// A passkey of a user.
    Passkey("passkey") {
        /// The id of the passkey.
        id: PasskeyId,
        /// What the user calls it.
        name: String,
        /// When it was last used; `None` where it never was.
        last_used_at: Option<Timestamp>,
        /// How far its verification is.
        verification: Option<Verification>,
    }
}

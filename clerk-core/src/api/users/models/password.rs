use crate::json::model::model;

model! {
    /// The result of `verify_password`. A wrong password is an error, with status 422.
    VerifyPasswordResponse {
        /// Whether the password was correct. Always true in practice: a wrong password is an error.
        verified: bool,
    }
}

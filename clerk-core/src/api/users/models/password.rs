use crate::json::model::model;

model! {
    /// The result of [`verify_password`](crate::UsersApi::verify_password). A wrong password is an
    /// error with status 422.
    VerifyPasswordResponse {
        /// Whether the password was correct. In practice, it is always true.
        verified: bool,
    }
}

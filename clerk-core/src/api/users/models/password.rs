use crate::json::model::model;

model! {
    /// The result of [`verify_password`](crate::UsersApi::verify_password). If the password is
    /// wrong, the call returns an error with status 422 instead.
    VerifyPasswordResponse {
        /// Whether the password was correct. In practice, this field is always true.
        verified: bool,
    }
}

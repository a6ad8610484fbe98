use crate::model::model;

model! {
    /// That a password was right. A wrong one is an error, with status 422.
    VerifyPasswordResponse {
        /// Whether it was right.
        verified: bool,
    }
}

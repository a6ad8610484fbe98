use crate::requests::secret_body::secret_body;

secret_body! {
    /// The request body of [`verify_password`](crate::UsersApi::verify_password). A password
    /// converts into this type.
    VerifyPasswordRequest {
        /// The password to verify.
        password
    }
}

secret_body! {
    /// The request body of [`verify_totp`](crate::UsersApi::verify_totp). A code converts into this
    /// type.
    VerifyTotpRequest {
        /// The TOTP code or backup code to verify.
        code
    }
}

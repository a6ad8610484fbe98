use crate::requests::secret_body::secret_body;

secret_body! {
    /// The request body of [`verify_password`](crate::UsersApi::verify_password). A string
    /// with the password converts into this type.
    VerifyPasswordRequest {
        /// The password to verify.
        password
    }
}

secret_body! {
    /// The request body of [`verify_totp`](crate::UsersApi::verify_totp). A string with the code
    /// converts into this type.
    VerifyTotpRequest {
        /// The TOTP code or backup code to verify.
        code
    }
}

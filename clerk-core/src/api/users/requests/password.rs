use crate::requests::body::body;
body! {
    /// The request body of
    /// [`remove_user_password`](crate::UsersApi::remove_user_password).
    RemoveUserPasswordRequest {
        /// Whether Clerk ends all active sessions of the user. Clerk's default is no.
        sign_out_of_other_sessions: bool,
    }
}

body! {
    /// The request body of
    /// [`set_user_password_compromised`](crate::UsersApi::set_user_password_compromised).
    SetUserPasswordCompromisedRequest {
        /// Whether Clerk ends all sessions of the user.
        revoke_all_sessions / clear_revoke_all_sessions: bool,
    }
}

use crate::requests::body::body;
body! {
    /// The request body of
    /// [`remove_user_password`](crate::UsersApi::remove_user_password).
    RemoveUserPasswordRequest {
        /// Whether to end all of the user's sessions. Clerk's default is no.
        sign_out_of_other_sessions: bool,
    }
}

body! {
    /// The request body of
    /// [`set_user_password_compromised`](crate::UsersApi::set_user_password_compromised).
    SetUserPasswordCompromisedRequest {
        /// Whether to end all of the user's sessions.
        revoke_all_sessions / clear_revoke_all_sessions: bool,
    }
}

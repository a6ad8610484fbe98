use crate::requests::body::body;
body! {
    /// How to remove a password: the body of
    /// [`remove_user_password`](crate::UsersApi::remove_user_password).
    RemoveUserPasswordRequest {
        /// Ends all of the user's sessions. Clerk's default: no.
        sign_out_of_other_sessions: bool,
    }
}

body! {
    /// How to mark a password: the body of
    /// [`set_user_password_compromised`](crate::UsersApi::set_user_password_compromised).
    SetUserPasswordCompromisedRequest {
        /// Ends all of the user's sessions.
        revoke_all_sessions / clear_revoke_all_sessions: bool,
    }
}

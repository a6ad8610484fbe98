use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::api::users::models::password::VerifyPasswordResponse;
use crate::api::users::models::user::User;
use crate::api::users::requests::password::{
    RemoveUserPasswordRequest, SetUserPasswordCompromisedRequest,
};
use crate::api::users::requests::verify::VerifyPasswordRequest;
use crate::types::id::UserId;

operations! {
    /// # Passwords
    impl UsersApi = "Users";

    /// Verifies a user's password.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// assert!(users.verify_password("user_1", "correct horse").await?.verified);
    /// # Ok(()) });
    /// ```
    #[doc(alias = "verify_user_password")]
    VerifyPassword: POST "/users/{user_id}/verify_password", once = "Whether the password is correct is unknown. If you repeat the call with a wrong password, Clerk may count two failed attempts.", [
        400 = "the user has no password (`no_password_set`).",
        404 = "the user does not exist.",
        422 = "the password is wrong (`incorrect_password`).",
        500,
    ], unsent = "the password is empty.";
    fn verify_password(user_id: UserId, password: VerifyPasswordRequest) -> VerifyPasswordResponse;

    /// Removes a user's password, even if the user has no other way to sign in.
    ///
    /// If the user has no password, nothing changes.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::RemoveUserPasswordRequest;
    ///
    /// let request = RemoveUserPasswordRequest::new().sign_out_of_other_sessions(true);
    /// let user = users.remove_user_password("user_1", request).await?;
    /// assert!(!user.password_enabled);
    /// # Ok(()) });
    /// ```
    RemoveUserPassword: POST "/users/{user_id}/remove_password", once = "Call [`get_user`](Self::get_user) to see whether the user has a password.", [
        400, 401, 403,
        404 = "the user does not exist.",
        500,
    ];
    fn remove_user_password(user_id: UserId, request: RemoveUserPasswordRequest) -> User;

    /// Marks a user's password as compromised. The user must choose a new password at the next
    /// sign-in.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::SetUserPasswordCompromisedRequest;
    ///
    /// let request = SetUserPasswordCompromisedRequest::new().revoke_all_sessions(true);
    /// users.set_user_password_compromised("user_1", request).await?;
    /// # Ok(()) });
    /// ```
    SetUserPasswordCompromised: POST "/users/{user_id}/password/set_compromised", once = "Before you repeat the call, check `password_last_updated_at` of the user. Do not repeat the call if the user has set a new password since the first call.", [
        400 = "the user has no password (`no_password_set`).",
        401, 403,
        404 = "the user does not exist.",
        422,
    ];
    fn set_user_password_compromised(user_id: UserId, request: SetUserPasswordCompromisedRequest) -> User;

    /// Marks a user's password as no longer compromised.
    ///
    /// Clerk can also quarantine the password of a user with a reserved e-mail address, so that the
    /// user must choose a new password. The call does not end this quarantine.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// users.unset_user_password_compromised("user_1").await?;
    /// # Ok(()) });
    /// ```
    UnsetUserPasswordCompromised: POST "/users/{user_id}/password/unset_compromised", once = "If the password is marked as compromised again between two calls, the second call also removes the new mark.", [
        400 = "the user has no password (`no_password_set`).",
        401, 403,
        404 = "the user does not exist.",
        422,
    ];
    fn unset_user_password_compromised(user_id: UserId) -> User;
}

use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::types::id::UserId;

operations! {
    /// # Locks
    impl UsersApi = "Users";

    /// Locks a user: they cannot sign in until the lock expires.
    ///
    /// The settings of the instance determine the duration of a lock.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// assert!(users.lock_user("user_1").await?.locked);
    /// # Ok(()) });
    /// ```
    LockUser: POST "/users/{user_id}/lock", once = "Call [`get_user`](Self::get_user) to see whether the user is locked.", [
        403,
        404 = "the user does not exist.",
    ];
    fn lock_user(user_id: UserId) -> User;

    /// Unlocks a user.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// assert!(!users.unlock_user("user_1").await?.locked);
    /// # Ok(()) });
    /// ```
    UnlockUser: POST "/users/{user_id}/unlock", once = "Call [`get_user`](Self::get_user) to see whether the user is locked.", [
        403,
        404 = "the user does not exist.",
    ];
    fn unlock_user(user_id: UserId) -> User;
}

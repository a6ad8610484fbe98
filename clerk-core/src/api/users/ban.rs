use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::api::users::requests::user_ids::UserIds;
use crate::types::id::UserId;

operations! {
    /// # Bans
    impl UsersApi = "Users";

    /// Bans a user: all their sessions end, and they cannot sign in again.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// assert!(users.ban_user("user_1").await?.banned);
    /// # Ok(()) });
    /// ```
    #[doc(alias = "ban")]
    BanUser: POST "/users/{user_id}/ban", once = "Call [`get_user`](Self::get_user) to see whether the user is banned.", [
        402 = "the instance's plan does not include bans.",
        404 = "the user does not exist.",
    ];
    fn ban_user(user_id: UserId) -> User;

    /// Lifts the ban of a user.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// assert!(!users.unban_user("user_1").await?.banned);
    /// # Ok(()) });
    /// ```
    UnbanUser: POST "/users/{user_id}/unban", once = "Call [`get_user`](Self::get_user) to see whether the user is banned.", [
        402 = "the instance's plan does not include bans.",
        404 = "the user does not exist.",
    ];
    fn unban_user(user_id: UserId) -> User;

    /// Bans 1 to 50 users: all their sessions end, and they cannot sign in again.
    ///
    /// [`ban_many`](Self::ban_many) accepts any number of users.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let banned = users.users_ban(["user_1"]).await?;
    /// assert!(banned[0].banned);
    /// # Ok(()) });
    /// ```
    #[doc(alias = "bulk_ban_users")]
    #[doc(alias = "ban_users")]
    UsersBan: POST "/users/ban", once = "Call [`get_many`](Self::get_many) to see which users are banned.", [
        400,
        402 = "the instance's plan does not include bans.",
        404 = "one of the users does not exist. [`get_many`](Self::get_many) tells which one.",
    ], unsent = "the number of ids is not from 1 to 50, or an id is blank.";
    fn users_ban(user_ids: UserIds) -> Vec<User>;

    /// Lifts the bans of 1 to 50 users.
    ///
    /// [`unban_many`](Self::unban_many) accepts any number of users.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let users = users.users_unban(["user_1"]).await?;
    /// assert!(!users[0].banned);
    /// # Ok(()) });
    /// ```
    #[doc(alias = "bulk_unban_users")]
    #[doc(alias = "unban_users")]
    UsersUnban: POST "/users/unban", once = "Call [`get_many`](Self::get_many) to see which users are banned.", [
        400,
        402 = "the instance's plan does not include bans.",
        404 = "one of the users does not exist. [`get_many`](Self::get_many) tells which one.",
    ], unsent = "the number of ids is not from 1 to 50, or an id is blank.";
    fn users_unban(user_ids: UserIds) -> Vec<User>;
}

use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::api::users::requests::user_filter::UserFilter;
use crate::api::users::requests::user_list_params::UserListParams;
use crate::models::total_count::TotalCount;

operations! {
    /// # Lists
    impl UsersApi = "Users";

    /// Lists all users, or the users that match a filter.
    ///
    /// By default, Clerk returns the 10 newest users. You can set a `limit` of up to 500 users.
    /// [`list_all_users`](Self::list_all_users) pages through all users.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::UserListParams;
    ///
    /// let page = users.get_user_list(UserListParams::new().user_id(["user_1"]).limit(100)).await?;
    /// assert_eq!(page.len(), 1);
    /// # Ok(()) });
    /// ```
    #[doc(alias = "list_users")]
    GetUserList: GET "/users", idempotent, [
        400, 401,
        422 = "a parameter is invalid. [`for_param`](crate::Error::for_param) returns the errors of one parameter. Clerk may refuse the id of a deleted user as `starting_after`. A pager of [`list_all_users`](Self::list_all_users) can usually continue if the last user that it returned is deleted.",
    ], unsent = "the `limit` is not from 1 to 500, a filter or `starting_after` is blank, or a filter does not have 1 to 100 values. Clerk would ignore a filter without values, and list all users. `provider` and `provider_user_id` require each other. `starting_after` requires an order by `created_at`, which is the default, and cannot be combined with an offset above 0.";
    fn get_user_list(params: UserListParams) -> Vec<User>;

    /// Counts all users, or the users that match a filter.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::UserFilter;
    ///
    /// let banned = users.get_users_count(UserFilter::new().banned(true)).await?;
    /// assert_eq!(banned.total_count, 0);
    /// # Ok(()) });
    /// ```
    #[doc(alias = "count_users")]
    GetUsersCount: GET "/users/count", idempotent, [
        422 = "a parameter is invalid. [`for_param`](crate::Error::for_param) returns the errors of one parameter.",
    ], unsent = "a filter is blank, or does not have 1 to 100 values. Clerk would ignore a filter without values, and count all users. `provider` and `provider_user_id` require each other.";
    fn get_users_count(filter: UserFilter) -> TotalCount;
}

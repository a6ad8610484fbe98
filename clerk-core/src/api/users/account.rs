use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::api::users::requests::create_user::CreateUserRequest;
use crate::api::users::requests::update_user::UpdateUserRequest;
use crate::models::deleted_object::DeletedObject;
use crate::types::id::UserId;

operations! {
    /// # Accounts
    impl UsersApi = "Users";

    /// Creates a user.
    ///
    /// The settings of the instance determine which identifiers are required, and whether a
    /// password is required. By default, Clerk marks the e-mail addresses and phone numbers as
    /// verified.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::CreateUserRequest;
    ///
    /// let request = CreateUserRequest::new().email_address(["grace@example.com"]).first_name("Grace");
    /// let user = users.create_user(request).await?;
    /// assert_eq!(user.first_name.as_deref(), Some("Grace"));
    /// # Ok(()) });
    /// ```
    CreateUser: POST "/users", once = "Call [`get_user_list`](Self::get_user_list) with an identifier of the user to see whether the user exists.", [
        400, 401,
        402 = "the instance's plan does not include a field of the request, such as `banned`.",
        403 = "the instance has too many users (`user_quota_exceeded`), among other causes.",
        422 = "another user has one of the identifiers (`form_identifier_exists`), or the password is in a data breach (`form_password_pwned`), among other causes. [`for_param`](crate::Error::for_param) returns the errors of one field.",
    ], unsent = "a nonempty list of identification statuses does not have one status for each identifier, an identification status is `unverified`, or `created_at` or `legal_accepted_at` is not in the years 0000 to 9999.";
    fn create_user(request: CreateUserRequest) -> User;

    /// Returns a user.
    ///
    /// [`get_user_or_none`](Self::get_user_or_none) returns `None` if the user does not exist.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let user = users.get_user("user_1").await?;
    /// assert_eq!(user.id, "user_1");
    /// # Ok(()) });
    /// ```
    GetUser: GET "/users/{user_id}", idempotent, [400, 401, 404 = "the user does not exist."];
    fn get_user(user_id: UserId) -> User;

    /// Updates a user. Fields that are not set stay unchanged.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::UpdateUserRequest;
    ///
    /// let user = users.update_user("user_1", UpdateUserRequest::new().first_name("Grace")).await?;
    /// assert_eq!(user.first_name.as_deref(), Some("Grace"));
    /// # Ok(()) });
    /// ```
    UpdateUser: PATCH "/users/{user_id}", once = "Call [`get_user`](Self::get_user) to see whether the update took effect.", [
        400, 401,
        404 = "the user does not exist.",
        409 = "another request was changing the user at the same time. Call [`get_user`](Self::get_user) before you repeat the update.",
        422 = "another user has one of the identifiers (`form_identifier_exists`), or the password is in a data breach (`form_password_pwned`), among other causes. [`for_param`](crate::Error::for_param) returns the errors of one field.",
    ], unsent = "`created_at` or `legal_accepted_at` is not in the years 0000 to 9999.";
    fn update_user(user_id: UserId, request: UpdateUserRequest) -> User;

    /// Deletes a user.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let deleted = users.delete_user("user_1").await?;
    /// assert!(deleted.deleted);
    /// # Ok(()) });
    /// ```
    DeleteUser: DELETE "/users/{user_id}", idempotent, [
        400, 401,
        404 = "the user does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the user.",
    ];
    fn delete_user(user_id: UserId) -> DeletedObject;
}

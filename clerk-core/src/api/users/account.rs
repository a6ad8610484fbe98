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
    CreateUser: POST "/users", once = "Look the user up by an identifier before you try again.", [
        400,
        401,
        402 = "the instance's plan does not include a field of the request, such as `banned`.",
        403 = "`user_quota_exceeded`, among other causes.",
        422 = "`form_identifier_exists`, `form_password_pwned` and others; [`for_param`](crate::Error::for_param) returns the errors of a field.",
    ];
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
        400,
        401,
        404 = "the user does not exist.",
        409 = "another request was changing the user. Get the user before you try again.",
        422 = "`form_identifier_exists`, `form_password_pwned` and others; [`for_param`](crate::Error::for_param) returns the errors of a field.",
    ];
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
        400,
        401,
        404 = "the user does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the user.",
    ];
    fn delete_user(user_id: UserId) -> DeletedObject;
}

use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::api::users::requests::create_user::CreateUserRequest;
use crate::api::users::requests::update_user::UpdateUserRequest;
use crate::client::call::Call;
use crate::models::deleted_object::DeletedObject;
use crate::transport::HttpTransport;
use crate::types::id::UserId;
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Creates a user.
    ///
    /// Which identifiers and which password are needed depends on the instance's settings. E-mail
    /// addresses and phone numbers are created verified unless the request says otherwise.
    ///
    /// # Errors
    ///
    /// - 422: Clerk refuses a field; [`for_param`](crate::Error::for_param) says what is wrong with
    ///   which: `form_identifier_exists`, `form_password_pwned` …
    /// - 402: the instance's plan does not have what the request asks for, such as `banned`.
    /// - 400 or 403: Clerk refuses the request; [`code`](crate::Error::code) says why:
    ///   `user_quota_exceeded` …
    /// - No answer, or a 5xx: it is not sent again; look for the user by an identifier before
    ///   creating it anew.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/CreateUser)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// use clerk_client::CreateUserRequest;
    ///
    /// let user = users
    ///     .create_user(CreateUserRequest::new().email_address(["ada@example.com"]).first_name("Ada"))
    ///     .await?;
    /// assert_eq!(user.first_name.as_deref(), Some("Ada"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_user(&self, request: CreateUserRequest) -> Call<User, T> {
        self.call(operation::CREATE_USER, &[]).body(&request)
    }

    /// Gets a user.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    ///   [`get_user_or_none`](UsersApi::get_user_or_none) makes that `None`.
    /// - 400: Clerk refuses the request; [`code`](crate::Error::code) says why.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/GetUser)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// let user = users.get_user("user_1").await?;
    /// assert_eq!(user.id, "user_1");
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_user(&self, user_id: impl Into<UserId>) -> Call<User, T> {
        self.call(operation::GET_USER, &[user_id.into().as_str()])
    }

    /// Changes what the request sets, and nothing else.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 409, [`is_conflict`](crate::Error::is_conflict): something else changed the user at the
    ///   same time; get the user, and decide anew.
    /// - 422: Clerk refuses a field; [`for_param`](crate::Error::for_param) says what is wrong with
    ///   which: `form_identifier_exists`, `form_password_pwned` …
    /// - 400: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is not sent again; get the user to see whether it was done.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/UpdateUser)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// use clerk_client::UpdateUserRequest;
    ///
    /// let user = users.update_user("user_1", UpdateUserRequest::new().username("ada")).await?;
    /// assert_eq!(user.username.as_deref(), Some("ada"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn update_user(
        &self,
        user_id: impl Into<UserId>,
        request: UpdateUserRequest,
    ) -> Call<User, T> {
        self.call(operation::UPDATE_USER, &[user_id.into().as_str()])
            .body(&request)
    }

    /// Deletes a user, for ever.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user. With
    ///   [`attempts`](crate::Error::attempts) above 1, an earlier attempt most likely did it.
    /// - 400: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is sent again ([`RetryPolicy`](crate::RetryPolicy)); calling it
    ///   again does no harm.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/DeleteUser)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// let deleted = users.delete_user("user_1").await?;
    /// assert!(deleted.deleted);
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_user(&self, user_id: impl Into<UserId>) -> Call<DeletedObject, T> {
        self.call(operation::DELETE_USER, &[user_id.into().as_str()])
    }
}

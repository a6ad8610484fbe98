use crate::models::{DeletedObject, User};
use crate::requests::{CreateUserRequest, UpdateUserRequest};
use crate::{Call, HttpTransport, UserId, UsersApi, operation};

impl<T: HttpTransport> UsersApi<T> {
    /// Creates a user.
    ///
    /// Which identifiers and which password are needed depends on the instance's settings. E-mail
    /// addresses and phone numbers are created verified unless the request says otherwise.
    ///
    /// What Clerk refuses is a 422, whose
    /// [`for_param`](crate::Error::for_param) says what is wrong with which field:
    /// `form_identifier_exists`, `form_password_pwned` … It is not sent again when the answer was
    /// lost: look for the user by an identifier before creating it anew.
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

    /// Gets a user. One who does not exist is [`is_not_found`](crate::Error::is_not_found).
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
    /// A 409 ([`is_conflict`](crate::Error::is_conflict)) means that something else changed the user
    /// at the same time; a 422 says which field is wrong.
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
    /// When the first answer was lost and the request was sent again, a 404 with
    /// [`attempts`](crate::Error::attempts) above 1 most likely means that the first one did it.
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

use crate::models::VerifyPasswordResponse;
use crate::requests::VerifyPasswordRequest;
use crate::{Call, HttpTransport, UserId, UsersApi, operation};

impl<T: HttpTransport> UsersApi<T> {
    /// Checks a user's password.
    ///
    /// A wrong password is an error with status 422, and a user without one an error with status 400.
    /// It is not sent again when the answer was lost: failed attempts may be counted.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/VerifyPassword)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # let request = clerk_client::CreateUserRequest::new().username("ada").password("correct horse");
    /// # let user = users.create_user(request).await?;
    /// assert!(users.verify_password(&user.id, "correct horse").await?.verified);
    /// # Ok(())
    /// # }
    /// ```
    pub fn verify_password(
        &self,
        user_id: impl Into<UserId>,
        password: impl Into<VerifyPasswordRequest>,
    ) -> Call<VerifyPasswordResponse, T> {
        self.call(operation::VERIFY_PASSWORD, &[user_id.into().as_str()])
            .body(&password.into())
    }
}

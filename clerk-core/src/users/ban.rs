use crate::models::User;
use crate::{Call, HttpTransport, UserId, UsersApi, operation};

impl<T: HttpTransport> UsersApi<T> {
    /// Bans a user: all their sessions end, and they cannot sign in again.
    ///
    /// A 402 means that the instance's plan does not include bans.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/BanUser)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// assert!(users.ban_user("user_1").await?.banned);
    /// # Ok(())
    /// # }
    /// ```
    pub fn ban_user(&self, user_id: impl Into<UserId>) -> Call<User, T> {
        self.call(operation::BAN_USER, &[user_id.into().as_str()])
    }

    /// Lifts the ban of a user.
    ///
    /// A 402 means that the instance's plan does not include bans.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/UnbanUser)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// assert!(!users.unban_user("user_1").await?.banned);
    /// # Ok(())
    /// # }
    /// ```
    pub fn unban_user(&self, user_id: impl Into<UserId>) -> Call<User, T> {
        self.call(operation::UNBAN_USER, &[user_id.into().as_str()])
    }
}

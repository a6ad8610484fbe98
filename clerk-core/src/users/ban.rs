use crate::models::User;
use crate::requests::UserIds;
use crate::{Call, HttpTransport, OperationInfo, UserId, UsersApi, operation};

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

    /// Bans up to 50 users at once: all their sessions end, and they cannot sign in again.
    /// [`ban_many`](UsersApi::ban_many) takes any number.
    ///
    /// A 402 means that the instance's plan does not include bans.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/UsersBan)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// let banned = users.users_ban(["user_1"]).await?;
    /// assert!(banned[0].banned);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "bulk_ban_users")]
    pub fn users_ban(
        &self,
        user_ids: impl IntoIterator<Item = impl Into<UserId>>,
    ) -> Call<Vec<User>, T> {
        self.bulk(operation::USERS_BAN, user_ids)
    }

    /// Lifts the ban of up to 50 users at once. [`unban_many`](UsersApi::unban_many) takes any number.
    ///
    /// A 402 means that the instance's plan does not include bans.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/UsersUnban)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// let users = users.users_unban(["user_1"]).await?;
    /// assert!(!users[0].banned);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "bulk_unban_users")]
    pub fn users_unban(
        &self,
        user_ids: impl IntoIterator<Item = impl Into<UserId>>,
    ) -> Call<Vec<User>, T> {
        self.bulk(operation::USERS_UNBAN, user_ids)
    }

    pub(crate) fn bulk(
        &self,
        operation: OperationInfo,
        user_ids: impl IntoIterator<Item = impl Into<UserId>>,
    ) -> Call<Vec<User>, T> {
        let user_ids = user_ids.into_iter().map(Into::into).collect();
        self.call(operation, &[]).body(&UserIds(user_ids))
    }
}

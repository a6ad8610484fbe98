use crate::api::users::UsersApi;
use crate::api::users::bulk::{BanMany, GetMany};
use crate::transport::HttpTransport;
use crate::types::id::UserId;
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Gets any number of users by their ids, 100 in a request, and says which there are not.
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// let found = users.get_many(["user_0", "user_1"]).concurrency(2).await?;
    /// assert_eq!(found.users[0].id, "user_1");
    /// assert_eq!(found.missing, ["user_0"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_many(&self, user_ids: impl IntoIterator<Item = impl Into<UserId>>) -> GetMany<T> {
        GetMany::new(self, user_ids)
    }

    /// Bans any number of users, 50 in a request. Where one fails, the error says who was banned
    /// all the same.
    ///
    /// ```
    /// # use clerk_client::{BulkError, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), BulkError> {
    /// # let fake = FakeClerk::new();
    /// # for n in 0..120 { fake.add_user(User::new(format!("user_{n}"))); }
    /// # let users = fake.client().users();
    /// let ids = (0..120).map(|n| format!("user_{n}"));
    /// match users.ban_many(ids).await {
    ///     Ok(banned) => assert_eq!(banned.len(), 120),
    ///     Err(error) => println!("{error}; try {:?} again", error.untried),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn ban_many(&self, user_ids: impl IntoIterator<Item = impl Into<UserId>>) -> BanMany<T> {
        BanMany::new(self, operation::USERS_BAN, user_ids)
    }

    /// Lifts the bans of any number of users, 50 in a request. Where one fails, the error says whose
    /// ban was lifted all the same.
    ///
    /// ```
    /// # use clerk_client::{BulkError, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), BulkError> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// let free = users.unban_many(["user_1"]).await?;
    /// assert!(!free[0].banned);
    /// # Ok(())
    /// # }
    /// ```
    pub fn unban_many(&self, user_ids: impl IntoIterator<Item = impl Into<UserId>>) -> BanMany<T> {
        BanMany::new(self, operation::USERS_UNBAN, user_ids)
    }
}

use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::api::users::requests::user_ids::UserIds;
use crate::client::call::Call;
use crate::transport::HttpTransport;
use crate::types::id::UserId;
use crate::uri::operation;
use crate::uri::operation::OperationInfo;

impl<T: HttpTransport> UsersApi<T> {
    /// Bans a user: all their sessions end, and they cannot sign in again.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 402: the instance's plan has no bans.
    /// - No answer, or a 5xx: it is not sent again, because a ban ends sessions; get the user to
    ///   see whether it was done.
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
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 402: the instance's plan has no bans.
    /// - No answer, or a 5xx: it is not sent again; get the user to see whether it was done.
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
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): one of the users does not exist;
    ///   [`get_many`](UsersApi::get_many) says which.
    /// - 402: the instance's plan has no bans.
    /// - 400: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - Not sent, [`is_not_sent`](crate::Error::is_not_sent): there is no id, there are more than
    ///   50, or one is blank.
    /// - No answer, or a 5xx: it is not sent again, because a ban ends sessions; get the users to
    ///   see whether it was done.
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
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): one of the users does not exist;
    ///   [`get_many`](UsersApi::get_many) says which.
    /// - 402: the instance's plan has no bans.
    /// - 400: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - Not sent, [`is_not_sent`](crate::Error::is_not_sent): there is no id, there are more than
    ///   50, or one is blank.
    /// - No answer, or a 5xx: it is not sent again; get the users to see whether it was done.
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

use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::client::call::Call;
use crate::transport::HttpTransport;
use crate::types::id::UserId;
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Locks a user out: they cannot sign in until the lock runs out, which takes as long as the
    /// instance's settings say.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 403: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is not sent again; get the user to see whether it was done.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/LockUser)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// assert!(users.lock_user("user_1").await?.locked);
    /// # Ok(())
    /// # }
    /// ```
    pub fn lock_user(&self, user_id: impl Into<UserId>) -> Call<User, T> {
        self.call(operation::LOCK_USER, &[user_id.into().as_str()])
    }

    /// Lifts the lock of a user.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 403: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is not sent again; get the user to see whether it was done.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/UnlockUser)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// assert!(!users.unlock_user("user_1").await?.locked);
    /// # Ok(())
    /// # }
    /// ```
    pub fn unlock_user(&self, user_id: impl Into<UserId>) -> Call<User, T> {
        self.call(operation::UNLOCK_USER, &[user_id.into().as_str()])
    }
}

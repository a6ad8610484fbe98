use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::api::users::requests::user_filter::UserFilter;
use crate::api::users::requests::user_list_params::UserListParams;
use crate::client::call::Call;
use crate::models::total_count::TotalCount;
use crate::transport::HttpTransport;
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Lists users: all of them, or those that a filter fits. The newest come first unless the
    /// parameters say otherwise, and no more than 10 unless they give a limit (up to 500).
    ///
    /// # Errors
    ///
    /// - Not sent, [`is_not_sent`](crate::Error::is_not_sent): the parameters are such as Clerk
    ///   would refuse or misread: a filter without a value, which would mean everybody; one with
    ///   more than 100; a `limit` that is not 1 to 500 …
    /// - 400 or 422: Clerk refuses a parameter; [`for_param`](crate::Error::for_param) says what is
    ///   wrong with which. A `starting_after` whose user is gone may be refused so;
    ///   [`list_all`](UsersApi::list_all) goes on all the same.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/GetUserList)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// use clerk_client::UserListParams;
    ///
    /// let page = users.get_user_list(UserListParams::new().user_id(["user_1"]).limit(100)).await?;
    /// assert_eq!(page.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "list_users")]
    pub fn get_user_list(&self, params: UserListParams) -> Call<Vec<User>, T> {
        self.call(operation::GET_USER_LIST, &[]).params(&params)
    }

    /// Counts users: all of them, or those that a filter fits.
    ///
    /// # Errors
    ///
    /// - Not sent, [`is_not_sent`](crate::Error::is_not_sent): the parameters are such as Clerk
    ///   would refuse or misread: a filter without a value, which would mean everybody; one with
    ///   more than 100 …
    /// - 422: Clerk refuses a parameter; [`for_param`](crate::Error::for_param) says what is wrong
    ///   with which.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/GetUsersCount)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// use clerk_client::UserFilter;
    ///
    /// let banned = users.get_users_count(UserFilter::new().banned(true)).await?;
    /// assert_eq!(banned.total_count, 0);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "count_users")]
    pub fn get_users_count(&self, filter: UserFilter) -> Call<TotalCount, T> {
        self.call(operation::GET_USERS_COUNT, &[]).params(&filter)
    }
}

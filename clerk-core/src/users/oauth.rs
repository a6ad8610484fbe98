use crate::models::{OAuthAccessToken, Page};
use crate::requests::PageParams;
use crate::{Call, HttpTransport, OAuthProvider, UserId, UsersApi, operation};

impl<T: HttpTransport> UsersApi<T> {
    /// Gets the access tokens that a user granted at an OAuth provider, refreshed where they had run
    /// out and can be. The provider is written as Clerk does: `oauth_google`, `oauth_custom_acme`.
    ///
    /// Tokens are hidden from `Debug`; [`expose`](crate::SecretString::expose) shows one.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/GetOAuthAccessToken)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// use clerk_client::PageParams;
    ///
    /// let tokens = users
    ///     .get_o_auth_access_token("user_1", "oauth_google", PageParams::new())
    ///     .await?;
    /// assert!(tokens.data.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "get_oauth_access_token")]
    #[doc(alias = "get_user_oauth_access_token")]
    pub fn get_o_auth_access_token(
        &self,
        user_id: impl Into<UserId>,
        provider: impl Into<OAuthProvider>,
        page: PageParams,
    ) -> Call<Page<OAuthAccessToken>, T> {
        let (user_id, provider) = (user_id.into(), provider.into());
        let ids = [user_id.as_str(), provider.as_str()];
        self.call(operation::GET_O_AUTH_ACCESS_TOKEN, &ids)
            // The page with its total; a bare array is read as well.
            .query("paginated", true)
            .params(&page)
    }
}

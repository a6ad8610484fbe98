use crate::api::users::UsersApi;
use crate::api::users::models::oauth_access_token::OAuthAccessToken;
use crate::client::call::Call;
use crate::models::page::Page;
use crate::requests::page_params::PageParams;
use crate::transport::HttpTransport;
use crate::types::id::{OAuthProvider, UserId};
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Gets the access tokens that a user granted at an OAuth provider, refreshed where they had run
    /// out and can be. The provider is written as Clerk does: `oauth_google`, `oauth_custom_acme`.
    ///
    /// Tokens are hidden from `Debug`; [`expose`](crate::SecretString::expose) shows one.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user, or the instance
    ///   does not have the provider (`oauth_token_provider_not_enabled`).
    /// - 400 or 422: a token cannot be refreshed (`oauth_token_retrieval_error`,
    ///   `oauth_missing_refresh_token` …), or Clerk refuses the request otherwise. Where it stays
    ///   so, the user has to sign in with the provider again.
    /// - Not sent, [`is_not_sent`](crate::Error::is_not_sent): the `limit` is not 1 to 500.
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

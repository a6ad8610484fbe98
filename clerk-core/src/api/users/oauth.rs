use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::api::users::models::oauth_access_token::OAuthAccessToken;
use crate::api::users::requests::oauth_access_token_list_params::OAuthAccessTokenListParams;
use crate::models::page::Page;
use crate::types::id::{OAuthProvider, UserId};

operations! {
    /// # OAuth tokens
    impl UsersApi = "Users";

    /// Lists a user's access tokens for an OAuth provider.
    ///
    /// Clerk refreshes an expired access token, if a refresh token exists. The name of the provider
    /// starts with `oauth_`, such as `oauth_google` or `oauth_custom_acme`. Tokens are hidden from
    /// `Debug`. [`expose`](crate::SecretString::expose) returns a token as plain text.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::PageParams;
    ///
    /// let page = PageParams::new().limit(100);
    /// let tokens = users.get_o_auth_access_token("user_1", "oauth_google", page).await?;
    /// assert!(tokens.data.is_empty());
    /// # Ok(()) });
    /// ```
    #[doc(alias = "get_oauth_access_token")]
    #[doc(alias = "get_user_oauth_access_token")]
    #[doc(alias = "list_user_oauth_access_tokens")]
    GetOAuthAccessToken: GET "/users/{user_id}/oauth_access_tokens/{provider}", idempotent, [
        400 = "Clerk cannot refresh a token (`oauth_token_retrieval_error`), among other causes. If the error persists, the user must sign in with the provider again.",
        404 = "the user does not exist, or the provider is not enabled in the instance (`oauth_token_provider_not_enabled`).",
        422 = "Clerk cannot refresh a token (`oauth_missing_refresh_token`), among other causes. The user must sign in with the provider again.",
    ], unsent = "the `limit` is not from 1 to 500.";
    fn get_o_auth_access_token(user_id: UserId, provider: OAuthProvider, page: OAuthAccessTokenListParams) -> Page<OAuthAccessToken>,
        all list_all_oauth_access_tokens(page);
}

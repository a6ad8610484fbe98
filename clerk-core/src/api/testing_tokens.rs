//! The operation that creates testing tokens.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::types::secret::SecretString;

api! {
    /// The operation that creates testing tokens.
    /// [`Clerk::testing_tokens`](crate::Clerk::testing_tokens) returns this type.
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_testing_token`](Self::create_testing_token) | `CreateTestingToken` | no |
    ///
    /// # Errors
    ///
    TestingTokensApi:
        self,
}

operations! {
    /// # Testing tokens
    impl TestingTokensApi = "Testing-Tokens";

    /// Creates a token with which an end-to-end test passes Clerk's bot detection.
    ///
    /// The test sends the token to the Frontend API in the query parameter `__clerk_testing_token`.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// let token = clerk.testing_tokens().create_testing_token().await?;
    /// let query = format!("__clerk_testing_token={}", token.token.expose());
    /// # Ok(()) });
    /// ```
    CreateTestingToken: POST "/testing_tokens", once, [];
    fn create_testing_token() -> TestingToken;
}

model! {
    /// A token with which an end-to-end test passes Clerk's bot detection.
    TestingToken("testing_token") {
        /// The token. Hidden from `Debug`.
        token: SecretString,
        /// The expiry time, in seconds since 1970. Most other times of the API are in milliseconds.
        expires_at: i64,
    }
}

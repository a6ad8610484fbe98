use crate::api::jwks::JwksApi;
use crate::api::jwks::models::json_web_key::JsonWebKeySet;
use crate::api::operations::operations;

operations! {
    /// # Keys
    impl JwksApi = "JWKS";

    /// Returns the keys that verify the session tokens of the instance.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// let keys = clerk.jwks().get_jwks().await?.keys;
    /// assert_eq!(keys[0].kty.as_str(), "RSA");
    /// # Ok(()) });
    /// ```
    GetJWKS: GET "/jwks", idempotent, [];
    fn get_jwks() -> JsonWebKeySet;
}

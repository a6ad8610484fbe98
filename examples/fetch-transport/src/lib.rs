//! A worker for JavaScript runtimes, with a transport over `fetch`.
//!
//! The worker greets users who are signed in. `check.mjs` runs it under Node against a served fake.
//! `.ci/fetch` builds and runs both.

mod fetch_transport;

use std::time::Duration;

use clerk_client::auth::Verifier;
use clerk_client::http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use clerk_client::{Clerk, RetryPolicy, SecretKey, UsersApi};
use wasm_bindgen::prelude::*;

use crate::fetch_transport::FetchTransport;

/// A worker that greets users.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Worker {
    users: UsersApi,
    verifier: Verifier,
}

#[wasm_bindgen]
impl Worker {
    /// Creates a worker. Call this once for each instance of the program.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL or the key is invalid.
    #[wasm_bindgen(constructor)]
    pub fn new(base_url: &str, secret_key: &str, timeout_ms: u32) -> Result<Self, JsError> {
        let transport = FetchTransport {
            max_response_bytes: 1 << 20,
        };
        // `std` has no randomness on this target.
        let seed = (js_sys::Math::random() * 2_f64.powi(53)) as u64;
        let retry = RetryPolicy::new().base_delay(Duration::from_millis(20));
        let clerk = Clerk::builder(transport, SecretKey::new(secret_key)?)
            .base_url(base_url)
            .retry(retry)
            .jitter_seed(seed)
            .attempt_timeout(Duration::from_millis(timeout_ms.into()))
            .build()?;
        Ok(Self {
            users: clerk.users(),
            verifier: Verifier::new(&clerk)?,
        })
    }

    /// Returns a greeting for the user who sent a request, from its header `Authorization`.
    ///
    /// # Errors
    ///
    /// Returns an error if the session token is not valid, or if Clerk is not available.
    pub async fn greet(&self, authorization: &str) -> Result<String, JsError> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_str(authorization)?);
        let claims = self.verifier.authenticate(&headers).await?;
        let user = self.users.get_user(claims.user_id).await?;
        Ok(format!("Hello {}", user.first_name.unwrap_or_default()))
    }

    /// Creates a user, and returns the id.
    ///
    /// # Errors
    ///
    /// Returns an error if Clerk refuses the user or is not available.
    pub async fn sign_up(&self, email: &str) -> Result<String, JsError> {
        let request = clerk_client::requests::CreateUserRequest::new().email_address([email]);
        Ok(self.users.create_user(request).await?.id.to_string())
    }
}

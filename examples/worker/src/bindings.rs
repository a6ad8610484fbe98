//! The bindings of the worker's environment.

use std::time::Duration;

use clerk_client::auth::Verifier;
use clerk_client::{Clerk, RetryPolicy, SecretKey, Timestamp};
use fetch_transport::FetchTransport;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::app::{App, of_origins};

/// Creates the application that these bindings describe.
pub(crate) fn app(env: &Object) -> Result<App, JsError> {
    let key = text(env, SecretKey::ENV)
        .ok_or_else(|| JsError::new("invalid binding CLERK_SECRET_KEY: it is not set"))?;
    let transport = FetchTransport {
        max_response_bytes: 1 << 20,
    };
    // `std` has no randomness on this target.
    let seed = (js_sys::Math::random() * 2_f64.powi(53)) as u64;
    // The delay before a retry is short, because a user waits, and a worker may only run for a
    // limited time.
    let retry = RetryPolicy::new().base_delay(Duration::from_millis(50));
    let mut builder = Clerk::builder(transport, SecretKey::new(key)?)
        .retry(retry)
        .jitter_seed(seed);
    if let Some(url) = text(env, "CLERK_BASE_URL") {
        builder = builder.base_url(url);
    }
    if let Some(timeout) = text(env, "CLERK_ATTEMPT_TIMEOUT_MS") {
        let milliseconds = timeout.parse().map_err(|_| {
            JsError::new(&format!(
                "invalid binding CLERK_ATTEMPT_TIMEOUT_MS: {timeout:?} is not a whole number of \
                 milliseconds"
            ))
        })?;
        builder = builder.attempt_timeout(Duration::from_millis(milliseconds));
    }
    let clerk = builder.build()?;
    let origins = text(env, "AUTHORIZED_PARTIES");
    let origins: Option<Vec<String>> = origins.map(|origins| {
        let origins = origins.split(',').map(str::trim);
        origins.map(str::to_owned).collect()
    });
    let jwt_key = text(env, Verifier::JWT_KEY_ENV);
    // Without the JWT key, the application does not use this verifier. Building the verifier then
    // only checks that no origin is empty.
    let verifier = match &jwt_key {
        Some(key) => Verifier::from_jwt_key(key).clock(now),
        None => Verifier::builder(&clerk),
    };
    let verifier = of_origins(verifier, origins.as_deref()).build()?;
    Ok(App {
        clerk,
        verifier: jwt_key.is_some().then_some(verifier),
        origins,
    })
}

/// Returns the time of day, which `std` does not have on this target.
fn now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// Returns the text of a binding. `None` if the binding is not set, or is not a text.
fn text(env: &Object, name: &str) -> Option<String> {
    Reflect::get(env, &name.into()).ok()?.as_string()
}

//! The token of a request, from the header `Authorization` or a cookie.

mod bearer;
mod clock;
mod cookies;

use clerk_client::auth::{AuthError, Cookies, SessionClaims, Verifier};
use clerk_client::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::json;

use crate::auth::clerk_with_keys;
use crate::auth::signer::Signer;
use crate::support::run;

/// The cookies of a browser in which a user signed in long ago.
const SIGNED_IN: &str = "__client_uat=1; __client_uat_AAAAAAAA=1";

fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let name = HeaderName::try_from(*name).unwrap();
        headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    headers
}

fn authenticate(
    cookies: Option<Cookies>,
    pairs: &[(&str, &str)],
) -> Result<SessionClaims, AuthError> {
    authenticate_headers(cookies, &headers(pairs))
}

fn authenticate_headers(
    cookies: Option<Cookies>,
    headers: &HeaderMap,
) -> Result<SessionClaims, AuthError> {
    let clerk = clerk_with_keys(|| json!({ "keys": [Signer::first().jwk()] }));
    let mut builder = Verifier::builder(&clerk).any_party();
    if let Some(cookies) = cookies {
        builder = builder.cookies(cookies);
    }
    run(builder.build().unwrap().authenticate(headers))
}

//! The clock that tells the time of a request.

use std::time::Duration;

use clerk_client::auth::{Cookies, Verifier};
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind, async_trait,
};
use clerk_client::{Clerk, Timestamp};
use serde_json::json;

use super::{SIGNED_IN, headers};
use crate::auth::signer::Signer;
use crate::auth::{NOW, claims, clerk_with_keys, reason};
use crate::support::{key, run};

/// A transport without a clock, as on wasm.
#[derive(Debug)]
struct NoClock;

#[async_trait]
impl HttpTransport for NoClock {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        Err(TransportError::new(TransportErrorKind::NotSent, "offline"))
    }

    async fn sleep(&self, _: Duration) {
        std::future::pending().await
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn time_of_day(&self) -> Option<Timestamp> {
        None
    }
}

#[test]
fn a_request_without_a_session_token_needs_no_time_of_day() {
    let clerk = Clerk::new(NoClock, key());
    let missing = "session-token-missing";
    for cookies in [None, Some(Cookies::any())] {
        let mut builder = Verifier::builder(&clerk).any_party();
        if let Some(cookies) = cookies {
            builder = builder.cookies(cookies);
        }
        let verifier = builder.build().unwrap();
        for (pairs, expected) in [
            (vec![], missing),
            (vec![("cookie", SIGNED_IN)], missing),
            (vec![("authorization", "Basic x")], missing),
            (vec![("authorization", "Bearer")], "token-invalid"),
            (
                vec![("authorization", "Bearer ak_1")],
                "token-type-mismatch",
            ),
            (vec![("authorization", "Bearer x")], "clock-missing"),
        ] {
            let result = run(verifier.authenticate(&headers(&pairs)));
            assert_eq!(reason(&result), expected, "{pairs:?}");
        }
    }
}

/// The clock of the transport shows [`NOW`], and the system's clock shows a much later time. The
/// verifier uses neither.
#[test]
fn the_clock_of_the_application_tells_the_time() {
    let headers = headers(&[(
        "authorization",
        &format!("Bearer {}", Signer::first().token(&claims())),
    )]);
    let later = i64::from(u16::MAX);
    for (seconds, expected) in [(NOW, "accepted"), (NOW + later, "token-expired")] {
        for builder in [
            Verifier::from_jwt_key(Signer::first().pem()),
            Verifier::builder(&clerk_with_keys(
                || json!({ "keys": [Signer::first().jwk()] }),
            )),
        ] {
            let clock = move || Timestamp::from_millis(seconds * 1_000);
            let verifier = builder.clock(clock).build().unwrap();
            let result = run(verifier.authenticate(&headers));
            assert_eq!(reason(&result), expected);
        }
    }
}

//! Clerk's responses about opaque tokens: valid responses, and responses for which a token is
//! refused.

use std::time::Duration;

use clerk_client::Clerk;
use clerk_client::auth::{TokenTypes, Verifier};
use clerk_client::http::StatusCode;
use clerk_client::mock::Reply;
use clerk_client::transport::TransportErrorKind;
use serde_json::{Value, json};

use super::{Instance, SECOND, TOKENS, answer, name_of, verify};
use crate::auth::NOW;
use crate::support::{key, run};

/// Returns changes to a valid response. They apply to every kind of token. Each change has the name
/// of a member, the new value of the member, and the expected result. Null is sent as a value, and
/// "missing" removes the member.
fn changed_answers() -> Vec<(&'static str, Value, &'static str)> {
    let invalid = "token-invalid";
    let mut cases = vec![
        ("revoked", json!(true), invalid),
        ("expired", json!(true), "token-expired"),
        ("object", json!("user"), invalid),
        ("object", json!("API_KEY"), invalid),
        ("id", json!(""), invalid),
        ("subject", json!(""), invalid),
        ("subject", json!("sess_1"), invalid),
        ("subject", json!("user_"), invalid),
        ("subject", json!("mch_"), invalid),
        ("subject", json!(" user_1"), invalid),
        ("expiration", json!(null), "accepted"),
        ("expiration", json!(NOW * 1_000 + 1), "accepted"),
        ("expiration", json!(NOW as f64 * 1_000.0 + 1.5), "accepted"),
        ("expiration", json!(1e300), "accepted"),
        ("expiration", json!(NOW * 1_000), "token-expired"),
        (
            "expiration",
            json!(NOW as f64 * 1_000.0 + 0.5),
            "token-expired",
        ),
        // This time is in seconds. The verifier reads it as milliseconds, so the token expired in
        // 1970.
        ("expiration", json!(NOW + 60), "token-expired"),
        ("expiration", json!(0), "token-expired"),
        ("expiration", json!(-1), "token-expired"),
        ("expiration", json!(-1e300), "token-expired"),
        ("expiration", json!("2100-01-01T00:00:00Z"), invalid),
        ("expiration", json!("4102444800000"), invalid),
        ("expiration", json!(false), invalid),
        ("scopes", json!(null), "accepted"),
        ("scopes", json!("missing"), "accepted"),
        ("scopes", json!(["read", 1]), invalid),
        ("scopes", json!("read write"), invalid),
        ("claims", json!(null), "accepted"),
        ("claims", json!(["x"]), "accepted"),
        ("name", json!(7), "accepted"),
        ("created_at", json!("x"), "accepted"),
        ("a_new_member", json!({ "x": [1] }), "accepted"),
        ("active", json!(false), "accepted"),
    ];
    for name in [
        "object",
        "id",
        "subject",
        "revoked",
        "expired",
        "expiration",
    ] {
        cases.push((name, json!("missing"), invalid));
        cases.push((name, json!([]), invalid));
        cases.push((name, json!({}), invalid));
        cases.push((name, json!([false]), invalid));
        if name != "expiration" {
            cases.push((name, json!(null), invalid));
            cases.push((name, json!(0), invalid));
            cases.push((name, json!(1), invalid));
        }
    }
    for name in ["revoked", "expired"] {
        cases.push((name, json!("false"), invalid));
        cases.push((name, json!(""), invalid));
    }
    cases
}

#[tokio::test]
async fn only_an_answer_that_says_valid_in_every_member_is_accepted() {
    for token in TOKENS {
        for (name, value, expected) in changed_answers() {
            let mut changed = answer(token);
            if value == "missing" {
                changed.as_object_mut().unwrap().remove(name);
            } else {
                changed[name] = value.clone();
            }
            let instance = Instance::new(move || Reply::json(200, &changed));
            let result = verify(&instance.verifier(), token).await;
            assert_eq!(name_of(&result), expected, "{token:.3} {name}: {value}");
            if let Err(error) = result {
                assert_eq!(error.status(), 401, "{token:.3} {name}: {value}");
            }
        }
    }
}

#[tokio::test]
async fn an_answer_has_at_most_128_kilobytes() {
    for (length, expected) in [(100_000, "accepted"), (200_000, "unexpected-error")] {
        let mut long = answer(TOKENS[0]);
        long["a_new_member"] = json!("x".repeat(length));
        let instance = Instance::new(move || Reply::json(200, &long));
        let result = verify(&instance.verifier(), TOKENS[0]).await;
        assert_eq!(name_of(&result), expected, "{length}");
    }
}

#[tokio::test]
async fn an_answer_about_another_kind_of_token_is_refused() {
    for token in TOKENS {
        for other in TOKENS {
            let instance = Instance::new(move || Reply::json(200, &answer(other)));
            let result = verify(&instance.verifier(), token).await;
            assert_eq!(result.is_ok(), token == other, "{token} {other}");
        }
        // The subject of an API key is a user, an organization or a machine. The subject of an
        // OAuth access token is a user, and the subject of an M2M token is a machine.
        for (subject, of) in [("user_1", "ak oat"), ("org_1", "ak"), ("mch_1", "ak mt")] {
            let mut changed = answer(token);
            changed["subject"] = json!(subject);
            let instance = Instance::new(move || Reply::json(200, &changed));
            let result = verify(&instance.verifier(), token).await;
            let kind = token.split('_').next().unwrap();
            let is_accepted = of.split(' ').any(|of| of == kind);
            assert_eq!(result.is_ok(), is_accepted, "{token} {subject}");
        }
    }
}

#[tokio::test]
async fn any_other_answer_is_refused() {
    let valid = answer(TOKENS[0]).to_string();
    let repeated = |member: &str| valid.replacen('{', &format!("{{{member},"), 1);
    for (body, expected) in [
        ("{}".to_owned(), "token-invalid"),
        (r#"{"active":false}"#.to_owned(), "token-invalid"),
        (r#"{"active":true}"#.to_owned(), "token-invalid"),
        (format!(r#"{{"data":{valid}}}"#), "token-invalid"),
        (repeated(r#""revoked":true"#), "token-invalid"),
        (repeated(r#""revoked":false"#), "token-invalid"),
        (repeated(r#""\u0072evoked":true"#), "token-invalid"),
        (repeated(r#""expiration":1"#), "token-invalid"),
        (repeated(r#""x":{"a":1,"a":2}"#), "token-invalid"),
        (repeated(r#""claims":{"a":{"b":1,"b":2}}"#), "token-invalid"),
        (String::new(), "token-invalid"),
        ("null".to_owned(), "token-invalid"),
        ("true".to_owned(), "unexpected-error"),
        ("[]".to_owned(), "unexpected-error"),
        (format!("[{valid}]"), "unexpected-error"),
        (json!(valid).to_string(), "unexpected-error"),
        ("<html>OK</html>".to_owned(), "unexpected-error"),
        (valid[..valid.len() - 1].to_owned(), "unexpected-error"),
        (format!("{valid}{valid}"), "unexpected-error"),
    ] {
        let text = body.clone();
        let instance = Instance::new(move || Reply::bytes(200, text.clone()));
        let error = verify(&instance.verifier(), TOKENS[0]).await.unwrap_err();
        assert_eq!(error.reason().as_str(), expected, "{body}");
        let status = if expected == "token-invalid" {
            401
        } else {
            503
        };
        assert_eq!(error.status(), status, "{body}");
    }
}

#[tokio::test]
async fn refusals_of_clerk_are_told_from_outages() {
    for (status, expected, own) in [
        (400, "token-invalid", 401),
        (404, "token-invalid", 401),
        (401, "secret-key-invalid", 503),
        (403, "secret-key-invalid", 503),
        (302, "unexpected-error", 503),
        (402, "unexpected-error", 503),
        (409, "unexpected-error", 503),
        (410, "unexpected-error", 503),
        (422, "unexpected-error", 503),
        (429, "unexpected-error", 503),
        (500, "unexpected-error", 503),
        (502, "unexpected-error", 503),
        (503, "unexpected-error", 503),
    ] {
        for token in TOKENS {
            // An error status decides the result, even if the body describes a valid token.
            let valid = answer(token);
            let instance = Instance::new(move || Reply::json(status, &valid));
            let error = verify(&instance.verifier(), token).await.unwrap_err();
            let found = (error.reason().as_str(), error.status().as_u16());
            assert_eq!(found, (expected, own), "{status}");
        }
    }
    let instance = Instance::new(|| Reply::bytes(429, "{}").header("retry-after", "30"));
    let error = verify(&instance.verifier(), TOKENS[0]).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(SECOND * 30));
    assert_eq!(error.to_response().headers()["retry-after"], "30");
    let instance = Instance::new(|| Reply::fail(TransportErrorKind::NotSent, "refused"));
    let error = verify(&instance.verifier(), TOKENS[0]).await.unwrap_err();
    assert_eq!(error.status(), 503);
    assert!(error.to_string().contains("refused"), "{error}");
    let instance = Instance::new(|| Reply::bytes(200, "").delayed_by(SECOND * 3_600));
    let error = verify(&instance.verifier(), TOKENS[0]).await.unwrap_err();
    assert_eq!(
        (error.status(), instance.clock().now()),
        (StatusCode::SERVICE_UNAVAILABLE, SECOND * 5)
    );
}

#[tokio::test]
async fn a_page_of_a_gateway_says_nothing_about_a_token() {
    for status in [400, 404] {
        for page in ["<html>Not Found</html>", "default backend - 404", ""] {
            let instance = Instance::new(move || Reply::bytes(status, page));
            let builder = instance.builder().remember_machine_tokens(SECOND);
            let verifier = builder.build().unwrap();
            for token in TOKENS {
                let error = verify(&verifier, token).await.unwrap_err();
                let found = (error.reason().as_str(), error.status().as_u16());
                assert_eq!(found, ("unexpected-error", 503), "{status} {page}");
                let why = format!("the response has the status {status}");
                assert!(error.to_string().contains(&why), "{error}");
                instance.replies(move || Reply::json(200, &answer(token)));
                assert!(verify(&verifier, token).await.is_ok(), "{status} {page}");
                instance.replies(move || Reply::bytes(status, page));
            }
        }
    }
}

/// OAuth access tokens are the only opaque tokens whose audience the verifier checks. The audience
/// is the member `aud` of Clerk's response.
#[tokio::test]
async fn an_audience_is_required_of_oauth_access_tokens() {
    for (audience, expected) in [
        (json!(null), "token-invalid-audience"),
        (json!("x"), "token-invalid-audience"),
        (json!(["api", 1]), "token-invalid-audience"),
        (json!("api"), "accepted"),
        (json!(["x", "api"]), "accepted"),
    ] {
        for token in TOKENS {
            let mut answer = answer(token);
            answer["aud"] = audience.clone();
            let instance = Instance::new(move || Reply::json(200, &answer));
            let verifier = instance.builder().audience(["api"]).build().unwrap();
            let expected = if token == TOKENS[2] {
                expected
            } else {
                "accepted"
            };
            let result = verify(&verifier, token).await;
            assert_eq!(name_of(&result), expected, "{token} {audience}");
        }
    }
}

/// A verifier without a clock can accept only tokens that never expire.
#[test]
fn a_token_that_expires_needs_the_time_of_day() {
    use clerk_client::Timestamp;
    use clerk_client::transport::{
        HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
    };

    #[derive(Debug)]
    struct NoClock(Value);

    #[async_trait]
    impl HttpTransport for NoClock {
        async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
            Ok(HttpResponse::new(self.0.to_string().into()))
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

    for (expiration, expected) in [
        (json!(null), "accepted"),
        (json!(NOW * 1_000_000), "clock-missing"),
    ] {
        let mut answer = answer(TOKENS[0]);
        answer["expiration"] = expiration;
        let clerk = Clerk::new(NoClock(answer), key());
        let verifier = Verifier::builder(&clerk).accept(TokenTypes::API_KEY);
        let verifier = verifier.build().unwrap();
        let result = run(verify(&verifier, TOKENS[0]));
        assert_eq!(name_of(&result), expected);
    }
}

//! Tokens of JWT templates.

use clerk_client::auth::{AuthError, TemplateClaims, Verifier};
use clerk_client::http::Method;
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
use serde_json::{Value, json};

use super::signer::Signer;
use super::{NOW, builders, claims, claims_with, clerk_with_keys, now, reason};
use crate::support::run;

#[derive(serde::Deserialize, Debug, PartialEq)]
struct Custom {
    theme: String,
}

/// Returns the header of a token of a template.
fn header() -> Value {
    json!({ "alg": "RS256", "cat": "cl_B7d4PD222AAA", "kid": "ins_1", "typ": "JWT" })
}

/// Returns the claims of a token of a template, with some of them changed. Null removes a claim.
fn template_with(changes: Value) -> Value {
    let mut all = json!({ "sid": null, "sts": null, "fva": null, "v": null, "theme": "dark" });
    for (name, value) in changes.as_object().unwrap() {
        all[name] = value.clone();
    }
    claims_with(all)
}

fn token(header: &Value, claims: &Value) -> String {
    Signer::first().sign(header.to_string(), claims.to_string())
}

/// Verifies a token with each of the [`builders`]. All must accept the token, or all must refuse it
/// for the same reason.
fn verify(token: &str) -> Result<TemplateClaims<Custom>, AuthError> {
    let results = builders().into_iter().map(|(name, builder)| {
        let verifier = builder.build().unwrap();
        (name, run(verifier.verify_template_at(token, now())))
    });
    let (_, first) = results
        .reduce(|(first, result), (name, other)| {
            assert_eq!(name_of(&result), name_of(&other), "{first}, {name}");
            (first, result)
        })
        .unwrap();
    first
}

fn name_of<C>(result: &Result<TemplateClaims<C>, AuthError>) -> &'static str {
    match result {
        Ok(_) => "accepted",
        Err(error) => error.reason().as_str(),
    }
}

#[test]
fn a_token_of_a_template_returns_the_claims_of_the_application() {
    let token = token(&header(), &template_with(json!({})));
    let verified = verify(&token).unwrap();
    assert_eq!(verified.user_id, "user_1");
    assert_eq!(
        verified.claims,
        Custom {
            theme: "dark".to_owned()
        }
    );
    assert_eq!(verified.issued_at, Some(now()));
    assert_eq!(verified.expires_at.as_millis(), (NOW + 60) * 1_000);
    assert_eq!(
        verified.authorized_party.as_deref(),
        Some("https://example.com")
    );
    assert!(!format!("{verified:?}").contains("dark"));
}

/// Only claims that all tokens share, such as `sub`, `exp` and `azp`, have fixed types. Other
/// claims may have any type, even under the name of a session's claim.
#[test]
fn a_template_may_have_any_claims() {
    for changes in [
        json!({ "act": "nobody", "sts": 7, "v": "x", "o": [], "fva": {}, "org_id": 1 }),
        json!({ "sts": "pending" }),
        json!({ "sid": "sess_1" }),
        json!({ "scopes": 1, "client_id": [] }),
        json!({ "azp": null, "nbf": null, "iat": null, "jti": null }),
    ] {
        let result = verify(&token(&header(), &template_with(changes.clone())));
        assert_eq!(name_of(&result), "accepted", "{changes}");
    }
}

#[test]
fn a_token_of_a_template_is_checked_by_the_rules_of_session_tokens() {
    for (changes, expected) in [
        (json!({ "sub": null }), "token-invalid"),
        (json!({ "sub": "" }), "token-invalid"),
        (json!({ "sub": 1 }), "token-invalid"),
        (json!({ "sub": "mch_1" }), "token-type-mismatch"),
        (json!({ "exp": null }), "token-invalid"),
        (json!({ "exp": NOW - 5 }), "token-expired"),
        (json!({ "azp": ["https://example.com"] }), "token-invalid"),
        (json!({ "nbf": NOW + 6 }), "token-not-active-yet"),
        (json!({ "iat": NOW + 6 }), "token-iat-in-the-future"),
        (json!({ "theme": 1 }), "token-invalid"),
        (json!({ "theme": null }), "token-invalid"),
    ] {
        let result = verify(&token(&header(), &template_with(changes.clone())));
        assert_eq!(name_of(&result), expected, "{changes}");
        let error = result.unwrap_err();
        assert_eq!(error.status(), 401, "{changes}");
        assert!(!format!("{error} {error:?}").contains("dark"));
    }
    let good = template_with(json!({}));
    let forged = Signer::second().named("ins_1");
    let forged = forged.sign(header().to_string(), good.to_string());
    assert_eq!(name_of(&verify(&forged)), "token-invalid-signature");
    let repeated = good
        .to_string()
        .replace("{\"azp\"", "{\"x\":{\"a\":1,\"a\":2},\"azp\"");
    let repeated = Signer::first().sign(header().to_string(), repeated);
    assert_eq!(name_of(&verify(&repeated)), "token-invalid");
    assert_eq!(name_of(&verify("x")), "token-invalid");
}

#[test]
fn settings_apply_to_templates() {
    let good = token(&header(), &template_with(json!({ "aud": "api" })));
    let builder = || Verifier::from_jwt_key(Signer::first().pem());
    for (builder, expected) in [
        (builder().issuer("https://clerk.example.com"), "accepted"),
        (
            builder().issuer("https://other.example"),
            "token-invalid-issuer",
        ),
        (builder().audience(["api"]), "accepted"),
        (builder().audience(["x"]), "token-invalid-audience"),
        (
            builder().authorized_parties(["https://example.com"]),
            "accepted",
        ),
        (
            builder().authorized_parties(["https://other.example"]),
            "token-invalid-authorized-parties",
        ),
    ] {
        let verifier = builder.build().unwrap();
        let result = run(verifier.verify_template_at::<Custom>(&good, now()));
        assert_eq!(name_of(&result), expected);
    }
}

/// Tokens of sessions and templates are distinguished, even without a category.
#[test]
fn a_session_token_is_no_token_of_a_template_and_the_reverse() {
    let with = |category: Value| {
        let mut header = header();
        header["cat"] = category;
        if header["cat"].is_null() {
            header.as_object_mut().unwrap().remove("cat");
        }
        header
    };
    let session = || {
        let mut claims = claims();
        claims["theme"] = json!("dark");
        claims
    };
    let mismatch = "token-type-mismatch";
    for (category, claims, as_template, as_session) in [
        (json!("cl_B7d4PD111AAA"), session(), mismatch, "accepted"),
        (
            json!("cl_B7d4PD111AAA"),
            template_with(json!({})),
            mismatch,
            mismatch,
        ),
        (json!("cl_B7d4PD222AAA"), session(), "accepted", mismatch),
        (
            json!("cl_B7d4PD222AAA"),
            template_with(json!({})),
            "accepted",
            mismatch,
        ),
        (json!("cl_B7d4PD333AAA"), session(), mismatch, mismatch),
        (
            json!("cl_B7d4PD333AAA"),
            template_with(json!({})),
            mismatch,
            mismatch,
        ),
        (
            json!("cl_I7d4PD111III"),
            template_with(json!({})),
            "accepted",
            mismatch,
        ),
        (json!("cl_I7d4PD111III"), session(), mismatch, "accepted"),
        (json!("x"), template_with(json!({})), mismatch, mismatch),
        (json!(null), session(), mismatch, "accepted"),
        (json!(null), template_with(json!({})), "accepted", mismatch),
        (
            json!(null),
            template_with(json!({ "sid": "" })),
            mismatch,
            mismatch,
        ),
        (
            json!(null),
            template_with(json!({ "sid": 1 })),
            mismatch,
            "token-invalid",
        ),
    ] {
        let token = token(&with(category.clone()), &claims);
        assert_eq!(name_of(&verify(&token)), as_template, "{category} {claims}");
        let result = super::verify(&token);
        assert_eq!(reason(&result), as_session, "{category} {claims}");
    }
    let mut oauth = header();
    oauth["typ"] = json!("at+jwt");
    let result = verify(&token(&oauth, &template_with(json!({}))));
    assert_eq!(name_of(&result), mismatch);
}

#[test]
fn templates_and_sessions_share_the_keys() {
    let requests = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = std::sync::Arc::clone(&requests);
    let clerk = clerk_with_keys(move || {
        count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        json!({ "keys": [Signer::first().jwk()] })
    });
    let verifier = Verifier::new(&clerk).unwrap();
    let template = token(&header(), &template_with(json!({})));
    run(verifier.verify(&Signer::first().token(&claims()))).unwrap();
    run(verifier.verify_template::<Custom>(&template)).unwrap();
    assert_eq!(requests.load(std::sync::atomic::Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_token_of_a_template_of_the_fake_is_verified() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_1"));
    let session = fake.sign_in(FakeSession::new("user_1").claim("theme", "dark"));
    let id = session.session_id().as_str();
    let made: Value = fake
        .client()
        .request(Method::POST, ["sessions", id, "tokens", "mine"])
        .await
        .unwrap();
    let verifier = Verifier::new(&fake.client()).unwrap();
    let token = made["jwt"].as_str().unwrap();
    let verified = verifier.verify_template::<Value>(token).await.unwrap();
    assert_eq!(verified.user_id, "user_1");
    assert_eq!(reason(&verifier.verify(token).await), "token-type-mismatch");
}

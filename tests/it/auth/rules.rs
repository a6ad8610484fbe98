//! The settings of a verifier, and the tokens that the verifier then accepts.

use std::time::Duration;

use clerk_client::Timestamp;
use clerk_client::auth::{SessionStatus, Verifier};
use serde_json::json;

use super::signer::Signer;
use super::{NOW, claims, claims_with, now, reason, verify, verify_with};
use crate::support::run;

#[test]
fn a_verified_token_returns_its_claims() {
    let claims = verify(&Signer::first().token(&claims())).unwrap();
    assert_eq!(claims.user_id, "user_1");
    assert_eq!(claims.session_id, "sess_1");
    assert_eq!(claims.issuer.as_deref(), Some("https://clerk.example.com"));
    assert_eq!(
        claims.authorized_party.as_deref(),
        Some("https://example.com")
    );
    assert_eq!(claims.token_id.as_deref(), Some("0b1c2d"));
    assert_eq!(claims.issued_at, Some(now()));
    assert_eq!(claims.expires_at, now() + Duration::from_secs(60));
    assert_eq!(claims.not_before, Some(now() - Duration::from_secs(10)));
    assert_eq!(claims.status, SessionStatus::Active);
    assert_eq!(claims.version, 2);
    assert_eq!(claims.organization, None);
    assert_eq!(claims.actor, None);
    let ages = claims.factor_ages.unwrap();
    assert_eq!((ages.first, ages.second), (Some(3), None));
}

#[test]
fn custom_claims_are_decoded_when_they_are_read() {
    #[derive(serde::Deserialize, Debug)]
    struct Custom {
        plan: String,
        sub: String,
    }
    let token = Signer::first().token(&claims_with(json!({ "plan": "gold" })));
    let claims = verify(&token).unwrap();
    let custom: Custom = claims.custom().unwrap();
    assert_eq!(
        (custom.plan.as_str(), custom.sub.as_str()),
        ("gold", "user_1")
    );
    let error = claims.custom::<Vec<u8>>().unwrap_err().to_string();
    assert!(!error.contains("gold"), "{error}");
    assert!(!format!("{claims:?}").contains("gold"));
}

#[test]
fn an_impersonation_names_the_actor() {
    let act = json!({ "sub": "user_support", "type": "dashboard" });
    let claims = verify(&Signer::first().token(&claims_with(json!({ "act": act })))).unwrap();
    let actor = claims.actor.unwrap();
    assert_eq!(
        (actor.sub.as_str(), actor.kind.as_deref()),
        ("user_support", Some("dashboard"))
    );
}

/// Clocks may differ by 5 seconds in either direction.
#[test]
fn times_are_checked_within_the_clock_skew() {
    let signer = Signer::first();
    for (name, value, expected) in [
        ("exp", json!(NOW - 4), "accepted"),
        ("exp", json!(NOW - 5), "token-expired"),
        ("exp", json!(NOW as f64 - 4.75), "accepted"),
        ("exp", json!(-1), "token-expired"),
        ("exp", json!(-1e20), "token-expired"),
        (
            "exp",
            json!(-9_223_372_036_854_775_808_i64),
            "token-expired",
        ),
        ("exp", json!(9_223_372_036_854_775_807_i64), "accepted"),
        ("exp", json!(1e20), "accepted"),
        ("exp", json!(null), "token-invalid"),
        ("exp", json!((NOW + 60).to_string()), "token-invalid"),
        ("exp", json!(true), "token-invalid"),
        ("exp", json!([NOW + 60]), "token-invalid"),
        ("nbf", json!(NOW + 5), "accepted"),
        ("nbf", json!(NOW + 6), "token-not-active-yet"),
        ("nbf", json!(1e20), "token-not-active-yet"),
        ("nbf", json!("x"), "token-invalid"),
        ("iat", json!(NOW + 5), "accepted"),
        ("iat", json!(NOW + 6), "token-iat-in-the-future"),
        (
            "iat",
            json!(9_223_372_036_854_775_807_i64),
            "token-iat-in-the-future",
        ),
        ("iat", json!({}), "token-invalid"),
    ] {
        let result = verify(&signer.token(&claims_with(json!({ name: value }))));
        assert_eq!(reason(&result), expected, "{name}: {value}");
    }
    // A number that is too large for a float is refused.
    let payload = claims()
        .to_string()
        .replace(&format!("\"exp\":{}", NOW + 60), "\"exp\":1e400");
    assert_eq!(
        reason(&verify(&signer.sign(signer.header().to_string(), payload))),
        "token-invalid"
    );

    let expired = signer.token(&claims_with(json!({ "exp": NOW - 100 })));
    let wide = |seconds| {
        move |builder: clerk_client::auth::VerifierBuilder| {
            builder.clock_skew(Duration::from_secs(seconds))
        }
    };
    assert!(verify_with(wide(101), &expired).is_ok());
    assert_eq!(reason(&verify_with(wide(100), &expired)), "token-expired");
    let text = verify(&expired).unwrap_err().to_string();
    assert_eq!(text, "token-expired: the token expired 100 s ago");
}

#[test]
fn a_remembered_token_expires() {
    let token = Signer::first().token(&claims());
    let verifier = Verifier::from_jwt_key(Signer::first().pem())
        .build()
        .unwrap();
    let at = |seconds: i64| {
        run(verifier.verify_at(&token, Timestamp::from_millis((NOW + seconds) * 1_000)))
    };
    assert_eq!(reason(&at(0)), "accepted");
    assert_eq!(reason(&at(64)), "accepted");
    assert_eq!(reason(&at(65)), "token-expired");
    assert_eq!(reason(&at(0)), "accepted");
    assert_eq!(reason(&at(-10)), "token-iat-in-the-future");
}

#[test]
fn authorized_parties_are_compared_as_they_are_written() {
    let parties = ["https://example.com", "https://other.example:8443"];
    let with = |builder: clerk_client::auth::VerifierBuilder| builder.authorized_parties(parties);
    let refused = "token-invalid-authorized-parties";
    for (azp, expected) in [
        (json!("https://example.com"), "accepted"),
        (json!("https://other.example:8443"), "accepted"),
        (json!("https://example.com/"), refused),
        (json!("https://example.com.evil.example"), refused),
        (json!("https://EXAMPLE.com"), refused),
        (json!("http://example.com"), refused),
        (json!("example.com"), refused),
        (json!("https://other.example"), refused),
        (json!(""), refused),
        (json!(null), refused),
    ] {
        let token = Signer::first().token(&claims_with(json!({ "azp": azp })));
        assert_eq!(reason(&verify_with(with, &token)), expected, "{azp}");
        let lenient = |builder| with(builder).allow_missing_party();
        let expected = if azp.is_null() { "accepted" } else { expected };
        assert_eq!(reason(&verify_with(lenient, &token)), expected, "{azp}");
        assert_eq!(reason(&verify(&token)), "accepted", "{azp}");
    }
}

#[test]
fn the_issuer_is_compared_as_it_is_written() {
    let with =
        |builder: clerk_client::auth::VerifierBuilder| builder.issuer("https://clerk.example.com");
    let refused = "token-invalid-issuer";
    for (iss, expected) in [
        (json!("https://clerk.example.com"), "accepted"),
        (json!("https://clerk.example.com/"), refused),
        (json!("https://clerk.evil.example"), refused),
        (json!("https://clerk."), refused),
        (json!(null), refused),
    ] {
        let token = Signer::first().token(&claims_with(json!({ "iss": iss })));
        assert_eq!(reason(&verify_with(with, &token)), expected, "{iss}");
        assert_eq!(reason(&verify(&token)), "accepted", "{iss}");
        let any = |builder| with(builder).any_issuer();
        assert_eq!(reason(&verify_with(any, &token)), "accepted", "{iss}");
    }
}

#[test]
fn an_audience_is_required_only_if_it_is_set() {
    let with = |builder: clerk_client::auth::VerifierBuilder| builder.audience(["api", "other"]);
    let refused = "token-invalid-audience";
    for (aud, expected) in [
        (json!("api"), "accepted"),
        (json!(["x", "other"]), "accepted"),
        (json!("x"), refused),
        (json!([]), refused),
        (json!(["api", 1]), refused),
        (json!({ "api": 1 }), refused),
        (json!(null), refused),
    ] {
        let token = Signer::first().token(&claims_with(json!({ "aud": aud })));
        assert_eq!(reason(&verify_with(with, &token)), expected, "{aud}");
        assert_eq!(reason(&verify(&token)), "accepted", "{aud}");
    }
}

//! Invalid settings are refused when a verifier is built.

use std::time::Duration;

use clerk_client::ErrorKind;
use clerk_client::auth::{
    Cookies, KeyPolicy, PublishableKey, TokenTypes, Verifier, VerifierBuilder,
};
use clerk_client::mock::FakeClerk;

use super::signer::Signer;

fn builder() -> VerifierBuilder {
    Verifier::from_jwt_key(Signer::first().pem())
}

fn frontend() -> VerifierBuilder {
    let key = PublishableKey::new(FakeClerk::PUBLISHABLE_KEY).unwrap();
    Verifier::from_publishable_key(FakeClerk::new(), &key)
}

#[test]
fn settings_that_do_not_work_are_refused() {
    let none: [&str; 0] = [];
    for (builder, expected) in [
        (
            builder().authorized_parties(none),
            "the list of authorized parties is empty",
        ),
        (
            builder().authorized_parties([""]),
            "the list of authorized parties is empty",
        ),
        (builder().audience(none), "the list of audiences is empty"),
        (builder().issuer(""), "the issuer is empty"),
        (
            builder().cookies(Cookies::any()),
            "set authorized_parties, or any_party",
        ),
        (
            builder().accept(TokenTypes::API_KEY),
            "only a client with a secret key can verify them",
        ),
        (
            builder().accept(TokenTypes::SESSION | TokenTypes::M2M),
            "only a client with a secret key can verify them",
        ),
        (
            frontend().accept(TokenTypes::OAUTH),
            "only a client with a secret key can verify them",
        ),
        (
            builder()
                .cookies(Cookies::any())
                .any_party()
                .accept(TokenTypes::M2M_JWT),
            "cookies are accepted, but session tokens are not",
        ),
        (
            builder().clock_skew(Duration::from_secs(301)),
            "the limit is 300s",
        ),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(expected), "{error}");
    }
    builder()
        .cookies(Cookies::any())
        .any_party()
        .build()
        .unwrap();
    let jwts = TokenTypes::M2M_JWT | TokenTypes::OAUTH_JWT;
    builder().accept(jwts).build().unwrap();
    frontend().accept(jwts).build().unwrap();
    let parties = builder()
        .cookies(Cookies::any())
        .authorized_parties(["https://example.com"]);
    parties.build().unwrap();
}

/// If the keys expire before the next fetch may start, no token can be verified in between.
#[test]
fn a_policy_under_which_keys_end_before_the_next_fetch_is_refused() {
    let policy = |fresh_for, stale_for, at_most_every| {
        KeyPolicy::new()
            .fresh_for(Duration::from_secs(fresh_for))
            .stale_for(Duration::from_secs(stale_for))
            .at_most_every(Duration::from_secs(at_most_every))
    };
    for (policy, is_valid) in [
        (policy(5, 0, 10), false),
        (policy(0, 9, 10), false),
        (policy(5, 5, 10), true),
        (policy(0, 0, 0), true),
        (policy(u64::MAX, u64::MAX, u64::MAX), true),
    ] {
        let built = frontend().keys(policy).build();
        assert_eq!(built.is_ok(), is_valid, "{policy:?}");
        if let Err(error) = built {
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(error.to_string().contains("at_most_every"), "{error}");
        }
        // A verifier with the JWT public key fetches no keys.
        builder().keys(policy).build().unwrap();
    }
}

#[test]
fn a_publishable_key_names_the_frontend_api() {
    // Both keys contain `clerk.example.com$` in base64. White space around a key is ignored.
    for text in [
        "pk_test_Y2xlcmsuZXhhbXBsZS5jb20k",
        " pk_live_Y2xlcmsuZXhhbXBsZS5jb20k\n",
    ] {
        let key = PublishableKey::new(text).unwrap();
        assert_eq!(key.frontend_api(), "clerk.example.com");
        assert_eq!(key.as_str(), text.trim());
        Verifier::from_publishable_key(FakeClerk::new(), &key)
            .build()
            .unwrap();
    }
    for (text, expected) in [
        ("", "it does not have the form"),
        ("sk_test_abc", "it is a secret key"),
        ("pk_test_", "it does not name a host"),
        ("pk_test_!", "it does not name a host"),
        ("pk_test_Y2xlcmsuZXhhbXBsZS5jb20", "it does not name a host"),
        // The next keys contain `evil.example/x?$` and `user@evil.example$`.
        (
            "pk_test_ZXZpbC5leGFtcGxlL3g/JA==",
            "it does not name a host",
        ),
        (
            "pk_test_dXNlckBldmlsLmV4YW1wbGUk",
            "it does not name a host",
        ),
    ] {
        let error = PublishableKey::new(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
        assert!(!error.contains("abc"), "{error}");
    }
}

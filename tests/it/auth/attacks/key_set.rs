//! The keys that verify the signatures of tokens.

use clerk_client::auth::Verifier;
use ring::signature::{RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RsaEncoding};
use serde_json::{Value, json};

use super::{assert_refused, header_with};
use crate::auth::signer::{Signer, encoded};
use crate::auth::{claims, claims_with, clerk_with_keys, now, reason, verify};
use crate::support::run;

#[test]
fn a_signature_counts_only_as_rs256_of_the_instance() {
    let signer = Signer::first();
    let token = signer.token(&claims());
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let wrong = "token-invalid-signature";
    let encodings: [(&str, &'static dyn RsaEncoding); 3] = [
        ("RS384", &RSA_PKCS1_SHA384),
        ("RS512", &RSA_PKCS1_SHA512),
        ("PS256", &RSA_PSS_SHA256),
    ];
    for (name, encoding) in encodings {
        let other = signer.signature(signed.as_bytes(), encoding);
        assert_refused(name, &format!("{signed}.{}", encoded(other)), wrong);
    }
    for (name, bytes) in [
        ("empty", vec![]),
        ("one byte", vec![1]),
        ("zeros", vec![0; 256]),
        ("ones", vec![255; 256]),
        ("the modulus", signer.modulus()),
        ("too long", vec![1; 257]),
        ("short", vec![1; 255]),
        ("huge", vec![1; 4_096]),
    ] {
        assert_refused(name, &format!("{signed}.{}", encoded(bytes)), wrong);
    }
    let other_key = Signer::second().named("ins_1").token(&claims());
    assert_refused("another key", &other_key, wrong);
    let (_, other_signature) = other_key.rsplit_once('.').unwrap();
    assert_refused(
        "another signature",
        &format!("{signed}.{other_signature}"),
        wrong,
    );
    let (header, payload) = signed.split_once('.').unwrap();
    let swapped = format!("{payload}.{header}.{signature}");
    assert_refused("swapped", &swapped, "token-invalid-algorithm");
    let admin = encoded(claims_with(json!({ "sub": "user_2" })).to_string());
    assert_refused(
        "another payload",
        &format!("{header}.{admin}.{signature}"),
        wrong,
    );
    // A known attack signs with HMAC, and uses the public key as the secret. It needs no test here:
    // jws.rs tests that the algorithms of HMAC are refused.
}

#[test]
fn a_key_that_comes_with_the_token_is_ignored() {
    let attacker = Signer::second().named("ins_1");
    let payload = claims().to_string();
    for extra in [
        json!({ "jwk": attacker.jwk() }),
        json!({ "jku": "https://evil.example/jwks.json" }),
        json!({ "x5u": "https://evil.example/cert.pem" }),
        json!({ "x5c": [encoded(attacker.modulus())] }),
        json!({ "x5t": "AA", "x5t#S256": "AA" }),
    ] {
        let token = attacker.sign(header_with(extra.clone()), &payload);
        assert_refused("a key of the attacker", &token, "token-invalid-signature");
        let token = Signer::first().sign(header_with(extra), &payload);
        assert!(verify(&token).is_ok());
    }
}

#[test]
fn an_unknown_or_malformed_key_id_is_refused_with_a_short_message() {
    let clerk = clerk_with_keys(|| json!({ "keys": [Signer::first().jwk()] }));
    let verifier = Verifier::new(&clerk).unwrap();
    let payload = claims().to_string();
    let long = "k".repeat(10_000);
    for (kid, expected) in [
        (json!("ins_2"), "jwk-kid-mismatch"),
        (json!(""), "jwk-kid-mismatch"),
        (json!("__proto__"), "jwk-kid-mismatch"),
        (json!("../../etc/passwd"), "jwk-kid-mismatch"),
        (json!("ins_1 "), "jwk-kid-mismatch"),
        (json!("INS_1"), "jwk-kid-mismatch"),
        (json!("ins_1\u{0}"), "jwk-kid-mismatch"),
        (json!(long), "jwk-kid-mismatch"),
        (json!("k".repeat(100_000)), "token-invalid"),
        (json!(null), "token-invalid"),
        (json!(1), "token-invalid"),
        (json!(["ins_1"]), "token-invalid"),
        (json!({}), "token-invalid"),
    ] {
        let token = Signer::first().sign(header_with(json!({ "kid": kid })), &payload);
        let result = run(verifier.verify_at(&token, now()));
        assert_eq!(reason(&result), expected, "{:.40}", kid.to_string());
        let text = result.unwrap_err().to_string();
        assert!(text.len() < 400 && !text.contains('\0'), "{text}");
    }
    let no_kid = Signer::first().sign(r#"{"alg":"RS256"}"#, &payload);
    assert_eq!(
        reason(&run(verifier.verify_at(&no_kid, now()))),
        "jwk-kid-mismatch"
    );
}

#[test]
fn unusable_keys_of_a_key_set_verify_nothing() {
    let token = Signer::first().token(&claims());
    let with = |changes: Value| {
        let mut jwk = Signer::first().jwk();
        for (name, value) in changes.as_object().unwrap() {
            jwk[name] = value.clone();
        }
        jwk
    };
    let even: Vec<u8> = {
        let mut modulus = Signer::first().modulus();
        *modulus.last_mut().unwrap() &= 0xfe;
        modulus
    };
    for (name, key) in [
        ("encryption", with(json!({ "use": "enc" }))),
        ("another algorithm", with(json!({ "alg": "RS512" }))),
        ("oct", with(json!({ "kty": "oct", "k": "AAAA" }))),
        (
            "EC",
            with(json!({ "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA" })),
        ),
        ("private", with(json!({ "d": "AQAB" }))),
        ("e = 1", with(json!({ "e": "AQ" }))),
        ("e = 0", with(json!({ "e": "AA" }))),
        ("even e", with(json!({ "e": "BA" }))),
        (
            "huge e",
            with(json!({ "e": encoded(Signer::first().modulus()) })),
        ),
        ("even n", with(json!({ "n": encoded(even) }))),
        (
            "1024 bits",
            with(json!({ "n": encoded(&Signer::first().modulus()[..128]) })),
        ),
        ("n = 0", with(json!({ "n": encoded([0; 256]) }))),
        ("no n", with(json!({ "n": null }))),
        ("standard base64", with(json!({ "n": "+/+/" }))),
        ("no kid", with(json!({ "kid": "" }))),
    ] {
        let alone = key.clone();
        let clerk = clerk_with_keys(move || json!({ "keys": [alone] }));
        let error = run(Verifier::new(&clerk).unwrap().verify_at(&token, now())).unwrap_err();
        assert_eq!(error.reason().as_str(), "jwk-remote-missing", "{name}");
        assert_eq!(error.status(), 503, "{name}");
        // A usable key still works beside the unusable key.
        let clerk = clerk_with_keys(move || json!({ "keys": [key, Signer::first().jwk()] }));
        let verified = run(Verifier::new(&clerk).unwrap().verify_at(&token, now()));
        assert!(verified.is_ok(), "{name}");
    }
}

#[test]
fn a_key_set_of_ten_thousand_keys_is_searched() {
    let clerk = clerk_with_keys(|| {
        let others = (0..10_000).map(|n| {
            let mut key = Signer::second().jwk();
            key["kid"] = json!(format!("ins_other_{n}"));
            key
        });
        let keys: Vec<Value> = others.chain([Signer::first().jwk()]).collect();
        json!({ "keys": keys })
    });
    let token = Signer::first().token(&claims());
    assert!(run(Verifier::new(&clerk).unwrap().verify_at(&token, now())).is_ok());
}

#[test]
fn two_instances_in_one_process_share_no_key() {
    let of = |signer: fn() -> Signer| {
        let clerk = clerk_with_keys(move || json!({ "keys": [signer().named("ins_1").jwk()] }));
        Verifier::new(&clerk).unwrap()
    };
    let (first, second) = (of(Signer::first), of(Signer::second));
    let of_first = Signer::first().token(&claims());
    let of_second = Signer::second().named("ins_1").token(&claims());
    for _ in 0..2 {
        assert!(run(first.verify_at(&of_first, now())).is_ok());
        assert!(run(second.verify_at(&of_second, now())).is_ok());
        for (verifier, token) in [(&first, &of_second), (&second, &of_first)] {
            let refused = run(verifier.verify_at(token, now()));
            assert_eq!(reason(&refused), "token-invalid-signature");
        }
    }
}

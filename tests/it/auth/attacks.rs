//! Tokens that an attacker may send. Each is refused for the expected reason.

use ring::signature::{RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RsaEncoding};
use serde_json::{Value, json};

use super::signer::{Signer, encoded};
use super::{claims, claims_with, clerk_with_keys, now, reason, verify, verify_with};
use crate::support::run;
use clerk_client::auth::Verifier;

/// Asserts that every kind of verifier refuses a token for the expected reason.
#[track_caller]
fn assert_refused(name: &str, token: &str, expected: &str) {
    let result = verify(token);
    assert_eq!(reason(&result), expected, "{name}");
    let error = result.unwrap_err();
    assert_eq!(error.status(), 401, "{name}");
    let shown = format!("{error} {error:?}");
    assert!(shown.len() < 1_000, "{name}: {shown}");
    for part in token.split('.').filter(|part| part.len() > 8) {
        assert!(!shown.contains(part), "{name}: {shown}");
    }
}

fn header_with(changes: Value) -> String {
    let mut header = Signer::first().header();
    for (name, value) in changes.as_object().unwrap() {
        header[name] = value.clone();
    }
    header.to_string()
}

#[test]
fn only_rs256_is_accepted() {
    let signer = Signer::first();
    let payload = claims().to_string();
    let invalid = "token-invalid-algorithm";
    for alg in [
        "none", "None", "NONE", "nOnE", "", "HS256", "HS384", "HS512", "RS384", "RS512", "PS256",
        "ES256", "EdDSA", "rs256", "RS256 ", " RS256", "RS256\0", "RSA", "sha256",
    ] {
        let header = header_with(json!({ "alg": alg }));
        assert_refused(alg, &signer.sign(&header, &payload), invalid);
        let unsigned = format!("{}.{}.", encoded(&header), encoded(&payload));
        assert_refused(alg, &unsigned, invalid);
    }
    for alg in [
        json!(null),
        json!(5),
        json!(["RS256"]),
        json!({ "RS256": 1 }),
        json!(true),
    ] {
        let header = header_with(json!({ "alg": alg }));
        assert_refused(
            "type of alg",
            &signer.sign(header, &payload),
            "token-invalid",
        );
    }
    let no_alg = r#"{"kid":"ins_1","typ":"JWT"}"#;
    assert_refused("no alg", &signer.sign(no_alg, &payload), invalid);
}

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
    // A known attack signs with HMAC, and uses the public key as the secret. This is not tested,
    // because no code verifies HMAC.
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
fn key_ids_are_only_looked_up() {
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
fn headers_must_be_plain() {
    let signer = Signer::first();
    let payload = claims().to_string();
    let long = format!(r#"{{"alg":"RS256","x":"{}"}}"#, "x".repeat(20_000));
    let deep = format!(
        r#"{{"alg":"RS256","x":{}1{}}}"#,
        "[".repeat(500),
        "]".repeat(500)
    );
    let cases: Vec<(&str, Vec<u8>)> = vec![
        (
            "repeated alg",
            br#"{"alg":"none","alg":"RS256","kid":"ins_1"}"#.to_vec(),
        ),
        (
            "repeated alg, escaped",
            br#"{"alg":"none","\u0061lg":"RS256","kid":"ins_1"}"#.to_vec(),
        ),
        (
            "repeated kid",
            br#"{"alg":"RS256","kid":"ins_2","kid":"ins_1"}"#.to_vec(),
        ),
        (
            "repeated typ",
            br#"{"alg":"RS256","kid":"ins_1","typ":"JWT","typ":"JWT"}"#.to_vec(),
        ),
        (
            "repeated cat",
            br#"{"alg":"RS256","kid":"ins_1","cat":"a","cat":"a"}"#.to_vec(),
        ),
        (
            "crit",
            br#"{"alg":"RS256","kid":"ins_1","crit":["exp"]}"#.to_vec(),
        ),
        (
            "empty crit",
            br#"{"alg":"RS256","kid":"ins_1","crit":[]}"#.to_vec(),
        ),
        (
            "escaped crit",
            br#"{"alg":"RS256","kid":"ins_1","\u0063rit":["b64"]}"#.to_vec(),
        ),
        (
            "b64",
            br#"{"alg":"RS256","kid":"ins_1","b64":false}"#.to_vec(),
        ),
        (
            "b64 true",
            br#"{"alg":"RS256","kid":"ins_1","b64":true}"#.to_vec(),
        ),
        (
            "zip",
            br#"{"alg":"RS256","kid":"ins_1","zip":"DEF"}"#.to_vec(),
        ),
        (
            "enc",
            br#"{"alg":"RS256","kid":"ins_1","enc":"A128GCM"}"#.to_vec(),
        ),
        ("array", br#"["RS256"]"#.to_vec()),
        ("null", b"null".to_vec()),
        ("string", br#""RS256""#.to_vec()),
        ("number", b"1".to_vec()),
        ("empty", b"".to_vec()),
        ("cut off", br#"{"alg":"RS256""#.to_vec()),
        ("two values", br#"{"alg":"RS256"}{"alg":"RS256"}"#.to_vec()),
        ("BOM", b"\xef\xbb\xbf{\"alg\":\"RS256\"}".to_vec()),
        ("NUL", b"{\"alg\":\"RS256\"}\0".to_vec()),
        ("not UTF-8", b"{\"alg\":\"RS256\",\"x\":\"\xff\"}".to_vec()),
        (
            "lone surrogate",
            br#"{"alg":"RS256","kid":"\ud800"}"#.to_vec(),
        ),
        ("comment", br#"{"alg":"RS256"/**/}"#.to_vec()),
        ("single quotes", b"{'alg':'RS256'}".to_vec()),
        ("too long", long.into_bytes()),
    ];
    for (name, header) in cases {
        assert_refused(name, &signer.sign(header, &payload), "token-invalid");
    }
    // Unknown members may be nested to any depth.
    assert!(
        verify(&signer.sign(
            deep.replace("{\"alg\"", "{\"kid\":\"ins_1\",\"alg\""),
            &payload
        ))
        .is_ok()
    );
}

#[test]
fn other_kinds_of_tokens_are_refused() {
    let signer = Signer::first();
    let payload = claims().to_string();
    let mismatch = "token-type-mismatch";
    for (name, changes, expected) in [
        (
            "JWT template",
            json!({ "cat": "cl_B7d4PD222AAA" }),
            mismatch,
        ),
        ("M2M", json!({ "cat": "cl_B7d4PD333AAA" }), mismatch),
        (
            "another digit",
            json!({ "cat": "cl_I7d4PD111II1" }),
            mismatch,
        ),
        ("empty", json!({ "cat": "" }), mismatch),
        ("case", json!({ "cat": "CL_B7D4PD111AAA" }), mismatch),
        ("type of cat", json!({ "cat": 1 }), "token-invalid"),
        ("null cat", json!({ "cat": null }), "token-invalid"),
        ("OAuth", json!({ "typ": "at+jwt" }), mismatch),
        (
            "application",
            json!({ "typ": "application/at+jwt" }),
            mismatch,
        ),
        ("empty typ", json!({ "typ": "" }), mismatch),
        ("type of typ", json!({ "typ": ["JWT"] }), "token-invalid"),
    ] {
        assert_refused(name, &signer.sign(header_with(changes), &payload), expected);
    }
    for (name, changes, expected) in [
        ("machine", json!({ "sub": "mch_1" }), mismatch),
        ("no session", json!({ "sid": null }), mismatch),
        ("empty session", json!({ "sid": "" }), mismatch),
        ("type of sid", json!({ "sid": 1 }), "token-invalid"),
        ("no user", json!({ "sub": null }), "token-invalid"),
        ("empty user", json!({ "sub": "" }), "token-invalid"),
        ("type of sub", json!({ "sub": ["user_1"] }), "token-invalid"),
        (
            "pending",
            json!({ "sts": "pending" }),
            "session-token-pending",
        ),
        (
            "unknown status",
            json!({ "sts": "dreaming" }),
            "session-token-pending",
        ),
        (
            "empty status",
            json!({ "sts": "" }),
            "session-token-pending",
        ),
        ("type of sts", json!({ "sts": 1 }), "token-invalid"),
        ("type of act", json!({ "act": "user_2" }), "token-invalid"),
        ("no actor", json!({ "act": {} }), "token-invalid"),
        (
            "type of azp",
            json!({ "azp": ["https://example.com"] }),
            "token-invalid",
        ),
        ("type of v", json!({ "v": "2" }), "token-invalid"),
    ] {
        assert_refused(name, &signer.token(&claims_with(changes)), expected);
    }
}

#[test]
fn payloads_must_be_plain() {
    let signer = Signer::first();
    let header = signer.header().to_string();
    let good = claims().to_string();
    let inner = good.trim_start_matches('{').to_owned();
    let repeated = |claim: &str| format!("{{{claim},{inner}").into_bytes();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("repeated exp", repeated(r#""exp":99999999999"#)),
        ("repeated sub", repeated(r#""sub":"user_2""#)),
        ("repeated sub, escaped", repeated(r#""\u0073ub":"user_2""#)),
        ("repeated custom claim", repeated(r#""x":1,"x":2"#)),
        ("repeated null", repeated(r#""azp":null"#)),
        (
            "repeated below",
            repeated(r#""x":{"role":"member","role":"admin"}"#),
        ),
        (
            "repeated below, escaped",
            repeated(r#""x":{"role":1,"\u0072ole":2}"#),
        ),
        (
            "repeated in a list",
            repeated(r#""x":[1,[{"a":{"b":1,"b":1}}]]"#),
        ),
        (
            "repeated below o",
            repeated(r#""o":{"id":"org_1","rol":"member","rol":"admin"}"#),
        ),
        (
            "deep",
            repeated(&format!(r#""x":{}1{}"#, "[".repeat(500), "]".repeat(500))),
        ),
        ("array", b"[]".to_vec()),
        ("null", b"null".to_vec()),
        ("string", b"\"user_1\"".to_vec()),
        ("empty", b"".to_vec()),
        ("cut off", good.as_bytes()[..good.len() - 1].to_vec()),
        ("trailing", format!("{good}x").into_bytes()),
        ("NUL", format!("{good}\0").into_bytes()),
        ("BOM", format!("\u{feff}{good}").into_bytes()),
        (
            "not UTF-8",
            [b"{\"x\":\"\xff\",", inner.as_bytes()].concat(),
        ),
        ("NaN", repeated(r#""x":NaN"#)),
    ];
    for (name, payload) in cases {
        assert_refused(name, &signer.sign(&header, payload), "token-invalid");
    }
    let names = json!([{ "a": 1, "b": { "a": 1 } }, { "a": null }, 1.5, -1, true, "\u{1f600}\n"]);
    assert!(verify(&signer.token(&claims_with(json!({ "a": names })))).is_ok());
    let large = claims_with(json!({ "x": "x".repeat(1 << 20) }));
    assert_refused("1 MB", &signer.token(&large), "token-invalid");
}

#[test]
fn a_token_has_one_spelling() {
    let signer = Signer::first();
    // In base64url, a payload whose length is not a multiple of 3 has unused bits at its end.
    let payload = (0..3)
        .map(|spaces| claims().to_string() + &" ".repeat(spaces))
        .find(|payload| payload.len() % 3 == 1)
        .unwrap();
    let token = signer.sign(signer.header().to_string(), payload);
    assert!(verify(&token).is_ok());
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        panic!()
    };
    let trailing_bits = |part: &str| {
        let last = part.chars().last().unwrap();
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let at = alphabet.find(last).unwrap();
        let next = &alphabet[at ^ 1..(at ^ 1) + 1];
        format!("{}{next}", &part[..part.len() - 1])
    };
    for (name, spelling) in [
        ("no parts", String::new()),
        ("one part", header.to_owned()),
        ("two parts", format!("{header}.{payload}")),
        ("dots", "..".to_owned()),
        ("four parts", format!("{token}.")),
        ("five parts", format!("{token}.a.b")),
        ("empty header", format!(".{payload}.{signature}")),
        ("padding", format!("{header}=.{payload}.{signature}")),
        ("padded signature", format!("{token}==")),
        ("space before", format!(" {token}")),
        ("space after", format!("{token} ")),
        ("newline", format!("{token}\n")),
        ("newline inside", token.replacen('.', ".\n", 1)),
        ("NUL", format!("{token}\0")),
        ("BOM", format!("\u{feff}{token}")),
        ("quotes", format!("\"{token}\"")),
        ("scheme", format!("Bearer {token}")),
        ("not ASCII", format!("{token}é")),
        (
            "trailing bits",
            format!("{header}.{}.{signature}", trailing_bits(payload)),
        ),
        (
            "trailing bits of the signature",
            format!("{header}.{payload}.{}", trailing_bits(signature)),
        ),
        ("5 MB", "x".repeat(5 << 20)),
        ("5 MB of dots", ".".repeat(5 << 20)),
    ] {
        assert_refused(name, &spelling, "token-invalid");
    }
    let empty = format!("{header}..{signature}");
    assert_refused("empty payload", &empty, "token-invalid-signature");
}

#[test]
fn every_changed_character_of_a_token_is_refused() {
    let token = Signer::first().token(&claims());
    let verifier = Verifier::from_jwt_key(Signer::first().pem())
        .build()
        .unwrap();
    for at in 0..token.len() {
        let old = token.as_bytes()[at];
        let new = if old == b'A' { "B" } else { "A" };
        let changed = format!("{}{new}{}", &token[..at], &token[at + 1..]);
        let result = run(verifier.verify_at(&changed, now()));
        assert!(result.is_err(), "at {at}");
    }
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
        // A usable key with the same id still works beside the unusable key.
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

#[test]
fn tokens_are_accepted_that_other_libraries_refuse() {
    let signer = Signer::first();
    let payload = claims().to_string();
    for (name, header) in [
        (
            "no typ and cat",
            r#"{"alg":"RS256","kid":"ins_1"}"#.to_owned(),
        ),
        ("typ in lower case", header_with(json!({ "typ": "jwt" }))),
        (
            "unknown members",
            header_with(json!({ "x": [1, { "y": null }] })),
        ),
        ("white space", format!(" {} \n", signer.header())),
    ] {
        assert!(verify(&signer.sign(header, &payload)).is_ok(), "{name}");
    }
    for (name, changes) in [
        ("no nbf", json!({ "nbf": null })),
        ("no iat", json!({ "iat": null })),
        ("no azp", json!({ "azp": null })),
        ("no status", json!({ "sts": null })),
        ("no version", json!({ "v": null })),
        ("aud", json!({ "aud": ["a", "b"] })),
        ("aud of another type", json!({ "aud": 5 })),
        (
            "fractional times",
            json!({ "exp": 1_767_225_660.25, "iat": 1_767_225_600.5 }),
        ),
        ("exp past 2^31", json!({ "exp": 4_102_444_800_i64 })),
        ("exp past 2^63", json!({ "exp": 1e19 })),
        (
            "custom claims",
            json!({ "metadata": { "role": "admin" }, "org": [1] }),
        ),
        ("malformed organization", json!({ "o": "org_1" })),
        (
            "malformed features",
            json!({ "fea": 5, "pla": [], "fva": "x" }),
        ),
    ] {
        let token = signer.token(&claims_with(changes));
        assert_eq!(reason(&verify(&token)), "accepted", "{name}");
    }
    let pending = signer.token(&claims_with(json!({ "sts": "pending" })));
    assert!(verify_with(|builder| builder.allow_pending(), &pending).is_ok());
}

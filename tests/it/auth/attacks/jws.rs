//! The compact form of a token, its algorithm, and the JSON of its header and its payload.

use clerk_client::auth::Verifier;
use serde_json::json;

use super::{assert_refused, header_with};
use crate::auth::signer::{Signer, encoded};
use crate::auth::{claims, claims_with, now, verify};
use crate::support::run;

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
fn tokens_with_ambiguous_unsupported_or_malformed_headers_are_refused() {
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
    // Unknown members of a header may be nested to any depth.
    assert!(
        verify(&signer.sign(
            deep.replace("{\"alg\"", "{\"kid\":\"ins_1\",\"alg\""),
            &payload
        ))
        .is_ok()
    );
}

#[test]
fn tokens_with_ambiguous_or_malformed_payloads_are_refused() {
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
fn a_token_that_is_spelled_in_another_way_is_refused() {
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

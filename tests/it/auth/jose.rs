//! Tokens with random claims, signed by the JavaScript library jose.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clerk_client::auth::Verifier;
use serde_json::Value;

use super::{builders, now, reason};
use crate::support::run;

#[test]
fn tokens_of_jose_are_accepted_and_with_one_bit_changed_refused() {
    let Ok(path) = std::env::var("CLERK_JOSE_TOKENS") else {
        println!("skipped: CLERK_JOSE_TOKENS is not set");
        return;
    };
    let tokens: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let verifiers: Vec<Verifier> = builders()
        .into_iter()
        .map(|(_, builder)| builder.build().unwrap())
        .collect();
    let mut random = fastrand::Rng::with_seed(7519);
    for case in &tokens {
        let token = case["token"].as_str().unwrap();
        let changed = [
            with_a_bit_changed(token, &mut random),
            with_a_decoded_bit_changed(token, &mut random),
        ];
        for verifier in &verifiers {
            let claims = run(verifier.verify_at(token, now())).unwrap();
            assert_eq!(claims.user_id, case["claims"]["sub"].as_str().unwrap());
            assert_eq!(claims.custom::<Value>().unwrap(), case["claims"]);
            for changed in &changed {
                let result = run(verifier.verify_at(changed, now()));
                assert_ne!(reason(&result), "accepted", "{changed}");
            }
        }
    }
    println!("{} tokens", tokens.len());
    assert!(tokens.len() >= 1_000);
}

/// Changes a random bit of a random character.
fn with_a_bit_changed(token: &str, random: &mut fastrand::Rng) -> String {
    let mut bytes = token.as_bytes().to_vec();
    let at = random.usize(..bytes.len());
    // A change of the highest bit would make the text invalid UTF-8.
    bytes[at] ^= 1 << random.u8(..7);
    String::from_utf8(bytes).unwrap()
}

/// Decodes the header, the payload or the signature, and changes a random bit.
fn with_a_decoded_bit_changed(token: &str, random: &mut fastrand::Rng) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let part = &mut parts[random.usize(..3)];
    let mut bytes = URL_SAFE_NO_PAD.decode(&*part).unwrap();
    let at = random.usize(..bytes.len());
    bytes[at] ^= 1 << random.u8(..8);
    *part = URL_SAFE_NO_PAD.encode(bytes);
    parts.join(".")
}

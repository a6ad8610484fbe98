//! Random changes of headers and payloads, signed with the right key.

use clerk_client::Timestamp;
use clerk_client::auth::{Authorization, Reverification, Verifier};
use serde_json::json;

use super::signer::Signer;
use super::{claims_with, now};
use crate::support::run;

/// The pieces that are put into a token at random places.
const PIECES: [&str; 24] = [
    "\"",
    "\\u0000",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "-1",
    "1e400",
    "0.5",
    "\\",
    "\u{7f}",
    "é",
    "99999999999999999999",
    "\"sub\":",
    "\"exp\":",
    "\"o\":{",
    "\"fea\":\"o:a\"",
    "\"fva\":[0,0]",
    "\"alg\":\"none\"",
    "\"kid\":null",
];

#[test]
fn no_change_of_a_signed_token_causes_a_panic() {
    let signer = Signer::first();
    let o = json!({ "id": "org_1", "rol": "admin", "per": "read,write", "fpm": "3,1" });
    let claims =
        claims_with(json!({ "o": o, "fea": "o:a,u:b", "pla": "o:pro", "act": { "sub": "x" } }));
    let verifier = Verifier::from_jwt_key(signer.pem()).build().unwrap();
    let mut random = fastrand::Rng::with_seed(7);
    let mut accepted = 0;
    for _ in 0..1_000 {
        let mut header = signer.header().to_string();
        let mut payload = claims.to_string();
        let text = if random.u8(..4) == 0 {
            &mut header
        } else {
            &mut payload
        };
        for _ in 0..random.usize(1..3) {
            let at = (0..=random.usize(..text.len()))
                .rev()
                .find(|at| text.is_char_boundary(*at));
            let end = (at.unwrap()..text.len())
                .nth(random.usize(..12))
                .unwrap_or(text.len());
            let end = (end..=text.len())
                .find(|end| text.is_char_boundary(*end))
                .unwrap();
            let piece = PIECES[random.usize(..PIECES.len())];
            text.replace_range(at.unwrap()..end, if random.bool() { piece } else { "" });
        }
        let token = signer.sign(header, payload);
        let at = Timestamp::from_millis(random.i64(now().as_millis() - 1..now().as_millis() + 1));
        if let Ok(claims) = run(verifier.verify_at(&token, at)) {
            accepted += 1;
            assert!(!claims.user_id.is_empty() && !claims.session_id.is_empty());
            let _ = claims.has(&Authorization::permission("a:read"));
            let _ = claims.is_verified_within(Reverification::LAX);
            let _ = claims.custom::<serde_json::Value>().unwrap();
            let _ = format!("{claims:?}");
        }
    }
    // Changes inside a string may leave a token valid. Most other changes make it invalid.
    assert!((50..900).contains(&accepted), "{accepted}");
}

//! Signed tokens.

use std::fs;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::RSA_PKCS1_SHA256;
use serde_json::json;

/// The authorized party of the tokens.
pub(crate) const PARTY: &str = "https://app.example.com";
const KEY: &[u8] = include_bytes!("../../../../tests/it/auth/keys/first.der");

/// Writes `count` tokens to a file, one in each line. Prints the modulus of their key.
pub(crate) fn sign(file: &str, count: usize) {
    let key = KeyPair::from_der(KEY).expect("a key");
    let random = SystemRandom::new();
    let mut text = String::new();
    for number in 0..count {
        let signed = unsigned(number);
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(
            &RSA_PKCS1_SHA256,
            &random,
            signed.as_bytes(),
            &mut signature,
        )
        .expect("a signature");
        text += &format!("{signed}.{}\n", encoded(signature));
    }
    fs::write(file, text).expect("a file that can be written");
    println!(
        "{}",
        encoded(PublicKeyComponents::<Vec<u8>>::from(key.public()).n)
    );
}

/// Returns the header and the claims of a session token with an active organization. The token is
/// valid for a day.
pub(crate) fn unsigned(number: usize) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = now.expect("a time after 1970");
    let (before, after) = (
        now - Duration::from_secs(10),
        now + Duration::from_secs(86_400),
    );
    let header = json!({
        "alg": "RS256", "cat": "cl_B7d4PD111AAA", "kid": "ins_1", "typ": "JWT",
    });
    let claims = json!({
        "azp": PARTY,
        "exp": after.as_secs(),
        "fea": "o:invoices,o:reports,u:themes",
        "fva": [3, -1],
        "iat": now.as_secs(),
        "iss": "https://clerk.example.com",
        "jti": format!("{number:020x}"),
        "nbf": before.as_secs(),
        "o": {
            "fpm": "7,1",
            "id": "org_2abcdefghijklmnopqrstuvwxyz",
            "per": "read,create,delete",
            "rol": "admin",
            "slg": "engines",
        },
        "pla": "o:pro,u:free",
        "sid": format!("sess_2abcdefghijklmnopq{number:09}"),
        "sts": "active",
        "sub": format!("user_2abcdefghijklmnopq{number:09}"),
        "v": 2,
    });
    format!(
        "{}.{}",
        encoded(header.to_string()),
        encoded(claims.to_string())
    )
}

pub(crate) fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

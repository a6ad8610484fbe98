//! Signs session tokens, and verifies them with clerk-client.
//!
//! - `tokens sign FILE COUNT` writes tokens to a file, and prints the modulus of their key.
//! - `tokens clerk-client|pure|ring CASE FILE TIMES MODULUS` verifies `TIMES` tokens of the file.
//!   [`Case`] explains `CASE`. `clerk-client` uses ring, `pure` uses the pure Rust cryptography,
//!   and `ring` only checks the signatures.
//! - `tokens hold COUNT`, with the feature `count`, verifies `COUNT` distinct tokens. It prints the
//!   bytes that the verifier holds afterwards, and the most that the verifier held at any time.

#[cfg(feature = "count")]
mod hold;
mod sign;

use std::env;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clerk_client::auth::{Pure, Ring, Verifier, VerifierBuilder};
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
};
use clerk_client::{Clerk, SecretKey};
use common::tokens::{Case, verify};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::json;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["sign", file, count] => sign::sign(file, count.parse().expect("a number")),
        #[cfg(feature = "count")]
        ["hold", count] => hold::hold(count.parse().expect("a number")),
        ["ring", case, file, times, modulus] => {
            let n = URL_SAFE_NO_PAD.decode(modulus).expect("base64url");
            let key = RsaPublicKeyComponents {
                n,
                e: vec![1, 0, 1],
            };
            verify(Case::new(case), file, times, async |token: &str| {
                let (signed, signature) = token.rsplit_once('.').expect("a signature");
                let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
                let message = signed.as_bytes();
                key.verify(&RSA_PKCS1_2048_8192_SHA256, message, &signature)
                    .is_ok()
            });
        }
        [peer, case, file, times, modulus] => {
            let case = Case::new(case);
            let verifier = verifier(modulus, case.kid());
            let verifier = match peer {
                "clerk-client" => verifier.crypto(Ring),
                _ => verifier.crypto(Pure),
            };
            let verifier = verifier.build().expect("a verifier");
            verify(case, file, times, async |token: &str| {
                let claims = verifier.verify(token).await;
                claims.is_ok_and(|claims| !claims.user_id.is_empty())
            });
        }
        _ => panic!(
            "usage: sign FILE COUNT, hold COUNT, or clerk-client|pure|ring CASE FILE TIMES MODULUS"
        ),
    }
}

/// Returns a builder of a verifier whose instance has one key.
fn verifier(modulus: &str, kid: &str) -> VerifierBuilder {
    let key = json!({
        "use": "sig", "kty": "RSA", "kid": kid, "alg": "RS256", "n": modulus, "e": "AQAB",
    });
    let key_set = KeySet(json!({ "keys": [key] }).to_string());
    let key = SecretKey::new("sk_test_peers").expect("a key");
    Verifier::builder(&Clerk::new(key_set, key)).authorized_parties([sign::PARTY])
}

/// A transport that immediately responds to each request with a key set.
#[derive(Debug)]
struct KeySet(String);

#[async_trait]
impl HttpTransport for KeySet {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        Ok(HttpResponse::new(self.0.clone().into()))
    }

    async fn sleep(&self, _: Duration) {
        std::future::pending().await
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

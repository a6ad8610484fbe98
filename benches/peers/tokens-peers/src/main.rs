//! Verifies session tokens with clerk-rs or jsonwebtoken.
//!
//! `tokens-peers clerk-rs|jsonwebtoken CASE FILE TIMES MODULUS` verifies `TIMES` tokens. [`Case`]
//! explains `CASE`. `tokens sign` writes `FILE`, and prints `MODULUS`, the modulus of the key.

use std::env;
use std::sync::Arc;

use clerk_rs::validators::authorizer::{ClerkError, validate_jwt};
use clerk_rs::validators::jwks::{JwksKey, JwksProvider};
use common::tokens::{Case, verify};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;

/// A provider that has one key, like `MemoryCacheJwksProvider` after its first fetch.
struct Provider(JwksKey);

#[async_trait::async_trait]
impl JwksProvider for Provider {
    type Error = ClerkError;

    async fn get_key(&self, kid: &str) -> Result<JwksKey, ClerkError> {
        if kid == self.0.kid {
            return Ok(self.0.clone());
        }
        Err(ClerkError::Unauthorized("Error: Invalid JWT!".into()))
    }
}

/// The claims that jsonwebtoken decodes.
#[derive(Deserialize)]
struct Claims {
    azp: Option<String>,
    exp: i64,
    iat: i64,
    iss: String,
    sid: String,
    sub: String,
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [peer, case, file, times, modulus] = arguments[..] else {
        panic!("usage: clerk-rs|jsonwebtoken CASE FILE TIMES MODULUS");
    };
    let case = Case::new(case);
    if peer == "clerk-rs" {
        let provider = Arc::new(Provider(JwksKey {
            use_key: "sig".to_owned(),
            kty: "RSA".to_owned(),
            kid: case.kid().to_owned(),
            alg: "RS256".to_owned(),
            n: modulus.to_owned(),
            e: "AQAB".to_owned(),
        }));
        verify(case, file, times, async |token: &str| {
            let claims = validate_jwt(token, Arc::clone(&provider)).await;
            claims.is_ok_and(|claims| !claims.sub.is_empty())
        });
    } else {
        let key = DecodingKey::from_rsa_components(modulus, "AQAB").expect("a key");
        let mut validation = Validation::new(Algorithm::RS256);
        validation.validate_nbf = true;
        verify(case, file, times, async |token: &str| {
            let Ok(token) = decode::<Claims>(token, &key, &validation) else {
                return false;
            };
            let Claims {
                azp,
                exp,
                iat,
                iss,
                sid,
                sub,
            } = token.claims;
            azp.is_some() && exp > iat && !iss.is_empty() && !sid.is_empty() && !sub.is_empty()
        });
    }
}

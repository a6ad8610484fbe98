//! Tokens that are signed with fixed keys.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::{RSA_PKCS1_SHA256, RsaEncoding};
use serde_json::{Value, json};

/// A key that signs tokens.
pub(super) struct Signer {
    pair: KeyPair,
    pem: &'static str,
    pub(super) kid: &'static str,
}

pub(super) fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Signer {
    /// Returns the key of the instance under test.
    pub(super) fn first() -> Self {
        let der = include_bytes!("keys/first.der");
        Self::new(der, include_str!("keys/first.pem"), "ins_1")
    }

    /// Returns a second key.
    pub(super) fn second() -> Self {
        let der = include_bytes!("keys/second.der");
        Self::new(der, include_str!("keys/second.pem"), "ins_2")
    }

    fn new(der: &[u8], pem: &'static str, kid: &'static str) -> Self {
        let pair = KeyPair::from_der(der).unwrap();
        Self { pair, pem, kid }
    }

    /// Sets the key id.
    pub(super) fn named(mut self, kid: &'static str) -> Self {
        self.kid = kid;
        self
    }

    pub(super) fn pem(&self) -> &'static str {
        self.pem
    }

    pub(super) fn modulus(&self) -> Vec<u8> {
        PublicKeyComponents::<Vec<u8>>::from(self.pair.public()).n
    }

    pub(super) fn jwk(&self) -> Value {
        json!({
            "use": "sig",
            "kty": "RSA",
            "kid": self.kid,
            "alg": "RS256",
            "n": encoded(self.modulus()),
            "e": "AQAB",
        })
    }

    /// Returns the header of a session token.
    pub(super) fn header(&self) -> Value {
        json!({ "alg": "RS256", "cat": "cl_B7d4PD111AAA", "kid": self.kid, "typ": "JWT" })
    }

    /// Signs claims as Clerk does.
    pub(super) fn token(&self, claims: &Value) -> String {
        self.sign(self.header().to_string(), claims.to_string())
    }

    /// Signs any header and payload.
    pub(super) fn sign(&self, header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
        let signed = format!("{}.{}", encoded(header), encoded(payload));
        let signature = self.signature(signed.as_bytes(), &RSA_PKCS1_SHA256);
        format!("{signed}.{}", encoded(signature))
    }

    pub(super) fn signature(&self, signed: &[u8], encoding: &'static dyn RsaEncoding) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public().modulus_len()];
        let random = SystemRandom::new();
        self.pair
            .sign(encoding, &random, signed, &mut signature)
            .unwrap();
        signature
    }
}

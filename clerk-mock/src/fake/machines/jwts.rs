//! M2M tokens and OAuth access tokens in the form of JWTs.

use std::time::Duration;

use clerk_core::SecretString;
use serde_json::{Map, Value, json};

use crate::fake::fake_clerk::FakeClerk;
use crate::fake::machines::fake_machine_token::FakeMachineToken;
use crate::fake::sessions::signature;
use crate::fake::sessions::token::ISSUER;

/// The default lifetime of a token.
const LIFETIME: Duration = Duration::from_secs(3_600);

impl FakeClerk {
    /// Returns an M2M token that is a JWT, signed with the key of this instance. The token
    /// cannot be revoked.
    pub fn m2m_jwt(&self, token: impl Into<FakeMachineToken>) -> SecretString {
        let token = token.into();
        let header = json!({ "typ": "JWT", "cat": "cl_B7d4PD333AAA" });
        let mut claims = Map::new();
        if !token.scopes.is_empty() {
            claims.insert("scopes".to_owned(), json!(token.scopes.join(" ")));
        }
        self.machine_jwt("mt", token, header, claims)
    }

    /// Returns an OAuth access token that is a JWT, signed with the key of this instance. The token
    /// cannot be revoked.
    pub fn oauth_jwt(&self, token: impl Into<FakeMachineToken>) -> SecretString {
        let token = token.into();
        let header = json!({ "typ": "at+jwt" });
        let mut claims = Map::new();
        claims.insert("client_id".to_owned(), json!(token.client_id));
        claims.insert("scope".to_owned(), json!(token.scopes.join(" ")));
        self.machine_jwt("oat", token, header, claims)
    }

    fn machine_jwt(
        &self,
        prefix: &str,
        token: FakeMachineToken,
        mut header: Value,
        mut claims: Map<String, Value>,
    ) -> SecretString {
        let issued_at = self.time().as_millis().div_euclid(1_000);
        let lifetime = token.lifetime.unwrap_or(LIFETIME).as_secs();
        let lifetime = i64::try_from(lifetime).unwrap_or(i64::MAX);
        let mut world = self.world();
        claims.extend([
            ("iss".to_owned(), json!(ISSUER)),
            ("sub".to_owned(), json!(token.subject)),
            (
                "jti".to_owned(),
                json!(format!("{prefix}_{}", world.new_trace_id())),
            ),
            ("iat".to_owned(), json!(issued_at)),
            ("nbf".to_owned(), json!(issued_at)),
            ("exp".to_owned(), json!(issued_at.saturating_add(lifetime))),
        ]);
        claims.extend(token.claims);
        let (key, key_id) = (world.current_key().key(), world.current_key().id());
        drop(world);
        if let Some(header) = header.as_object_mut() {
            header.insert("alg".to_owned(), json!("RS256"));
            header.insert("kid".to_owned(), json!(key_id));
        }
        let claims = json!(claims).to_string();
        signature::signed(key, &header.to_string(), &claims).into()
    }
}

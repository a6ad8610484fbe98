//! The keys that verify session tokens.

use serde_json::{Value, json};

use crate::fake::state::signing_key::EXPONENT;
use crate::fake::state::world::World;

pub(crate) fn get_jwks(world: &World) -> Value {
    let key = world.current_key().key();
    json!({
        "keys": [{
            "use": "sig",
            "kty": "RSA",
            "kid": world.current_key().id(),
            "alg": "RS256",
            "n": key.n,
            "e": EXPONENT,
        }]
    })
}

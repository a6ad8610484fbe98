//! The tokens of a session, before and after they are signed.

use clerk_core::{SecretString, Timestamp};
use serde_json::{Map, Value, json};

use crate::fake::sessions::{signature, template};
use crate::fake::state::session::Session;
use crate::fake::state::signing_key::SigningKey;
use crate::fake::state::world::World;

/// The default lifetime of a token in seconds.
pub(crate) const LIFETIME: i64 = 60;
/// The default number of seconds by which a token's `nbf` is earlier than its `iat`.
const LEEWAY: i64 = 10;
/// The issuer of the tokens.
pub(crate) const ISSUER: &str = "https://fake.clerk.accounts.dev";

/// A token to sign. Signing is slow, so release the lock on the state of the instance first.
pub(crate) struct UnsignedToken {
    header: String,
    claims: String,
    key: &'static SigningKey,
}

impl UnsignedToken {
    pub(crate) fn sign(&self) -> SecretString {
        signature::signed(self.key, &self.header, &self.claims).into()
    }
}

/// Creates a session token that is issued at `time`. `lifetime` is in seconds. The claim `fva`
/// contains the ages of the factors at the time `now`.
pub(crate) fn session_token(
    world: &mut World,
    session: &Session,
    now: Timestamp,
    time: Timestamp,
    lifetime: i64,
) -> UnsignedToken {
    let content = world.with_role(session.content_at(now));
    let organization = content.organization.as_ref();
    let organization = organization.and_then(|(id, _)| world.organization(id.as_str()));
    let slug = organization.and_then(|organization| organization.slug.as_deref());
    let mut claims = content.claims(slug);
    claims.entry("sid").or_insert_with(|| json!(session.id));
    token(world, claims, "cl_B7d4PD111AAA", time, (lifetime, LEEWAY))
}

/// Creates a token of a JWT template that is issued at `time`. A claim that the session sets
/// replaces the claim of the template. `lifetime`, in seconds, replaces the lifetime of the
/// template. `nbf` is earlier than `iat` by the template's allowed clock skew.
pub(crate) fn template_token(
    world: &mut World,
    session: &Session,
    template: &str,
    time: Timestamp,
    lifetime: Option<i64>,
) -> UnsignedToken {
    let mut claims = session.content.template_claims();
    let template = template::find(world, template);
    if let Some(template) = template {
        for (name, value) in template::claims(world, template, session) {
            claims.entry(name).or_insert(value);
        }
    }
    let of_template = |name: &str| template?.get(name)?.as_i64();
    let lifetime = lifetime.or_else(|| of_template("lifetime"));
    let lifetime = lifetime.unwrap_or(LIFETIME);
    let leeway = of_template("allowed_clock_skew").unwrap_or(LEEWAY);
    token(world, claims, "cl_B7d4PD222AAA", time, (lifetime, leeway))
}

/// Creates a token that is issued at `time`. It is valid for `lifetime` seconds after this time,
/// and for `leeway` seconds before it.
fn token(
    world: &mut World,
    mut claims: Map<String, Value>,
    category: &str,
    time: Timestamp,
    (lifetime, leeway): (i64, i64),
) -> UnsignedToken {
    let issued_at = time.as_millis().div_euclid(1_000);
    let mut set = |name: &str, value| {
        claims.entry(name).or_insert(value);
    };
    set("iss", json!(ISSUER));
    set("jti", json!(world.new_id("jti")));
    set("iat", json!(issued_at));
    set("nbf", json!(issued_at.saturating_sub(leeway)));
    set("exp", json!(issued_at.saturating_add(lifetime)));
    let header = json!({
        "alg": "RS256",
        "cat": category,
        "kid": world.current_key().id(),
        "typ": "JWT",
    });
    UnsignedToken {
        header: header.to_string(),
        claims: json!(claims).to_string(),
        key: world.current_key().key(),
    }
}

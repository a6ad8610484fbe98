//! Signed-in users.

use std::fmt;
use std::sync::Arc;

use clerk_core::http::header::AUTHORIZATION;
use clerk_core::http::{HeaderMap, HeaderValue};
use clerk_core::{SecretString, SessionId, Timestamp};
use serde_json::json;

use crate::fake::fake_clerk::FakeClerk;
use crate::fake::instance::Instance;
use crate::fake::sessions::fake_session::FakeSession;
use crate::fake::sessions::{der, signature};
use crate::fake::state::world::World;

/// The lifetime of a token in seconds.
const LIFETIME: i64 = 60;
/// The seconds by which `nbf` is earlier than `iat`.
const LEEWAY: i64 = 10;

impl FakeClerk {
    /// A valid publishable key for the Frontend API `fake.clerk.accounts.dev`.
    pub const PUBLISHABLE_KEY: &'static str = "pk_test_ZmFrZS5jbGVyay5hY2NvdW50cy5kZXYk";
    /// The issuer of the tokens.
    pub const ISSUER: &'static str = "https://fake.clerk.accounts.dev";

    /// Signs a user in. `session` is a [`FakeSession`] or a user id.
    ///
    /// ```
    /// use clerk_client::auth::Verifier;
    /// use clerk_client::mock::{FakeClerk, FakeUser};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let fake = FakeClerk::new();
    /// fake.add(FakeUser::new("user_1"));
    /// let session = fake.sign_in("user_1");
    ///
    /// let verifier = Verifier::new(&fake.client())?;
    /// let claims = verifier.verify(session.token().expose()).await?;
    /// assert_eq!(claims.user_id, "user_1");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the user does not exist, is banned or is locked.
    #[track_caller]
    #[allow(clippy::panic, reason = "a test that signs such a user in is wrong")]
    pub fn sign_in(&self, session: impl Into<FakeSession>) -> FakeSignIn {
        let session = session.into();
        let mut world = self.world();
        if let Err(why) = may_sign_in(&world, &session) {
            let user_id = &session.user_id;
            drop(world);
            panic!("cannot sign {user_id} in: the user {why}");
        }
        let session_id = world.new_id("sess").into();
        drop(world);
        FakeSignIn {
            instance: Arc::clone(&self.instance),
            session,
            session_id,
        }
    }

    /// Replaces the key that signs tokens with a key of another id, as Clerk's dashboard does.
    pub fn rotate_signing_key(&self) {
        self.world().rotate_signing_key(true);
    }

    /// Replaces the key that signs tokens with a key of the same id.
    pub fn replace_signing_key(&self) {
        self.world().rotate_signing_key(false);
    }

    /// Returns the public key that verifies tokens, in PEM: the value of `CLERK_JWT_KEY`.
    #[must_use]
    pub fn jwt_key(&self) -> String {
        der::pem(self.world().signing_key())
    }
}

/// Returns an error with the reason if the user of a session cannot be signed in.
fn may_sign_in(world: &World, session: &FakeSession) -> Result<(), &'static str> {
    match world.user(session.user_id.as_str()) {
        None => Err("does not exist"),
        Some(user) if user.user.banned => Err("is banned"),
        Some(user) if user.user.locked => Err("is locked"),
        Some(_) => Ok(()),
    }
}

/// A signed-in user of a [`FakeClerk`].
#[derive(Clone)]
pub struct FakeSignIn {
    instance: Arc<Instance>,
    session: FakeSession,
    session_id: SessionId,
}

impl FakeSignIn {
    /// Returns the id of the session.
    #[must_use]
    pub fn session_id(&self) -> &SessionId {
        &self.session_id
    }

    /// Returns a new token that is valid for a minute, by the fake's clock.
    ///
    /// Earlier tokens stay valid until they expire, even if the user is banned.
    ///
    /// # Panics
    ///
    /// Panics if the user has been deleted, banned or locked since.
    #[must_use]
    #[track_caller]
    pub fn token(&self) -> SecretString {
        self.token_at(self.instance.time())
    }

    /// Returns a new token that is made at this time.
    ///
    /// # Panics
    ///
    /// Panics if the user has been deleted, banned or locked since.
    #[must_use]
    #[track_caller]
    #[allow(clippy::panic, reason = "a test that asks for such a token is wrong")]
    pub fn token_at(&self, time: impl Into<Timestamp>) -> SecretString {
        let issued_at = time.into().as_millis().div_euclid(1_000);
        let mut world = self.instance.world();
        if let Err(why) = may_sign_in(&world, &self.session) {
            let user_id = &self.session.user_id;
            drop(world);
            panic!("cannot make a token: the user {user_id} {why}");
        }
        let mut claims = self.session.claims();
        let mut set = |name: &str, value| {
            claims.entry(name).or_insert(value);
        };
        set("iss", json!(FakeClerk::ISSUER));
        set("sid", json!(self.session_id));
        set("jti", json!(world.new_id("jti")));
        set("iat", json!(issued_at));
        set("nbf", json!(issued_at.saturating_sub(LEEWAY)));
        set("exp", json!(issued_at.saturating_add(LIFETIME)));
        let header = json!({
            "alg": "RS256",
            "cat": "cl_B7d4PD111AAA",
            "kid": world.signing_key_id(),
            "typ": "JWT",
        });
        let key = world.signing_key();
        drop(world);
        let claims = json!(claims).to_string();
        signature::signed(key, &header.to_string(), &claims).into()
    }

    /// Returns a new token as the header `Authorization`.
    ///
    /// # Panics
    ///
    /// Panics if the user has been deleted, banned or locked since.
    #[must_use]
    #[track_caller]
    pub fn headers(&self) -> HeaderMap {
        let value = HeaderValue::try_from(format!("Bearer {}", self.token().expose()));
        value
            .map(|value| (AUTHORIZATION, value))
            .into_iter()
            .collect()
    }

    /// Returns a new token as the header `Cookie` of a browser: `__session=…`.
    ///
    /// # Panics
    ///
    /// Panics if the user has been deleted, banned or locked since.
    #[must_use]
    #[track_caller]
    pub fn cookie(&self) -> String {
        format!("__session={}", self.token().expose())
    }
}

impl fmt::Debug for FakeSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeSignIn")
            .field("session_id", &self.session_id)
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

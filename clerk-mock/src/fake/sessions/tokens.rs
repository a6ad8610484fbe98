//! The tokens that a signed-in user sends.

use clerk_core::http::header::AUTHORIZATION;
use clerk_core::http::{HeaderMap, HeaderValue};
use clerk_core::{SecretString, Timestamp};

use crate::fake::sessions::sign_in::FakeSignIn;
use crate::fake::sessions::token::{self, LIFETIME};
use crate::fake::state::session::Session;
use crate::fake::state::world::World;

impl FakeSignIn {
    /// Returns a new token that is valid for a minute, by the fake's clock.
    ///
    /// Earlier tokens stay valid until they expire, even if the session is revoked.
    ///
    /// # Panics
    ///
    /// Panics if the session has ended.
    #[must_use]
    #[track_caller]
    pub fn token(&self) -> SecretString {
        self.token_at(self.instance.time())
    }

    /// Returns a new token that is issued at this time.
    ///
    /// # Panics
    ///
    /// Panics if the session has ended.
    #[must_use]
    #[track_caller]
    pub fn token_at(&self, time: impl Into<Timestamp>) -> SecretString {
        self.make_token(time.into()).0
    }

    /// Returns a new token as the header `Authorization`.
    ///
    /// # Panics
    ///
    /// Panics if the session has ended.
    #[must_use]
    #[track_caller]
    pub fn headers(&self) -> HeaderMap {
        let value = HeaderValue::try_from(format!("Bearer {}", self.token().expose()));
        value
            .map(|value| (AUTHORIZATION, value))
            .into_iter()
            .collect()
    }

    /// Returns a new token as the header `Cookie` of a browser:
    /// `__session=…; __client_uat=…; __clerk_db_jwt=…`.
    ///
    /// The second cookie is the time of the sign-in. For a development instance, Clerk's SDKs also
    /// require the third cookie.
    ///
    /// # Panics
    ///
    /// Panics if the session has ended.
    #[must_use]
    #[track_caller]
    pub fn cookie(&self) -> String {
        let now = self.instance.time();
        let (token, session) = self.make_token(now);
        cookie(&token, &session, now)
    }

    /// Creates a token that is issued at `time`. Also returns the session.
    #[track_caller]
    #[allow(
        clippy::panic,
        reason = "a test is wrong if it asks for a token that the session cannot get"
    )]
    fn make_token(&self, time: Timestamp) -> (SecretString, Session) {
        let now = self.instance.time();
        let mut world = self.instance.world();
        let session = match self.live_session(&world, now) {
            Ok(session) => session,
            Err(why) => {
                drop(world);
                panic!("cannot make a token: {why}");
            }
        };
        let session_id = &session.id;
        world.touch(session_id, now);
        let token = token::session_token(&mut world, &session, now, time, LIFETIME);
        drop(world);
        (token.sign(), session)
    }

    /// Returns the session, or the reason why it gets no more tokens.
    fn live_session(&self, world: &World, now: Timestamp) -> Result<Session, String> {
        let (user_id, id) = (self.user_id(), self.session_id());
        let Some(user) = world.user(user_id.as_str()) else {
            return Err(format!("the user {user_id} does not exist"));
        };
        if user.user.banned {
            return Err(format!("the user {user_id} is banned"));
        }
        let Some(session) = world.sessions.get(id.as_str()) else {
            return Err(format!("the session {id} does not exist"));
        };
        if !session.is_live(now) {
            return Err(format!("the session {id} is {}", session.status(now)));
        }
        Ok(session.clone())
    }
}

/// Returns the header `Cookie` of a browser with this token, which is issued at `time`.
pub(crate) fn cookie(token: &SecretString, session: &Session, time: Timestamp) -> String {
    // An SDK refuses tokens that are older than the sign-in, so the time of the sign-in must not be
    // later than `time`.
    let signed_in = session.created_at.min(time).as_millis().div_euclid(1_000);
    let token = token.expose();
    format!("__session={token}; __client_uat={signed_in}; __clerk_db_jwt=dvb_fake")
}

//! Signed-in users.

use std::fmt;
use std::sync::Arc;

use clerk_core::{SessionId, UserId};

use crate::fake::fake_clerk::FakeClerk;
use crate::fake::instance::Instance;
use crate::fake::state::fake_session::FakeSession;

impl FakeClerk {
    /// Signs a user in. `session` is a [`FakeSession`] or a user id.
    ///
    /// The session lasts a week by the fake's clock. It ends earlier if it is revoked, or if the
    /// user is banned or deleted. A fake keeps its 10,000 newest sessions.
    ///
    /// With the feature `auth`, the session has tokens:
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
    /// Panics if the user does not exist, or is banned, locked or deprovisioned.
    #[track_caller]
    #[allow(clippy::panic, reason = "a test that signs such a user in is wrong")]
    pub fn sign_in(&self, session: impl Into<FakeSession>) -> FakeSignIn {
        let session = session.into();
        let user_id = session.user_id.clone();
        let signed_in = self
            .instance
            .change(|world, now| world.sign_in(session, now));
        match signed_in {
            Ok(session) => FakeSignIn {
                instance: Arc::clone(&self.instance),
                user_id,
                session_id: session.id,
            },
            Err(refusal) => panic!("cannot sign {user_id} in: the user {refusal}"),
        }
    }

    /// Revokes a session: its tokens stay valid until they expire, but it gets no new ones.
    ///
    /// Returns whether the session exists.
    pub fn revoke_session(&self, session_id: impl Into<SessionId>) -> bool {
        let session_id = session_id.into();
        self.instance.change(|world, now| {
            let session = world.sessions.get_mut(session_id.as_str());
            session.map(|session| session.revoke(now)).is_some()
        })
    }
}

/// A signed-in user of a [`FakeClerk`].
#[derive(Clone)]
pub struct FakeSignIn {
    pub(crate) instance: Arc<Instance>,
    user_id: UserId,
    session_id: SessionId,
}

impl FakeSignIn {
    /// Returns the id of the user.
    #[must_use]
    pub fn user_id(&self) -> &UserId {
        &self.user_id
    }

    /// Returns the id of the session.
    #[must_use]
    pub fn session_id(&self) -> &SessionId {
        &self.session_id
    }

    /// Whether the session can still get tokens: it exists, has not been revoked and has not
    /// expired.
    #[must_use]
    pub fn is_active(&self) -> bool {
        let now = self.instance.time();
        let world = self.instance.world();
        let session = world.sessions.get(self.session_id.as_str());
        session.is_some_and(|session| session.is_live(now))
    }
}

impl fmt::Debug for FakeSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeSignIn")
            .field("user_id", &self.user_id)
            .field("session_id", &self.session_id)
            .finish_non_exhaustive()
    }
}

use crate::claims::machine_claims::MachineClaims;
use crate::claims::session_claims::SessionClaims;

/// The claims of a request's token: a session token, or the token of a machine.
#[derive(Debug, Clone)]
#[non_exhaustive]
#[expect(
    clippy::large_enum_variant,
    reason = "most requests are those of sessions"
)]
pub enum Claims {
    /// The claims of a signed-in user's session.
    Session(SessionClaims),
    /// The claims of an API key, an M2M token or an OAuth access token.
    Machine(MachineClaims),
}

impl Claims {
    /// Returns the claims of the session. `None` if a machine sent the request.
    #[must_use]
    pub fn session(self) -> Option<SessionClaims> {
        match self {
            Self::Session(claims) => Some(claims),
            Self::Machine(_) => None,
        }
    }

    /// Returns the claims of the machine. `None` if a signed-in user sent the request.
    #[must_use]
    pub fn machine(self) -> Option<MachineClaims> {
        match self {
            Self::Session(_) => None,
            Self::Machine(claims) => Some(claims),
        }
    }
}

//! The rules of verification, in the order in which they are checked.

use std::sync::Arc;
use std::time::Duration;

use clerk_core::Timestamp;

use crate::claims::session_claims::{Actor, SessionClaims, SessionStatus};
use crate::error::{AuthError, AuthErrorReason};
use crate::token::header::Header;
use crate::token::payload::{Payload, lenient};

/// The prefix of the ids of machines, whose tokens are not session tokens.
const MACHINE: &str = "mch_";
/// Clerk's category of session tokens.
const SESSION_CATEGORY: &str = "cl_B7d4PD111AAA";

/// The settings that decide which tokens are accepted.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// The accepted parties. `None` accepts tokens of any party.
    pub(crate) authorized_parties: Option<Vec<String>>,
    pub(crate) allow_missing_party: bool,
    pub(crate) issuer: Option<String>,
    pub(crate) audiences: Option<Vec<String>>,
    pub(crate) clock_skew: Duration,
    pub(crate) allow_pending: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            authorized_parties: None,
            allow_missing_party: false,
            issuer: None,
            audiences: None,
            clock_skew: Duration::from_secs(5),
            allow_pending: false,
        }
    }
}

/// Checks the header, before a key is looked for.
pub(crate) fn check_header(header: &Header) -> Result<(), AuthError> {
    if header.alg != "RS256" {
        let message = "the token is not signed with RS256, the only algorithm that is accepted";
        let reason = AuthErrorReason::TokenInvalidAlgorithm;
        return Err(AuthError::new(reason, message));
    }
    let mismatch = |message: &str| {
        let reason = AuthErrorReason::TokenTypeMismatch;
        Err(AuthError::new(reason, message))
    };
    match header.typ.as_deref() {
        Some(typ) if !typ.eq_ignore_ascii_case("JWT") => {
            mismatch("the token is not a session token: its type is not JWT")
        }
        _ => match header.cat.as_deref() {
            Some(category) if category != SESSION_CATEGORY => mismatch(
                "the token is not a session token: its category is another one, such as that of a JWT template or a machine",
            ),
            _ => Ok(()),
        },
    }
}

impl Rules {
    /// Checks the claims of a token with a valid signature. [`Checked::at`] checks the times and
    /// the session.
    pub(crate) fn check(&self, mut payload: Payload, json: &str) -> Result<Checked, AuthError> {
        let user_id = payload.sub.take().filter(|sub| !sub.is_empty());
        let Some(user_id) = user_id else {
            return Err(AuthError::invalid("the token names no user (sub)"));
        };
        if user_id.starts_with(MACHINE) {
            let message = "the token is not a session token: it is of a machine";
            let reason = AuthErrorReason::TokenTypeMismatch;
            return Err(AuthError::new(reason, message));
        }
        self.check_issuer(&payload)?;
        self.check_party(&payload)?;
        self.check_audience(&mut payload)?;
        let Some(expires_at) = payload.exp.map(|date| date.0) else {
            return Err(AuthError::invalid(
                "the token does not say when it expires (exp)",
            ));
        };
        let session_id = payload.sid.take().filter(|sid| !sid.is_empty());
        let actor = payload.act.take().map(Actor::from_claim).transpose();
        let ids = (user_id.into(), session_id.unwrap_or_default().into());
        let actor =
            actor.map_err(|why| AuthError::invalid(format!("the token is malformed: {why}")))?;
        let claims = SessionClaims::new(payload, Arc::from(json), ids, expires_at, actor);
        Ok(Checked(claims))
    }

    fn check_issuer(&self, payload: &Payload) -> Result<(), AuthError> {
        match &self.issuer {
            Some(issuer) if payload.iss.as_ref() != Some(issuer) => {
                let reason = AuthErrorReason::TokenInvalidIssuer;
                let issued = payload.iss.as_deref().map_or_else(
                    || "the token names no issuer (iss)".to_owned(),
                    |other| format!("the token is of the issuer {:?}", shown(other)),
                );
                Err(AuthError::new(
                    reason,
                    format!("{issued}, and {issuer:?} is required"),
                ))
            }
            _ => Ok(()),
        }
    }

    fn check_party(&self, payload: &Payload) -> Result<(), AuthError> {
        let Some(parties) = &self.authorized_parties else {
            return Ok(());
        };
        let message = match &payload.azp {
            Some(party) if parties.contains(party) => return Ok(()),
            None if self.allow_missing_party => return Ok(()),
            Some(party) => format!(
                "the token was made for {:?}, which is not an authorized party",
                shown(party)
            ),
            None => {
                "the token names no authorized party (azp); allow_missing_party accepts such tokens"
                    .to_owned()
            }
        };
        let reason = AuthErrorReason::TokenInvalidAuthorizedParties;
        Err(AuthError::new(reason, message))
    }

    fn check_audience(&self, payload: &mut Payload) -> Result<(), AuthError> {
        let Some(audiences) = &self.audiences else {
            return Ok(());
        };
        let named = lenient(payload.aud.take()).map(|named| named.0);
        let mut named = named.into_iter().flatten();
        if named.any(|audience| audiences.contains(&audience)) {
            return Ok(());
        }
        let reason = AuthErrorReason::TokenInvalidAudience;
        Err(AuthError::new(
            reason,
            "the token is not meant for this audience (aud)",
        ))
    }
}

/// The claims of a token that passed all rules except those on the times and the session.
#[derive(Debug, Clone)]
pub(crate) struct Checked(SessionClaims);

impl Checked {
    /// Returns the claims if the token is valid at this time.
    ///
    /// `clock_ahead` is how far this clock was ahead of Clerk's, in milliseconds. Only errors use
    /// it.
    pub(crate) fn at(
        &self,
        rules: &Rules,
        now: Timestamp,
        clock_ahead: Option<i64>,
    ) -> Result<SessionClaims, AuthError> {
        let Self(claims) = self;
        let skew = rules.clock_skew;
        let refuse = |reason, what: &str, at: Timestamp| {
            let distance = now.as_millis().abs_diff(at.as_millis());
            let seconds = distance.div_ceil(1_000);
            let clock = clock_note(clock_ahead);
            Err(AuthError::new(
                reason,
                what.replace("{}", &seconds.to_string()) + &clock,
            ))
        };
        if claims.expires_at <= now - skew {
            let reason = AuthErrorReason::TokenExpired;
            return refuse(reason, "the token expired {} s ago", claims.expires_at);
        }
        if let Some(not_before) = claims.not_before
            && not_before > now + skew
        {
            let reason = AuthErrorReason::TokenNotActiveYet;
            return refuse(reason, "the token becomes valid in {} s", not_before);
        }
        if let Some(issued_at) = claims.issued_at
            && issued_at > now + skew
        {
            let reason = AuthErrorReason::TokenIatInTheFuture;
            return refuse(reason, "the token was made {} s in the future", issued_at);
        }
        if claims.session_id.is_empty() {
            let message = "the token is not a session token: it names no session (sid)";
            let reason = AuthErrorReason::TokenTypeMismatch;
            return Err(AuthError::new(reason, message));
        }
        let is_accepted = match claims.status {
            SessionStatus::Active => true,
            SessionStatus::Pending => rules.allow_pending,
            SessionStatus::Unknown(_) => false,
        };
        if !is_accepted {
            let message = "the session is not active: the user has tasks to complete";
            return Err(AuthError::new(AuthErrorReason::SessionPending, message));
        }
        Ok(claims.clone().at(now))
    }
}

/// Returns a note that the clock is wrong. Empty if it is right or unknown.
fn clock_note(clock_ahead: Option<i64>) -> String {
    /// The difference in milliseconds that a slow response may cause.
    const SLACK: u64 = 2_000;
    match clock_ahead {
        Some(ahead) if ahead.unsigned_abs() > SLACK => {
            let seconds = ahead.unsigned_abs() / 1_000;
            let side = if ahead > 0 { "ahead of" } else { "behind" };
            format!("; the clock of this machine is {seconds} s {side} Clerk's")
        }
        _ => String::new(),
    }
}

/// Returns the first 100 characters of a claim, for an error.
fn shown(claim: &str) -> String {
    claim.chars().take(100).collect()
}

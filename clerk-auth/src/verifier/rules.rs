//! The rules of verification, in the order in which they are checked.

use std::sync::Arc;
use std::time::Duration;

use clerk_core::Timestamp;

use crate::claims::session_claims::{Actor, SessionClaims, SessionStatus};
use crate::claims::standard::{Standard, Times};
use crate::error::{AuthError, AuthErrorReason};
use crate::token::class::{Class, MACHINE};
use crate::token::header::Header;
use crate::token::payload::{Payload, Registered, lenient};

/// The settings that decide which tokens are accepted.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// The accepted origins (`azp`). `None` accepts tokens of any origin.
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

/// Checks that a header may belong to a token of this class. The key is looked up only after this
/// check.
pub(crate) fn check_header(header: &Header<'_>, class: Class) -> Result<(), AuthError> {
    if *header.alg != *"RS256" {
        let message = "invalid token: it is not signed with RS256; no other algorithm is accepted";
        let reason = AuthErrorReason::TokenInvalidAlgorithm;
        return Err(AuthError::new(reason, message));
    }
    if !class.has_type(header.typ.as_deref()) {
        let kind = class.type_name();
        return Err(mismatch(class, &format!("its type (typ) is not {kind}")));
    }
    if !class.has_category(header.cat.as_deref()) {
        let why = "its category (cat) is that of another type of token";
        return Err(mismatch(class, why));
    }
    Ok(())
}

/// Creates the error of a token that is not of the expected class.
pub(crate) fn mismatch(class: Class, why: &str) -> AuthError {
    let message = format!("invalid {}: {why}", class.name());
    AuthError::new(AuthErrorReason::TokenTypeMismatch, message)
}

impl Rules {
    /// Checks the claims of a session token with a valid signature. [`Checked::at`] checks the
    /// times and the session.
    pub(crate) fn check(
        &self,
        mut payload: Payload<'_>,
        json: &Arc<str>,
    ) -> Result<Checked, AuthError> {
        let (user_id, standard) = self.check_registered(payload.registered, Class::Session)?;
        payload.registered = Registered::default();
        let session_id = payload.sid.take().filter(|sid| !sid.is_empty());
        let actor = payload.act.take().map(Actor::from_claim).transpose();
        let ids = (user_id.into(), session_id.unwrap_or_default().into());
        let actor = actor.map_err(|why| AuthError::invalid(format!("invalid token: {why}")))?;
        let claims = SessionClaims::new(payload, Arc::clone(json), ids, standard, actor);
        Ok(Checked(claims))
    }

    /// Checks the claims that tokens of all kinds have in common, except for the times. Returns the
    /// subject and the other claims.
    pub(crate) fn check_registered(
        &self,
        mut claims: Registered,
        class: Class,
    ) -> Result<(String, Standard), AuthError> {
        let Some(subject) = claims.sub.take().filter(|sub| !sub.is_empty()) else {
            let subject = class.subject();
            let message = format!("invalid token: it names no {subject} (sub)");
            return Err(AuthError::invalid(message));
        };
        let is_machine = subject.starts_with(MACHINE);
        if is_machine && class != Class::M2m {
            return Err(mismatch(class, "it belongs to a machine (sub)"));
        }
        if class == Class::M2m && (!is_machine || subject == MACHINE) {
            return Err(mismatch(class, "its subject (sub) is not a machine"));
        }
        self.check_issuer(&claims)?;
        // Tokens of machines have no origin.
        if matches!(class, Class::Session | Class::Template) {
            self.check_party(&claims)?;
        }
        self.check_audience(lenient(claims.aud.take()).map(|named| named.0))?;
        let Some(expires_at) = claims.exp.map(|date| date.0) else {
            return Err(AuthError::invalid("invalid token: it has no expiry (exp)"));
        };
        let standard = Standard {
            issuer: claims.iss,
            authorized_party: claims.azp,
            token_id: claims.jti,
            times: Times {
                expires_at,
                not_before: claims.nbf.map(|date| date.0),
                issued_at: claims.iat.map(|date| date.0),
            },
        };
        Ok((subject, standard))
    }

    fn check_issuer(&self, claims: &Registered) -> Result<(), AuthError> {
        match &self.issuer {
            Some(issuer) if claims.iss.as_ref() != Some(issuer) => {
                let reason = AuthErrorReason::TokenInvalidIssuer;
                let issued = claims.iss.as_deref().map_or_else(
                    || "the token names none (iss)".to_owned(),
                    |other| format!("{:?}", shown(other)),
                );
                Err(AuthError::new(
                    reason,
                    format!("invalid issuer: {issued}; it must be {issuer:?}"),
                ))
            }
            _ => Ok(()),
        }
    }

    fn check_party(&self, claims: &Registered) -> Result<(), AuthError> {
        let Some(parties) = &self.authorized_parties else {
            return Ok(());
        };
        let message = match &claims.azp {
            Some(party) if parties.contains(party) => return Ok(()),
            None if self.allow_missing_party => return Ok(()),
            Some(party) => format!(
                "invalid authorized party: {:?}; it is not in authorized_parties",
                shown(party)
            ),
            None => {
                "invalid authorized party: the token names none (azp); allow_missing_party accepts such tokens"
                    .to_owned()
            }
        };
        let reason = AuthErrorReason::TokenInvalidAuthorizedParties;
        Err(AuthError::new(reason, message))
    }

    /// Checks the audiences that a token names.
    pub(crate) fn check_audience(&self, named: Option<Vec<String>>) -> Result<(), AuthError> {
        let Some(audiences) = &self.audiences else {
            return Ok(());
        };
        let mut named = named.into_iter().flatten();
        if named.any(|audience| audiences.contains(&audience)) {
            return Ok(());
        }
        let reason = AuthErrorReason::TokenInvalidAudience;
        let shown: Vec<&String> = audiences.iter().take(10).collect();
        let more = match audiences.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "invalid audience: the token names none of the accepted audiences (aud): \
             {shown:?}{more}"
        );
        Err(AuthError::new(reason, message))
    }

    /// Checks the times of a token.
    ///
    /// `clock_ahead` is how far this machine's clock was ahead of Clerk's when the keys were last
    /// fetched, in milliseconds. It is used only in error messages.
    pub(crate) fn check_times(
        &self,
        times: Times,
        now: Timestamp,
        clock_ahead: Option<i64>,
    ) -> Result<(), AuthError> {
        let skew = self.clock_skew;
        let refuse = |reason, what: &str, at: Timestamp| {
            let distance = now.as_millis().abs_diff(at.as_millis());
            let seconds = distance.div_ceil(1_000);
            let clock = clock_note(clock_ahead);
            Err(AuthError::new(
                reason,
                what.replace("{}", &seconds.to_string()) + &clock,
            ))
        };
        if times.expires_at <= now - skew {
            let reason = AuthErrorReason::TokenExpired;
            return refuse(reason, "the token expired {} s ago", times.expires_at);
        }
        if let Some(not_before) = times.not_before
            && not_before > now + skew
        {
            let reason = AuthErrorReason::TokenNotActiveYet;
            return refuse(reason, "the token becomes valid in {} s", not_before);
        }
        if let Some(issued_at) = times.issued_at
            && issued_at > now + skew
        {
            let reason = AuthErrorReason::TokenIatInTheFuture;
            return refuse(reason, "the token was made {} s in the future", issued_at);
        }
        Ok(())
    }
}

/// The claims of a token that passed all rules except those about its times and its session.
#[derive(Debug, Clone)]
pub(crate) struct Checked(SessionClaims);

impl Checked {
    /// Returns the claims if the token is valid at the time `now`. `clock_ahead` is passed to
    /// [`Rules::check_times`].
    pub(crate) fn at(
        self,
        rules: &Rules,
        now: Timestamp,
        clock_ahead: Option<i64>,
    ) -> Result<SessionClaims, AuthError> {
        let Self(claims) = self;
        rules.check_times(claims.times(), now, clock_ahead)?;
        if claims.session_id.is_empty() {
            return Err(mismatch(Class::Session, "it names no session (sid)"));
        }
        let message = match &claims.status {
            SessionStatus::Active => return Ok(claims.at(now)),
            SessionStatus::Pending if rules.allow_pending => return Ok(claims.at(now)),
            SessionStatus::Pending => {
                "invalid session: it is pending; the user has tasks to complete".to_owned()
            }
            SessionStatus::Unknown(status) => {
                format!(
                    "invalid session: its status (sts) is {:?}; it must be active",
                    shown(status)
                )
            }
        };
        Err(AuthError::new(AuthErrorReason::SessionPending, message))
    }
}

/// Returns a note that the clock is wrong. Empty if the clock is right, or if `clock_ahead` is
/// unknown.
fn clock_note(clock_ahead: Option<i64>) -> String {
    /// The difference between the clocks, in milliseconds, that a slow response alone may cause.
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

/// Returns the first 100 characters of a claim, for an error message.
fn shown(claim: &str) -> String {
    claim.chars().take(100).collect()
}

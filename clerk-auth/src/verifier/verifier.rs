use std::fmt;
use std::sync::Arc;

use clerk_core::{Timestamp, system_time};

use crate::claims::session_claims::SessionClaims;
use crate::claims::standard::Times;
use crate::crypto::Rs256;
use crate::error::{AuthError, AuthErrorReason};
use crate::keys::key_cache::KeyCache;
use crate::keys::key_set::{KeySet, Verdict};
use crate::machines::machine_tokens::MachineTokens;
use crate::request::cookies::Cookies;
use crate::token::class::{Class, MACHINE};
use crate::token::header::Header;
use crate::token::jws::{Jws, MAX_LENGTH};
use crate::token::payload::{OtherPayload, parse};
use crate::verifier::clock::Clock;
use crate::verifier::remembered::Remembered;
use crate::verifier::rules::{Checked, Rules, check_header, mismatch};
use crate::verifier::token_types::TokenTypes;

/// A verifier of the tokens of one Clerk instance: session tokens, and other types if
/// [`accept`](crate::VerifierBuilder::accept) names them.
///
/// Create one verifier and keep it, because each new verifier fetches the keys. Cloning a verifier
/// is cheap, and the clones share keys and remembered tokens.
///
/// # Keys
///
/// - [`Verifier::new`] and [`Verifier::builder`] use the Backend API, with a
///   [`Clerk`](clerk_core::Clerk) client.
/// - [`Verifier::from_publishable_key`] uses the Frontend API, without a secret key.
/// - [`Verifier::from_jwt_key`] takes the key as text, and needs no network.
///
/// Keys are fetched when the first token needs them. Concurrent requests share one fetch.
/// [`KeyPolicy`](crate::KeyPolicy) sets how long keys are used, also during an outage of Clerk.
///
/// # Limits
///
/// A JWT of more than 16 KiB is refused. After its prefix, an opaque token must have 8 to 128
/// characters: letters, digits, `_` or `-`. The verifier refuses any other opaque token. If Clerk's
/// response about an opaque token has more than 128 KiB, the token is not accepted, and the status
/// of the error is 503.
#[derive(Clone)]
pub struct Verifier {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) keys: Keys,
    pub(crate) crypto: Arc<dyn Rs256>,
    pub(crate) rules: Rules,
    pub(crate) accepted: TokenTypes,
    /// The verification of opaque tokens. `None` if there is no secret key.
    pub(crate) machines: Option<MachineTokens>,
    pub(crate) cookies: Option<Cookies>,
    pub(crate) remembered: Remembered,
    /// The application's own clock. `None` if the clock of the transport or the system is used.
    pub(crate) clock: Option<Clock>,
}

pub(crate) enum Keys {
    Local(Arc<KeySet>),
    Remote(KeyCache),
}

/// A token whose signature has been verified.
pub(crate) struct Opened {
    /// The claims.
    pub(crate) json: Arc<str>,
    /// Whether the header has a category ([`Header::cat`]). Older tokens have none.
    pub(crate) has_category: bool,
    /// The keys that verified the signature.
    keys: Arc<KeySet>,
}

impl Verifier {
    /// Verifies a session token and returns its claims.
    ///
    /// # Errors
    ///
    /// Returns an error
    ///
    /// - with [`status`](AuthError::status) 401 if the token is not a valid session token, or if
    ///   [`accept`](crate::VerifierBuilder::accept) does not name session tokens,
    /// - with status 503 if the keys or the current time are not available.
    pub async fn verify(&self, token: &str) -> Result<SessionClaims, AuthError> {
        self.verify_at(token, self.now()?).await
    }

    /// Verifies a session token at the time `now`, instead of the current time.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`verify`](Self::verify).
    pub async fn verify_at(
        &self,
        token: &str,
        now: impl Into<Timestamp> + Send,
    ) -> Result<SessionClaims, AuthError> {
        self.verify_session(token, now.into(), true).await
    }

    /// Verifies a session token. [`Verifier::open`] explains `may_fetch`.
    pub(crate) async fn verify_session(
        &self,
        token: &str,
        now: Timestamp,
        may_fetch: bool,
    ) -> Result<SessionClaims, AuthError> {
        if !self.shared.accepted.contains(TokenTypes::SESSION) {
            let message = "invalid token: this verifier accepts no session tokens; add TokenTypes::SESSION to accept";
            return Err(AuthError::new(AuthErrorReason::TokenTypeMismatch, message));
        }
        let checked = self.check(token, may_fetch).await?;
        checked.at(&self.shared.rules, now, self.clock_ahead())
    }

    /// Fetches the keys now. Does nothing if the verifier was created with
    /// [`from_jwt_key`](Self::from_jwt_key).
    ///
    /// Call this at the start of a program, or regularly in a task, so that no request waits for
    /// keys.
    ///
    /// # Errors
    ///
    /// Returns an error with status 503 if the keys cannot be fetched.
    pub async fn refresh(&self) -> Result<(), AuthError> {
        match &self.shared.keys {
            Keys::Local(_) => Ok(()),
            Keys::Remote(cache) => cache.refresh().await,
        }
    }

    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    pub(crate) fn now(&self) -> Result<Timestamp, AuthError> {
        if let Some(Clock(clock)) = &self.shared.clock {
            return Ok(clock());
        }
        let now = match &self.shared.keys {
            Keys::Local(_) => system_time(),
            Keys::Remote(cache) => cache.time_of_day(),
        };
        now.ok_or_else(Self::no_time_of_day)
    }

    fn no_time_of_day() -> AuthError {
        let message = "there is no time of day on this platform; set a clock for the verifier, or implement HttpTransport::time_of_day";
        AuthError::new(AuthErrorReason::ClockMissing, message)
    }

    fn clock_ahead(&self) -> Option<i64> {
        match &self.shared.keys {
            Keys::Local(_) => None,
            Keys::Remote(cache) => cache.clock_ahead(),
        }
    }

    pub(crate) fn check_times(&self, times: Times, now: Timestamp) -> Result<(), AuthError> {
        let rules = &self.shared.rules;
        rules.check_times(times, now, self.clock_ahead())
    }

    /// Checks everything except the times and the session. The signature of a remembered token is
    /// not checked again. [`Verifier::open`] explains `may_fetch`.
    async fn check(&self, token: &str, may_fetch: bool) -> Result<Checked, AuthError> {
        let remembered = &self.shared.remembered;
        let is_remembered = !remembered.is_off() && token.len() <= MAX_LENGTH;
        let split = token.rsplit_once('.').filter(|_| is_remembered);
        let known = split.map(|(signed, signature)| {
            (signed, remembered.digest(signature, &*self.shared.crypto))
        });
        if let Some((signed, signature)) = &known
            && let Some((verified_by, token)) = remembered.get(signed, signature)
            && Arc::ptr_eq(&verified_by, &self.keys().await?)
        {
            if let Some(checked) = token.checked {
                return Ok((*checked).clone());
            }
            let checked = self.check_claims(&token.json)?;
            remembered.keep(signature, checked.clone());
            return Ok(checked);
        }
        let opened = self.open(token, Class::Session, may_fetch).await?;
        let checked = self.check_claims(&opened.json)?;
        if let Some((signed, signature)) = known {
            remembered.add(&opened.keys, signed, signature, opened.json);
        }
        Ok(checked)
    }

    fn check_claims(&self, json: &Arc<str>) -> Result<Checked, AuthError> {
        let payload = parse(json).map_err(|why| of_machine(json).unwrap_or_else(|| malformed(why)));
        self.shared.rules.check(payload?, json)
    }

    /// Checks the header and the signature of a token that must be of this class. If the current
    /// keys do not verify the token and `may_fetch` is true, looks for newer keys.
    pub(crate) async fn open(
        &self,
        token: &str,
        class: Class,
        may_fetch: bool,
    ) -> Result<Opened, AuthError> {
        let jws = Jws::parse(token).map_err(malformed)?;
        let header = Header::parse(jws.header()).map_err(malformed)?;
        check_header(&header, class)?;
        let keys = self.keys().await?;
        let keys = self
            .verify_signature(keys, &header, &jws, may_fetch)
            .await?;
        let json = std::str::from_utf8(jws.payload());
        let json = json.map_err(|_| malformed("its claims are not UTF-8".to_owned()))?;
        Ok(Opened {
            json: json.into(),
            has_category: header.cat.is_some(),
            keys,
        })
    }

    async fn keys(&self) -> Result<Arc<KeySet>, AuthError> {
        match &self.shared.keys {
            Keys::Local(keys) => Ok(Arc::clone(keys)),
            Keys::Remote(cache) => cache.current().await,
        }
    }

    /// Returns the keys that verified the signature: `keys`, or newer keys. Looks for newer keys
    /// only if `may_fetch` is true.
    async fn verify_signature(
        &self,
        keys: Arc<KeySet>,
        header: &Header<'_>,
        jws: &Jws<'_>,
        may_fetch: bool,
    ) -> Result<Arc<KeySet>, AuthError> {
        let verify = |keys: &KeySet| {
            keys.verify(
                header.kid.as_deref(),
                jws.signed.as_bytes(),
                jws.signature(),
            )
        };
        let mut verdict = verify(&keys);
        if verdict != Verdict::Verified
            && let Keys::Remote(cache) = &self.shared.keys
            && may_fetch
            && let Some(other) = cache.other_than(&keys).await?
        {
            verdict = verify(&other);
            if verdict == Verdict::Verified {
                return Ok(other);
            }
        }
        match verdict {
            Verdict::Verified => Ok(keys),
            Verdict::WrongSignature => {
                let reason = AuthErrorReason::TokenInvalidSignature;
                let message = "invalid signature: it does not match the instance's key; the token is forged or altered, or the key belongs to another instance";
                Err(AuthError::new(reason, message))
            }
            Verdict::UnknownKey => {
                let kid: String = header
                    .kid
                    .iter()
                    .flat_map(|kid| kid.chars().take(100))
                    .collect();
                let reason = AuthErrorReason::JwkKidMismatch;
                let message = format!(
                    "invalid token: the instance has no key {kid:?}; the token, or this server's \
                     secret or publishable key, belongs to another instance"
                );
                Err(AuthError::new(reason, message))
            }
        }
    }
}

/// Returns the error for a machine's token where a session token is expected. `None` if the claims
/// are not those of a machine.
///
/// A custom claim of a machine's token may have the name of a session's claim, but another type.
/// The token then cannot be parsed as a session token, although it is not malformed.
fn of_machine(json: &str) -> Option<AuthError> {
    let claims: OtherPayload<'_> = parse(json).ok()?;
    let subject = claims.registered.sub?;
    let is_machine = subject.starts_with(MACHINE);
    is_machine.then(|| mismatch(Class::Session, "it belongs to a machine (sub)"))
}

/// Creates the error of a token that cannot be read.
#[allow(clippy::needless_pass_by_value, reason = "it is passed to `map_err`")]
pub(crate) fn malformed(why: String) -> AuthError {
    AuthError::invalid(format!("invalid token: {why}"))
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: &dyn fmt::Debug = match &self.shared.keys {
            Keys::Local(_) => &"local",
            Keys::Remote(cache) => cache,
        };
        f.debug_struct("Verifier")
            .field("keys", keys)
            .field("rules", &self.shared.rules)
            .field("accepted", &self.shared.accepted)
            .field("cookies", &self.shared.cookies)
            .finish_non_exhaustive()
    }
}

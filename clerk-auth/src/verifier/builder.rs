use std::sync::Arc;
use std::time::Duration;

use clerk_core::{Clerk, DynTransport, Error, HttpTransport, Timestamp};

use crate::crypto::rsa_key::RsaKey;
use crate::crypto::{Rs256, default_crypto, pem};
use crate::keys::backend::Backend;
use crate::keys::frontend::Frontend;
use crate::keys::key_cache::KeyCache;
use crate::keys::key_policy::KeyPolicy;
use crate::keys::key_set::KeySet;
use crate::keys::source::KeySource;
use crate::machines::backend::{TokenSource, VerifyEndpoints};
use crate::machines::machine_tokens::MachineTokens;
use crate::publishable_key::PublishableKey;
use crate::request::cookies::Cookies;
use crate::verifier::clock::Clock;
use crate::verifier::remembered::Remembered;
use crate::verifier::rules::Rules;
use crate::verifier::token_types::TokenTypes;
use crate::verifier::verifier::{Keys, Shared, Verifier};

const MAX_CLOCK_SKEW: Duration = Duration::from_secs(300);

impl Verifier {
    /// The environment variable from which Clerk's SDKs read the JWT public key.
    pub const JWT_KEY_ENV: &'static str = "CLERK_JWT_KEY";

    /// Creates a verifier that fetches the keys from the Backend API with this client.
    ///
    /// It accepts tokens of any origin. To restrict the origins, use [`builder`](Self::builder) and
    /// [`authorized_parties`](VerifierBuilder::authorized_parties).
    ///
    /// # Errors
    ///
    /// Returns a [`Configuration`](clerk_core::ErrorKind::Configuration) error if neither of the
    /// features `ring` and `pure` is enabled.
    pub fn new<T: HttpTransport>(clerk: &Clerk<T>) -> Result<Self, Error> {
        Self::builder(clerk).build()
    }

    /// Creates a builder whose verifier fetches the keys from the Backend API with this client.
    pub fn builder<T: HttpTransport>(clerk: &Clerk<T>) -> VerifierBuilder {
        let mut builder = VerifierBuilder::new(KeyOrigin::of_clerk(clerk));
        builder.machines = Some(Arc::new(VerifyEndpoints(clerk.clone())));
        builder
    }

    /// Creates a builder whose verifier fetches the keys from the Frontend API, without a secret
    /// key.
    ///
    /// By default, the issuer of a token must be the URL of the Frontend API. To change this, use
    /// [`issuer`](VerifierBuilder::issuer) or [`any_issuer`](VerifierBuilder::any_issuer).
    pub fn from_publishable_key(
        transport: impl HttpTransport,
        key: &PublishableKey,
    ) -> VerifierBuilder {
        let origin = KeyOrigin::of_frontend(Arc::new(transport), key);
        VerifierBuilder::new(origin).issuer(format!("https://{}", key.frontend_api()))
    }

    /// Creates a builder whose verifier needs no network.
    ///
    /// `key` is the JWT public key that Clerk's dashboard shows (`CLERK_JWT_KEY`). Its frame
    /// (`-----BEGIN PUBLIC KEY-----`) is optional. The verifier accepts tokens with any key id. If
    /// the instance gets a new key, build a new verifier.
    pub fn from_jwt_key(key: &str) -> VerifierBuilder {
        VerifierBuilder::new(KeyOrigin::of_jwt_key(key))
    }
}

/// Settings of a [`Verifier`].
#[derive(Debug)]
#[must_use]
pub struct VerifierBuilder {
    origin: KeyOrigin,
    rules: Rules,
    any_party: bool,
    accepted: TokenTypes,
    /// The verification of opaque tokens. `None` if there is no secret key.
    machines: Option<Arc<dyn TokenSource>>,
    remember_machines_for: Duration,
    cookies: Option<Cookies>,
    policy: KeyPolicy,
    remembered: usize,
    crypto: Option<Arc<dyn Rs256>>,
    clock: Option<Clock>,
}

/// The origin of the keys, or the reason why the origin is invalid. [`VerifierBuilder::build`]
/// returns this reason as an error.
#[derive(Debug)]
pub(crate) enum KeyOrigin {
    Local(Result<RsaKey, String>),
    Remote(Result<Arc<dyn KeySource>, Error>),
}

impl KeyOrigin {
    pub(crate) fn of_clerk<T: HttpTransport>(clerk: &Clerk<T>) -> Self {
        Self::Remote(Ok(Arc::new(Backend(clerk.clone()))))
    }

    pub(crate) fn of_frontend(transport: DynTransport, key: &PublishableKey) -> Self {
        let source = Frontend::new(transport, key.frontend_api());
        Self::Remote(source.map(|source| Arc::new(source) as _))
    }

    pub(crate) fn of_jwt_key(key: &str) -> Self {
        Self::Local(pem::public_key(key))
    }
}

impl VerifierBuilder {
    pub(crate) fn new(origin: KeyOrigin) -> Self {
        Self {
            origin,
            rules: Rules::default(),
            any_party: false,
            accepted: TokenTypes::SESSION,
            machines: None,
            remember_machines_for: Duration::ZERO,
            cookies: None,
            policy: KeyPolicy::new(),
            remembered: 1_024,
            crypto: None,
            clock: None,
        }
    }

    /// Sets the origins whose tokens are accepted (`azp`), such as `https://example.com` without a
    /// final slash. They are compared byte by byte.
    ///
    /// Tokens of other origins are refused. By default, tokens without an origin are refused, too.
    /// [`allow_missing_party`](Self::allow_missing_party) accepts these tokens. An empty list is an
    /// error.
    pub fn authorized_parties(mut self, parties: impl IntoIterator<Item: Into<String>>) -> Self {
        let parties = parties.into_iter().map(Into::into).collect();
        self.rules.authorized_parties = Some(parties);
        self
    }

    /// Also accepts tokens without an origin (`azp`). The Backend API makes such tokens. Clerk also
    /// makes them when a browser navigates, because the browser then sends no header `Origin`.
    pub fn allow_missing_party(mut self) -> Self {
        self.rules.allow_missing_party = true;
        self
    }

    /// Allows [`cookies`](Self::cookies) with tokens of any origin. This is safe only if you trust
    /// every site under your application's domain.
    pub fn any_party(mut self) -> Self {
        self.any_party = true;
        self
    }

    /// Sets the required issuer (`iss`), which is the URL of the Frontend API. The issuer of a
    /// token is compared with the required issuer byte by byte.
    ///
    /// [`from_publishable_key`](Verifier::from_publishable_key) sets the issuer. A verifier from
    /// another constructor accepts any issuer by default.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.rules.issuer = Some(issuer.into());
        self
    }

    /// Accepts any issuer. Use this setting for satellite domains or a proxied Frontend API.
    pub fn any_issuer(mut self) -> Self {
        self.rules.issuer = None;
        self
    }

    /// Sets the accepted audiences (`aud`). A token must have one of these audiences. By default,
    /// `aud` is not checked, because only customized session tokens have this claim.
    pub fn audience(mut self, audiences: impl IntoIterator<Item: Into<String>>) -> Self {
        self.rules.audiences = Some(audiences.into_iter().map(Into::into).collect());
        self
    }

    /// Sets how far the clocks of Clerk and this verifier may differ: 5 seconds by default, at most
    /// 300. The time of expiry of an opaque token is compared without this tolerance.
    pub fn clock_skew(mut self, skew: Duration) -> Self {
        self.rules.clock_skew = skew;
        self
    }

    /// Accepts session cookies in [`authenticate`](Verifier::authenticate). By default, only
    /// `Authorization: Bearer` is read.
    ///
    /// [`build`](Self::build) requires [`authorized_parties`](Self::authorized_parties) or
    /// [`any_party`](Self::any_party). Your application must still protect itself against CSRF,
    /// because browsers add cookies to requests that other sites cause.
    pub fn cookies(mut self, cookies: Cookies) -> Self {
        self.cookies = Some(cookies);
        self
    }

    /// Sets which types of tokens are accepted. The default is [`TokenTypes::SESSION`].
    ///
    /// The other types are tokens of machines. [`authenticate_any`](Verifier::authenticate_any) and
    /// [`verify_machine`](Verifier::verify_machine) verify them. For API keys and opaque tokens,
    /// use [`Verifier::builder`]: only a client with a secret key can verify them. The settings for
    /// origins, pending sessions and cookies do not apply to tokens of machines. If
    /// [`issuer`](Self::issuer) is set, the JWTs of machines must have this issuer, too. If
    /// [`audience`](Self::audience) is set, these JWTs and all OAuth access tokens must have one of
    /// the audiences.
    pub fn accept(mut self, types: TokenTypes) -> Self {
        self.accepted = types;
        self
    }

    /// Sets how long the verifier remembers whether an opaque token is valid. By default, it
    /// remembers nothing. Each use of an opaque token then costs a request, which counts towards
    /// Clerk's rate limit.
    ///
    /// A revoked token may be accepted until `duration` has passed. An expired token is refused
    /// immediately. At most 1,024 tokens are remembered, as digests.
    pub fn remember_machine_tokens(mut self, duration: Duration) -> Self {
        self.remember_machines_for = duration;
        self
    }

    /// Also accepts sessions with the status `pending`, whose users still have tasks to complete.
    pub fn allow_pending(mut self) -> Self {
        self.rules.allow_pending = true;
        self
    }

    /// Sets how long keys are used, and how often they are fetched.
    pub fn keys(mut self, policy: KeyPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Sets the maximum number of remembered session tokens, rounded up to an even number. The
    /// default is 1,024. 0 remembers none. Beyond the maximum, older tokens are forgotten.
    ///
    /// The signature of a remembered token is not checked again. The verifier keeps the header, the
    /// claims and a digest of the signature, but never the whole token.
    pub fn remember(mut self, tokens: usize) -> Self {
        self.remembered = tokens;
        self
    }

    /// Sets the clock with which the times of tokens are compared.
    ///
    /// The default is [`HttpTransport::time_of_day`] of the transport. With
    /// [`from_jwt_key`](Verifier::from_jwt_key), the default is the system's time, which
    /// `wasm32-unknown-unknown` does not have.
    ///
    /// ```
    /// use clerk_client::auth::Verifier;
    /// use clerk_client::{Error, Timestamp};
    ///
    /// // In a worker, `date_now` is JavaScript's `Date.now`.
    /// fn verifier(jwt_key: &str, date_now: fn() -> f64) -> Result<Verifier, Error> {
    ///     Verifier::from_jwt_key(jwt_key)
    ///         .clock(move || Timestamp::from_millis(date_now() as i64))
    ///         .build()
    /// }
    /// ```
    pub fn clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Some(Clock(Arc::new(clock)));
        self
    }

    /// Sets the cryptography. The default is `Ring` with the feature `ring`, or else `Pure`.
    pub fn crypto(mut self, crypto: impl Rs256) -> Self {
        self.crypto = Some(Arc::new(crypto));
        self
    }

    /// Creates the verifier, without sending a request.
    ///
    /// # Errors
    ///
    /// Returns a [`Configuration`](clerk_core::ErrorKind::Configuration) error if
    ///
    /// - the JWT public key is not an RSA public key of 2,048 to 8,192 bits in PEM,
    /// - the list of authorized parties or of audiences is empty or has an empty entry,
    /// - the issuer is empty,
    /// - API keys or opaque tokens are accepted, but the verifier has no secret key,
    /// - cookies are accepted, but session tokens are not,
    /// - cookies are accepted, but neither authorized parties nor [`any_party`](Self::any_party)
    ///   are set,
    /// - the clock skew is longer than 300 seconds,
    /// - the keys are used for a shorter time than [`KeyPolicy::at_most_every`],
    /// - neither of the features `ring` and `pure` is enabled, and no cryptography is set.
    pub fn build(self) -> Result<Verifier, Error> {
        let invalid =
            |message: String| Error::configuration(format!("invalid verifier: {message}"));
        let lists = [
            ("authorized parties", &self.rules.authorized_parties),
            ("audiences", &self.rules.audiences),
        ];
        for (name, list) in lists {
            if list
                .as_ref()
                .is_some_and(|list| list.is_empty() || list.iter().any(String::is_empty))
            {
                return Err(invalid(format!(
                    "the list of {name} is empty or has an empty entry"
                )));
            }
        }
        if self.rules.issuer.as_deref() == Some("") {
            return Err(invalid("the issuer is empty".to_owned()));
        }
        if self.cookies.is_some() && self.rules.authorized_parties.is_none() && !self.any_party {
            return Err(invalid(
                "cookies are accepted from any origin; set authorized_parties, or any_party if that is meant".to_owned(),
            ));
        }
        if self.cookies.is_some() && !self.accepted.contains(TokenTypes::SESSION) {
            return Err(invalid(
                "cookies are accepted, but session tokens are not; add TokenTypes::SESSION to accept"
                    .to_owned(),
            ));
        }
        if self.accepted.has_opaque() && self.machines.is_none() {
            return Err(invalid(
                "API keys or opaque tokens are accepted, but only a client with a secret key can \
                 verify them; use Verifier::builder, or accept TokenTypes::M2M_JWT and \
                 TokenTypes::OAUTH_JWT"
                    .to_owned(),
            ));
        }
        if self.rules.clock_skew > MAX_CLOCK_SKEW {
            let skew = self.rules.clock_skew;
            return Err(invalid(format!(
                "a clock skew of {skew:?} is too long; the limit is {MAX_CLOCK_SKEW:?}"
            )));
        }
        let crypto = self.crypto.or_else(default_crypto).ok_or_else(|| {
            invalid(
                "there is no cryptography; enable the feature ring or pure of clerk-auth"
                    .to_owned(),
            )
        })?;
        let keys = match self.origin {
            KeyOrigin::Local(key) => {
                let key =
                    key.map_err(|why| Error::configuration(format!("invalid JWT key: {why}")))?;
                Keys::Local(Arc::new(KeySet::of_one(key, Arc::clone(&crypto))))
            }
            KeyOrigin::Remote(source) => {
                self.policy.check().map_err(invalid)?;
                Keys::Remote(KeyCache::new(source?, self.policy, Arc::clone(&crypto)))
            }
        };
        Ok(Verifier::from_shared(Shared {
            keys,
            crypto,
            rules: self.rules,
            accepted: self.accepted,
            machines: self
                .machines
                .map(|source| MachineTokens::new(source, self.remember_machines_for)),
            cookies: self.cookies,
            remembered: Remembered::new(self.remembered),
            clock: self.clock,
        }))
    }
}

//! The verification of tokens of machines, and of requests with any token.

use std::sync::Arc;

use clerk_core::{SecretString, Timestamp};
use http::HeaderMap;

use crate::claims::any_claims::Claims;
use crate::claims::machine_claims::{MachineClaims, MachineTokenType};
use crate::error::{AuthError, AuthErrorReason};
use crate::machines::answer;
use crate::request::bearer;
use crate::token::class::Class;
use crate::token::header::Header;
use crate::token::jws::Jws;
use crate::token::members::Text;
use crate::token::opaque::Opaque;
use crate::token::payload::{OtherPayload, lenient, parse};
use crate::verifier::token_types::not_accepted;
use crate::verifier::verifier::{Verifier, malformed};

impl Verifier {
    /// Verifies the token of a request. The token may have any type that
    /// [`accept`](crate::VerifierBuilder::accept) names. The verifier finds out its type.
    ///
    /// A token of a machine is accepted only in `Authorization: Bearer`, never in a cookie.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`authenticate`](Self::authenticate) and
    /// [`verify_machine`](Self::verify_machine).
    pub async fn authenticate_any(&self, headers: &HeaderMap) -> Result<Claims, AuthError> {
        let Some(token) = bearer::token(headers)? else {
            return self.authenticate(headers).await.map(Claims::Session);
        };
        match self.form_of(token)? {
            Form::Session => self.verify(token).await.map(Claims::Session),
            Form::Machine => {
                let claims = self.verify_machine(&token.into()).await?;
                Ok(Claims::Machine(claims))
            }
            Form::Either => match self.verify(token).await {
                Err(error) if is_mismatch(&error) => {
                    let claims = self.verify_machine(&token.into()).await;
                    let claims =
                        claims.map_err(|other| if is_mismatch(&other) { error } else { other })?;
                    Ok(Claims::Machine(claims))
                }
                result => result.map(Claims::Session),
            },
        }
    }

    /// Verifies an API key, an M2M token or an OAuth access token, if
    /// [`accept`](crate::VerifierBuilder::accept) names its type.
    ///
    /// A JWT is verified with the keys of the instance, and no request to Clerk names the JWT. So a
    /// revoked JWT is accepted until it expires. Opaque tokens are sent to the Backend API, which
    /// knows whether they were revoked. To send fewer requests, use
    /// [`remember_machine_tokens`](crate::VerifierBuilder::remember_machine_tokens). Texts that do
    /// not have the form of an opaque token are never sent.
    ///
    /// # Errors
    ///
    /// Returns an error
    ///
    /// - with [`status`](AuthError::status) 401 if the token is not a valid token of an accepted
    ///   type, or if Clerk's data about an opaque token is incomplete or malformed,
    /// - with status 503 if Clerk could not verify an opaque token, or if the keys or the current
    ///   time are not available.
    pub async fn verify_machine(&self, token: &SecretString) -> Result<MachineClaims, AuthError> {
        match Opaque::of(token.expose()) {
            Some((kind, rest)) => self.verify_opaque(kind, rest, token).await,
            None => {
                let now = self.now()?;
                self.verify_machine_jwt(token.expose(), now).await
            }
        }
    }

    async fn verify_opaque(
        &self,
        kind: Opaque,
        rest: &str,
        token: &SecretString,
    ) -> Result<MachineClaims, AuthError> {
        let machines = self.shared.machines.as_ref();
        let machines = machines.filter(|_| self.shared.accepted.has_opaque_of(kind));
        let Some(machines) = machines else {
            return Err(not_accepted(kind.label()));
        };
        Opaque::check(rest).map_err(malformed)?;
        let digest = self.shared.crypto.sha256(token.expose().as_bytes());
        let verified = machines.verify(kind, token, digest).await?;
        // API keys and opaque M2M tokens have no audience.
        if kind == Opaque::OAuth {
            self.shared
                .rules
                .check_audience(verified.audiences.clone())?;
        }
        if let Some(expires_at) = verified.claims.expires_at
            && expires_at <= self.now()?
        {
            return Err(answer::expired());
        }
        Ok(verified.claims.clone())
    }

    async fn verify_machine_jwt(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<MachineClaims, AuthError> {
        let named = class_of(token)?;
        let class = match named {
            Some(Class::OAuth) => Class::OAuth,
            _ => Class::M2m,
        };
        if !self.shared.accepted.has_class(class) {
            return Err(refused(named));
        }
        let opened = self.open(token, class, true).await?;
        let mut payload: OtherPayload<'_> = parse(&opened.json).map_err(malformed)?;
        let (subject, standard) =
            (self.shared.rules).check_registered(std::mem::take(&mut payload.registered), class)?;
        self.check_times(standard.times, now)?;
        let (scopes, scope) = (lenient(payload.scopes), lenient(payload.scope));
        let words = |text: Text<'_>| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (token_type, scopes) = if class == Class::M2m {
            (MachineTokenType::M2m, scopes.map(words))
        } else {
            let list = lenient(payload.scp);
            (MachineTokenType::OAuth, list.or_else(|| scope.map(words)))
        };
        let json = Arc::clone(&opened.json);
        let mut claims = MachineClaims::of_jwt(token_type, subject, standard, json);
        claims.scopes = scopes.unwrap_or_default();
        claims.scopes.retain(|scope| !scope.is_empty());
        if class == Class::OAuth {
            claims.client_id = lenient(payload.client_id);
        }
        Ok(claims)
    }

    /// Returns whether a token may belong to a session, to a machine, or to either. The token's
    /// prefix or header and the accepted types decide.
    fn form_of(&self, token: &str) -> Result<Form, AuthError> {
        let accepted = self.shared.accepted;
        if Opaque::of(token).is_some() {
            return Ok(Form::Machine);
        }
        if !accepted.has_machine_jwt() {
            return Ok(Form::Session);
        }
        Ok(match class_of(token)? {
            Some(Class::OAuth | Class::M2m) => Form::Machine,
            Some(Class::Session | Class::Template) => Form::Session,
            None if !accepted.has_class(Class::M2m) => Form::Session,
            None if !accepted.has_class(Class::Session) => Form::Machine,
            None => Form::Either,
        })
    }
}

enum Form {
    Session,
    Machine,
    /// A JWT without a known category. Only its claims show whether it belongs to a session or to a
    /// machine.
    Either,
}

fn is_mismatch(error: &AuthError) -> bool {
    error.reason() == AuthErrorReason::TokenTypeMismatch
}

/// Creates the error for a JWT whose type [`Verifier::verify_machine`] does not accept. `named` is
/// the class that the header of the JWT names.
fn refused(named: Option<Class>) -> AuthError {
    let message = match named {
        Some(class @ (Class::M2m | Class::OAuth)) => return not_accepted(class.label()),
        Some(class) => {
            let method = match class {
                Class::Template => "verify_template",
                _ => "verify",
            };
            let label = class.label();
            format!("invalid machine token: it is {label}; Verifier::{method} takes such tokens")
        }
        None => "invalid machine token: this verifier accepts no M2M tokens that are JWTs; see VerifierBuilder::accept".to_owned(),
    };
    AuthError::new(AuthErrorReason::TokenTypeMismatch, message)
}

/// Returns the class that the header of a JWT names. `None` if the header names none.
fn class_of(token: &str) -> Result<Option<Class>, AuthError> {
    let jws = Jws::parse(token).map_err(malformed)?;
    let header = Header::parse(jws.header()).map_err(malformed)?;
    Ok(Class::of(&header))
}

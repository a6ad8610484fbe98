//! The verification of requests with session tokens.

use clerk_core::Timestamp;
use http::HeaderMap;

use crate::claims::session_claims::SessionClaims;
use crate::error::{AuthError, AuthErrorReason};
use crate::request::cookies::Candidate;
use crate::request::{bearer, cookies};
use crate::token::opaque::Opaque;
use crate::verifier::token_types::not_accepted;
use crate::verifier::verifier::Verifier;

impl Verifier {
    /// Verifies the session token of a request, from `Authorization: Bearer`.
    ///
    /// If the request has no such token and [`cookies`](crate::VerifierBuilder::cookies) is set,
    /// its session cookies are verified. If several tokens are valid, the newest one is used.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`verify`](Self::verify), and with
    /// [`status`](AuthError::status) 401
    ///
    /// - if the request has no token ([`SessionTokenMissing`]),
    /// - if the `Authorization` header is malformed or occurs twice,
    /// - if the token comes from a cookie, and the browser is signed out ([`ClientSignedOut`]),
    /// - if the token comes from a cookie, and the browser's sign-in state has changed since the
    ///   token was made ([`SessionTokenBeforeClientUat`]).
    ///
    /// [`SessionTokenMissing`]: AuthErrorReason::SessionTokenMissing
    /// [`ClientSignedOut`]: AuthErrorReason::ClientSignedOut
    /// [`SessionTokenBeforeClientUat`]: AuthErrorReason::SessionTokenBeforeClientUat
    pub async fn authenticate(&self, headers: &HeaderMap) -> Result<SessionClaims, AuthError> {
        if let Some(token) = bearer::token(headers)? {
            if let Some((kind, _)) = Opaque::of(token) {
                return Err(self.no_session(kind));
            }
            return self.verify(token).await;
        }
        let Some(cookies) = &self.shared.cookies else {
            return Err(AuthError::missing());
        };
        let mut newest: Option<SessionClaims> = None;
        let mut refusal: Option<AuthError> = None;
        let candidates = cookies.candidates(headers);
        if candidates.is_empty() {
            return Err(AuthError::missing());
        }
        let now = self.now()?;
        // If a request has several tokens, some of them may be of other instances. Newer keys of
        // this instance cannot verify such tokens, so fetching keys for each request would be
        // useless. Keys are fetched only if no token is valid with the current keys.
        let is_single = candidates.len() == 1;
        let mut verified = Vec::with_capacity(candidates.len());
        for candidate in &candidates {
            verified.push(self.verify_cookie(candidate, now, is_single).await);
        }
        if !is_single && verified.iter().all(Result::is_err) {
            for (candidate, result) in candidates.iter().zip(&mut verified) {
                if result.as_ref().is_err_and(is_of_other_key) {
                    *result = self.verify_cookie(candidate, now, true).await;
                }
            }
        }
        for result in verified {
            match result {
                Ok(claims) => {
                    let is_newer = newest
                        .as_ref()
                        .is_none_or(|newest| claims.issued_at > newest.issued_at);
                    if is_newer {
                        newest = Some(claims);
                    }
                }
                // The first error is returned. But a 503 replaces a 401, because a token that could
                // not be verified may be valid.
                Err(error) => {
                    let status = refusal.as_ref().map(AuthError::status);
                    if status.is_none_or(|status| error.status() > status) {
                        refusal = Some(error);
                    }
                }
            }
        }
        newest.ok_or_else(|| refusal.unwrap_or_else(AuthError::missing))
    }

    /// Creates the error for an opaque token where a session token is expected.
    fn no_session(&self, kind: Opaque) -> AuthError {
        let label = kind.label();
        if !self.shared.accepted.has_opaque_of(kind) {
            return not_accepted(label);
        }
        let message =
            format!("invalid session token: it is {label}; authenticate_any verifies such tokens");
        AuthError::new(AuthErrorReason::TokenTypeMismatch, message)
    }

    async fn verify_cookie(
        &self,
        candidate: &Candidate<'_>,
        now: Timestamp,
        may_fetch: bool,
    ) -> Result<SessionClaims, AuthError> {
        // If the browser is signed out, no token is valid, so the keys are not needed.
        cookies::check_signed_in(candidate.client_uat)?;
        let claims = self.verify_session(candidate.token, now, may_fetch).await?;
        cookies::check_client_uat(&claims, candidate.client_uat)?;
        Ok(claims)
    }
}

/// Whether a token may be valid with other keys.
fn is_of_other_key(error: &AuthError) -> bool {
    matches!(
        error.reason(),
        AuthErrorReason::JwkKidMismatch | AuthErrorReason::TokenInvalidSignature
    )
}

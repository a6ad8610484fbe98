//! The verification of tokens of JWT templates.

use clerk_core::Timestamp;
use serde_core::de::DeserializeOwned;

use crate::claims::custom;
use crate::claims::template_claims::TemplateClaims;
use crate::error::AuthError;
use crate::token::any::FromAny;
use crate::token::class::Class;
use crate::token::payload::{OtherPayload, parse};
use crate::verifier::rules::mismatch;
use crate::verifier::verifier::{Verifier, malformed};

impl Verifier {
    /// Verifies a token that was made from a JWT template, and decodes its claims into `C`.
    ///
    /// The rules are those of [`verify`](Self::verify), except that no session is required. So the
    /// token may still be valid after the user's session has ended. A session token is refused.
    /// Templates with their own signing key are not supported. The types of tokens that are set
    /// with [`accept`](crate::VerifierBuilder::accept) do not matter here.
    ///
    /// # Errors
    ///
    /// Returns an error
    ///
    /// - with [`status`](AuthError::status) 401 if the token is not a valid token of a JWT
    ///   template, or if its claims cannot be decoded into `C`,
    /// - with status 503 if the keys or the current time are not available.
    pub async fn verify_template<C: DeserializeOwned>(
        &self,
        token: &str,
    ) -> Result<TemplateClaims<C>, AuthError> {
        self.verify_template_at(token, self.now()?).await
    }

    /// Verifies a token of a JWT template at the time `now`, instead of the current time.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`verify_template`](Self::verify_template).
    pub async fn verify_template_at<C: DeserializeOwned>(
        &self,
        token: &str,
        now: impl Into<Timestamp> + Send,
    ) -> Result<TemplateClaims<C>, AuthError> {
        let (now, class) = (now.into(), Class::Template);
        let opened = self.open(token, class, true).await?;
        let mut payload: OtherPayload<'_> = parse(&opened.json).map_err(malformed)?;
        let party = payload.azp.take().map(|party| {
            let why = || malformed("its claim azp is not a string".to_owned());
            String::from_any(party).ok_or_else(why)
        });
        payload.registered.azp = party.transpose()?;
        let (user_id, standard) =
            (self.shared.rules).check_registered(payload.registered, class)?;
        self.check_times(standard.times, now)?;
        // If the header has no category, only the claim `sid` distinguishes session tokens from
        // template tokens.
        if payload.sid.is_some() && !opened.has_category {
            return Err(mismatch(class, "it belongs to a session (sid)"));
        }
        let claims = custom::decode(&opened.json).map_err(|error| {
            let message = format!("invalid claims: {error}");
            AuthError::invalid(message)
        })?;
        Ok(TemplateClaims::new(user_id.into(), standard, claims))
    }
}

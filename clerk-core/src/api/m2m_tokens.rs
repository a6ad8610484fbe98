//! The operations on M2M tokens.

use crate::api::machines::MachineId;
use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::page::{Page, PageItem};
use crate::requests::body::body;
use crate::requests::limits::above_zero;
use crate::requests::params::params;
use crate::requests::secret_body::secret_body;
use crate::types::id::id;
use crate::types::metadata::Metadata;
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on M2M (machine-to-machine) tokens.
    /// [`Clerk::m2m_tokens`](crate::Clerk::m2m_tokens) returns this type.
    ///
    /// A [machine](crate::api::MachinesApi) sends its token to another machine, which verifies the
    /// token.
    ///
    /// # Keys
    ///
    /// [`create_m2m_token`](Self::create_m2m_token) needs a client with the secret key of the
    /// machine to which the token will belong. Pass that key to
    /// [`SecretKey::machine`](crate::SecretKey::machine). The other operations accept the secret
    /// key of a machine or of the instance:
    ///
    /// | | secret key of a machine | secret key of the instance |
    /// |---|---|---|
    /// | create | tokens of the machine | refused |
    /// | list and revoke | tokens of the machine | tokens of all machines |
    /// | verify | tokens of machines that can access the machine | tokens of all machines |
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let fake = clerk_client::mock::FakeClerk::from_json(
    /// #     r#"{ "objects": { "machines": [{ "name": "mail", "secret_key": "ak_of_the_machine_mail" }] } }"#,
    /// # ).unwrap();
    /// # let clerk = fake.client();
    /// use clerk_client::requests::{CreateM2mTokenRequest, M2mTokenListParams, RevokeM2mTokenRequest};
    /// use clerk_client::{Clerk, SecretKey};
    ///
    /// let key = SecretKey::machine("ak_of_the_machine_mail")?;
    /// let mail = Clerk::new(clerk.transport().clone(), key);
    /// let request = CreateM2mTokenRequest::new().seconds_until_expiration(300);
    /// let created = mail.m2m_tokens().create_m2m_token(request).await?;
    /// let token = created.token.unwrap_or_default();
    ///
    /// let tokens = clerk.m2m_tokens();
    /// let verified = tokens.verify_m2m_token(&token).await?;
    /// assert_eq!(verified.subject, created.subject);
    /// let of_mail = tokens.get_m2m_tokens(M2mTokenListParams::new(&created.subject)).await?;
    /// assert_eq!(of_mail.data[0].id, created.id);
    /// tokens.revoke_m2m_token(&created.id, RevokeM2mTokenRequest::new()).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_m2m_token`](Self::create_m2m_token) | `createM2MToken` | no |
    /// | [`get_m2m_tokens`](Self::get_m2m_tokens) | `getM2MTokens` | yes |
    /// | [`revoke_m2m_token`](Self::revoke_m2m_token) | `revokeM2MToken` | no |
    /// | [`verify_m2m_token`](Self::verify_m2m_token) | `verifyM2MToken` | yes |
    ///
    /// # Errors
    ///
    /// - 400: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    /// - The client sends no request if an id is `verify`, the name of one of Clerk's endpoints.
    M2mTokensApi:
        self,
}

operations! {
    /// # M2M tokens
    impl M2mTokensApi = "M2M-Tokens";

    /// Creates a token for the machine to which the client's secret key belongs. The response has
    /// the token.
    ///
    /// The client needs the [secret key of a machine](Self#keys), not the secret key of the
    /// instance.
    #[doc(alias = "create_m2_m_token")]
    createM2MToken: POST "/m2m_tokens", once = "If you repeat the call, two tokens may exist until they expire.", [
        400 = "a claim has a reserved name (`machine_token_reserved_claim`), among other causes.",
        409,
    ], unsent = "`seconds_until_expiration` is 0, or `min_remaining_ttl_seconds` is not below `seconds_until_expiration`.";
    fn create_m2m_token(request: CreateM2mTokenRequest) -> M2mToken;

    /// Lists the opaque tokens of a machine. Clerk does not store JWTs, so they are not listed.
    #[doc(alias = "get_m2_m_tokens")]
    getM2MTokens: GET "/m2m_tokens", idempotent, [
        400,
        403 = "the client has the secret key of another machine.",
        404 = "the machine does not exist.",
    ], unsent = "the subject is blank, or the `limit` is not from 1 to 100.";
    fn get_m2m_tokens(params: M2mTokenListParams) -> Page<M2mToken>, all list_all(params);

    /// Revokes an opaque token. A JWT cannot be revoked.
    #[doc(alias = "revoke_m2_m_token")]
    revokeM2MToken: POST "/m2m_tokens/{m2m_token_id}/revoke", once = "Call [`get_m2m_tokens`](Self::get_m2m_tokens) to see whether the token is revoked.",
        [400, 404 = "the token does not exist."];
    fn revoke_m2m_token(m2m_token_id: M2mTokenId, request: RevokeM2mTokenRequest) -> M2mToken;

    /// Verifies a token, and returns its machine, scopes and status.
    ///
    /// Before you trust the token, check [`revoked`](M2mToken::revoked) and
    /// [`expired`](M2mToken::expired): for a revoked or expired token, Clerk may return the token
    /// instead of the status 404. If the client has the secret key of the instance, Clerk verifies
    /// the tokens of all machines. In this case, also check that [`scopes`](M2mToken::scopes)
    /// contains your machine.
    #[doc(alias = "verify_m2_m_token")]
    verifyM2MToken: POST "/m2m_tokens/verify", idempotent, [400, 404 = "the token does not exist, or is no longer valid."],
        unsent = "the token is empty.";
    fn verify_m2m_token(request: VerifyM2mTokenRequest) -> M2mToken;
}

id! {
    /// The id of an M2M token: `mt_` and 32 hexadecimal digits.
    M2mTokenId
}

params! {
    /// The parameters of a list of M2M tokens: the machine, filters, the limit and the offset.
    M2mTokenListParams paged 100
    required {
        /// Tokens of this machine.
        subject: MachineId,
    } and {
        /// Whether revoked tokens are included. Clerk's default is no.
        revoked: bool,
        /// Whether expired tokens are included. Clerk's default is no.
        expired: bool,
    }
}

body! {
    /// The request body of [`create_m2m_token`](crate::api::M2mTokensApi::create_m2m_token).
    CreateM2mTokenRequest(lifetimes) {
        /// The format of the token. Clerk's default is opaque.
        token_format: M2mTokenFormat,
        /// The lifetime in seconds, above 0. Clerk's default is the machine's `default_token_ttl`.
        seconds_until_expiration / clear_seconds_until_expiration: u32,
        /// Custom data of your application. Clerk returns the data when the token is verified.
        claims / clear_claims: Metadata,
        /// The minimum remaining lifetime, in seconds, of a token that Clerk reuses. If the machine
        /// has such a token, Clerk returns that token instead of a new token. The value must be
        /// below the lifetime of a new token.
        ///
        /// Clerk reuses only opaque tokens with the same claims and scopes. Set this field if your
        /// processes cannot cache tokens. The field has no effect if the format is JWT.
        min_remaining_ttl_seconds: u32,
    }
}

#[inline]
fn lifetimes(request: &CreateM2mTokenRequest) -> Result<(), String> {
    let lifetime = request.seconds_until_expiration.as_set();
    above_zero("seconds_until_expiration", lifetime)?;
    match (request.min_remaining_ttl_seconds, lifetime) {
        (Some(least), Some(lifetime)) if least >= *lifetime => Err(format!(
            "invalid min_remaining_ttl_seconds: {least}; it must be below seconds_until_expiration, which is {lifetime}"
        )),
        _ => Ok(()),
    }
}

body! {
    /// The request body of [`revoke_m2m_token`](crate::api::M2mTokensApi::revoke_m2m_token).
    RevokeM2mTokenRequest {
        /// The reason, which Clerk stores with the token.
        revocation_reason / clear_revocation_reason: String,
    }
}

secret_body! {
    /// The request body of [`verify_m2m_token`](crate::api::M2mTokensApi::verify_m2m_token). A
    /// string with the token converts into this type.
    VerifyM2mTokenRequest {
        /// The token to verify.
        token
    }
}

model! {
    /// A token with which a machine authenticates to other machines.
    M2mToken("machine_to_machine_token") {
        /// The id of the token.
        id: M2mTokenId,
        /// The id of the machine to which the token belongs.
        subject: MachineId,
        /// Custom data of your application; `None` if there is none.
        claims: Option<Metadata> = optional,
        /// The machines that accept the token.
        scopes: Vec<MachineId>,
        /// The token itself, which only the response to the creation has; `None` in all other
        /// responses.
        token: Option<SecretString> = optional,
        /// Whether the token is revoked.
        revoked: bool,
        /// The reason of the revocation; `None` if there is none.
        revocation_reason: Option<String>,
        /// Whether the token is expired.
        expired: bool,
        /// The time of expiry; `None` if the token does not expire.
        expiration: Option<Timestamp>,
        /// The time of the last use; `None` if the token has not been used.
        last_used_at: Option<Timestamp>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

open_enum! {
    /// The format of an [`M2mToken`].
    M2mTokenFormat {
        /// An opaque token, which only Clerk can verify. It can be revoked.
        Opaque = "opaque",
        /// A signed token that can be verified without Clerk. It cannot be revoked.
        Jwt = "jwt",
    }
}

impl PageItem for M2mToken {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

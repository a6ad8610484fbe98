//! The operations on sign-in tokens.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::requests::body::body;
use crate::requests::limits::above_zero;
use crate::types::id::{OrganizationId, UserId, id};
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on sign-in tokens.
    /// [`Clerk::sign_in_tokens`](crate::Clerk::sign_in_tokens) returns this type.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let fake = clerk_client::mock::FakeClerk::new();
    /// # fake.add(clerk_client::mock::FakeUser::new("user_1"));
    /// # let clerk = fake.client();
    /// use clerk_client::models::SignInTokenStatus;
    /// use clerk_client::requests::CreateSignInTokenRequest;
    ///
    /// let tokens = clerk.sign_in_tokens();
    /// let request = CreateSignInTokenRequest::new("user_1").expires_in_seconds(600);
    /// let token = tokens.create_sign_in_token(request).await?;
    /// let link = token.url.as_ref().map(|url| url.expose());
    /// assert!(link.is_some());
    ///
    /// let token = tokens.revoke_sign_in_token(&token.id).await?;
    /// assert_eq!(token.status, SignInTokenStatus::Revoked);
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_sign_in_token`](Self::create_sign_in_token) | `CreateSignInToken` | no |
    /// | [`revoke_sign_in_token`](Self::revoke_sign_in_token) | `RevokeSignInToken` | no |
    ///
    /// # Errors
    ///
    /// - 400 or 403: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    SignInTokensApi:
        self,
}

operations! {
    /// # Sign-in tokens
    impl SignInTokensApi = "Sign-in-Tokens";

    /// Creates a token that signs a user in once, without a password or a code.
    ///
    /// Keep the token and its URL secret: anyone who has the token or the URL can sign in as the
    /// user. By default, both expire after 30 days.
    CreateSignInToken: POST "/sign_in_tokens", once = "If you repeat the call, two tokens may exist until they expire.", [
        403,
        404 = "the user or the organization does not exist.",
        422,
    ], unsent = "`expires_in_seconds` is 0.";
    fn create_sign_in_token(request: CreateSignInTokenRequest) -> SignInToken;

    /// Revokes a pending sign-in token. The token can no longer be used.
    RevokeSignInToken: POST "/sign_in_tokens/{sign_in_token_id}/revoke",
        once = "Repeat the call. The status 400 means that the token is no longer pending.",
        [
            400 = "the token is not pending (`sign_in_token_cannot_be_revoked_code`).",
            404 = "the token does not exist.",
        ];
    fn revoke_sign_in_token(sign_in_token_id: SignInTokenId) -> SignInToken;
}

id! {
    /// The id of a sign-in token.
    SignInTokenId
}

body! {
    /// The request body of
    /// [`create_sign_in_token`](crate::api::SignInTokensApi::create_sign_in_token).
    CreateSignInTokenRequest(lifetime_is_valid)
    required {
        /// The id of the user whom the token signs in.
        user_id: UserId,
    } and {
        /// The id of the organization that becomes active at the sign-in. The user must be a member
        /// of the organization.
        org_id / clear_org_id: OrganizationId,
        /// The lifetime of the token in seconds, at least 1. Clerk's default is 30 days.
        expires_in_seconds / clear_expires_in_seconds: u32,
    }
}

#[inline]
fn lifetime_is_valid(request: &CreateSignInTokenRequest) -> Result<(), String> {
    above_zero("expires_in_seconds", request.expires_in_seconds.as_set())
}

model! {
    /// A token that signs a user in.
    SignInToken("sign_in_token") {
        /// The id of the token.
        id: SignInTokenId,
        /// The status.
        status: SignInTokenStatus,
        /// The id of the user whom the token signs in.
        user_id: UserId,
        /// The token, for a sign-in with the `ticket` strategy; `None` if the response does not
        /// include it. Hidden from `Debug`.
        token: Option<SecretString> = optional,
        /// The URL that signs the user in; `None` if the response does not include it. Hidden from
        /// `Debug`, because anyone who has the URL can sign in.
        url: Option<SecretString>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

open_enum! {
    /// The status of a [`SignInToken`].
    SignInTokenStatus {
        Pending = "pending",
        Accepted = "accepted",
        Revoked = "revoked",
    }
}

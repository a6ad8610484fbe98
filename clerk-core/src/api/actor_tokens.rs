//! The operations on actor tokens.

use serde_json::Value;

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::requests::body::{body, not_blank};
use crate::types::id::{UserId, id};
use crate::types::metadata::Metadata;
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on actor tokens, which let one user act as another.
    /// [`Clerk::actor_tokens`](crate::Clerk::actor_tokens) returns this type.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let fake = clerk_client::mock::FakeClerk::new();
    /// # fake.add(clerk_client::mock::FakeUser::new("user_1"));
    /// # let clerk = fake.client();
    /// use clerk_client::models::ActorTokenStatus;
    /// use clerk_client::requests::CreateActorTokenRequest;
    /// use serde_json::json;
    ///
    /// let tokens = clerk.actor_tokens();
    /// // The user `user_2` acts as `user_1`.
    /// let request = CreateActorTokenRequest::new("user_1", json!({ "sub": "user_2" }));
    /// let token = tokens.create_actor_token(request).await?;
    /// let link = token.url.as_ref().map(|url| url.expose());
    /// assert!(link.is_some());
    ///
    /// let token = tokens.revoke_actor_token(&token.id).await?;
    /// assert_eq!(token.status, ActorTokenStatus::Revoked);
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_actor_token`](Self::create_actor_token) | `CreateActorToken` | no |
    /// | [`revoke_actor_token`](Self::revoke_actor_token) | `RevokeActorToken` | no |
    ///
    /// # Errors
    ///
    /// - 400: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    ActorTokensApi:
        self,
}

operations! {
    /// # Actor tokens
    impl ActorTokensApi = "Actor-Tokens";

    /// Creates a token that signs an actor in as another user. The token can be used once.
    ///
    /// Keep the token and its URL secret: either of them is enough to sign in. By default, the
    /// token and the URL expire after an hour, and the actor's session lasts at most 30
    /// minutes.
    CreateActorToken: POST "/actor_tokens", once = "If you repeat the call, two tokens may exist until they expire.", [
        400, 402, 422,
    ], unsent = "the actor has no `sub`, or the `sub` is blank or not a string.";
    fn create_actor_token(request: CreateActorTokenRequest) -> ActorToken;

    /// Revokes a pending actor token. The token can no longer be used.
    RevokeActorToken: POST "/actor_tokens/{actor_token_id}/revoke",
        once = "Repeat the call. The status 400 means that the token is no longer pending.",
        [
            400 = "the token is not pending (`actor_token_cannot_be_revoked_code`).",
            404 = "the token does not exist.",
        ];
    fn revoke_actor_token(actor_token_id: ActorTokenId) -> ActorToken;
}

id! {
    /// The id of an actor token.
    ActorTokenId
}

body! {
    /// The request body of [`create_actor_token`](crate::api::ActorTokensApi::create_actor_token).
    CreateActorTokenRequest(has_sub)
    required {
        /// The user whom the actor impersonates.
        user_id: UserId,
        /// The actor: an object whose `sub` is the id of the acting user. The tokens of the actor's
        /// session contain the whole object as the claim `act`.
        actor: Metadata,
    } and {
        /// The lifetime of the token in seconds. Clerk's default is an hour.
        expires_in_seconds: u32,
        /// The maximum duration of the session in seconds. Clerk's default is 30 minutes.
        session_max_duration_in_seconds: u32,
    }
}

#[inline]
fn has_sub(request: &CreateActorTokenRequest) -> Result<(), String> {
    let actor: Value = request.actor.get().map_err(|error| error.to_string())?;
    let sub = actor.get("sub").and_then(Value::as_str).ok_or_else(|| {
        "invalid actor: it has no text sub; set it to the id of the acting user".to_owned()
    })?;
    not_blank("actor.sub", sub)
}

model! {
    /// A token that lets an actor sign in as another user.
    ActorToken("actor_token") {
        /// The id of the token.
        id: ActorTokenId,
        /// The status.
        status: ActorTokenStatus,
        /// The user whom the actor impersonates.
        user_id: UserId,
        /// The actor. Its `sub` is the id of the acting user.
        actor: Metadata,
        /// The token, for a sign-in with the `ticket` strategy; `None` if the response does not
        /// include it. Hidden from `Debug`.
        token: Option<SecretString> = optional,
        /// The URL that signs the actor in; `None` if the response does not include it. Hidden from
        /// `Debug`: the URL is enough to sign in.
        url: Option<SecretString> = optional,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

open_enum! {
    /// The status of an [`ActorToken`].
    ActorTokenStatus {
        Pending = "pending",
        Accepted = "accepted",
        Revoked = "revoked",
    }
}

//! The operations on sessions.

use crate::api::jwt_templates::JwtTemplateName;
use crate::api::operations::{api, operations};
use crate::api::users::models::user::User;
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::page::{Page, PageItem};
use crate::requests::body::{body, not_blank};
use crate::requests::limits::range;
use crate::requests::params::params;
use crate::types::id::{ClientId, OrganizationId, SessionId, UserId};
use crate::types::metadata::Metadata;
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on sessions. [`Clerk::sessions`](crate::Clerk::sessions) returns this type.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # use clerk_client::mock::{FakeClerk, FakeUser};
    /// # let fake = FakeClerk::new();
    /// # fake.add(FakeUser::new("user_1"));
    /// # let clerk = fake.client();
    /// use clerk_client::models::SessionStatus;
    /// use clerk_client::requests::{CreateSessionRequest, CreateSessionTokenRequest, SessionListParams};
    ///
    /// let sessions = clerk.sessions();
    /// let session = sessions.create_session(CreateSessionRequest::new("user_1")).await?;
    ///
    /// let active = SessionListParams::new().user_id("user_1").status(SessionStatus::Active);
    /// assert_eq!(sessions.get_session_list(active).await?.data[0].id, session.id);
    ///
    /// let request = CreateSessionTokenRequest::new().expires_in_seconds(60);
    /// let token = sessions.create_session_token(&session.id, request).await?;
    /// assert!(token.jwt.is_some());
    ///
    /// let session = sessions.revoke_session(&session.id).await?;
    /// assert_eq!(session.status, SessionStatus::Revoked);
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_session`](Self::create_session) | `createSession` | no |
    /// | [`get_session_list`](Self::get_session_list) | `GetSessionList` | yes |
    /// | [`get_session`](Self::get_session) | `GetSession` | yes |
    /// | [`refresh_session`](Self::refresh_session) | `RefreshSession` | no |
    /// | [`revoke_session`](Self::revoke_session) | `RevokeSession` | no |
    /// | [`create_session_token`](Self::create_session_token) | `CreateSessionToken` | no |
    /// | [`create_session_token_from_template`](Self::create_session_token_from_template) | `CreateSessionTokenFromTemplate` | no |
    ///
    /// # Errors
    ///
    /// - 400: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    SessionsApi:
        self,
}

operations! {
    /// # Sessions
    impl SessionsApi = "Sessions";

    /// Creates an active session for a user. Clerk supports this only in development instances.
    ///
    /// Use this operation for tests. In production, call
    /// [`create_sign_in_token`](crate::api::SignInTokensApi::create_sign_in_token) instead.
    createSession: POST "/sessions", once, [
        400, 401,
        404 = "the user or the organization does not exist.",
        422,
    ];
    fn create_session(request: CreateSessionRequest) -> Session;

    /// Lists the sessions of a user or of a client, the newest first.
    ///
    /// A client is a browser or a device. Clerk periodically deletes old inactive sessions, so the
    /// list does not include them.
    GetSessionList: GET "/sessions", idempotent, [400, 401, 422],
        unsent = "neither `user_id` nor `client_id` is set, a filter is blank, the `status` is `pending`, or the `limit` is not from 1 to 500.";
    fn get_session_list(params: SessionListParams) -> Page<Session>, all list_all(params);

    /// Returns a session.
    GetSession: GET "/sessions/{session_id}", idempotent, [
        400, 401,
        404 = "the session does not exist.",
    ];
    fn get_session(session_id: SessionId) -> Session;

    /// Exchanges an expired session token and a refresh token for a new session token.
    ///
    /// The user's browser sends both tokens in cookies. If Clerk refuses these tokens with 401,
    /// start a handshake instead: redirect the browser to Clerk's Frontend API.
    RefreshSession: POST "/sessions/{session_id}/refresh", once, [
        400,
        401 = "the session cannot be refreshed with these tokens (the code starts with `session_refresh_` or `expired_session_token_`), or Clerk does not accept the secret key.",
    ], unsent = "the `expired_token`, the `refresh_token` or the `request_origin` is blank, or `request_headers` is not a JSON object.";
    fn refresh_session(session_id: SessionId, request: RefreshSessionRequest) -> SessionRefresh;

    /// Revokes a session. The user must sign in again.
    ///
    /// Existing session tokens remain valid until they expire.
    RevokeSession: POST "/sessions/{session_id}/revoke",
        once = "Call [`get_session`](Self::get_session) to see whether the session is revoked.",
        [400, 401, 404 = "the session does not exist."];
    fn revoke_session(session_id: SessionId) -> Session;

    /// Creates a session token with the default claims of the instance.
    CreateSessionToken: POST "/sessions/{session_id}/tokens", once, [
        401,
        404 = "the session does not exist.",
    ], unsent = "`expires_in_seconds` is not from 30 to 315360000.";
    fn create_session_token(session_id: SessionId, request: CreateSessionTokenRequest) -> SessionToken;

    /// Creates a JWT for a session from a JWT template of the instance.
    CreateSessionTokenFromTemplate: POST "/sessions/{session_id}/tokens/{template_name}", once, [
        401,
        404 = "the session or the template does not exist.",
    ], unsent = "`expires_in_seconds` is not from 30 to 315360000.";
    fn create_session_token_from_template(session_id: SessionId, template_name: JwtTemplateName, request: CreateSessionTokenRequest) -> SessionToken;
}

params! {
    /// The parameters of a list of sessions: filters, the limit and the offset. Set `user_id` or
    /// `client_id`, or both.
    SessionListParams(has_owner) paged 500 as paginated {
        /// The id of the client: the browser or device whose sessions are listed.
        client_id: ClientId,
        /// The id of the user whose sessions are listed.
        user_id: UserId,
        /// The status of the sessions to list. Clerk cannot filter by `pending`.
        status: SessionStatus,
    }
}

#[inline]
fn has_owner(params: &SessionListParams) -> Result<(), String> {
    if params.user_id.is_none() && params.client_id.is_none() {
        return Err("invalid user_id: neither it nor client_id is set; set one of them".to_owned());
    }
    if params.status == Some(SessionStatus::Pending) {
        return Err("invalid status: Clerk cannot filter by pending; filter the result".to_owned());
    }
    Ok(())
}

body! {
    /// The request body of [`create_session`](crate::api::SessionsApi::create_session).
    CreateSessionRequest
    required {
        /// The id of the user.
        user_id: UserId,
    } and {
        /// The id of the organization that is active in the session.
        active_organization_id: OrganizationId,
    }
}

body! {
    /// The request body of [`refresh_session`](crate::api::SessionsApi::refresh_session).
    RefreshSessionRequest(has_tokens)
    required {
        /// The expired session token, from the cookie `__session`.
        expired_token: SecretString,
        /// The refresh token, from the cookie `__refresh`.
        refresh_token: SecretString,
        /// The origin of the browser's request, such as `https://example.com`.
        request_origin: String,
    } and {
        /// The headers of the browser's request: a JSON object that maps each header name to a list
        /// of values. Hidden from `Debug`, because the headers include cookies.
        request_headers / clear_request_headers: Metadata = secret,
        /// The form of the result: a token or cookies. Clerk's default is a token.
        format / clear_format: SessionRefreshFormat,
        /// The IP address from which the browser's request came.
        request_originating_ip / clear_request_originating_ip: String,
    }
}

#[inline]
fn has_tokens(request: &RefreshSessionRequest) -> Result<(), String> {
    not_blank("expired_token", request.expired_token.expose())?;
    not_blank("refresh_token", request.refresh_token.expose())?;
    not_blank("request_origin", &request.request_origin)
}

body! {
    /// The request body of
    /// [`create_session_token`](crate::api::SessionsApi::create_session_token) and
    /// [`create_session_token_from_template`](crate::api::SessionsApi::create_session_token_from_template).
    CreateSessionTokenRequest(lifetime_is_valid) {
        /// The lifetime of the token in seconds: 30 to 315360000. The default is the lifetime that
        /// the instance or the template sets.
        expires_in_seconds / clear_expires_in_seconds: u32,
    }
}

#[inline]
fn lifetime_is_valid(request: &CreateSessionTokenRequest) -> Result<(), String> {
    let seconds = request.expires_in_seconds.as_set();
    range("expires_in_seconds", seconds, 30..=315_360_000)
}

model! {
    /// A session of a user on a client, which is a browser or a device.
    Session("session") {
        /// The id of the session.
        id: SessionId,
        /// The id of the user.
        user_id: UserId,
        /// The id of the client: the browser or device.
        client_id: ClientId,
        /// The actor who impersonates the user, as JSON; empty if the session has no actor.
        actor: Metadata,
        /// The status.
        status: SessionStatus,
        /// The id of the organization that was last active in the session; `None` if there was
        /// none.
        last_active_organization_id: Option<OrganizationId>,
        /// The time at which the session was last active.
        last_active_at: Timestamp,
        /// The latest activity; `None` if the response does not include it.
        latest_activity: Option<Box<SessionActivity>>,
        /// The time at which the session expires.
        expire_at: Timestamp,
        /// The time of abandonment. Clerk's specification does not define when a session is
        /// abandoned.
        abandon_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The creation time.
        created_at: Timestamp,
        /// The tasks that the user must complete before the session becomes active.
        tasks: Vec<SessionTask>,
        /// The user, which only webhook events include; `None` in responses.
        user: Option<Box<User>> = optional,
    }
}

impl PageItem for Session {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

model! {
    /// An activity in a session, with the device and its location.
    ///
    /// An optional field is `None` if the activity has no such value.
    SessionActivity("session_activity") {
        /// The id of the activity.
        id: String,
        /// The type of the device, such as `desktop`.
        device_type: Option<String> = optional,
        /// Whether the device is a mobile device.
        is_mobile: bool,
        /// The name of the browser.
        browser_name: Option<String> = optional,
        /// The version of the browser.
        browser_version: Option<String> = optional,
        /// The IP address.
        ip_address: Option<String> = optional,
        /// The city to which the IP address belongs.
        city: Option<String> = optional,
        /// The country to which the IP address belongs.
        country: Option<String> = optional,
    }
}

model! {
    /// A task that a user must complete before the session becomes active.
    SessionTask {
        /// The kind of the task, such as `choose-organization`.
        key: String,
    }
}

model! {
    /// The result of a refresh: a session token, or cookies.
    SessionRefresh {
        /// The form of the result.
        object: SessionRefreshObject,
        /// The session token; `None` if the result is cookies. Hidden from `Debug`.
        jwt: Option<SecretString> = optional,
        /// The values of `Set-Cookie` headers; `None` if the result is a token. Hidden from
        /// `Debug`.
        cookies: Option<Vec<SecretString>> = optional,
    }
}

model! {
    /// A JWT for a session.
    SessionToken("token") {
        /// The text of the JWT; `None` if the response does not include it. Hidden from `Debug`.
        jwt: Option<SecretString> = optional,
    }
}

open_enum! {
    /// The status of a [`Session`].
    SessionStatus {
        /// The user is signed in.
        Active = "active",
        /// The application ended the session.
        Revoked = "revoked",
        /// The user signed out. The session is still part of the client.
        Ended = "ended",
        /// The session expired.
        Expired = "expired",
        /// The user signed out. The session is no longer part of the client.
        Removed = "removed",
        /// The session was abandoned on the client.
        Abandoned = "abandoned",
        /// Another session replaced this session.
        Replaced = "replaced",
        /// The user must complete [tasks](Session::tasks) before the session becomes active.
        Pending = "pending",
    }
}

open_enum! {
    /// The form of the result that a refresh request asks for.
    SessionRefreshFormat {
        Token = "token",
        Cookie = "cookie",
    }
}

open_enum! {
    /// The form of a [`SessionRefresh`].
    SessionRefreshObject {
        Token = "token",
        Cookies = "cookies",
    }
}

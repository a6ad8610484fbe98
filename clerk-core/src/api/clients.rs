//! The operations on clients.

use crate::api::operations::{api, operations};
use crate::api::sessions::Session;
use crate::api::sign_ups::SignUpId;
use crate::json::model::model;
use crate::models::page::{Page, PageItem};
use crate::requests::params::params;
use crate::requests::secret_body::secret_body;
use crate::types::id::{ClientId, SessionId};
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on clients: browsers and devices.
    /// [`Clerk::clients`](crate::Clerk::clients) returns this type.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # use clerk_client::mock::{FakeClerk, FakeUser};
    /// # use clerk_client::requests::CreateSessionRequest;
    /// # let fake = FakeClerk::new();
    /// # fake.add(FakeUser::new("user_1"));
    /// # let clerk = fake.client();
    /// # let request = CreateSessionRequest::new("user_1");
    /// # let session_id = clerk.sessions().create_session(request).await?.id;
    /// let session = clerk.sessions().get_session(&session_id).await?;
    /// let client = clerk.clients().get_client(&session.client_id).await?;
    /// assert!(client.session_ids.contains(&session.id));
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`get_client_list`](Self::get_client_list) (deprecated) | `GetClientList` | yes |
    /// | [`verify_client`](Self::verify_client) | `VerifyClient` | yes |
    /// | [`get_client`](Self::get_client) | `GetClient` | yes |
    ///
    /// # Errors
    ///
    /// - 400: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    /// - The Rust client sends no request if an id is `verify`, because `/clients/verify` is
    ///   another endpoint.
    ClientsApi:
        self,
}

operations! {
    /// # Clients
    impl ClientsApi = "Clients";

    /// Lists all clients, the newest first.
    #[deprecated = "use `SessionsApi::get_session_list`, and `get_client` with the `client_id` of a session; Clerk is going to remove this operation"]
    GetClientList: GET "/clients", idempotent, [
        400, 401,
        410 = "Clerk has removed the operation.",
        422,
    ], unsent = "the `limit` is not from 1 to 500.";
    fn get_client_list(params: ClientListParams) -> Page<Client>, all list_all(params);

    /// Verifies the token of a client, and returns the client.
    VerifyClient: POST "/clients/verify", idempotent, [
        400 = "the token is invalid, or its client does not exist (`client_not_found`).",
        401,
        404 = "the client does not exist.",
    ], unsent = "the token is empty.";
    fn verify_client(request: VerifyClientRequest) -> Client;

    /// Returns a client.
    GetClient: GET "/clients/{client_id}", idempotent, [400, 401, 404 = "the client does not exist."];
    fn get_client(client_id: ClientId) -> Client;
}

params! {
    /// The limit and the offset of a list of clients. [`PageParams`](crate::requests::PageParams)
    /// converts into this type.
    ClientListParams paged 500 as paginated {}
}

secret_body! {
    /// The request body of [`verify_client`](crate::api::ClientsApi::verify_client). A token
    /// converts into this type.
    VerifyClientRequest {
        /// The JWT of the client, from the cookie `__client`.
        token
    }
}

model! {
    /// A client: a browser or device, with the sessions on it.
    Client("client") {
        /// The id of the client.
        id: ClientId,
        /// The ids of the sessions.
        session_ids: Vec<SessionId>,
        /// The sessions.
        sessions: Vec<Session>,
        /// The id of the sign-in in progress; `None` if there is none.
        sign_in_id: Option<String>,
        /// The id of the sign-up in progress; `None` if there is none.
        sign_up_id: Option<SignUpId>,
        /// The id of the session that was last active; `None` if there was none.
        last_active_session_id: Option<SessionId>,
        /// The strategy with which a user last signed in, such as `password`; `None` if there was
        /// no sign-in.
        last_authentication_strategy: Option<String>,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The creation time.
        created_at: Timestamp,
    }
}

impl PageItem for Client {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

//! The operations on OAuth applications.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::models::deleted_object::DeletedObject;
use crate::models::done::Done;
use crate::models::page::{Page, PageItem};
use crate::requests::body::body;
use crate::requests::limits::length;
use crate::requests::logo_image::LogoImage;
use crate::requests::order::orders;
use crate::requests::params::params;
use crate::requests::patch::Patch;
use crate::requests::secret_body::secret_body;
use crate::types::id::{InstanceId, id};
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on OAuth applications.
    /// [`Clerk::oauth_applications`](crate::Clerk::oauth_applications) returns this type.
    ///
    /// An OAuth application is an application to which users sign in with their account in your
    /// Clerk instance. Clerk is the OAuth provider.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{
    ///     CreateOAuthApplicationRequest, OAuthApplicationListParams, UpdateOAuthApplicationRequest,
    /// };
    ///
    /// let applications = clerk.oauth_applications();
    /// let request = CreateOAuthApplicationRequest::new("Shop")
    ///     .redirect_uris(["https://shop.example.com/callback"]);
    /// let shop = applications.create_oauth_application(request).await?;
    /// assert!(shop.client_secret.is_some());
    ///
    /// let params = OAuthApplicationListParams::new().name_query("shop");
    /// let found = applications.list_oauth_applications(params).await?;
    /// assert_eq!(found.data[0].client_id, shop.client_id);
    /// let change = UpdateOAuthApplicationRequest::new().pkce_required(true);
    /// applications.update_oauth_application(&shop.id, change).await?;
    /// applications.delete_oauth_application(&shop.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`list_oauth_applications`](Self::list_oauth_applications) | `ListOAuthApplications` | yes |
    /// | [`create_oauth_application`](Self::create_oauth_application) | `CreateOAuthApplication` | no |
    /// | [`get_oauth_application`](Self::get_oauth_application) | `GetOAuthApplication` | yes |
    /// | [`update_oauth_application`](Self::update_oauth_application) | `UpdateOAuthApplication` | no |
    /// | [`delete_oauth_application`](Self::delete_oauth_application) | `DeleteOAuthApplication` | yes |
    /// | [`upload_oauth_application_logo`](Self::upload_oauth_application_logo) | `UploadOAuthApplicationLogo` | no |
    /// | [`rotate_oauth_application_secret`](Self::rotate_oauth_application_secret) | `RotateOAuthApplicationSecret` | no |
    /// | [`revoke_oauth_application_token`](Self::revoke_oauth_application_token) | `RevokeOAuthApplicationToken` | no |
    ///
    /// # Errors
    ///
    /// - 400, 403 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    OAuthApplicationsApi:
        self,
}

operations! {
    /// # OAuth applications
    impl OAuthApplicationsApi = "OAuth-Applications";

    /// Lists the OAuth applications of the instance.
    #[doc(alias = "list_o_auth_applications")]
    ListOAuthApplications: GET "/oauth_applications", idempotent, [400, 403, 422],
        unsent = "the `limit` is not from 1 to 500.";
    fn list_oauth_applications(params: OAuthApplicationListParams) -> Page<OAuthApplication>, all list_all(params);

    /// Creates an OAuth application. The response has the client secret.
    #[doc(alias = "create_o_auth_application")]
    CreateOAuthApplication: POST "/oauth_applications", once = "Call [`list_oauth_applications`](Self::list_oauth_applications) to see whether the application exists.",
        [400, 403, 422], unsent = "the name does not have 1 to 256 characters, `callback_url` is longer than 1024 characters, or `scopes` is longer than 1024 characters.";
    fn create_oauth_application(request: CreateOAuthApplicationRequest) -> OAuthApplication;

    /// Returns an OAuth application, without its client secret.
    #[doc(alias = "get_o_auth_application")]
    GetOAuthApplication: GET "/oauth_applications/{oauth_application_id}", idempotent, [403, 404 = "the application does not exist."];
    fn get_oauth_application(oauth_application_id: OAuthApplicationId) -> OAuthApplication;

    /// Updates an OAuth application. Fields that are not set stay unchanged.
    #[doc(alias = "update_o_auth_application")]
    UpdateOAuthApplication: PATCH "/oauth_applications/{oauth_application_id}", once = "Call [`get_oauth_application`](Self::get_oauth_application) to see whether the update took effect.", [
        400, 403, 404 = "the application does not exist.",
        422 = "the consent screen cannot be disabled (`oauth_application_consent_screen_cannot_be_disabled`), among other causes.",
    ], unsent = "the name does not have 1 to 256 characters, `callback_url` is longer than 1024 characters, or `scopes` is longer than 1024 characters.";
    fn update_oauth_application(oauth_application_id: OAuthApplicationId, request: UpdateOAuthApplicationRequest) -> OAuthApplication;

    /// Deletes an OAuth application. This cannot be undone.
    #[doc(alias = "delete_o_auth_application")]
    DeleteOAuthApplication: DELETE "/oauth_applications/{oauth_application_id}", idempotent, [
        403,
        404 = "the application does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the application.",
    ];
    fn delete_oauth_application(oauth_application_id: OAuthApplicationId) -> DeletedObject;

    /// Sets or replaces the logo of an OAuth application.
    ///
    /// Clerk accepts JPEG, PNG, GIF and WebP files up to 10 MB.
    #[doc(alias = "upload_o_auth_application_logo")]
    UploadOAuthApplicationLogo: PUT "/oauth_applications/{oauth_application_id}/logo", once = "Call [`get_oauth_application`](Self::get_oauth_application) to see which logo the application has.",
        [400, 403, 404 = "the application does not exist.", 413], unsent = "the file is empty, the file name is empty or has a control character, the content type is not a media type, or `uploader_user_id` is blank or has a control character.";
    fn upload_oauth_application_logo(oauth_application_id: OAuthApplicationId, logo: LogoImage) -> OAuthApplication;

    /// Replaces the client secret of an OAuth application. The response has the new secret.
    ///
    /// Store the new secret in the application.
    #[doc(alias = "rotate_o_auth_application_secret")]
    RotateOAuthApplicationSecret: POST "/oauth_applications/{oauth_application_id}/rotate_secret", once = "Clerk may have replaced the secret. Repeat the call to get another new secret.",
        [403, 404 = "the application does not exist."];
    fn rotate_oauth_application_secret(oauth_application_id: OAuthApplicationId) -> OAuthApplication;

    /// Revokes a token that a user granted to an OAuth application, and all other tokens of the
    /// same grant.
    ///
    /// An access token that is a JWT cannot be revoked.
    #[doc(alias = "revoke_o_auth_application_token")]
    RevokeOAuthApplicationToken: POST "/oauth_applications/{oauth_application_id}/revoke_token", once,
        [400, 403, 404 = "the application does not exist.", 422], unsent = "the token is empty.";
    fn revoke_oauth_application_token(oauth_application_id: OAuthApplicationId, request: RevokeOAuthApplicationTokenRequest) -> Done;
}

id! {
    /// The id of an OAuth application. It is not the `client_id`.
    OAuthApplicationId
}

params! {
    /// The parameters of a list of OAuth applications: a filter, the order, the limit and the
    /// offset.
    OAuthApplicationListParams paged 500 {
        /// The order. Clerk documents two different defaults, so set the order if it matters.
        order_by: OAuthApplicationOrder,
        /// Applications with this text in the name, ignoring case, or with this `client_id`.
        name_query: String,
    }
}

orders! {
    /// The properties by which OAuth applications can be ordered.
    OAuthApplicationOrderBy, OAuthApplicationOrder {
        /// The creation time.
        CreatedAt = "created_at",
        /// The name.
        Name = "name",
    }
}

body! {
    /// The request body of
    /// [`create_oauth_application`](crate::api::OAuthApplicationsApi::create_oauth_application).
    CreateOAuthApplicationRequest(limits_of_create)
    required {
        /// The name, with 1 to 256 characters.
        name: String,
    } and {
        /// The URLs to which Clerk may redirect users. Any scheme is allowed.
        redirect_uris / clear_redirect_uris: [String],
        /// The URL to which Clerk redirects users. The URL can have up to 1024 characters.
        /// Deprecated by Clerk in favour of `redirect_uris`.
        callback_url / clear_callback_url: String,
        /// The scopes, separated by spaces: `profile`, `email`, `public_metadata`,
        /// `private_metadata`. Clerk's default is `profile email`.
        scopes / clear_scopes: String,
        /// Whether Clerk asks users for consent. Clerk's default is yes.
        consent_screen_enabled / clear_consent_screen_enabled: bool,
        /// Whether PKCE is required. Clerk's default is no.
        pkce_required / clear_pkce_required: bool,
        /// Whether the client is public. A public client has no secret, and can use PKCE.
        public / clear_public: bool,
    }
}

#[inline]
fn limits_of_create(request: &CreateOAuthApplicationRequest) -> Result<(), String> {
    length("name", &request.name, 1..=256)?;
    url_and_scopes(&request.callback_url, &request.scopes)
}

#[inline]
fn url_and_scopes(callback_url: &Patch<String>, scopes: &Patch<String>) -> Result<(), String> {
    for (name, text) in [("callback_url", callback_url), ("scopes", scopes)] {
        if let Some(text) = text.as_set() {
            length(name, text, 0..=1024)?;
        }
    }
    Ok(())
}

body! {
    /// The request body of
    /// [`update_oauth_application`](crate::api::OAuthApplicationsApi::update_oauth_application).
    UpdateOAuthApplicationRequest(limits_of_update) {
        /// The name, with 1 to 256 characters.
        name / clear_name: String,
        /// The URLs to which Clerk may redirect users.
        redirect_uris / clear_redirect_uris: [String],
        /// The URL to which Clerk redirects users. The URL can have up to 1024 characters.
        /// Deprecated by Clerk in favour of `redirect_uris`.
        callback_url / clear_callback_url: String,
        /// The scopes, separated by spaces: `profile`, `email`, `public_metadata`,
        /// `private_metadata`.
        scopes / clear_scopes: String,
        /// Whether Clerk asks users for consent. Clerk refuses `false` for an application that
        /// registered itself (RFC 7591).
        consent_screen_enabled / clear_consent_screen_enabled: bool,
        /// Whether PKCE is required.
        pkce_required / clear_pkce_required: bool,
        /// Whether the client is public. A public client has no secret, and can use PKCE.
        public / clear_public: bool,
    }
}

#[inline]
fn limits_of_update(request: &UpdateOAuthApplicationRequest) -> Result<(), String> {
    if let Some(name) = request.name.as_set() {
        length("name", name, 1..=256)?;
    }
    url_and_scopes(&request.callback_url, &request.scopes)
}

secret_body! {
    /// The request body of [`revoke_oauth_application_token`]. A string with the token converts
    /// into this type.
    ///
    /// [`revoke_oauth_application_token`]: crate::api::OAuthApplicationsApi::revoke_oauth_application_token
    RevokeOAuthApplicationTokenRequest {
        /// The token to revoke: an opaque access token or a refresh token.
        token
    }
}

model! {
    /// An application to which users can sign in with their account in the instance.
    OAuthApplication("oauth_application") {
        /// The id of the application.
        id: OAuthApplicationId,
        /// The id of the instance.
        instance_id: InstanceId,
        /// The name.
        name: String,
        /// The public id with which the client identifies itself.
        client_id: String,
        /// The URL of the client's home page; `None` if there is none.
        client_uri: Option<String>,
        /// The URL of the client's logo; `None` if there is none.
        client_image_url: Option<String>,
        /// Whether the client registered itself (RFC 7591).
        dynamically_registered: bool,
        /// Whether Clerk asks users for consent.
        consent_screen_enabled: bool,
        /// Whether PKCE is required.
        pkce_required: bool,
        /// Whether the client is public. A public client has no secret.
        public: bool,
        /// The scopes, separated by spaces.
        scopes: String,
        /// The URLs to which Clerk may redirect users.
        redirect_uris: Vec<String>,
        /// The URL to which Clerk redirects users. Deprecated by Clerk in favour of
        /// `redirect_uris`.
        callback_url: String,
        /// The URL at which users authorize the application.
        authorize_url: String,
        /// The URL that exchanges a code for tokens.
        token_fetch_url: String,
        /// The URL that returns the user's data.
        user_info_url: String,
        /// The URL of the OpenID Connect discovery document.
        discovery_url: String,
        /// The URL that tells whether a token is active.
        token_introspection_url: String,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The client secret; `None` if the response does not include it. Clerk returns the secret
        /// only when you create the application or rotate the secret. The secret of a public client
        /// is empty.
        client_secret: Option<SecretString> = optional,
    }
}

impl PageItem for OAuthApplication {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

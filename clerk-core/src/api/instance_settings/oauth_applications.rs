use crate::api::instance_settings::InstanceSettingsApi;
use crate::api::operations::operations;
use crate::json::model::model;
use crate::requests::body::body;

operations! {
    /// # OAuth applications
    impl InstanceSettingsApi = "Instance-Settings";

    /// Returns the settings for OAuth applications.
    #[doc(alias = "get_instance_o_auth_application_settings")]
    GetInstanceOAuthApplicationSettings: GET "/instance/oauth_application_settings", idempotent, [];
    fn get_instance_oauth_application_settings() -> OAuthApplicationSettings;

    /// Updates the settings for OAuth applications.
    #[doc(alias = "update_instance_o_auth_application_settings")]
    UpdateInstanceOAuthApplicationSettings: PATCH "/instance/oauth_application_settings", once = "Repeating the call is safe: it sets the same values.", [422];
    fn update_instance_oauth_application_settings(request: UpdateInstanceOAuthApplicationSettingsRequest) -> OAuthApplicationSettings;
}

body! {
    /// The request body of
    /// [`update_instance_oauth_application_settings`](crate::api::InstanceSettingsApi::update_instance_oauth_application_settings).
    UpdateInstanceOAuthApplicationSettingsRequest {
        /// Whether clients can register themselves (RFC 7591).
        dynamic_oauth_client_registration / clear_dynamic_oauth_client_registration: bool,
        /// The default scopes of an application. `clear_default_scopes` restores Clerk's default.
        default_scopes / clear_default_scopes: [String],
        /// Whether access tokens are JWTs. Otherwise, they are opaque.
        oauth_jwt_access_tokens / clear_oauth_jwt_access_tokens: bool,
        /// Whether the metadata of the authorization server announces support for Client ID
        /// Metadata Documents.
        client_id_metadata_documents_advertised / clear_client_id_metadata_documents_advertised: bool,
        /// Whether Clerk refuses new clients with a Client ID Metadata Document. Clerk still
        /// accepts the clients that it knows. After you delete a client, Clerk no longer knows it.
        client_id_metadata_documents_only_allow_pre_registered_clients
            / clear_client_id_metadata_documents_only_allow_pre_registered_clients: bool,
        /// Whether Clerk refuses clients that were allowed only implicitly. Clerk still accepts
        /// clients that were allowed explicitly. The setting applies to clients with a Client ID
        /// Metadata Document. Existing access tokens stay valid.
        client_id_metadata_documents_block_implicitly_allowed_clients
            / clear_client_id_metadata_documents_block_implicitly_allowed_clients: bool,
    }
}

model! {
    /// The settings of an instance for OAuth applications.
    OAuthApplicationSettings("oauth_application_settings") {
        /// Whether clients can register themselves (RFC 7591).
        dynamic_oauth_client_registration: bool,
        /// The default scopes of an application.
        default_scopes: Vec<String>,
        /// Whether access tokens are JWTs. Otherwise, they are opaque.
        oauth_jwt_access_tokens: bool,
        /// Whether the metadata of the authorization server announces support for Client ID
        /// Metadata Documents.
        client_id_metadata_documents_advertised: bool,
        /// Whether Clerk refuses new clients with a Client ID Metadata Document.
        client_id_metadata_documents_only_allow_pre_registered_clients: bool,
        /// Whether Clerk refuses clients that were allowed only implicitly. Clerk still accepts
        /// clients that were allowed explicitly. The setting applies to clients with a Client ID
        /// Metadata Document.
        client_id_metadata_documents_block_implicitly_allowed_clients: bool,
    }
}

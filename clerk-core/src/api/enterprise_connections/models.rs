use crate::api::enterprise_connections::saml::{SamlConnectionId, SamlLoginHint};
use crate::json::model::model;
use crate::models::page::PageItem;
use crate::types::id::{OrganizationId, id};
use crate::types::timestamp::Timestamp;

model! {
    /// A connection to an identity provider (IdP), with which users sign in.
    EnterpriseConnection("enterprise_connection") {
        /// The id of the connection.
        id: EnterpriseConnectionId,
        /// The name.
        name: String,
        /// The identity provider.
        provider: String,
        /// The URL of the provider's logo.
        logo_public_url: Option<String>,
        /// Whether the connection is active.
        active: bool,
        /// The domains of the connection.
        domains: Vec<String>,
        /// The id of the connection's organization; `None` if it has none.
        organization_id: Option<OrganizationId>,
        /// Whether the user's attributes are synchronized with the IdP's at each sign-in.
        sync_user_attributes: bool,
        /// Whether users of the connection cannot add other identifications.
        disable_additional_identifications: bool,
        /// Whether a member's existing account is linked because of the membership.
        allow_organization_account_linking: bool,
        /// The attributes that are copied from the IdP to the user.
        custom_attributes: Vec<EnterpriseConnectionCustomAttribute>,
        /// The SAML part; `None` if the connection does not use SAML.
        saml_connection: Option<Box<EnterpriseConnectionSaml>>,
        /// The OAuth part; `None` if the connection does not use OpenID Connect or EASIE.
        oauth_config: Option<Box<EnterpriseConnectionOAuthConfig>>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

model! {
    /// An attribute that is copied from the IdP to the user, at sign-in or by directory sync.
    EnterpriseConnectionCustomAttribute {
        /// The name of the attribute.
        name: String,
        /// The key in the user's metadata.
        key: String,
        /// The path of the value in the IdP's assertions or claims.
        sso_path: Option<String> = optional,
        /// The older name of `directory_path`, with the same value.
        scim_path: Option<String> = optional,
        /// The GJSON path of the value in the directory's user.
        directory_path: Option<String> = optional,
        /// Whether the attribute has several values, which are stored as an array.
        multi_valued: bool,
    }
}

model! {
    /// The SAML part of an [`EnterpriseConnection`].
    EnterpriseConnectionSaml {
        /// The id of the SAML connection.
        id: SamlConnectionId,
        /// The name.
        name: String,
        /// The entity id of the IdP; `None` if it is not configured.
        idp_entity_id: Option<String>,
        /// The URL at which users sign in at the IdP; `None` if it is not configured.
        idp_sso_url: Option<String>,
        /// The URL of the IdP's metadata; `None` if it is not configured.
        idp_metadata_url: Option<String>,
        /// The URL at which Clerk receives assertions (ACS).
        acs_url: Option<String>,
        /// The entity id of Clerk as the service provider.
        sp_entity_id: Option<String>,
        /// The URL of Clerk's metadata as the service provider.
        sp_metadata_url: Option<String>,
        /// Whether the SAML connection is active.
        active: bool,
        /// Whether the IdP can start a sign-in.
        allow_idp_initiated: bool,
        /// Whether users of subdomains can use the connection.
        allow_subdomains: bool,
        /// Whether users must authenticate at the IdP each time.
        force_authn: bool,
        /// The hint about the user that is sent to the IdP; `None` if the response does not include
        /// it.
        login_hint: Option<SamlLoginHint> = optional,
    }
}

model! {
    /// The OAuth part of an [`EnterpriseConnection`].
    EnterpriseConnectionOAuthConfig {
        /// The id of the configuration.
        id: String,
        /// The name of a custom provider.
        name: String,
        /// The key of the provider, such as `oidc_custom`.
        provider_key: String,
        /// The id of the client at the provider.
        client_id: Option<String>,
        /// The URL of the provider's discovery document.
        discovery_url: Option<String>,
        /// The URL at which users authorize the client.
        auth_url: Option<String>,
        /// The URL that issues tokens.
        token_url: Option<String>,
        /// The URL of the user's data.
        user_info_url: Option<String>,
        /// Whether the client uses PKCE.
        requires_pkce: bool,
        /// The URL of the provider's logo.
        logo_public_url: Option<String>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

id! {
    /// The id of an enterprise connection.
    EnterpriseConnectionId
}

impl PageItem for EnterpriseConnection {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

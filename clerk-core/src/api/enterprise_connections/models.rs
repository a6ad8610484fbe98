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
        /// The URL of the provider's logo; `None` if there is none.
        logo_public_url: Option<String>,
        /// Whether the connection is active.
        active: bool,
        /// The domains of the connection.
        domains: Vec<String>,
        /// The id of the connection's organization; `None` if the connection has none.
        organization_id: Option<OrganizationId>,
        /// Whether Clerk updates the user's attributes from the IdP at each sign-in.
        sync_user_attributes: bool,
        /// Whether Clerk prevents users of the connection from adding other identifications.
        disable_additional_identifications: bool,
        /// Whether the connection supports account linking based on organization membership.
        allow_organization_account_linking: bool,
        /// The custom attributes that Clerk copies from the IdP to the user.
        custom_attributes: Vec<EnterpriseConnectionCustomAttribute>,
        /// The SAML settings; `None` if the connection does not use SAML.
        saml_connection: Option<Box<EnterpriseConnectionSaml>>,
        /// The OAuth settings of a connection that uses OpenID Connect or EASIE, another protocol
        /// that Clerk supports; `None` for any other connection.
        oauth_config: Option<Box<EnterpriseConnectionOAuthConfig>>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

model! {
    /// A custom attribute that Clerk copies from the identity provider (IdP) to the user, at
    /// sign-in or by directory sync.
    EnterpriseConnectionCustomAttribute {
        /// The name of the attribute.
        name: String,
        /// The key in the user's metadata.
        key: String,
        /// The path of the value in the IdP's assertions or claims; `None` if there is none.
        sso_path: Option<String> = optional,
        /// The older name of `directory_path`, with the same value; `None` if the response does not
        /// include it.
        scim_path: Option<String> = optional,
        /// The GJSON path of the value in the SCIM user resources of the directory; `None` if there
        /// is none.
        directory_path: Option<String> = optional,
        /// Whether the attribute can have several values. Clerk stores them as an array.
        multi_valued: bool,
    }
}

model! {
    /// The SAML settings of an [`EnterpriseConnection`].
    EnterpriseConnectionSaml {
        /// The id of the SAML connection.
        id: SamlConnectionId,
        /// The name.
        name: String,
        /// The entity id of the identity provider (IdP); `None` if the response does not include
        /// it.
        idp_entity_id: Option<String>,
        /// The URL at which users sign in at the IdP; `None` if the response does not include it.
        idp_sso_url: Option<String>,
        /// The URL of the IdP's metadata; `None` if the response does not include it.
        idp_metadata_url: Option<String>,
        /// The URL at which Clerk receives assertions: the Assertion Consumer Service (ACS). `None`
        /// if there is none.
        acs_url: Option<String>,
        /// The entity id of the service provider, which is Clerk; `None` if there is none.
        sp_entity_id: Option<String>,
        /// The URL of the service provider's metadata; `None` if there is none.
        sp_metadata_url: Option<String>,
        /// Whether the SAML connection is active.
        active: bool,
        /// Whether the IdP can start a sign-in.
        allow_idp_initiated: bool,
        /// Whether users with an e-mail address in a subdomain can use the connection.
        allow_subdomains: bool,
        /// Whether users must authenticate at the IdP at each sign-in.
        force_authn: bool,
        /// The login hint that Clerk sends to the IdP; `None` if the response does not include it.
        login_hint: Option<SamlLoginHint> = optional,
    }
}

model! {
    /// The OAuth settings of an [`EnterpriseConnection`].
    EnterpriseConnectionOAuthConfig {
        /// The id of the configuration.
        id: String,
        /// The name of a custom provider.
        name: String,
        /// The key of the provider, such as `oidc_custom`.
        provider_key: String,
        /// The id of the client at the provider; `None` if there is none.
        client_id: Option<String>,
        /// The URL of the provider's discovery document; `None` if there is none.
        discovery_url: Option<String>,
        /// The URL at which users authorize the client; `None` if the URL is neither configured nor
        /// found through the discovery document.
        auth_url: Option<String>,
        /// The URL that issues tokens; `None` if the URL is neither configured nor found through
        /// the discovery document.
        token_url: Option<String>,
        /// The URL that returns the user's data; `None` if the URL is neither configured nor found
        /// through the discovery document.
        user_info_url: Option<String>,
        /// Whether the client uses PKCE.
        requires_pkce: bool,
        /// The URL of the provider's logo; `None` if there is none.
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
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

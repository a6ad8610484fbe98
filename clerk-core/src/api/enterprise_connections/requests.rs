use crate::api::enterprise_connections::saml::SamlLoginHintRequest;
use crate::json::open_enum::open_enum;
use crate::requests::body::{body, not_blank};
use crate::types::id::OrganizationId;
use crate::types::secret::SecretString;

body! {
    /// The request body of
    /// [`create_enterprise_connection`](crate::api::EnterpriseConnectionsApi::create_enterprise_connection).
    CreateEnterpriseConnectionRequest(some_domains)
    required {
        /// The name.
        name: String,
        /// The identity provider (IdP).
        provider: EnterpriseConnectionProvider,
        /// The domains of the connection: at least one. Each must be a fully qualified domain name.
        domains: Vec<String>,
    } and {
        /// The id of the organization to which the connection belongs.
        organization_id / clear_organization_id: OrganizationId,
        /// Whether the connection supports account linking based on organization membership.
        allow_organization_account_linking / clear_allow_organization_account_linking: bool,
        /// Whether the connection is active. If an active connection uses SAML, `saml` must have
        /// the IdP's metadata.
        active / clear_active: bool,
        /// The settings of a connection that uses SAML.
        saml / clear_saml: CreateEnterpriseConnectionSamlRequest,
        /// The settings of a connection that uses OpenID Connect.
        oidc / clear_oidc: EnterpriseConnectionOidcRequest,
        /// The custom attributes that Clerk copies from the IdP to the user. The instance must have
        /// custom attributes enabled.
        custom_attributes: [EnterpriseConnectionCustomAttributeRequest],
    }
}

#[inline]
fn some_domains(request: &CreateEnterpriseConnectionRequest) -> Result<(), String> {
    at_least_one_domain(&request.domains)
}

#[inline]
pub(crate) fn at_least_one_domain(domains: &[String]) -> Result<(), String> {
    if domains.is_empty() {
        return Err("invalid domains: there are none; there must be at least 1".to_owned());
    }
    domains
        .iter()
        .enumerate()
        .try_for_each(|(at, domain)| not_blank(&format!("domains[{at}]"), domain))
}

body! {
    /// The request body of
    /// [`update_enterprise_connection`](crate::api::EnterpriseConnectionsApi::update_enterprise_connection).
    UpdateEnterpriseConnectionRequest {
        /// The name.
        name / clear_name: String,
        /// The domains of the connection. They replace the current domains. An empty list has no
        /// effect.
        domains / clear_domains: [String],
        /// Whether the connection is active. If the update activates the connection, Clerk may
        /// delete verified organization domains that are also domains of the connection.
        active / clear_active: bool,
        /// Whether Clerk updates the user's attributes from the identity provider (IdP) at each
        /// sign-in.
        sync_user_attributes / clear_sync_user_attributes: bool,
        /// Whether Clerk prevents users of the connection from adding other identifications.
        disable_additional_identifications / clear_disable_additional_identifications: bool,
        /// Whether the connection supports account linking based on organization membership.
        allow_organization_account_linking / clear_allow_organization_account_linking: bool,
        /// The id of the organization to which the connection belongs. You can set and change the
        /// id, but you cannot remove it.
        organization_id / clear_organization_id: OrganizationId,
        /// The settings of a connection that uses SAML.
        saml / clear_saml: UpdateEnterpriseConnectionSamlRequest,
        /// The settings of a connection that uses OpenID Connect.
        oidc / clear_oidc: EnterpriseConnectionOidcRequest,
        /// The custom attributes that Clerk copies from the IdP to the user. The instance must have
        /// custom attributes enabled.
        custom_attributes / clear_custom_attributes: [EnterpriseConnectionCustomAttributeRequest],
    }
}

body! {
    /// The SAML settings of a [`CreateEnterpriseConnectionRequest`].
    CreateEnterpriseConnectionSamlRequest {
        /// The entity id of the identity provider (IdP).
        idp_entity_id / clear_idp_entity_id: String,
        /// The URL at which users sign in at the IdP.
        idp_sso_url / clear_idp_sso_url: String,
        /// The public certificate of the IdP, in PEM form.
        idp_certificate / clear_idp_certificate: String,
        /// The URL of the IdP's metadata.
        idp_metadata_url / clear_idp_metadata_url: String,
        /// The metadata of the IdP, as XML.
        idp_metadata / clear_idp_metadata: String,
        /// The names of the IdP's attributes that contain the user's data.
        attribute_mapping / clear_attribute_mapping: EnterpriseConnectionAttributeMappingRequest,
        /// Whether users with an e-mail address in a subdomain can use the connection.
        allow_subdomains / clear_allow_subdomains: bool,
        /// Whether the IdP can start a sign-in.
        allow_idp_initiated / clear_allow_idp_initiated: bool,
        /// Whether users must authenticate at the IdP at each sign-in.
        force_authn / clear_force_authn: bool,
        /// The login hint that Clerk sends to the IdP.
        login_hint / clear_login_hint: SamlLoginHintRequest,
    }
}

body! {
    /// The SAML settings of an [`UpdateEnterpriseConnectionRequest`].
    UpdateEnterpriseConnectionSamlRequest {
        /// The name of the SAML connection.
        name / clear_name: String,
        /// The entity id of the identity provider (IdP).
        idp_entity_id / clear_idp_entity_id: String,
        /// The URL at which users sign in at the IdP.
        idp_sso_url / clear_idp_sso_url: String,
        /// The public certificate of the IdP, in PEM form.
        idp_certificate / clear_idp_certificate: String,
        /// The URL of the IdP's metadata.
        idp_metadata_url / clear_idp_metadata_url: String,
        /// The metadata of the IdP, as XML.
        idp_metadata / clear_idp_metadata: String,
        /// The names of the IdP's attributes that contain the user's data.
        attribute_mapping / clear_attribute_mapping: EnterpriseConnectionAttributeMappingRequest,
        /// Whether users with an e-mail address in a subdomain can use the connection.
        allow_subdomains / clear_allow_subdomains: bool,
        /// Whether the IdP can start a sign-in.
        allow_idp_initiated / clear_allow_idp_initiated: bool,
        /// Whether users must authenticate at the IdP at each sign-in.
        force_authn / clear_force_authn: bool,
        /// The login hint that Clerk sends to the IdP.
        login_hint / clear_login_hint: SamlLoginHintRequest,
    }
}

body! {
    /// The names of the identity provider's attributes that contain the user's data.
    EnterpriseConnectionAttributeMappingRequest {
        /// The attribute with the user's id.
        user_id / clear_user_id: String,
        /// The attribute with the e-mail address.
        email_address / clear_email_address: String,
        /// The attribute with the first name.
        first_name / clear_first_name: String,
        /// The attribute with the last name.
        last_name / clear_last_name: String,
    }
}

body! {
    /// The OpenID Connect settings of a request that creates or changes an enterprise connection.
    EnterpriseConnectionOidcRequest {
        /// The id of the client at the provider.
        client_id / clear_client_id: String,
        /// The secret of the client. Hidden from `Debug`.
        client_secret / clear_client_secret: SecretString,
        /// The URL of the provider's discovery document.
        discovery_url / clear_discovery_url: String,
        /// The URL at which users authorize the client.
        auth_url / clear_auth_url: String,
        /// The URL that issues tokens.
        token_url / clear_token_url: String,
        /// The URL that returns the user's data.
        user_info_url / clear_user_info_url: String,
        /// Whether the client uses PKCE. A client without a secret must use PKCE.
        requires_pkce / clear_requires_pkce: bool,
    }
}

body! {
    /// A custom attribute that Clerk copies from the identity provider (IdP) to the user, at
    /// sign-in or by directory sync.
    EnterpriseConnectionCustomAttributeRequest(attribute)
    required {
        /// The name of the attribute.
        name: String,
        /// The key in the user's metadata. It must not start with `_`. After the first character,
        /// it may have only ASCII letters, digits, `_` and `-`.
        key: String,
    } and {
        /// The path of the value in the IdP's assertions or claims.
        sso_path: String,
        /// The older name of `directory_path`. If both are set, they must be equal.
        scim_path: String,
        /// The GJSON path of the value in the SCIM user resources of the directory.
        directory_path: String,
        /// Whether the attribute can have several values. Clerk stores them as an array. Clerk's
        /// default is no.
        multi_valued: bool,
    }
}

#[inline]
fn attribute(request: &EnterpriseConnectionCustomAttributeRequest) -> Result<(), String> {
    not_blank("name", &request.name)?;
    let key = &request.key;
    let mut rest = key.chars();
    let starts_well = rest.next().is_some_and(|first| first != '_');
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !starts_well || !rest.all(is_allowed) {
        return Err(format!(
            "invalid key: {key:?}; it must have a first character other than _, and then only \
             letters, digits, _ and -"
        ));
    }
    equal(
        ("scim_path", request.scim_path.as_ref()),
        ("directory_path", request.directory_path.as_ref()),
    )
}

/// Returns an error if a request has different values for the older and the newer name of a field.
/// Clerk would refuse such a request.
pub(crate) fn equal(
    (older, old): (&str, Option<&String>),
    (newer, new): (&str, Option<&String>),
) -> Result<(), String> {
    match (old, new) {
        (Some(old), Some(new)) if old != new => Err(format!(
            "invalid {older}: {old:?} differs from {newer}, which is {new:?}; set only {newer}"
        )),
        _ => Ok(()),
    }
}

open_enum! {
    /// The identity provider of an enterprise connection.
    EnterpriseConnectionProvider {
        SamlCustom = "saml_custom",
        SamlOkta = "saml_okta",
        SamlGoogle = "saml_google",
        SamlMicrosoft = "saml_microsoft",
        OidcCustom = "oidc_custom",
        OidcGithubEnterprise = "oidc_github_enterprise",
        OidcGitlab = "oidc_gitlab",
    }
}

//! The operations on SAML connections. Clerk deprecated these operations in favour of the
//! operations on enterprise connections.

use crate::api::enterprise_connections::models::EnterpriseConnectionId;
use crate::api::enterprise_connections::requests::at_least_one_domain;
use crate::api::enterprise_connections::saml::{
    SamlConnectionId, SamlLoginHint, SamlLoginHintRequest,
};
use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::{Page, PageItem};
use crate::requests::body::body;
use crate::requests::order::orders;
use crate::requests::params::params;
use crate::types::id::OrganizationId;
use crate::types::timestamp::Timestamp;

api! {
    /// The deprecated operations on SAML connections.
    /// [`Clerk::saml_connections`](crate::Clerk::saml_connections) returns this type.
    ///
    /// Use [`EnterpriseConnectionsApi`](crate::api::EnterpriseConnectionsApi) in new code.
    ///
    /// ```
    /// # #![allow(deprecated)]
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{
    ///     CreateSamlConnectionRequest, SamlConnectionListParams, SamlConnectionProvider,
    ///     UpdateSamlConnectionRequest,
    /// };
    ///
    /// let connections = clerk.saml_connections();
    /// let request = CreateSamlConnectionRequest::new(
    ///     "Example",
    ///     SamlConnectionProvider::SamlOkta,
    ///     ["example.com".to_owned()],
    /// );
    /// let request = request.idp_metadata_url("https://idp.example.com/metadata");
    /// let connection = connections.create_saml_connection(request).await?;
    ///
    /// let activate = UpdateSamlConnectionRequest::new().active(true);
    /// connections.update_saml_connection(&connection.id, activate).await?;
    ///
    /// let named = SamlConnectionListParams::new().query("Example");
    /// assert_eq!(connections.list_saml_connections(named).await?.total_count, Some(1));
    ///
    /// connections.delete_saml_connection(&connection.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`list_saml_connections`](Self::list_saml_connections) | `ListSAMLConnections` | yes |
    /// | [`create_saml_connection`](Self::create_saml_connection) | `CreateSAMLConnection` | no |
    /// | [`get_saml_connection`](Self::get_saml_connection) | `GetSAMLConnection` | yes |
    /// | [`update_saml_connection`](Self::update_saml_connection) | `UpdateSAMLConnection` | no |
    /// | [`delete_saml_connection`](Self::delete_saml_connection) | `DeleteSAMLConnection` | yes |
    ///
    /// # Errors
    ///
    /// - 403 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - 402: the instance's plan does not include SAML connections.
    /// - The client sends no request if a filter is blank, has no values or has more than 100
    ///   values, or if a `limit` is not from 1 to 500.
    SamlConnectionsApi:
        self,
}

operations! {
    /// # SAML connections
    impl SamlConnectionsApi = "SAML-Connections";

    /// Lists the SAML connections of the instance, the newest first by default.
    #[deprecated = "use `EnterpriseConnectionsApi::list_enterprise_connections`"]
    ListSAMLConnections: GET "/saml_connections", idempotent, [402, 403, 422],
        unsent = "the `limit` is not from 1 to 500, or a filter is blank, has no values or has more than 100 values.";
    fn list_saml_connections(params: SamlConnectionListParams) -> Page<SamlConnection>,
        all list_all(params);

    /// Creates a SAML connection.
    #[deprecated = "use `EnterpriseConnectionsApi::create_enterprise_connection`"]
    CreateSAMLConnection: POST "/saml_connections", once = "Call [`list_saml_connections`](Self::list_saml_connections) to see whether the connection exists.", [
        402, 403,
        404 = "the organization does not exist.",
        409, 422,
    ], unsent = "there are no domains, or a domain is blank.";
    fn create_saml_connection(request: CreateSamlConnectionRequest) -> SamlConnection;

    /// Returns a SAML connection.
    #[deprecated = "use `EnterpriseConnectionsApi::get_enterprise_connection`"]
    GetSAMLConnection: GET "/saml_connections/{saml_connection_id}", idempotent, [
        402, 403,
        404 = "the connection does not exist.",
    ];
    fn get_saml_connection(saml_connection_id: SamlConnectionId) -> SamlConnection;

    /// Updates a SAML connection. Fields that are not set stay unchanged.
    #[deprecated = "use `EnterpriseConnectionsApi::update_enterprise_connection`"]
    UpdateSAMLConnection: PATCH "/saml_connections/{saml_connection_id}", once = "Call [`get_saml_connection`](Self::get_saml_connection) to see whether the update took effect.", [
        402, 403,
        404 = "the connection or the organization does not exist.",
        409,
        422 = "the connection cannot be activated yet (`saml_connection_cant_be_activated`), among other causes.",
    ];
    fn update_saml_connection(saml_connection_id: SamlConnectionId, request: UpdateSamlConnectionRequest) -> SamlConnection;

    /// Deletes a SAML connection. Users can no longer sign in with it.
    #[deprecated = "use `EnterpriseConnectionsApi::delete_enterprise_connection`"]
    DeleteSAMLConnection: DELETE "/saml_connections/{saml_connection_id}", idempotent, [
        402, 403,
        404 = "the connection does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the connection.",
    ];
    fn delete_saml_connection(saml_connection_id: SamlConnectionId) -> DeletedObject;
}

params! {
    /// The parameters of a list of SAML connections: filters, the order, the limit and the offset.
    SamlConnectionListParams paged 500 {
        /// Connections with this text in the name, ignoring case.
        query: String,
        /// The order. Clerk's default is the newest first.
        order_by: SamlConnectionOrder,
        /// Connections of one of these organizations.
        organization_id /
        /// Connections of none of these organizations.
        exclude_organization_id: [OrganizationId],
    }
}

orders! {
    /// The properties by which SAML connections can be ordered.
    ///
    /// Clerk's reference lists all these properties, but a connection has only the creation time.
    SamlConnectionOrderBy, SamlConnectionOrder {
        /// The phone number.
        PhoneNumber = "phone_number",
        /// The e-mail address.
        EmailAddress = "email_address",
        /// The creation time.
        CreatedAt = "created_at",
        /// The first name.
        FirstName = "first_name",
        /// The last name.
        LastName = "last_name",
        /// The username.
        Username = "username",
    }
}

body! {
    /// The request body of
    /// [`create_saml_connection`](crate::api::SamlConnectionsApi::create_saml_connection).
    CreateSamlConnectionRequest(some_domains)
    required {
        /// The name.
        name: String,
        /// The identity provider (IdP).
        provider: SamlConnectionProvider,
        /// The domains of the users' e-mail addresses. At least one domain is required.
        domains: Vec<String>,
    } and {
        /// The domain of the users' e-mail addresses. Deprecated by Clerk in favour of `domains`.
        domain: String,
        /// The entity id of the IdP.
        idp_entity_id / clear_idp_entity_id: String,
        /// The URL at which users sign in at the IdP.
        idp_sso_url / clear_idp_sso_url: String,
        /// The public certificate of the IdP (X.509).
        idp_certificate / clear_idp_certificate: String,
        /// The URL of the IdP's metadata. The metadata takes priority over the individual fields,
        /// such as `idp_sso_url`.
        idp_metadata_url / clear_idp_metadata_url: String,
        /// The metadata of the IdP as XML. The metadata takes priority over the individual fields,
        /// such as `idp_sso_url`.
        idp_metadata / clear_idp_metadata: String,
        /// The id of the organization that users of the connection join.
        organization_id / clear_organization_id: OrganizationId,
        /// The names of the IdP attributes that contain the user's data.
        attribute_mapping / clear_attribute_mapping: SamlConnectionAttributeMappingRequest,
        /// Whether users must authenticate at the IdP at each sign-in.
        force_authn: bool,
        /// The login hint that Clerk sends to the IdP.
        login_hint / clear_login_hint: SamlLoginHintRequest,
    }
}

#[inline]
fn some_domains(request: &CreateSamlConnectionRequest) -> Result<(), String> {
    at_least_one_domain(&request.domains)
}

body! {
    /// The request body of
    /// [`update_saml_connection`](crate::api::SamlConnectionsApi::update_saml_connection).
    UpdateSamlConnectionRequest {
        /// The name.
        name / clear_name: String,
        /// The domain of the users' e-mail addresses. Deprecated by Clerk in favour of `domains`.
        domain / clear_domain: String,
        /// The domains of the users' e-mail addresses.
        domains / clear_domains: [String],
        /// The entity id of the identity provider (IdP).
        idp_entity_id / clear_idp_entity_id: String,
        /// The URL at which users sign in at the IdP.
        idp_sso_url / clear_idp_sso_url: String,
        /// The public certificate of the IdP (X.509).
        idp_certificate / clear_idp_certificate: String,
        /// The URL of the IdP's metadata. The metadata takes priority over the individual fields,
        /// such as `idp_sso_url`.
        idp_metadata_url / clear_idp_metadata_url: String,
        /// The metadata of the IdP as XML. The metadata takes priority over the individual fields,
        /// such as `idp_sso_url`.
        idp_metadata / clear_idp_metadata: String,
        /// The id of the organization that users of the connection join.
        organization_id / clear_organization_id: OrganizationId,
        /// The names of the IdP attributes that contain the user's data.
        attribute_mapping / clear_attribute_mapping: SamlConnectionAttributeMappingRequest,
        /// Whether the connection is active.
        active / clear_active: bool,
        /// Whether Clerk updates the user's attributes from the IdP at each sign-in.
        sync_user_attributes / clear_sync_user_attributes: bool,
        /// Whether users with an e-mail address in a subdomain can use the connection.
        allow_subdomains / clear_allow_subdomains: bool,
        /// Whether the IdP can start a sign-in.
        allow_idp_initiated / clear_allow_idp_initiated: bool,
        /// Whether Clerk prevents users of the connection from adding other identifications.
        disable_additional_identifications / clear_disable_additional_identifications: bool,
        /// Whether the connection supports account linking based on organization membership.
        allow_organization_account_linking / clear_allow_organization_account_linking: bool,
        /// Whether users must authenticate at the IdP at each sign-in.
        force_authn: bool,
        /// The login hint that Clerk sends to the IdP.
        login_hint / clear_login_hint: SamlLoginHintRequest,
        /// Whether Clerk may delete verified organization domains. Clerk refuses to activate the
        /// connection if one of its domains is also a verified organization domain. If this field
        /// is true, Clerk deletes the organization domain, and activates the connection.
        consent_verified_domains_deletion / clear_consent_verified_domains_deletion: bool,
    }
}

body! {
    /// The names of the identity provider's attributes that contain the user's data.
    SamlConnectionAttributeMappingRequest {
        /// The attribute with the user's id.
        user_id: String,
        /// The attribute with the e-mail address.
        email_address: String,
        /// The attribute with the first name.
        first_name: String,
        /// The attribute with the last name.
        last_name: String,
    }
}

model! {
    /// A connection through which users sign in at a SAML identity provider (IdP).
    ///
    /// A response contains `domain`, `domains` or both.
    SamlConnection("saml_connection") {
        /// The id of the connection.
        id: SamlConnectionId,
        /// The name.
        name: String,
        /// The domain of the connection; `None` if the response does not include it. Deprecated by
        /// Clerk in favour of `domains`.
        domain: Option<String> = optional,
        /// The domains of the connection.
        domains: Vec<String>,
        /// The entity id of the IdP; `None` if it is not configured.
        idp_entity_id: Option<String>,
        /// The URL at which users sign in at the IdP; `None` if it is not configured.
        idp_sso_url: Option<String>,
        /// The public certificate of the IdP (X.509); `None` if it is not configured.
        idp_certificate: Option<String>,
        /// The time from which the certificate is valid; `None` if there is no certificate.
        idp_certificate_issued_at: Option<Timestamp>,
        /// The time at which the certificate expires; `None` if there is no certificate.
        idp_certificate_expires_at: Option<Timestamp>,
        /// The URL of the IdP's metadata; `None` if it is not configured.
        idp_metadata_url: Option<String>,
        /// The metadata of the IdP, as XML; `None` if it is not configured.
        idp_metadata: Option<String>,
        /// The URL at which Clerk receives assertions: the Assertion Consumer Service (ACS).
        acs_url: String,
        /// The entity id of the service provider, which is Clerk.
        sp_entity_id: String,
        /// The URL of the service provider's metadata.
        sp_metadata_url: String,
        /// The id of the connection's organization; `None` if the connection has none.
        organization_id: Option<OrganizationId>,
        /// The names of the IdP attributes that contain the user's data; `None` if the response
        /// does not include them.
        attribute_mapping: Option<Box<SamlConnectionAttributeMapping>> = optional,
        /// Whether the connection is active.
        active: bool,
        /// The identity provider.
        provider: String,
        /// The number of users of the connection.
        user_count: i64,
        /// Whether Clerk updates the user's attributes from the IdP at each sign-in.
        sync_user_attributes: bool,
        /// Whether users with an e-mail address in a subdomain can use the connection.
        allow_subdomains: bool,
        /// Whether the IdP can start a sign-in.
        allow_idp_initiated: bool,
        /// Whether Clerk prevents users of the connection from adding other identifications.
        disable_additional_identifications: bool,
        /// Whether the connection supports account linking based on organization membership.
        allow_organization_account_linking: bool,
        /// Whether users must authenticate at the IdP at each sign-in.
        force_authn: bool,
        /// The login hint that Clerk sends to the IdP.
        login_hint: SamlLoginHint,
        /// The id of the corresponding enterprise connection; `None` if there is none.
        enterprise_connection_id: Option<EnterpriseConnectionId>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

model! {
    /// The names of the identity provider's attributes that contain the user's data.
    SamlConnectionAttributeMapping {
        /// The attribute with the user's id.
        user_id: String,
        /// The attribute with the e-mail address.
        email_address: String,
        /// The attribute with the first name.
        first_name: String,
        /// The attribute with the last name.
        last_name: String,
    }
}

open_enum! {
    /// The identity provider of a SAML connection.
    SamlConnectionProvider {
        SamlCustom = "saml_custom",
        SamlOkta = "saml_okta",
        SamlGoogle = "saml_google",
        SamlMicrosoft = "saml_microsoft",
    }
}

impl PageItem for SamlConnection {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

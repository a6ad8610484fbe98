use crate::api::enterprise_connections::EnterpriseConnectionsApi;
use crate::api::enterprise_connections::models::{EnterpriseConnection, EnterpriseConnectionId};
use crate::api::enterprise_connections::requests::{
    CreateEnterpriseConnectionRequest, UpdateEnterpriseConnectionRequest,
};
use crate::api::operations::operations;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::Page;
use crate::requests::params::params;
use crate::types::id::OrganizationId;

operations! {
    /// # Enterprise connections
    impl EnterpriseConnectionsApi = "Enterprise-Connections";

    /// Lists the enterprise connections of the instance.
    ListEnterpriseConnections: GET "/enterprise_connections", idempotent, [402, 403, 422],
        unsent = "the `limit` is not from 1 to 500.";
    fn list_enterprise_connections(params: EnterpriseConnectionListParams) -> Page<EnterpriseConnection>,
        all list_all_enterprise_connections(params);

    /// Creates an enterprise connection.
    CreateEnterpriseConnection: POST "/enterprise_connections", once = "Call [`list_enterprise_connections`](Self::list_enterprise_connections) to see whether the connection exists.", [
        402, 403,
        404 = "the organization does not exist.",
        409, 422,
    ], unsent = "there are no domains, a domain is blank, or a custom attribute has a blank `name`, an invalid [`key`](crate::requests::EnterpriseConnectionCustomAttributeRequest::key), or a `scim_path` that differs from its `directory_path`.";
    fn create_enterprise_connection(request: CreateEnterpriseConnectionRequest) -> EnterpriseConnection;

    /// Returns an enterprise connection.
    GetEnterpriseConnection: GET "/enterprise_connections/{enterprise_connection_id}", idempotent, [
        402, 403,
        404 = "the connection does not exist.",
    ];
    fn get_enterprise_connection(enterprise_connection_id: EnterpriseConnectionId) -> EnterpriseConnection;

    /// Updates an enterprise connection. Fields that are not set stay unchanged.
    ///
    /// If the update activates the connection, Clerk may delete verified organization domains that
    /// are also domains of the connection.
    UpdateEnterpriseConnection: PATCH "/enterprise_connections/{enterprise_connection_id}", once = "Call [`get_enterprise_connection`](Self::get_enterprise_connection) to see whether the update took effect.", [
        400 = "Clerk cannot fetch the metadata of the identity provider (`saml_failed_to_fetch_idp_metadata`), among other causes.",
        402, 403,
        404 = "the connection or the organization does not exist.",
        422 = "the connection cannot be activated yet (`saml_connection_cant_be_activated`), among other causes.",
    ], unsent = "a custom attribute has a blank `name`, an invalid [`key`](crate::requests::EnterpriseConnectionCustomAttributeRequest::key), or a `scim_path` that differs from its `directory_path`.";
    fn update_enterprise_connection(enterprise_connection_id: EnterpriseConnectionId, request: UpdateEnterpriseConnectionRequest) -> EnterpriseConnection;

    /// Deletes an enterprise connection. Users can no longer sign in with it.
    DeleteEnterpriseConnection: DELETE "/enterprise_connections/{enterprise_connection_id}", idempotent, [
        402, 403,
        404 = "the connection does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the connection.",
    ];
    fn delete_enterprise_connection(enterprise_connection_id: EnterpriseConnectionId) -> DeletedObject;
}

params! {
    /// The parameters of a list of enterprise connections: filters, the limit and the offset.
    EnterpriseConnectionListParams paged 500 {
        /// Connections of this organization.
        organization_id: OrganizationId,
        /// Connections that are active (`true`), or inactive (`false`). By default, both are
        /// listed.
        active: bool,
    }
}

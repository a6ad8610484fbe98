//! The operations on enterprise connections, which let users sign in with an identity provider.

pub(crate) mod connections;
pub(crate) mod models;
pub(crate) mod requests;
pub(crate) mod saml;
pub(crate) mod test_runs;

use crate::api::operations::api;

api! {
    /// The operations on enterprise connections.
    /// [`Clerk::enterprise_connections`](crate::Clerk::enterprise_connections) returns this type.
    ///
    /// An enterprise connection has one or more domains. Users with an e-mail address in these
    /// domains can sign in with an identity provider (IdP). The connection uses a protocol such as
    /// SAML or OpenID Connect.
    ///
    /// ```no_run
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{
    ///     CreateEnterpriseConnectionRequest, CreateEnterpriseConnectionSamlRequest,
    ///     EnterpriseConnectionListParams, EnterpriseConnectionProvider,
    ///     UpdateEnterpriseConnectionRequest,
    /// };
    ///
    /// let connections = clerk.enterprise_connections();
    /// let saml = CreateEnterpriseConnectionSamlRequest::new()
    ///     .idp_metadata_url("https://idp.example.com/metadata");
    /// let request = CreateEnterpriseConnectionRequest::new(
    ///     "Example",
    ///     EnterpriseConnectionProvider::SamlOkta,
    ///     ["example.com".to_owned()],
    /// );
    /// let connection = connections.create_enterprise_connection(request.saml(saml)).await?;
    ///
    /// # fn open_in_browser(_: &str) {}
    /// // Test the sign-in at the IdP before you activate the connection.
    /// let test = connections.create_enterprise_connection_test_run(&connection.id).await?;
    /// open_in_browser(test.url.expose());
    ///
    /// let activate = UpdateEnterpriseConnectionRequest::new().active(true);
    /// connections.update_enterprise_connection(&connection.id, activate).await?;
    ///
    /// let active = EnterpriseConnectionListParams::new().active(true);
    /// assert_eq!(connections.list_enterprise_connections(active).await?.total_count, Some(1));
    ///
    /// connections.delete_enterprise_connection(&connection.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`list_enterprise_connections`](Self::list_enterprise_connections) | `ListEnterpriseConnections` | yes |
    /// | [`create_enterprise_connection`](Self::create_enterprise_connection) | `CreateEnterpriseConnection` | no |
    /// | [`get_enterprise_connection`](Self::get_enterprise_connection) | `GetEnterpriseConnection` | yes |
    /// | [`update_enterprise_connection`](Self::update_enterprise_connection) | `UpdateEnterpriseConnection` | no |
    /// | [`delete_enterprise_connection`](Self::delete_enterprise_connection) | `DeleteEnterpriseConnection` | yes |
    /// | [`list_enterprise_connection_test_runs`](Self::list_enterprise_connection_test_runs) | `ListEnterpriseConnectionTestRuns` | yes |
    /// | [`create_enterprise_connection_test_run`](Self::create_enterprise_connection_test_run) | `CreateEnterpriseConnectionTestRun` | no |
    ///
    /// # Errors
    ///
    /// - 400, 403 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - 402: the instance's plan does not include enterprise connections.
    EnterpriseConnectionsApi:
        connections,
        test_runs,
}

//! The operations on the settings of an instance.

pub(crate) mod communication;
pub(crate) mod instance;
pub(crate) mod oauth_applications;
pub(crate) mod organizations;
pub(crate) mod preferred_strategy;
pub(crate) mod protect;
pub(crate) mod restrictions;

use crate::api::operations::api;

api! {
    /// The operations on the settings of an instance.
    /// [`Clerk::instance_settings`](crate::Clerk::instance_settings) returns this type.
    ///
    /// An update changes only the fields that are set.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{UpdateInstanceRequest, UpdateInstanceRestrictionsRequest};
    ///
    /// let request = UpdateInstanceRequest::new().allowed_origins(["capacitor://localhost"]);
    /// clerk.instance_settings().update_instance(request).await?;
    ///
    /// let instance = clerk.instance_settings().get_instance().await?;
    /// assert_eq!(instance.allowed_origins, ["capacitor://localhost"]);
    ///
    /// let request = UpdateInstanceRestrictionsRequest::new().blocklist(true);
    /// let restrictions = clerk.instance_settings().update_instance_restrictions(request).await?;
    /// assert!(restrictions.blocklist);
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`get_instance`](Self::get_instance) | `GetInstance` | yes |
    /// | [`update_instance`](Self::update_instance) | `UpdateInstance` | no |
    /// | [`get_instance_communication`](Self::get_instance_communication) | `GetInstanceCommunication` | yes |
    /// | [`update_instance_communication`](Self::update_instance_communication) | `UpdateInstanceCommunication` | no |
    /// | [`get_instance_oauth_application_settings`](Self::get_instance_oauth_application_settings) | `GetInstanceOAuthApplicationSettings` | yes |
    /// | [`update_instance_oauth_application_settings`](Self::update_instance_oauth_application_settings) | `UpdateInstanceOAuthApplicationSettings` | no |
    /// | [`get_instance_organization_settings`](Self::get_instance_organization_settings) | `GetInstanceOrganizationSettings` | yes |
    /// | [`update_instance_organization_settings`](Self::update_instance_organization_settings) | `UpdateInstanceOrganizationSettings` | no |
    /// | [`get_instance_protect`](Self::get_instance_protect) | `GetInstanceProtect` | yes |
    /// | [`update_instance_protect`](Self::update_instance_protect) | `UpdateInstanceProtect` | no |
    /// | [`update_instance_restrictions`](Self::update_instance_restrictions) | `UpdateInstanceRestrictions` | no |
    ///
    /// # Errors
    ///
    /// - 400, 403 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    InstanceSettingsApi:
        communication,
        instance,
        oauth_applications,
        organizations,
        protect,
        restrictions,
}

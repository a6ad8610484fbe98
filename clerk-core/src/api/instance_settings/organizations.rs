use crate::api::instance_settings::InstanceSettingsApi;
use crate::api::operations::operations;
use crate::api::organization_domains::OrganizationDomainEnrollmentMode;
use crate::api::organization_roles::RoleId;
use crate::json::model::model;
use crate::requests::body::body;

operations! {
    /// # Organizations
    impl InstanceSettingsApi = "Instance-Settings";

    /// Returns the settings for organizations.
    GetInstanceOrganizationSettings: GET "/instance/organization_settings", idempotent, [
        402,
        404 = "the settings do not exist.",
        422,
    ];
    fn get_instance_organization_settings() -> OrganizationSettings;

    /// Updates the settings for organizations.
    UpdateInstanceOrganizationSettings: PATCH "/instance/organization_settings", once = "Repeating the call is safe: it sets the same values.", [
        400 = "organizations cannot be disabled (`organizations_disable_not_allowed`), among other causes.",
        402,
        403 = "domains of organizations are not enabled (`organization_domains_not_enabled`), among other causes.",
        404 = "a role does not exist.",
        422 = "the creator role lacks required permissions (`organization_missing_creator_role_permissions`), among other causes. [`for_param`](crate::Error::for_param) returns the errors of one field.",
    ];
    fn update_instance_organization_settings(request: UpdateInstanceOrganizationSettingsRequest) -> OrganizationSettings;
}

body! {
    /// The request body of
    /// [`update_instance_organization_settings`](crate::api::InstanceSettingsApi::update_instance_organization_settings).
    UpdateInstanceOrganizationSettingsRequest {
        /// Whether organizations are enabled.
        enabled / clear_enabled: bool,
        /// The maximum number of members of a new organization.
        max_allowed_memberships / clear_max_allowed_memberships: u32,
        /// Whether the admins of a new organization can delete the organization through Clerk's
        /// Frontend API.
        admin_delete_enabled / clear_admin_delete_enabled: bool,
        /// Whether organizations can have domains.
        domains_enabled / clear_domains_enabled: bool,
        /// Whether slugs of organizations are disabled.
        slug_disabled / clear_slug_disabled: bool,
        /// The enrollment modes that domains can have. Clerk accepts `AutomaticInvitation` and
        /// `AutomaticSuggestion`.
        domains_enrollment_modes: [OrganizationDomainEnrollmentMode],
        /// The id of the role that the creator of an organization gets.
        creator_role_id / clear_creator_role_id: RoleId,
        /// The id of the role that users get if they join through a domain.
        domains_default_role_id / clear_domains_default_role_id: RoleId,
    }
}

model! {
    /// The settings of an instance for organizations.
    OrganizationSettings("organization_settings") {
        /// Whether organizations are enabled.
        enabled: bool,
        /// The maximum number of members of a new organization.
        max_allowed_memberships: i64,
        /// The maximum number of roles.
        max_allowed_roles: i64,
        /// The maximum number of role sets; `None` if the response does not include it.
        max_role_sets_allowed: Option<i64> = optional,
        /// The maximum number of domains of an organization.
        max_allowed_domains: i64,
        /// The maximum number of permissions; `None` if the response does not include it.
        /// Deprecated by Clerk: the number is unlimited.
        max_allowed_permissions: Option<i64> = optional,
        /// The key of the role that the creator of an organization gets, such as `org:admin`.
        creator_role: String,
        /// Whether the admins of a new organization can delete the organization through Clerk's
        /// Frontend API.
        admin_delete_enabled: bool,
        /// Whether organizations can have domains.
        domains_enabled: bool,
        /// Whether slugs of organizations are disabled.
        slug_disabled: bool,
        /// The enrollment modes that domains can have.
        domains_enrollment_modes: Vec<OrganizationDomainEnrollmentMode>,
        /// The key of the role that users get if they join through a domain, such as `org:member`.
        domains_default_role: String,
        /// The key of the role set of a new organization; `None` if there is none.
        initial_role_set_key: Option<String>,
    }
}

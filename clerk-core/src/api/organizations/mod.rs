//! The operations on organizations.

pub(crate) mod billing;
pub(crate) mod logo;
pub(crate) mod metadata;
pub(crate) mod organization;
pub(crate) mod requests;

use crate::api::operations::api;

api! {
    /// The operations on organizations. [`Clerk::organizations`](crate::Clerk::organizations)
    /// returns this type.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # use clerk_client::mock::{FakeClerk, FakeUser};
    /// # let fake = FakeClerk::new();
    /// # fake.add(FakeUser::new("user_1"));
    /// # let clerk = fake.client();
    /// use clerk_client::requests::{
    ///     CreateOrganizationRequest, OrganizationListParams, UpdateOrganizationRequest,
    /// };
    ///
    /// let organizations = clerk.organizations();
    /// let request = CreateOrganizationRequest::new("Analytical Engines").created_by("user_1");
    /// let organization = organizations.create_organization(request).await?;
    ///
    /// let params = OrganizationListParams::new().user_id(["user_1"]);
    /// let page = organizations.list_organizations(params).await?;
    /// assert_eq!(page.data[0].id, organization.id);
    ///
    /// let request = UpdateOrganizationRequest::new().name("Difference Engines");
    /// let organization = organizations.update_organization(&organization.id, request).await?;
    /// assert_eq!(organization.name, "Difference Engines");
    ///
    /// organizations.delete_organization(&organization.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | group | method | Clerk's operation | retried |
    /// |---|---|---|---|
    /// | organizations | [`create_organization`](Self::create_organization) | `CreateOrganization` | no |
    /// | | [`list_organizations`](Self::list_organizations) | `ListOrganizations` | yes |
    /// | | [`get_organization`](Self::get_organization) | `GetOrganization` | yes |
    /// | | [`update_organization`](Self::update_organization) | `UpdateOrganization` | no |
    /// | | [`delete_organization`](Self::delete_organization) | `DeleteOrganization` | yes |
    /// | metadata | [`merge_organization_metadata`](Self::merge_organization_metadata) | `MergeOrganizationMetadata` | no |
    /// | | [`replace_organization_metadata`](Self::replace_organization_metadata) | `ReplaceOrganizationMetadata` | no |
    /// | logos | [`upload_organization_logo`](Self::upload_organization_logo) | `UploadOrganizationLogo` | no |
    /// | | [`delete_organization_logo`](Self::delete_organization_logo) | `DeleteOrganizationLogo` | yes |
    /// | billing | [`get_organization_billing_subscription`](Self::get_organization_billing_subscription) | `GetOrganizationBillingSubscription` | yes |
    /// | | [`get_organization_billing_credit_balance`](Self::get_organization_billing_credit_balance) | `GetOrganizationBillingCreditBalance` | yes |
    /// | | [`adjust_organization_billing_credit_balance`](Self::adjust_organization_billing_credit_balance) | `AdjustOrganizationBillingCreditBalance` | yes |
    ///
    /// [`list_all`](Self::list_all) pages through the whole list.
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - 403 with the code `organization_not_enabled_in_instance`: organizations are disabled in
    ///   the instance.
    OrganizationsApi:
        organization,
        metadata,
        logo,
        billing,
}

//! The operations on the domains of organizations.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::deleted_object::DeletedObject;
use crate::models::organization_invitation::OrganizationInvitationPublicOrganizationData;
use crate::models::page::{Page, PageItem};
use crate::models::verification::VerificationStatus;
use crate::requests::body::{body, not_blank};
use crate::requests::order::orders;
use crate::requests::params::params;
use crate::types::id::{OrganizationId, id};
use crate::types::timestamp::Timestamp;

id! {
    /// The id of a domain of an organization: `orgdmn_…`.
    OrganizationDomainId
}

api! {
    /// The operations on the domains of organizations.
    /// [`Clerk::organization_domains`](crate::Clerk::organization_domains) returns this type.
    ///
    /// If a user's e-mail address belongs to a verified domain, Clerk can invite the user to the
    /// organization, or suggest the organization to the user.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # use clerk_client::mock::FakeClerk;
    /// # let fake = FakeClerk::new();
    /// # fake.add_organization(clerk_client::models::Organization::new("org_1"));
    /// # let clerk = fake.client();
    /// use clerk_client::models::OrganizationDomainEnrollmentMode;
    /// use clerk_client::requests::{
    ///     CreateOrganizationDomainRequest, OrganizationDomainListParams,
    ///     UpdateOrganizationDomainRequest,
    /// };
    ///
    /// let domains = clerk.organization_domains();
    /// let manual = OrganizationDomainEnrollmentMode::ManualInvitation;
    /// let request = CreateOrganizationDomainRequest::new("example.com", manual);
    /// let domain = domains.create_organization_domain("org_1", request).await?;
    ///
    /// let verified = OrganizationDomainListParams::new().verified(true);
    /// let page = domains.list_organization_domains("org_1", verified).await?;
    /// assert_eq!(page.data[0].id, domain.id);
    ///
    /// let request = UpdateOrganizationDomainRequest::new()
    ///     .enrollment_mode(OrganizationDomainEnrollmentMode::AutomaticSuggestion);
    /// domains.update_organization_domain("org_1", &domain.id, request).await?;
    ///
    /// domains.delete_organization_domain("org_1", &domain.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_organization_domain`](Self::create_organization_domain) | `CreateOrganizationDomain` | no |
    /// | [`list_organization_domains`](Self::list_organization_domains) | `ListOrganizationDomains` | yes |
    /// | [`list_all_organization_domains`](Self::list_all_organization_domains) | `ListAllOrganizationDomains` | yes |
    /// | [`update_organization_domain`](Self::update_organization_domain) | `UpdateOrganizationDomain` | no |
    /// | [`verify_organization_domain_ownership`](Self::verify_organization_domain_ownership) | `VerifyOrganizationDomainOwnership` | no |
    /// | [`delete_organization_domain`](Self::delete_organization_domain) | `DeleteOrganizationDomain` | yes |
    ///
    /// [`list_all_domains_of_organization`](Self::list_all_domains_of_organization) and
    /// [`list_all_instance_organization_domains`](Self::list_all_instance_organization_domains)
    /// page through the whole lists.
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - 403 with the code `organization_not_enabled_in_instance`: organizations are disabled in
    ///   the instance.
    OrganizationDomainsApi:
        self,
}

operations! {
    /// # Domains
    impl OrganizationDomainsApi = "Organization-Domains";

    /// Creates a domain of an organization. The domain is verified by default.
    CreateOrganizationDomain: POST "/organizations/{organization_id}/domains", once = "Call [`list_organization_domains`](Self::list_organization_domains) to see whether the domain exists.", [
        400,
        403 = "domains of organizations are not enabled (`organization_domains_not_enabled`), or the organization has too many domains (`organization_domain_quota_exceeded`), among other causes.",
        404 = "the organization does not exist.",
        422 = "the domain already exists (`organization_domain_already_exists`), or belongs to an e-mail provider (`organization_domain_common`), among other causes. [`for_param`](crate::Error::for_param) returns the errors of one field.",
    ], unsent = "the name is blank.";
    fn create_organization_domain(organization_id: OrganizationId, request: CreateOrganizationDomainRequest) -> OrganizationDomain;

    /// Lists the domains of an organization.
    ListOrganizationDomains: GET "/organizations/{organization_id}/domains", idempotent, [401, 422],
        unsent = "the `limit` is not from 1 to 500, a filter is blank, a filter does not have 1 to 100 values, or an enrollment mode starts with `-` or contains a comma.";
    fn list_organization_domains(organization_id: OrganizationId, params: OrganizationDomainListParams) -> Page<OrganizationDomain>,
        all list_all_domains_of_organization(params);

    /// Lists the domains of all organizations of the instance, the newest first by default.
    ///
    /// Despite its name, the operation returns one page.
    /// [`list_all_instance_organization_domains`](Self::list_all_instance_organization_domains)
    /// pages through the whole list.
    ListAllOrganizationDomains: GET "/organization_domains", idempotent, [401, 403, 422],
        unsent = "the `limit` is not from 1 to 500, a filter is blank, a filter does not have 1 to 100 values, or an enrollment mode starts with `-` or contains a comma.";
    fn list_all_organization_domains(params: InstanceOrganizationDomainListParams) -> Page<OrganizationDomain>,
        all list_all_instance_organization_domains(params);

    /// Updates a domain of an organization. Fields that are not set stay unchanged.
    UpdateOrganizationDomain: PATCH "/organizations/{organization_id}/domains/{domain_id}", once = "Call [`list_organization_domains`](Self::list_organization_domains) to see whether the update took effect.", [
        400,
        403 = "the enrollment mode is not enabled (`organization_domain_enrollment_mode_not_enabled`), among other causes.",
        404 = "the organization or the domain does not exist.",
        422,
    ];
    fn update_organization_domain(organization_id: OrganizationId, domain_id: OrganizationDomainId, request: UpdateOrganizationDomainRequest) -> OrganizationDomain;

    /// Marks the ownership of a domain as verified, without a DNS record.
    ///
    /// If the ownership is verified already, nothing changes.
    VerifyOrganizationDomainOwnership: POST "/organizations/{organization_id}/domains/{domain_id}/verify_ownership", once = "Repeat the call. A second verification has no effect.", [
        401, 403,
        404 = "the organization or the domain does not exist.",
    ];
    fn verify_organization_domain_ownership(organization_id: OrganizationId, domain_id: OrganizationDomainId) -> OrganizationDomain;

    /// Deletes a domain of an organization.
    DeleteOrganizationDomain: DELETE "/organizations/{organization_id}/domains/{domain_id}", idempotent, [
        400, 401, 403,
        404 = "the organization or the domain does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the domain.",
    ];
    fn delete_organization_domain(organization_id: OrganizationId, domain_id: OrganizationDomainId) -> DeletedObject;
}

params! {
    /// The parameters of a list of an organization's domains: filters, the limit and the offset.
    OrganizationDomainListParams paged 500 {
        /// Domains that are verified (`true`), or unverified (`false`).
        verified: bool,
        /// Domains with one of these enrollment modes.
        enrollment_mode /
        /// Domains with none of these enrollment modes.
        exclude_enrollment_mode: [OrganizationDomainEnrollmentMode] = joined,
    }
}

params! {
    /// The parameters of a list of the domains of all organizations: filters, the order, the limit
    /// and the offset.
    InstanceOrganizationDomainListParams paged 500 {
        /// Domains of this organization.
        organization_id: OrganizationId,
        /// Domains that are verified (`true`), or unverified (`false`).
        verified: bool,
        /// Domains with one of these enrollment modes.
        enrollment_mode /
        /// Domains with none of these enrollment modes.
        exclude_enrollment_mode: [OrganizationDomainEnrollmentMode] = joined,
        /// Domains with this text in the name, ignoring case. If the text starts with `org_`, Clerk
        /// uses it as the id of an organization, and lists the domains of that organization.
        query: String,
        /// Domains with one of these names.
        domains: [String],
        /// The order. Clerk's default is the newest first.
        order_by: OrganizationDomainOrder,
    }
}

orders! {
    /// The properties by which domains of organizations can be ordered.
    OrganizationDomainOrderBy, OrganizationDomainOrder {
        /// The name.
        Name = "name",
        /// The time at which the domain was created.
        CreatedAt = "created_at",
    }
}

body! {
    /// The request body of
    /// [`create_organization_domain`](crate::api::OrganizationDomainsApi::create_organization_domain).
    CreateOrganizationDomainRequest(has_name)
    required {
        /// The name of the domain, such as `example.com`.
        name: String,
        /// The enrollment mode.
        enrollment_mode: OrganizationDomainEnrollmentMode,
    } and {
        /// Whether the domain is verified. Clerk's default is yes.
        verified / clear_verified: bool,
    }
}

#[inline]
fn has_name(request: &CreateOrganizationDomainRequest) -> Result<(), String> {
    not_blank("name", &request.name)
}

body! {
    /// The request body of
    /// [`update_organization_domain`](crate::api::OrganizationDomainsApi::update_organization_domain).
    UpdateOrganizationDomainRequest {
        /// The enrollment mode.
        enrollment_mode / clear_enrollment_mode: OrganizationDomainEnrollmentMode,
        /// Whether the domain is verified.
        verified / clear_verified: bool,
    }
}

model! {
    /// A domain of an organization.
    OrganizationDomain("organization_domain") {
        /// The id of the domain.
        id: OrganizationDomainId,
        /// The id of the organization.
        organization_id: OrganizationId,
        /// The name of the domain.
        name: String,
        /// The enrollment mode.
        enrollment_mode: OrganizationDomainEnrollmentMode,
        /// The e-mail address with which the domain's affiliation with the organization is
        /// verified; `None` if there is none.
        affiliation_email_address: Option<String>,
        /// The verification of the affiliation, for example by a code in an e-mail; `None` if there
        /// is none.
        affiliation_verification: Option<Box<OrganizationDomainVerification>>,
        /// The verification of the ownership, by a DNS record or by a manual override; `None` if no
        /// verification was attempted.
        ownership_verification: Option<Box<OrganizationDomainVerification>>,
        /// The verification of the affiliation; `None` if there is none. Deprecated by Clerk in
        /// favour of `affiliation_verification`.
        verification: Option<Box<OrganizationDomainVerification>>,
        /// The number of pending invitations that Clerk created for this domain.
        total_pending_invitations: i64,
        /// The number of pending suggestions that Clerk created for this domain.
        total_pending_suggestions: i64,
        /// The organization's public data; `None` if the response does not include it.
        public_organization_data: Option<Box<OrganizationInvitationPublicOrganizationData>>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

impl PageItem for OrganizationDomain {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

model! {
    /// The verification of the affiliation or the ownership of an [`OrganizationDomain`].
    OrganizationDomainVerification {
        /// The status of the verification.
        status: VerificationStatus,
        /// The strategy of the verification, such as `manual_override`.
        strategy: String,
        /// The number of attempts; `None` if attempts are not counted.
        attempts: Option<i64>,
        /// The time at which the verification expires; `None` if it does not expire.
        expire_at: Option<Timestamp>,
        /// The time at which the ownership was verified; `None` for the verification of an
        /// affiliation.
        verified_at: Option<Timestamp>,
    }
}

open_enum! {
    /// The enrollment mode of a domain: how users with an e-mail address of the domain join the
    /// organization.
    OrganizationDomainEnrollmentMode {
        /// An admin invites each user.
        ManualInvitation = "manual_invitation",
        /// Clerk invites users when they sign up.
        AutomaticInvitation = "automatic_invitation",
        /// Clerk suggests the organization to users, and they can ask to join.
        AutomaticSuggestion = "automatic_suggestion",
        /// Users join when they sign in with the organization's identity provider.
        EnterpriseSso = "enterprise_sso",
    }
}

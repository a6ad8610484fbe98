//! The operations on the members of organizations.

use crate::api::operations::{api, operations};
use crate::models::organization_membership::OrganizationMembership;
use crate::models::page::Page;
use crate::requests::body::{body, not_blank};
use crate::requests::order::orders;
use crate::requests::params::params;
use crate::types::id::{OrganizationId, UserId};
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on the members of organizations.
    /// [`Clerk::organization_memberships`](crate::Clerk::organization_memberships) returns this
    /// type.
    ///
    /// [`users_get_organization_memberships`](crate::UsersApi::users_get_organization_memberships)
    /// lists the memberships of one user.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # use clerk_client::mock::{FakeClerk, FakeUser};
    /// # let fake = FakeClerk::new();
    /// # fake.add(FakeUser::new("user_1"));
    /// # fake.add_organization(clerk_client::models::Organization::new("org_1"));
    /// # let clerk = fake.client();
    /// use clerk_client::requests::{
    ///     CreateOrganizationMembershipRequest, OrganizationMembershipListParams,
    ///     UpdateOrganizationMembershipRequest,
    /// };
    ///
    /// let memberships = clerk.organization_memberships();
    /// let request = CreateOrganizationMembershipRequest::new("user_1", "org:member");
    /// memberships.create_organization_membership("org_1", request).await?;
    ///
    /// let members = OrganizationMembershipListParams::new().role(["org:member"]);
    /// let page = memberships.list_organization_memberships("org_1", members).await?;
    /// assert_eq!(page.total_count, Some(1));
    ///
    /// let admin = UpdateOrganizationMembershipRequest::new("org:admin");
    /// let membership = memberships.update_organization_membership("org_1", "user_1", admin).await?;
    /// assert_eq!(membership.role, "org:admin");
    ///
    /// memberships.delete_organization_membership("org_1", "user_1").await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_organization_membership`](Self::create_organization_membership) | `CreateOrganizationMembership` | no |
    /// | [`list_organization_memberships`](Self::list_organization_memberships) | `ListOrganizationMemberships` | yes |
    /// | [`instance_get_organization_memberships`](Self::instance_get_organization_memberships) | `InstanceGetOrganizationMemberships` | yes |
    /// | [`update_organization_membership`](Self::update_organization_membership) | `UpdateOrganizationMembership` | no |
    /// | [`update_organization_membership_metadata`](Self::update_organization_membership_metadata) | `UpdateOrganizationMembershipMetadata` | no |
    /// | [`delete_organization_membership`](Self::delete_organization_membership) | `DeleteOrganizationMembership` | yes |
    ///
    /// [`list_all_organization_memberships`](Self::list_all_organization_memberships) and
    /// [`list_all_instance_organization_memberships`](Self::list_all_instance_organization_memberships)
    /// page through the whole lists.
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - 403 with the code `organization_not_enabled_in_instance`: organizations are disabled in
    ///   the instance.
    OrganizationMembershipsApi:
        self,
}

operations! {
    /// # Memberships
    impl OrganizationMembershipsApi = "Organization-Memberships";

    /// Adds a user to an organization.
    ///
    /// The organization becomes active in the user's next session, unless the user activates
    /// another organization before then.
    CreateOrganizationMembership: POST "/organizations/{organization_id}/memberships", once = "Call [`users_get_organization_memberships`](crate::UsersApi::users_get_organization_memberships) to see whether the membership exists.", [
        400 = "the user is already a member of the organization (`already_a_member_in_organization`), among other causes.",
        403 = "the organization has too many members (`organization_membership_quota_exceeded`), among other causes.",
        404 = "the organization, the user or the role does not exist.",
        422 = "Clerk refuses the membership, for example with the code `exclusive_organization_membership`.",
    ], unsent = "the `user_id` or the `role` is blank.";
    fn create_organization_membership(organization_id: OrganizationId, request: CreateOrganizationMembershipRequest) -> OrganizationMembership;

    /// Lists the memberships of an organization.
    #[doc(alias = "get_organization_membership_list")]
    ListOrganizationMemberships: GET "/organizations/{organization_id}/memberships", idempotent, [401, 422],
        unsent = "the `limit` is not from 1 to 500, or a filter is blank, has no values or has more than 100 values.";
    fn list_organization_memberships(organization_id: OrganizationId, params: OrganizationMembershipListParams) -> Page<OrganizationMembership>,
        all list_all_organization_memberships(params);

    /// Lists the memberships of all organizations of the instance.
    InstanceGetOrganizationMemberships: GET "/organization_memberships", idempotent, [400, 401, 422, 500],
        unsent = "the `limit` is not from 1 to 500.";
    fn instance_get_organization_memberships(params: InstanceOrganizationMembershipListParams) -> Page<OrganizationMembership>,
        all list_all_instance_organization_memberships(params);

    /// Changes the role of a member.
    UpdateOrganizationMembership: PATCH "/organizations/{organization_id}/memberships/{user_id}", once = "Call [`users_get_organization_memberships`](crate::UsersApi::users_get_organization_memberships) to see whether the update took effect.", [
        404 = "the organization, the membership or the role does not exist.",
        422,
    ], unsent = "the role is blank.";
    fn update_organization_membership(organization_id: OrganizationId, user_id: UserId, request: UpdateOrganizationMembershipRequest) -> OrganizationMembership;

    /// Merges new metadata into a membership's metadata, including nested objects. If a key is null
    /// in the new metadata, Clerk removes the key.
    UpdateOrganizationMembershipMetadata: PATCH "/organizations/{organization_id}/memberships/{user_id}/metadata", once = "Call [`users_get_organization_memberships`](crate::UsersApi::users_get_organization_memberships) to see whether your metadata was merged. A second call can overwrite changes that other requests made after the first call.", [
        400,
        404 = "the organization or the membership does not exist.",
        422,
    ];
    fn update_organization_membership_metadata(organization_id: OrganizationId, user_id: UserId, request: UpdateOrganizationMembershipMetadataRequest) -> OrganizationMembership;

    /// Removes a user from an organization, and returns the former membership.
    DeleteOrganizationMembership: DELETE "/organizations/{organization_id}/memberships/{user_id}", idempotent, [
        401,
        404 = "the organization or the membership does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the membership.",
        422,
    ];
    fn delete_organization_membership(organization_id: OrganizationId, user_id: UserId) -> OrganizationMembership;
}

params! {
    /// The parameters of a list of an organization's memberships: filters, the order, the limit and
    /// the offset.
    ///
    /// ```
    /// use clerk_client::requests::{OrganizationMembershipListParams, OrganizationMembershipOrderBy};
    ///
    /// let params = OrganizationMembershipListParams::new()
    ///     .role(["org:admin"])
    ///     .exclude_user_id(["user_1"])
    ///     .order_by(OrganizationMembershipOrderBy::LastName);
    /// ```
    OrganizationMembershipListParams paged 500 {
        /// The order of the list.
        order_by: OrganizationMembershipOrder,
        /// Members with one of these user ids.
        user_id /
        /// Members with none of these user ids.
        exclude_user_id: [UserId],
        /// Members with one of these e-mail addresses.
        email_address: [String],
        /// Members with one of these phone numbers.
        phone_number: [String],
        /// Members with one of these usernames.
        username: [String],
        /// Members with one of these web3 wallet addresses.
        web3_wallet: [String],
        /// Members with one of these roles, such as `org:admin`.
        role: [String],
        /// Members with this text in an e-mail address, a phone number, the username, a web3
        /// wallet, the user id, the first name or the last name.
        query: String,
        /// Members with this text in an e-mail address, ignoring case.
        email_address_query: String,
        /// Members with this text in a phone number, such as `555`.
        phone_number_query: String,
        /// Members with this text in the username, ignoring case.
        username_query: String,
        /// Members with this text in the first or last name, ignoring case.
        name_query: String,
        /// Members who were last active before this time.
        last_active_at_before: Timestamp,
        /// Members who were last active after this time.
        last_active_at_after: Timestamp,
        /// Members whose user account was created before this time.
        created_at_before: Timestamp,
        /// Members whose user account was created after this time.
        created_at_after: Timestamp,
    }
}

params! {
    /// The parameters of a list of the memberships of all organizations: the order, the limit and
    /// the offset.
    InstanceOrganizationMembershipListParams paged 500 {
        /// The order of the list.
        order_by: OrganizationMembershipOrder,
    }
}

orders! {
    /// The properties by which memberships can be ordered.
    OrganizationMembershipOrderBy, OrganizationMembershipOrder {
        /// The phone number of the member.
        PhoneNumber = "phone_number",
        /// The e-mail address of the member.
        EmailAddress = "email_address",
        /// The time at which the membership was created.
        CreatedAt = "created_at",
        /// The first name of the member.
        FirstName = "first_name",
        /// The last name of the member.
        LastName = "last_name",
        /// The username of the member.
        Username = "username",
    }
}

body! {
    /// The request body of
    /// [`create_organization_membership`](crate::api::OrganizationMembershipsApi::create_organization_membership).
    CreateOrganizationMembershipRequest(has_role)
    required {
        /// The id of the user to add.
        user_id: UserId,
        /// The key of the member's role, such as `org:member`.
        role: String,
    } and {
        /// Metadata that both the frontend and the backend can see.
        public_metadata / clear_public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata / clear_private_metadata: Metadata = secret,
    }
}

#[inline]
fn has_role(request: &CreateOrganizationMembershipRequest) -> Result<(), String> {
    not_blank("role", &request.role)
}

body! {
    /// The request body of
    /// [`update_organization_membership`](crate::api::OrganizationMembershipsApi::update_organization_membership).
    UpdateOrganizationMembershipRequest(has_new_role)
    required {
        /// The key of the new role, such as `org:admin`.
        role: String,
    } and {}
}

#[inline]
fn has_new_role(request: &UpdateOrganizationMembershipRequest) -> Result<(), String> {
    not_blank("role", &request.role)
}

body! {
    /// The request body of
    /// [`update_organization_membership_metadata`](crate::api::OrganizationMembershipsApi::update_organization_membership_metadata).
    ///
    /// Clerk merges each field that you set into the same field of the membership. Other fields
    /// stay unchanged.
    UpdateOrganizationMembershipMetadataRequest {
        /// Metadata that both the frontend and the backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
    }
}

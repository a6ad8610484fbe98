//! The parameters and bodies of the operations on organizations.

use crate::requests::body::{body, not_blank};
use crate::requests::limits::length;
use crate::requests::order::orders;
use crate::requests::params::params;
use crate::requests::rfc3339::Rfc3339;
use crate::types::id::{OrganizationId, UserId};
use crate::types::metadata::Metadata;

params! {
    /// The parameters of a list of organizations: filters, the order, the limit and the offset.
    ///
    /// ```
    /// use clerk_client::requests::{OrganizationListParams, OrganizationOrderBy};
    ///
    /// let params = OrganizationListParams::new()
    ///     .user_id(["user_1"])
    ///     .include_members_count(true)
    ///     .order_by(OrganizationOrderBy::MembersCount.descending());
    /// ```
    OrganizationListParams paged 500 {
        /// Whether the response includes the `members_count` of each organization. Clerk's default
        /// is no.
        include_members_count: bool,
        /// Whether the response includes the `missing_member_with_elevated_permissions` of each
        /// organization. Clerk's default is no.
        include_missing_member_with_elevated_permissions: bool,
        /// Organizations that have this text as their id, or in their name or slug.
        query: String,
        /// Organizations that have at least one of these users as a member.
        user_id /
        /// Organizations that have none of these users as a member.
        exclude_user_id: [UserId],
        /// Organizations with one of these ids.
        organization_id /
        /// Organizations with none of these ids.
        exclude_organization_id: [OrganizationId],
        /// The order. Clerk's default is the newest first.
        order_by: OrganizationOrder,
    }
}

orders! {
    /// The properties by which organizations can be ordered.
    OrganizationOrderBy, OrganizationOrder {
        /// The name.
        Name = "name",
        /// The time at which the organization was created.
        CreatedAt = "created_at",
        /// The number of members.
        MembersCount = "members_count",
    }
}

params! {
    /// The parameters of [`get_organization`](crate::api::OrganizationsApi::get_organization). They
    /// select optional fields of the response.
    GetOrganizationParams {
        /// Whether the response includes `members_count`. Clerk's default is no.
        include_members_count: bool,
        /// Whether the response includes `missing_member_with_elevated_permissions`. Clerk's
        /// default is no.
        include_missing_member_with_elevated_permissions: bool,
    }
}

body! {
    /// The request body of
    /// [`create_organization`](crate::api::OrganizationsApi::create_organization).
    CreateOrganizationRequest(has_name)
    required {
        /// The name: up to 256 characters, without URLs or HTML.
        name: String,
    } and {
        /// The id of the user who becomes the first admin.
        created_by / clear_created_by: UserId,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata / clear_private_metadata: Metadata = secret,
        /// Metadata that both the frontend and the backend can see.
        public_metadata / clear_public_metadata: Metadata,
        /// The URL slug, unique in the instance: lowercase letters, digits and hyphens. Set it only
        /// if the instance has slugs enabled.
        slug / clear_slug: String,
        /// The maximum number of members. 0 means unlimited.
        max_allowed_memberships / clear_max_allowed_memberships: u32,
        /// The creation time. Its year must be from 0000 to 9999.
        created_at / clear_created_at: Rfc3339,
        /// The key of the role set, which contains the roles that members can have.
        role_set_key / clear_role_set_key: String,
    }
}

#[inline]
fn has_name(request: &CreateOrganizationRequest) -> Result<(), String> {
    check_name(&request.name)
}

#[inline]
fn check_name(name: &str) -> Result<(), String> {
    not_blank("name", name)?;
    length("name", name, 1..=256)
}

body! {
    /// The request body of
    /// [`update_organization`](crate::api::OrganizationsApi::update_organization).
    UpdateOrganizationRequest(has_valid_name) {
        /// The name: up to 256 characters, without URLs or HTML.
        name / clear_name: String,
        /// The URL slug, unique in the instance.
        slug / clear_slug: String,
        /// The maximum number of members. 0 means unlimited.
        max_allowed_memberships / clear_max_allowed_memberships: u32,
        /// Whether the organization's admins can delete the organization.
        admin_delete_enabled / clear_admin_delete_enabled: bool,
        /// The creation time. Its year must be from 0000 to 9999.
        created_at / clear_created_at: Rfc3339,
        /// The key of the role set, which contains the roles that members can have.
        role_set_key / clear_role_set_key: String,
    }
}

#[inline]
fn has_valid_name(request: &UpdateOrganizationRequest) -> Result<(), String> {
    request
        .name
        .as_set()
        .map_or(Ok(()), |name| check_name(name))
}

body! {
    /// The request body of
    /// [`merge_organization_metadata`](crate::api::OrganizationsApi::merge_organization_metadata).
    ///
    /// Clerk merges each field that you set into the same field of the organization. Other fields
    /// stay unchanged.
    MergeOrganizationMetadataRequest {
        /// Metadata that both the frontend and the backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
    }
}

body! {
    /// The request body of
    /// [`replace_organization_metadata`](crate::api::OrganizationsApi::replace_organization_metadata).
    ///
    /// The new value of a field replaces the whole old value. Fields that are not set stay
    /// unchanged.
    ReplaceOrganizationMetadataRequest {
        /// Metadata that both the frontend and the backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
    }
}

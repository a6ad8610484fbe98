use crate::json::model::model;
use crate::models::page::PageItem;
use crate::types::id::OrganizationId;
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// An organization.
    ///
    /// An optional field is `None` if the organization has no such value.
    Organization("organization") required {
        /// The id of the organization.
        id: OrganizationId
    } and {
        /// The name.
        name: String,
        /// The URL slug; `None` if the instance has slugs disabled.
        slug: Option<String> = optional,
        /// The URL of the logo.
        image_url: Option<String> = optional,
        /// The URL of the logo. Only the response to an upload of the logo includes it. Deprecated
        /// by Clerk in favour of `image_url`.
        logo_url: Option<String> = optional,
        /// Whether a logo has been uploaded.
        has_image: bool,
        /// The number of members; `None` if the response does not include it.
        members_count: Option<i64> = optional,
        /// Whether no member has elevated permissions; `None` if the response does not say.
        missing_member_with_elevated_permissions: Option<bool> = optional,
        /// The number of pending invitations; `None` if the response does not include it.
        pending_invitations_count: Option<i64> = optional,
        /// The maximum number of members; 0 means unlimited.
        max_allowed_memberships: i64,
        /// Whether the organization's admins can delete the organization.
        admin_delete_enabled: bool,
        /// Metadata that the frontend and the backend can read.
        public_metadata: Metadata,
        /// Metadata that only the backend can read. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// The id of the user who created the organization; `None` if the response does not include
        /// it.
        created_by: Option<String> = optional,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The time of the last activity; `None` if the response does not include it.
        last_active_at: Option<Timestamp> = optional,
        /// The key of the set of roles that members can have.
        role_set_key: Option<String>,
    }
}

impl PageItem for Organization {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

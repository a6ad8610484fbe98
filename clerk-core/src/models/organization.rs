use crate::json::model::model;
use crate::types::id::OrganizationId;
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// An organization.
    Organization("organization") required {
        /// The id of the organization.
        id: OrganizationId
    } and {
        /// What it is called.
        name: String,
        /// What it is called in URLs; `None` where the instance has no slugs.
        slug: Option<String> = optional,
        /// Where its logo is.
        image_url: Option<String> = optional,
        /// Whether it has a logo of its own.
        has_image: bool,
        /// How many members it has, where the API says so.
        members_count: Option<i64> = optional,
        /// Whether no member has elevated permissions, where the API says so.
        missing_member_with_elevated_permissions: Option<bool> = optional,
        /// How many invitations are open, where the API says so.
        pending_invitations_count: Option<i64> = optional,
        /// How many members it may have; 0 is unlimited.
        max_allowed_memberships: i64,
        /// Whether its admins may delete it.
        admin_delete_enabled: bool,
        /// Metadata that both frontend and backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// Who created it.
        created_by: Option<String> = optional,
        /// When it was created.
        created_at: Timestamp,
        /// When it was last changed.
        updated_at: Timestamp,
        /// When it was last active.
        last_active_at: Option<Timestamp> = optional,
        /// The set of roles that its members may have.
        role_set_key: Option<String>,
    }
}

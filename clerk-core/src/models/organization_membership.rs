use crate::json::model::model;
use crate::models::organization::Organization;
use crate::models::page::PageItem;
use crate::types::id::{OrganizationMembershipId, UserId};
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// A user's membership of an organization.
    OrganizationMembership("organization_membership") required {
        /// The id of the membership.
        id: OrganizationMembershipId
    } and {
        /// The key of the member's role, such as `org:admin`.
        role: String,
        /// What the role is called.
        role_name: Option<String> = optional,
        /// What the role may do.
        permissions: Vec<String>,
        /// Metadata that both frontend and backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// The organization.
        organization: Organization,
        /// What other members see of the user.
        public_user_data: Option<Box<OrganizationMembershipPublicUserData>> = optional,
        /// When the user joined.
        created_at: Timestamp,
        /// When the membership was last changed.
        updated_at: Timestamp,
    }
}

model! {
    /// What other members of an organization see of a user.
    OrganizationMembershipPublicUserData {
        /// The id of the user.
        user_id: UserId,
        /// The first name.
        first_name: Option<String>,
        /// The last name.
        last_name: Option<String>,
        /// Where the profile image is. Deprecated by Clerk in favour of `image_url`.
        profile_image_url: Option<String>,
        /// Where the profile image is.
        image_url: String,
        /// Whether the user has a profile image of their own.
        has_image: bool,
        /// The identifier that the user is known by: an e-mail address, phone number …
        identifier: Option<String>,
        /// The name to sign in with.
        username: Option<String>,
        /// Whether the user is banned.
        banned: bool,
        /// Whether the user was deprovisioned by a directory.
        deprovisioned: bool,
    }
}

impl PageItem for OrganizationMembership {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

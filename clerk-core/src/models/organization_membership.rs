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
        /// The name of the role; `None` if the response does not include it.
        role_name: Option<String> = optional,
        /// The permissions of the role.
        permissions: Vec<String>,
        /// Metadata that the frontend and the backend can read.
        public_metadata: Metadata,
        /// Metadata that only the backend can read. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// The organization.
        organization: Organization,
        /// The user's public data; `None` if the response does not include it.
        public_user_data: Option<Box<OrganizationMembershipPublicUserData>> = optional,
        /// The time at which the user joined.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

model! {
    /// The public data of a member of an organization.
    ///
    /// An optional field is `None` if the user has no such value.
    OrganizationMembershipPublicUserData {
        /// The id of the user.
        user_id: UserId,
        /// The first name.
        first_name: Option<String>,
        /// The last name.
        last_name: Option<String>,
        /// The URL of the profile image. Deprecated by Clerk in favour of `image_url`.
        profile_image_url: Option<String>,
        /// The URL of the profile image.
        image_url: String,
        /// Whether the user has uploaded a profile image.
        has_image: bool,
        /// The user's identifier: an e-mail address, a phone number …
        identifier: Option<String>,
        /// The username for signing in.
        username: Option<String>,
        /// Whether the user is banned.
        banned: bool,
        /// Whether the user was deprovisioned, and cannot sign in.
        deprovisioned: bool,
    }
}

impl PageItem for OrganizationMembership {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

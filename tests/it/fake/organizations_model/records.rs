//! The data of users, organizations, members, invitations and sessions in the model.

use clerk_client::User;
use clerk_client::models;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) email: String,
    pub(super) banned: bool,
    /// The maximum number of organizations that the user can create.
    pub(super) organizations: Option<i64>,
    pub(super) created: i64,
    pub(super) updated: i64,
}

impl From<User> for Person {
    fn from(user: User) -> Self {
        let email = user.primary_email_address().unwrap();
        Self {
            email: email.email_address.clone(),
            banned: user.banned,
            organizations: user.create_organizations_limit,
            created: user.created_at.as_millis(),
            updated: user.updated_at.as_millis(),
            id: user.id.to_string(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Organization {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) slug: String,
    pub(super) creator: Option<String>,
    /// The maximum number of members. 0 means no limit.
    pub(super) limit: i64,
    pub(super) created: i64,
    pub(super) updated: i64,
}

impl From<models::Organization> for Organization {
    fn from(organization: models::Organization) -> Self {
        Self {
            id: organization.id.to_string(),
            name: organization.name,
            slug: organization.slug.unwrap(),
            creator: organization.created_by,
            limit: organization.max_allowed_memberships,
            created: organization.created_at.as_millis(),
            updated: organization.updated_at.as_millis(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    pub(super) organization: String,
    pub(super) user: String,
    pub(super) role: String,
    pub(super) created: i64,
    pub(super) updated: i64,
}

impl From<models::OrganizationMembership> for Member {
    fn from(membership: models::OrganizationMembership) -> Self {
        Self {
            organization: membership.organization.id.to_string(),
            user: membership.public_user_data.unwrap().user_id.to_string(),
            role: membership.role,
            created: membership.created_at.as_millis(),
            updated: membership.updated_at.as_millis(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Invitation {
    pub(super) id: String,
    pub(super) organization: String,
    pub(super) email: String,
    pub(super) role: String,
    pub(super) inviter: Option<String>,
    pub(super) status: String,
    pub(super) expires: i64,
    pub(super) created: i64,
    pub(super) updated: i64,
}

impl From<models::OrganizationInvitation> for Invitation {
    fn from(invitation: models::OrganizationInvitation) -> Self {
        Self {
            id: invitation.id.to_string(),
            organization: invitation.organization_id.to_string(),
            email: invitation.email_address,
            role: invitation.role,
            inviter: invitation.inviter_id,
            status: invitation.status.to_string(),
            expires: invitation.expires_at.unwrap().as_millis(),
            created: invitation.created_at.as_millis(),
            updated: invitation.updated_at.as_millis(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Session {
    pub(super) id: String,
    pub(super) user: String,
    /// The active organization.
    pub(super) organization: Option<String>,
    pub(super) status: String,
    pub(super) expires: i64,
    pub(super) created: i64,
    pub(super) updated: i64,
}

impl From<models::Session> for Session {
    fn from(session: models::Session) -> Self {
        let organization = session.last_active_organization_id;
        Self {
            id: session.id.to_string(),
            user: session.user_id.to_string(),
            organization: organization.map(|id| id.to_string()),
            status: session.status.to_string(),
            expires: session.expire_at.as_millis(),
            created: session.created_at.as_millis(),
            updated: session.updated_at.as_millis(),
        }
    }
}

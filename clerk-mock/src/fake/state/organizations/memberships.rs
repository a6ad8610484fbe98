//! The members of organizations.

use clerk_core::models::{Organization, OrganizationMembership};
use clerk_core::{OrganizationId, Timestamp};

#[cfg(feature = "auth")]
use crate::fake::state::fake_session::FakeSession;
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::user_field::UserField;
use crate::fake::state::world::World;

impl World {
    /// Returns the members of an organization, in the order in which the users were created.
    pub(crate) fn members<'a>(
        &'a self,
        organization_id: &'a str,
    ) -> impl Iterator<Item = (&'a FakeUser, &'a OrganizationMembership)> {
        let users = self.users_having(UserField::Organization, organization_id);
        users.filter_map(move |user| Some((user, membership_of(user, organization_id)?)))
    }

    /// Returns the ids of the members of an organization.
    pub(crate) fn member_ids(&self, organization_id: &str) -> Vec<String> {
        let members = self.members(organization_id);
        members.map(|(user, _)| user.user.id.to_string()).collect()
    }

    /// Returns the membership of a user. `None` if the user is not a member.
    pub(crate) fn membership(
        &self,
        organization_id: &str,
        user_id: &str,
    ) -> Option<&OrganizationMembership> {
        membership_of(self.user(user_id)?, organization_id)
    }

    /// Returns the membership of a user, to change it. `None` if the user is not a member.
    pub(crate) fn membership_mut(
        &mut self,
        organization_id: &str,
        user_id: &str,
    ) -> Option<&mut OrganizationMembership> {
        let memberships = &mut self.user_mut(user_id)?.memberships;
        memberships
            .iter_mut()
            .find(|of| of.organization.id == organization_id)
    }

    /// Adds a user to an organization. Adds the role of the membership if it does not exist yet.
    pub(crate) fn join(
        &mut self,
        organization_id: &OrganizationId,
        user_id: &str,
        mut membership: OrganizationMembership,
        now: Timestamp,
    ) {
        self.register_role(&membership.role, "", now);
        membership.organization = Organization::new(organization_id.clone());
        (membership.created_at, membership.updated_at) = (now, now);
        self.change(user_id, |user| {
            user.memberships.push(membership);
            user.fill_defaults(now);
        });
    }

    /// Removes a user from an organization. The organization is then no longer active in the user's
    /// sessions.
    pub(crate) fn leave(&mut self, organization_id: &str, user_id: &str) {
        self.remove_membership(organization_id, user_id);
        for session in self.sessions.of_user_mut(user_id) {
            let content = &mut session.content;
            if content.is_active(organization_id) {
                content.leave_organization();
            }
        }
    }

    /// Removes the membership of a user. The user's sessions do not change.
    pub(crate) fn remove_membership(&mut self, organization_id: &str, user_id: &str) {
        self.change(user_id, |user| {
            let memberships = &mut user.memberships;
            memberships.retain(|of| of.organization.id != organization_id);
        });
    }

    /// Adds the organization and the role of a membership, if they do not exist yet. The new
    /// organization has no slug if the settings disable slugs.
    pub(crate) fn register(&mut self, membership: &OrganizationMembership, now: Timestamp) {
        let role_name = membership.role_name.as_deref().unwrap_or_default();
        self.register_role(&membership.role, role_name, now);
        let organization = &membership.organization;
        let id = organization.id.as_str();
        if !id.is_empty() && self.organizations.all.get(id).is_none() {
            let mut organization = organization.clone();
            if !self.settings.organization_slugs_enabled {
                organization.slug = None;
            }
            self.add_organization(organization, now);
        }
    }

    /// Returns the permissions of a membership. If the membership has no permissions of its own,
    /// returns the permissions of its role.
    pub(crate) fn permissions_of(&self, membership: &OrganizationMembership) -> Vec<String> {
        if !membership.permissions.is_empty() {
            return membership.permissions.clone();
        }
        let permissions = self.role(&membership.role).map(|role| &role.permissions);
        let permissions = permissions.into_iter().flatten();
        permissions.map(|of| of.key.clone()).collect()
    }

    /// Returns a session with the role and the permissions that the user has in the active
    /// organization. A session without an active organization, or with its own role, stays
    /// unchanged. If the session has its own permissions, it keeps them. If the user is not a
    /// member, the session loses the organization, with its permissions, features and plans.
    #[cfg(feature = "auth")]
    pub(crate) fn with_role(&self, mut session: FakeSession) -> FakeSession {
        let Some((id, None)) = session.organization.clone() else {
            return session;
        };
        let Some(membership) = self.membership(id.as_str(), session.user_id.as_str()) else {
            session.leave_organization();
            return session;
        };
        session = session.organization(id, &membership.role);
        if session.permissions.is_empty() {
            // A token has no system permissions.
            let permissions = self.permissions_of(membership).into_iter();
            let custom = permissions.filter(|name| !name.starts_with("org:sys_"));
            session = session.permissions(custom);
        }
        session
    }
}

fn membership_of<'a>(
    user: &'a FakeUser,
    organization_id: &str,
) -> Option<&'a OrganizationMembership> {
    let mut memberships = user.memberships.iter();
    memberships.find(|of| of.organization.id == organization_id)
}

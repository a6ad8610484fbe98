//! Invitations to organizations.

use clerk_core::models::{
    Organization, OrganizationInvitation, OrganizationInvitationStatus, OrganizationMembership,
};
use clerk_core::{OrganizationId, Timestamp, UserId};

use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::user_field::UserField;
use crate::fake::state::world::World;

impl World {
    /// Adds an invitation, and sets its missing data. Also adds its organization if the
    /// organization does not exist yet. If the invitation is pending, also adds a missing role.
    pub(crate) fn add_organization_invitation(
        &mut self,
        mut invitation: OrganizationInvitation,
        now: Timestamp,
    ) {
        if invitation.id.as_str().is_empty() {
            invitation.id = self.new_id("orginv").into();
        }
        if invitation.created_at.as_millis() == 0 {
            (invitation.created_at, invitation.updated_at) = (now, now);
        }
        if invitation.status.as_str().is_empty() {
            invitation.status = OrganizationInvitationStatus::Pending;
        }
        // The role of an invitation that is not pending may have been deleted.
        if is_pending(&invitation, now) {
            self.register_role(&invitation.role, &invitation.role_name, now);
        }
        let organization = &invitation.organization_id;
        let is_known = self.organizations.all.get(organization.as_str()).is_some();
        if !organization.as_str().is_empty() && !is_known {
            self.add_organization(Organization::new(organization.clone()), now);
        }
        let id = invitation.id.clone();
        self.organizations.invitations.put(id.as_str(), invitation);
    }

    /// Returns the invitations of a user, in the order of creation.
    pub(crate) fn invitations_of(&self, user: &FakeUser) -> Vec<&OrganizationInvitation> {
        let invitations = self.organizations.invitations.iter();
        invitations
            .filter(|invitation| match &invitation.user_id {
                Some(id) => *id == user.user.id,
                None => has_address(user, &invitation.email_address),
            })
            .collect()
    }

    /// Returns the number of pending invitations to an organization.
    pub(crate) fn pending_invitations(&self, organization_id: &str, now: Timestamp) -> usize {
        let invitations = self.organizations.invitations.iter();
        invitations
            .filter(|of| of.organization_id == organization_id && is_pending(of, now))
            .count()
    }

    /// Makes the invited user a member. Returns an error with the reason if this is not possible.
    pub(crate) fn accept_invitation(
        &mut self,
        id: &str,
        now: Timestamp,
    ) -> Result<(UserId, OrganizationId), String> {
        let invitation = self.organizations.invitations.get(id);
        let invitation = invitation.ok_or("it does not exist")?.clone();
        if !is_pending(&invitation, now) {
            return Err(format!("it is {}", status(&invitation, now)));
        }
        let invited = || {
            let address = invitation.email_address.as_str();
            let mut at = self.positions_of(UserField::EmailAddress, address);
            at.find_map(|at| Some(self.created_at(&at)?.user.id.clone()))
        };
        let user_id = invitation.user_id.clone().or_else(invited);
        let user_id = user_id
            .ok_or_else(|| format!("no user has the address {}", invitation.email_address))?;
        if self.user(user_id.as_str()).is_none() {
            return Err(format!("the user {user_id} does not exist"));
        }
        let organization_id = invitation.organization_id.clone();
        let organization = self.organizations.all.get(organization_id.as_str());
        let limit = organization.map_or(0, |of| of.max_allowed_memberships);
        let members = self.members(organization_id.as_str()).count();
        if limit > 0 && i64::try_from(members).is_ok_and(|members| members >= limit) {
            return Err(format!(
                "{organization_id} has its maximum of {limit} members"
            ));
        }
        let known = self.membership(organization_id.as_str(), user_id.as_str());
        if known.is_none() {
            let mut membership = OrganizationMembership::new(self.new_id("orgmem"));
            membership.role.clone_from(&invitation.role);
            membership.public_metadata = invitation.public_metadata;
            membership.private_metadata = invitation.private_metadata;
            self.join(&organization_id, user_id.as_str(), membership, now);
        }
        if let Some(invitation) = self.organizations.invitations.get_mut(id) {
            invitation.status = OrganizationInvitationStatus::Accepted;
            invitation.updated_at = now;
        }
        Ok((user_id, organization_id))
    }

    /// Moves the times of expiry of all invitations by this many milliseconds.
    pub(crate) fn postpone_invitations(&mut self, millis: i64) {
        for invitation in self.organizations.invitations.iter_mut() {
            if let Some(end) = &mut invitation.expires_at {
                *end = Timestamp::from_millis(end.as_millis().saturating_add(millis));
            }
        }
    }
}

/// Whether a user has an e-mail address, ignoring case.
pub(crate) fn has_address(user: &FakeUser, address: &str) -> bool {
    !address.is_empty()
        && UserField::EmailAddress.any(user, |own| own.eq_ignore_ascii_case(address))
}

pub(crate) fn is_pending(invitation: &OrganizationInvitation, now: Timestamp) -> bool {
    status(invitation, now) == OrganizationInvitationStatus::Pending
}

/// Returns the status of an invitation. A pending invitation becomes expired at its `expires_at`.
pub(crate) fn status(
    invitation: &OrganizationInvitation,
    now: Timestamp,
) -> OrganizationInvitationStatus {
    let has_ended = invitation.expires_at.is_some_and(|end| end <= now);
    if has_ended && invitation.status == OrganizationInvitationStatus::Pending {
        return OrganizationInvitationStatus::Expired;
    }
    invitation.status.clone()
}

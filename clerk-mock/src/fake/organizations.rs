//! The methods that set up organizations.

use clerk_core::models::{Organization, OrganizationInvitation, OrganizationMembership};
use clerk_core::{OrganizationId, OrganizationInvitationId, UserId};

use crate::fake::fake_clerk::FakeClerk;
use crate::fake::operations::organization_memberships::view as view_membership;

impl FakeClerk {
    /// Adds an organization, or replaces the organization with the same id. Fills in a missing name
    /// and missing times. If slugs are enabled, also fills in a missing slug. If
    /// `max_allowed_memberships` is 0, the organization can have any number of members. Ignores
    /// `members_count` and `missing_member_with_elevated_permissions`, which the fake computes.
    ///
    /// To add members, use [`FakeUser::member_of`](crate::FakeUser::member_of) or
    /// [`add_membership`](FakeClerk::add_membership). Both add the organization if it does not
    /// exist.
    ///
    /// ```
    /// use clerk_client::mock::{FakeClerk, FakeUser};
    /// use clerk_client::models::Organization;
    ///
    /// let fake = FakeClerk::new();
    /// let mut engines = Organization::new("org_engines");
    /// engines.name = "Analytical Engines".into();
    /// fake.add_organization(engines);
    /// fake.add(FakeUser::new("user_ada").member_of("org_engines", "org:admin"));
    ///
    /// let engines = fake.organization("analytical-engines").unwrap();
    /// assert_eq!(engines.id, "org_engines");
    /// ```
    pub fn add_organization(&self, organization: Organization) {
        self.instance
            .change(|world, now| world.add_organization(organization, now));
    }

    /// Returns the current state of an organization with this id or slug, or `None` if it does not
    /// exist.
    #[must_use]
    pub fn organization(&self, id_or_slug: impl Into<OrganizationId>) -> Option<Organization> {
        let world = self.world();
        world.organization(id_or_slug.into().as_str()).cloned()
    }

    /// Adds a user to an organization, or replaces the user's membership in it. A missing
    /// organization or role is added, too. The name of a new role is the `role_name` of the
    /// membership.
    ///
    /// Returns whether the user exists.
    pub fn add_membership(
        &self,
        user_id: impl Into<UserId>,
        membership: OrganizationMembership,
    ) -> bool {
        let user_id = user_id.into();
        self.instance.change(|world, now| {
            if world.user(user_id.as_str()).is_none() {
                return false;
            }
            world.register(&membership, now);
            let added = world.change(user_id.as_str(), |account| {
                account.join(membership);
                account.fill_defaults(now);
            });
            added.is_some()
        })
    }

    /// Invites a user to an organization. A missing organization is added, too. If the invitation
    /// is pending, a missing role is added, with the `role_name` of the invitation as its name. If
    /// the invitation has no e-mail address, it gets the first e-mail address of the user. If it
    /// has no status, it is pending.
    ///
    /// Returns whether the user exists.
    pub fn add_organization_invitation(
        &self,
        user_id: impl Into<UserId>,
        mut invitation: OrganizationInvitation,
    ) -> bool {
        let user_id = user_id.into();
        self.instance.change(|world, now| {
            let Some(account) = world.user(user_id.as_str()) else {
                return false;
            };
            account.address(&mut invitation);
            invitation.user_id = Some(user_id);
            world.add_organization_invitation(invitation, now);
            true
        })
    }

    /// Accepts an invitation, as the invited user does in a browser. Returns the membership.
    ///
    /// If the invitation names no user, the user with the invited e-mail address accepts it. The
    /// metadata of the invitation becomes the metadata of the membership. If the user is a member
    /// already, the membership does not change.
    ///
    /// # Panics
    ///
    /// Panics if the invitation does not exist or is not pending, if the invited user does not
    /// exist, or if the organization has reached its maximum number of members.
    #[track_caller]
    #[allow(
        clippy::panic,
        reason = "a test that accepts such an invitation is wrong"
    )]
    pub fn accept_organization_invitation(
        &self,
        invitation_id: impl Into<OrganizationInvitationId>,
    ) -> OrganizationMembership {
        let id = invitation_id.into();
        let membership = self.instance.change(|world, now| {
            let (user_id, organization_id) = world.accept_invitation(id.as_str(), now)?;
            let user = world.user(user_id.as_str());
            let membership = world.membership(organization_id.as_str(), user_id.as_str());
            let both = user.zip(membership);
            let both = both.ok_or_else(|| format!("the user {user_id} does not exist"))?;
            Ok::<_, String>(view_membership(world, both.0, both.1))
        });
        match membership {
            Ok(membership) => membership,
            Err(why) => panic!("cannot accept the invitation {id}: {why}"),
        }
    }
}

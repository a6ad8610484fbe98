//! Operations that create, change and delete organizations and memberships.

use clerk_client::requests::{
    CreateOrganizationMembershipRequest, CreateOrganizationRequest, GetOrganizationParams,
    UpdateOrganizationMembershipRequest, UpdateOrganizationRequest,
};

use super::Walk;
use super::lists::counted;
use super::records::{Member, Organization};

/// The maximum number of members of an organization that is created without a maximum.
const DEFAULT_LIMIT: i64 = 5;

impl Walk {
    fn name(&mut self) -> String {
        format!("Team {}", self.random.u8(0..6))
    }

    fn slug(&mut self) -> String {
        self.name().to_lowercase().replace(' ', "-")
    }

    pub(super) async fn create_organization(&mut self) {
        let name = self.name();
        let slug = self.one_in(3).then(|| self.slug());
        let creator = (!self.one_in(3)).then(|| self.user());
        let limit = self.some(&[None, Some(0), Some(1), Some(3), Some(8)]);
        self.operation =
            format!("create an organization: {name}, {slug:?}, by {creator:?}, {limit:?} members");
        let mut request = CreateOrganizationRequest::new(&name);
        if let Some(slug) = &slug {
            request = request.slug(slug);
        }
        if let Some(creator) = &creator {
            request = request.created_by(creator);
        }
        if let Some(limit) = limit {
            request = request.max_allowed_memberships(limit);
        }
        let organizations = self.clerk.organizations();
        let response = organizations.create_organization(request).await;
        let response = response.map(Organization::from);
        let id = response.as_ref().map(|of| of.id.clone());
        let new = Organization {
            id: id.unwrap_or_default(),
            name,
            slug: String::new(),
            limit: limit.map_or(DEFAULT_LIMIT, i64::from),
            created: self.plain.now,
            updated: self.plain.now,
            creator,
        };
        let expected = self.plain.add_organization(new, slug.as_deref());
        self.agree(expected, response);
    }

    pub(super) async fn update_organization(&mut self) {
        let id = self.organization();
        let name = self.random.bool().then(|| self.name());
        let slug = self.one_in(3).then(|| self.slug());
        let limit = self.some(&[None, Some(0), Some(1), Some(3), Some(8)]);
        self.operation = format!("update the organization {id}: {name:?}, {slug:?}, {limit:?}");
        let mut request = UpdateOrganizationRequest::new();
        if let Some(name) = &name {
            request = request.name(name);
        }
        if let Some(slug) = &slug {
            request = request.slug(slug);
        }
        if let Some(limit) = limit {
            request = request.max_allowed_memberships(limit);
        }
        let plain = &mut self.plain;
        let expected = plain.update_organization(&id, name.as_deref(), slug.as_deref(), limit);
        let organizations = self.clerk.organizations();
        let response = organizations.update_organization(&id, request).await;
        self.agree(expected, response.map(Organization::from));
    }

    pub(super) async fn delete_organization(&mut self) {
        let id = self.organization();
        self.operation = format!("delete the organization {id}");
        let expected = self.plain.remove_organization(&id);
        if expected.is_ok() {
            self.deleted.push(id.clone());
        }
        let response = self.clerk.organizations().delete_organization(&id).await;
        self.agree(expected, response.map(|gone| gone.id.unwrap()));
    }

    pub(super) async fn get_organization(&mut self) {
        let id_or_slug = match self.random.u8(0..3) {
            0 => self.organization(),
            1 => self.slug(),
            _ => format!("{}-2", self.slug()),
        };
        self.operation = format!("get the organization {id_or_slug}");
        let found = self.plain.organization(&id_or_slug);
        let expected = found.map(|found| self.plain.counted(found));
        let params = GetOrganizationParams::new().include_members_count(true);
        let organizations = self.clerk.organizations();
        let response = organizations.get_organization(&id_or_slug, params).await;
        self.agree(expected, response.map(counted));
    }

    pub(super) async fn create_membership(&mut self) {
        let (organization, user, role) = (self.organization(), self.user(), self.role());
        self.operation = format!("add {user} to {organization} as {role}");
        let expected = self.plain.add_member(&organization, &user, &role);
        let request = CreateOrganizationMembershipRequest::new(&user, &role);
        let memberships = self.clerk.organization_memberships();
        let response = memberships
            .create_organization_membership(&organization, request)
            .await;
        self.agree(expected, response.map(Member::from));
    }

    pub(super) async fn change_role(&mut self) {
        let ((organization, user), role) = (self.member(), self.role());
        self.operation = format!("make {user} {role} of {organization}");
        let expected = self.plain.set_role(&organization, &user, &role);
        let request = UpdateOrganizationMembershipRequest::new(&role);
        let memberships = self.clerk.organization_memberships();
        let response = memberships
            .update_organization_membership(&organization, &user, request)
            .await;
        self.agree(expected, response.map(Member::from));
    }

    pub(super) async fn delete_membership(&mut self) {
        let (organization, user) = self.member();
        self.operation = format!("remove {user} from {organization}");
        let expected = self.plain.remove_member(&organization, &user);
        let memberships = self.clerk.organization_memberships();
        let response = memberships
            .delete_organization_membership(&organization, &user)
            .await;
        self.agree(expected, response.map(Member::from));
    }
}

//! Adding, finding and removing organizations, and adding their domains.

use std::collections::BTreeSet;

use clerk_core::Timestamp;
use clerk_core::models::{Organization, OrganizationDomain, OrganizationDomainEnrollmentMode};

use crate::fake::state::fake_user::DEFAULT_IMAGE;
use crate::fake::state::shelves::text;
use crate::fake::state::world::World;

/// The key of the role set that a new organization gets if the instance has no initial role set.
const DEFAULT_ROLE_SET: &str = "role_set:default";

impl World {
    /// Adds an organization, or replaces the one with the same id. Fills in missing data, but no
    /// slug if the settings disable slugs.
    pub(crate) fn add_organization(&mut self, mut organization: Organization, now: Timestamp) {
        let id = organization.id.clone();
        // The fake computes these two fields if a request asks for them.
        organization.members_count = None;
        organization.missing_member_with_elevated_permissions = None;
        if organization.name.is_empty() {
            organization.name = id.as_str().into();
        }
        if organization.slug.is_none() && self.settings.organization_slugs_enabled {
            organization.slug = Some(self.free_slug(&organization.name, id.as_str()));
        }
        if organization.created_at.as_millis() == 0 {
            organization.created_at = now;
        }
        if organization.updated_at.as_millis() == 0 {
            organization.updated_at = now;
        }
        let image = &mut organization.image_url;
        image.get_or_insert_with(|| DEFAULT_IMAGE.into());
        let initial = self.initial_role_set().map(|set| text(set, "key"));
        let roles = &mut organization.role_set_key;
        roles.get_or_insert_with(|| initial.unwrap_or(DEFAULT_ROLE_SET).into());
        self.organizations.all.put(id.as_str(), organization);
    }

    /// Adds a domain, or replaces the one with the same id. Fills in missing data.
    pub(crate) fn add_organization_domain(
        &mut self,
        mut domain: OrganizationDomain,
        now: Timestamp,
    ) {
        if domain.created_at.as_millis() == 0 {
            (domain.created_at, domain.updated_at) = (now, now);
        }
        if domain.enrollment_mode.as_str().is_empty() {
            domain.enrollment_mode = OrganizationDomainEnrollmentMode::ManualInvitation;
        }
        let id = domain.id.clone();
        self.organizations.domains.put(id.as_str(), domain);
    }

    /// Returns an organization by its id or its slug.
    pub(crate) fn organization(&self, id_or_slug: &str) -> Option<&Organization> {
        let all = &self.organizations.all;
        let by_slug = || all.iter().find(|of| of.slug.as_deref() == Some(id_or_slug));
        all.get(id_or_slug).or_else(by_slug)
    }

    /// Removes an organization with its memberships, invitations and domains. The organization is
    /// then no longer active in any session.
    pub(crate) fn remove_organization(&mut self, id: &str) -> Option<Organization> {
        let organization = self.organizations.all.remove(id)?;
        for user_id in self.member_ids(id) {
            self.remove_membership(id, &user_id);
        }
        // A session can have an organization of which its user is not a member.
        for session in self.sessions.in_organization_mut(id) {
            session.content.leave_organization();
        }
        let state = &mut self.organizations;
        state.invitations.retain(|of| of.organization_id != id);
        state.domains.retain(|of| of.organization_id != id);
        Some(organization)
    }

    /// Derives the slug of the organization with this id from its name. Appends a number if another
    /// organization has the slug.
    fn free_slug(&self, name: &str, id: &str) -> String {
        let mut slug = String::new();
        for character in name.to_lowercase().chars() {
            if character.is_ascii_alphanumeric() {
                slug.push(character);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = match slug.trim_end_matches('-') {
            "" => "organization",
            slug => slug,
        };
        let others = self.organizations.all.iter().filter(|of| of.id != id);
        let slugs = others.filter_map(|of| of.slug.as_deref());
        let taken: BTreeSet<&str> = slugs.filter(|other| other.starts_with(slug)).collect();
        let numbered = (2_u64..).map(|number| format!("{slug}-{number}"));
        let mut candidates = std::iter::once(slug.to_owned()).chain(numbered);
        let free = candidates.find(|slug| !taken.contains(slug.as_str()));
        free.unwrap_or_default()
    }
}

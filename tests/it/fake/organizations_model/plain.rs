//! A simple model of users, organizations, members, invitations and sessions, written from Clerk's
//! documentation. Its lists are in the order of creation, and are searched linearly.

use super::records::{Invitation, Member, Organization, Person, Session};
use crate::fake::expected::Expected;

const DAY: i64 = 86_400_000;
/// The lifetime of a session.
const WEEK: i64 = 7 * DAY;
const NOT_FOUND: (u16, &str) = (404, "resource_not_found");
const ROLES: [&str; 2] = ["org:admin", "org:member"];

#[derive(Default)]
pub(super) struct Plain {
    pub(super) now: i64,
    pub(super) people: Vec<Person>,
    pub(super) organizations: Vec<Organization>,
    pub(super) members: Vec<Member>,
    pub(super) invitations: Vec<Invitation>,
    pub(super) sessions: Vec<Session>,
}

/// An invitation to send.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) email: String,
    pub(super) role: String,
    pub(super) inviter: Option<String>,
    pub(super) days: Option<u32>,
}

impl Plain {
    /// Sets the current time. Invitations and sessions that have reached their end expire.
    pub(super) fn set_time(&mut self, now: i64) {
        self.now = now;
        let expired = self.invitations.iter_mut().filter(|of| of.expires <= now);
        for of in expired.filter(|of| of.status == "pending") {
            of.status = "expired".to_owned();
        }
        let expired = self.sessions.iter_mut().filter(|of| of.expires <= now);
        for of in expired.filter(|of| of.status == "active") {
            of.status = "expired".to_owned();
        }
    }

    pub(super) fn person(&self, id: &str) -> Expected<&Person> {
        let found = self.people.iter().find(|person| person.id == id);
        found.ok_or(NOT_FOUND)
    }

    pub(super) fn add_person(&mut self, new: Person) -> Expected<Person> {
        if self.people.iter().any(|other| other.email == new.email) {
            return Err((422, "form_identifier_exists"));
        }
        self.people.push(new.clone());
        Ok(new)
    }

    /// Bans or unbans the users with these ids, or none of them if one does not exist. A ban ends
    /// the sessions of the user.
    pub(super) fn ban(&mut self, ids: &[String], banned: bool) -> Expected<Vec<Person>> {
        for id in ids {
            self.person(id)?;
        }
        for person in self.people.iter_mut().filter(|of| ids.contains(&of.id)) {
            (person.banned, person.updated) = (banned, self.now);
        }
        let sessions = self.sessions.iter_mut().filter(|_| banned);
        for session in sessions.filter(|of| ids.contains(&of.user)) {
            revoke(session, self.now);
        }
        ids.iter().map(|id| self.person(id).cloned()).collect()
    }

    pub(super) fn remove_person(&mut self, id: &str) -> Expected<String> {
        self.person(id)?;
        self.people.retain(|of| of.id != id);
        self.members.retain(|of| of.user != id);
        self.sessions.retain(|of| of.user != id);
        Ok(id.to_owned())
    }

    pub(super) fn organization(&self, id_or_slug: &str) -> Expected<&Organization> {
        let mut all = self.organizations.iter();
        let found = all.find(|of| of.id == id_or_slug || of.slug == id_or_slug);
        found.ok_or(NOT_FOUND)
    }

    /// Adds an organization. If `slug` is `None`, the slug of the organization is its name in lower
    /// case with hyphens, and with a number if another organization has this slug.
    pub(super) fn add_organization(
        &mut self,
        mut new: Organization,
        slug: Option<&str>,
    ) -> Expected<Organization> {
        let taken = |slug: &str| self.organizations.iter().any(|of| of.slug == slug);
        if slug.is_some_and(taken) {
            return Err((422, "form_identifier_exists"));
        }
        let name = new.name.to_lowercase().replace(' ', "-");
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut free = std::iter::once(name.clone()).chain(numbered);
        let slug = slug.map(ToOwned::to_owned);
        new.slug = slug.unwrap_or_else(|| free.find(|slug| !taken(slug)).unwrap());
        if let Some(creator) = &new.creator {
            let missing = (400, "organization_creator_not_found");
            let limit = self.person(creator).map_err(|_| missing)?.organizations;
            let all = self.organizations.iter();
            let created = all.filter(|of| of.creator == new.creator).count();
            if limit.is_some_and(|limit| limit <= i64::try_from(created).unwrap()) {
                return Err((403, "organization_quota_exceeded"));
            }
        }
        self.organizations.push(new.clone());
        if let Some(creator) = &new.creator {
            self.join(&new.id, creator, "org:admin");
        }
        Ok(new)
    }

    pub(super) fn update_organization(
        &mut self,
        id: &str,
        name: Option<&str>,
        slug: Option<&str>,
        limit: Option<u32>,
    ) -> Expected<Organization> {
        self.organization(id)?;
        let mut others = self.organizations.iter().filter(|of| of.id != id);
        if slug.is_some_and(|slug| others.any(|of| of.slug == slug)) {
            return Err((422, "form_identifier_exists"));
        }
        let mut all = self.organizations.iter_mut();
        let changed = all.find(|of| of.id == id).ok_or(NOT_FOUND)?;
        changed.name = name.unwrap_or(&changed.name).to_owned();
        changed.slug = slug.unwrap_or(&changed.slug).to_owned();
        changed.limit = limit.map_or(changed.limit, i64::from);
        changed.updated = self.now;
        Ok(changed.clone())
    }

    /// Removes an organization with its members and invitations. Sessions in which the organization
    /// is active then have no active organization.
    pub(super) fn remove_organization(&mut self, id: &str) -> Expected<String> {
        self.organization(id)?;
        self.organizations.retain(|of| of.id != id);
        self.members.retain(|of| of.organization != id);
        self.invitations.retain(|of| of.organization != id);
        let sessions = self.sessions.iter_mut();
        for session in sessions.filter(|of| of.organization.as_deref() == Some(id)) {
            session.organization = None;
        }
        Ok(id.to_owned())
    }

    fn join(&mut self, organization: &str, user: &str, role: &str) -> Member {
        let member = Member {
            organization: organization.to_owned(),
            user: user.to_owned(),
            role: role.to_owned(),
            created: self.now,
            updated: self.now,
        };
        self.members.push(member.clone());
        member
    }

    pub(super) fn members_of(&self, organization: &str) -> impl Iterator<Item = &Member> {
        let all = self.members.iter();
        all.filter(move |of| of.organization == organization)
    }

    pub(super) fn member(&self, organization: &str, user: &str) -> Expected<&Member> {
        let found = self.members_of(organization).find(|of| of.user == user);
        found.ok_or(NOT_FOUND)
    }

    /// Returns an error if the number of members and pending invitations has reached the limit.
    fn check_quota(&self, organization: &str) -> Expected<()> {
        let invitations = self.invitations.iter();
        let own = invitations.filter(|of| of.organization == organization);
        let pending = own.filter(|of| of.status == "pending").count();
        let taken = i64::try_from(self.members_of(organization).count() + pending).unwrap();
        let limit = self.organization(organization)?.limit;
        if limit != 0 && limit <= taken {
            return Err((403, "organization_membership_quota_exceeded"));
        }
        Ok(())
    }

    pub(super) fn add_member(
        &mut self,
        organization: &str,
        user: &str,
        role: &str,
    ) -> Expected<Member> {
        self.organization(organization)?;
        self.person(user)?;
        check_role(role)?;
        if self.member(organization, user).is_ok() {
            return Err((400, "already_a_member_in_organization"));
        }
        self.check_quota(organization)?;
        Ok(self.join(organization, user, role))
    }

    pub(super) fn set_role(
        &mut self,
        organization: &str,
        user: &str,
        role: &str,
    ) -> Expected<Member> {
        self.member(organization, user)?;
        check_role(role)?;
        let mut all = self.members.iter_mut();
        let found = all.find(|of| of.organization == organization && of.user == user);
        let changed = found.ok_or(NOT_FOUND)?;
        (changed.role, changed.updated) = (role.to_owned(), self.now);
        Ok(changed.clone())
    }

    /// Removes a member. If the organization is active in a session of the member, the session then
    /// has no active organization.
    pub(super) fn remove_member(&mut self, organization: &str, user: &str) -> Expected<Member> {
        let removed = self.member(organization, user)?.clone();
        self.members.retain(|of| *of != removed);
        let sessions = self.sessions.iter_mut().filter(|of| of.user == user);
        for session in sessions.filter(|of| of.organization.as_deref() == Some(organization)) {
            session.organization = None;
        }
        Ok(removed)
    }

    /// Sends all invitations, or none if one is refused.
    pub(super) fn invite(
        &mut self,
        organization: &str,
        drafts: &[Draft],
        ids: &[String],
    ) -> Expected<Vec<Invitation>> {
        let before = self.invitations.len();
        for (at, draft) in drafts.iter().enumerate() {
            if let Err(error) = self.check_invitation(organization, draft) {
                self.invitations.truncate(before);
                return Err(error);
            }
            self.invitations.push(Invitation {
                id: ids.get(at).cloned().unwrap_or_default(),
                organization: organization.to_owned(),
                email: draft.email.to_lowercase(),
                role: draft.role.clone(),
                inviter: draft.inviter.clone(),
                status: "pending".to_owned(),
                expires: self.now + i64::from(draft.days.unwrap_or(30)) * DAY,
                created: self.now,
                updated: self.now,
            });
        }
        Ok(self.invitations[before..].to_vec())
    }

    fn check_invitation(&self, organization: &str, draft: &Draft) -> Expected<()> {
        self.organization(organization)?;
        check_role(&draft.role)?;
        self.check_manager(organization, draft.inviter.as_deref())?;
        let email = draft.email.to_lowercase();
        let invited = |of: &Person| of.email == email && self.member(organization, &of.id).is_ok();
        if self.people.iter().any(invited) {
            return Err((400, "already_a_member_in_organization"));
        }
        let mut own = self.invitations.iter();
        if own.any(|of| {
            of.organization == organization && of.email == email && of.status == "pending"
        }) {
            return Err((400, "organization_invitation_not_unique"));
        }
        self.check_quota(organization)
    }

    /// Returns an error if `user` is set, but is not an admin of the organization.
    fn check_manager(&self, organization: &str, user: Option<&str>) -> Expected<()> {
        let Some(user) = user else {
            return Ok(());
        };
        self.person(user)?;
        match self.member(organization, user) {
            Err(_) => Err((403, "not_a_member_in_organization")),
            Ok(member) if member.role == "org:admin" => Ok(()),
            Ok(_) => Err((403, "missing_organization_permission")),
        }
    }

    pub(super) fn revoke_invitation(
        &mut self,
        organization: &str,
        id: &str,
        user: Option<&str>,
    ) -> Expected<Invitation> {
        self.organization(organization)?;
        let mut own = self.invitations.iter();
        let at = own.position(|of| of.organization == organization && of.id == id);
        let at = at.ok_or(NOT_FOUND)?;
        self.check_manager(organization, user)?;
        let invitation = &mut self.invitations[at];
        if invitation.status != "pending" {
            return Err((404, "organization_invitation_not_pending"));
        }
        (invitation.status, invitation.updated) = ("revoked".to_owned(), self.now);
        Ok(invitation.clone())
    }

    /// Makes the invitee a member. Pending invitations do not count towards the limit here, because
    /// each already counted when it was sent.
    pub(super) fn accept(&mut self, id: &str) -> Result<Member, String> {
        let at = self.invitations.iter().position(|of| of.id == id);
        let at = at.ok_or("it does not exist")?;
        let invitation = self.invitations[at].clone();
        if invitation.status != "pending" {
            return Err(format!("it is {}", invitation.status));
        }
        let email = &invitation.email;
        let invitee = self.people.iter().find(|of| of.email == *email);
        let invitee = invitee.ok_or(format!("no user has the address {email}"))?;
        let (organization, user) = (&invitation.organization, invitee.id.clone());
        let limit = self.organization(organization).unwrap().limit;
        let members = self.members_of(organization).count();
        if limit != 0 && limit <= i64::try_from(members).unwrap() {
            return Err(format!("{organization} has its maximum of {limit} members"));
        }
        let known = self.member(organization, &user).cloned();
        let member = known.unwrap_or_else(|_| self.join(organization, &user, &invitation.role));
        let accepted = &mut self.invitations[at];
        (accepted.status, accepted.updated) = ("accepted".to_owned(), self.now);
        Ok(member)
    }

    pub(super) fn sign_in(
        &mut self,
        id: &str,
        user: &str,
        organization: Option<&str>,
    ) -> Expected<Session> {
        if self.person(user)?.banned {
            return Err((403, "user_banned"));
        }
        if let Some(organization) = organization {
            self.member(organization, user)?;
        }
        self.sessions.push(Session {
            id: id.to_owned(),
            user: user.to_owned(),
            organization: organization.map(ToOwned::to_owned),
            status: "active".to_owned(),
            expires: self.now + WEEK,
            created: self.now,
            updated: self.now,
        });
        Ok(self.sessions[self.sessions.len() - 1].clone())
    }

    /// Revokes a session. A session that has ended is not changed.
    pub(super) fn revoke_session(&mut self, id: &str) -> Expected<Session> {
        let found = self.sessions.iter_mut().find(|of| of.id == id);
        let session = found.ok_or(NOT_FOUND)?;
        revoke(session, self.now);
        Ok(session.clone())
    }
}

fn check_role(role: &str) -> Expected<()> {
    ROLES.contains(&role).then_some(()).ok_or(NOT_FOUND)
}

fn revoke(session: &mut Session, now: i64) {
    if session.status == "active" {
        (session.status, session.updated) = ("revoked".to_owned(), now);
    }
}

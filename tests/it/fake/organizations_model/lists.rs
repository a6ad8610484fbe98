//! The lists of organizations, members, invitations and sessions.

use clerk_client::Error;
use clerk_client::models::{self, OrganizationInvitationStatus, Page, SessionStatus};
use clerk_client::requests::{
    InstanceOrganizationInvitationListParams, InstanceOrganizationMembershipListParams,
    OrganizationInvitationListParams, OrganizationListParams, OrganizationMembershipListParams,
    OrganizationOrderBy, PageParams, SentOrganizationInvitationListParams, SessionListParams,
    UserListParams,
};

use super::Walk;
use super::plain::Plain;
use super::records::{Invitation, Member, Organization, Person, Session};
use crate::fake::expected::{Expected, code, owned};

/// The largest number of items in a page.
const MAX: u32 = 500;

/// A part of a list.
#[derive(Debug, Clone, Copy)]
struct Window {
    limit: u32,
    offset: u32,
}

const ALL: Window = Window {
    limit: MAX,
    offset: 0,
};

impl Window {
    /// Returns this part of a list, and the length of the whole list.
    fn of<T>(self, all: Vec<T>) -> (Vec<T>, usize) {
        let total = all.len();
        let shown = all.into_iter().skip(self.offset as usize);
        (shown.take(self.limit as usize).collect(), total)
    }
}

/// Returns the items of a page, and the length of the whole list.
fn seen<A, B: From<A>>(page: Page<A>) -> (Vec<B>, usize) {
    let total = usize::try_from(page.total_count.unwrap()).unwrap();
    (page.data.into_iter().map(B::from).collect(), total)
}

/// Returns an organization and the number of its members.
pub(super) fn counted(organization: models::Organization) -> (Organization, usize) {
    let count = usize::try_from(organization.members_count.unwrap()).unwrap();
    (organization.into(), count)
}

fn newest_first<T>(mut all: Vec<T>) -> Vec<T> {
    all.reverse();
    all
}

impl Plain {
    pub(super) fn counted(&self, organization: &Organization) -> (Organization, usize) {
        let count = self.members_of(&organization.id).count();
        (organization.clone(), count)
    }

    /// Lists memberships, the newest first. If several were created at the same time, the newest
    /// user comes first.
    fn list_members(&self, matches: impl Fn(&Member) -> bool) -> Vec<Member> {
        let members = self.members.iter().filter(|of| matches(of));
        let mut members: Vec<Member> = members.cloned().collect();
        let place = |id: &str| self.people.iter().position(|of| of.id == id);
        members.sort_by_key(|of| (of.created, place(&of.user)));
        newest_first(members)
    }

    fn list_invitations(&self, matches: impl Fn(&Invitation) -> bool) -> Vec<Invitation> {
        let found = self.invitations.iter().filter(|of| matches(of));
        newest_first(found.cloned().collect())
    }

    fn list_sessions(&self, user: &str, status: Option<&str>) -> Vec<Session> {
        let own = self.sessions.iter().filter(|of| of.user == user);
        let found = own.filter(|of| status.is_none_or(|status| of.status == status));
        newest_first(found.cloned().collect())
    }

    fn list_invitations_of_user(
        &self,
        user: &str,
        status: Option<&str>,
    ) -> Expected<Vec<Invitation>> {
        let email = &self.person(user)?.email;
        let own = self.invitations.iter().filter(|of| of.email == *email);
        let found = own.filter(|of| status.is_none_or(|status| of.status == status));
        Ok(found.cloned().collect())
    }

    fn list_members_of_user(&self, user: &str) -> Expected<Vec<Member>> {
        self.person(user)?;
        let own = self.members.iter().filter(|of| of.user == user);
        Ok(own.cloned().collect())
    }
}

impl Walk {
    fn window(&mut self) -> Window {
        Window {
            limit: self.some(&[1, 2, 5, MAX]),
            offset: self.some(&[0, 0, 1, 3]),
        }
    }

    pub(super) async fn list_organizations(&mut self) {
        let window = self.window();
        let text = self.one_in(3).then(|| self.some(&["TEAM 1", "m-2", "2"]));
        let user = self.one_in(3).then(|| self.user());
        let without = self.one_in(3).then(|| self.user());
        let (by, order_by) = self.some(&[
            ("name", OrganizationOrderBy::Name),
            ("created_at", OrganizationOrderBy::CreatedAt),
            ("members_count", OrganizationOrderBy::MembersCount),
        ]);
        let descending = self.random.bool();
        self.operation = format!(
            "list organizations: {window:?}, {text:?}, with {user:?}, without {without:?}, \
             by {by}, descending: {descending}"
        );
        let plain = &self.plain;
        let matches = |of: &Organization| {
            let has = |user: &String| plain.member(&of.id, user).is_ok();
            let contains =
                |text: &str| of.name.to_lowercase().contains(text) || of.slug.contains(text);
            user.as_ref().is_none_or(has)
                && !without.as_ref().is_some_and(has)
                && text.is_none_or(|text| contains(&text.to_lowercase()))
        };
        let found = plain.organizations.iter().filter(|of| matches(of));
        let mut found: Vec<_> = found.map(|of| plain.counted(of)).collect();
        match by {
            "name" => found.sort_by_key(|(of, _)| of.name.clone()),
            "created_at" => found.sort_by_key(|(of, _)| of.created),
            _ => found.sort_by_key(|(_, count)| *count),
        }
        if descending {
            found.reverse();
        }
        let expected = Ok(window.of(found));

        let mut params = OrganizationListParams::new()
            .limit(window.limit)
            .offset(window.offset.into())
            .include_members_count(true);
        if let Some(text) = text {
            params = params.query(text);
        }
        if let Some(user) = &user {
            params = params.user_id([user]);
        }
        if let Some(without) = &without {
            params = params.exclude_user_id([without]);
        }
        let order = if descending {
            order_by.descending()
        } else {
            order_by.ascending()
        };
        let response = self.organizations_of(params.order_by(order)).await;
        self.agree(expected, response);
    }

    async fn organizations_of(
        &self,
        params: OrganizationListParams,
    ) -> Result<(Vec<(Organization, usize)>, usize), Error> {
        let page = self
            .clerk
            .organizations()
            .list_organizations(params)
            .await?;
        let total = usize::try_from(page.total_count.unwrap()).unwrap();
        Ok((page.into_iter().map(counted).collect(), total))
    }

    pub(super) async fn list_members(&mut self) {
        let (organization, window) = (self.organization(), self.window());
        let role = self.random.bool().then(|| self.role());
        self.operation = format!("list the members of {organization}: {role:?}, {window:?}");
        let has_role = |of: &Member| role.as_ref().is_none_or(|role| *role == of.role);
        let plain = &self.plain;
        let found = plain.list_members(|of| of.organization == organization && has_role(of));
        let expected = plain.organization(&organization).map(|_| window.of(found));
        let mut params = OrganizationMembershipListParams::new()
            .limit(window.limit)
            .offset(window.offset.into());
        if let Some(role) = role {
            params = params.role([role]);
        }
        let memberships = self.clerk.organization_memberships();
        let response = memberships.list_organization_memberships(&organization, params);
        let response = response.await.map(seen);
        self.agree(expected, response);
    }

    /// Lists the memberships and the invitations of a user.
    pub(super) async fn list_organizations_of_user(&mut self) {
        let (user, window) = (self.user(), self.window());
        self.operation = format!("list the organizations of {user}: {window:?}");
        let users = self.clerk.users();
        let (limit, offset) = (window.limit, window.offset.into());
        let params = PageParams::new().limit(limit).offset(offset);
        let response = users
            .users_get_organization_memberships(&user, params)
            .await;
        let expected = self.plain.list_members_of_user(&user);
        self.agree(expected.map(|all| window.of(all)), response.map(seen));

        let status = self.some(&[None, Some("pending"), Some("accepted")]);
        let mut params = OrganizationInvitationListParams::new();
        params = params.limit(limit).offset(offset);
        if let Some(status) = status {
            params = params.status(OrganizationInvitationStatus::from(status));
        }
        let response = users
            .users_get_organization_invitations(&user, params)
            .await;
        let expected = self.plain.list_invitations_of_user(&user, status);
        assert_eq!(
            response.map(seen).map_err(code),
            expected.map(|all| window.of(all)).map_err(owned)
        );
    }

    pub(super) async fn list_invitations(&mut self) {
        let (organization, window) = (self.organization(), self.window());
        let email = self.one_in(4).then(|| self.email());
        let statuses = ["pending", "accepted", "revoked", "expired"];
        let status = (!self.one_in(4)).then(|| self.some(&statuses));
        self.operation =
            format!("list the invitations of {organization}: {status:?}, {email:?}, {window:?}");
        let found = self.plain.list_invitations(|of| {
            of.organization == organization
                && status.is_none_or(|status| of.status == status)
                && email
                    .as_ref()
                    .is_none_or(|email| of.email == email.to_lowercase())
        });
        let known = self.plain.organization(&organization);
        let expected = known.map(|_| window.of(found));
        let mut params = SentOrganizationInvitationListParams::new()
            .limit(window.limit)
            .offset(window.offset.into());
        if let Some(status) = status {
            params = params.status(OrganizationInvitationStatus::from(status));
        }
        if let Some(email) = email {
            params = params.email_address(email);
        }
        let invitations = self.clerk.organization_invitations();
        let response = invitations.list_organization_invitations(&organization, params);
        let response = response.await.map(seen);
        self.agree(expected, response);
    }

    pub(super) async fn list_sessions(&mut self) {
        let (user, window) = (self.user(), self.window());
        let status = self.some(&[None, Some("active"), Some("revoked"), Some("expired")]);
        self.operation = format!("list the sessions of {user}: {status:?}, {window:?}");
        self.compare_sessions_of(&user, status, window).await;
    }

    async fn compare_sessions_of(&mut self, user: &str, status: Option<&str>, window: Window) {
        let expected = Ok(window.of(self.plain.list_sessions(user, status)));
        let mut params = SessionListParams::new().user_id(user);
        params = params.limit(window.limit).offset(window.offset.into());
        if let Some(status) = status {
            params = params.status(SessionStatus::from(status));
        }
        let response = self.clerk.sessions().get_session_list(params).await;
        self.agree(expected, response.map(seen));
    }

    /// Compares all users, organizations, memberships, invitations and sessions.
    pub(super) async fn compare_all(&mut self) {
        "compare all lists".clone_into(&mut self.operation);
        let users = self
            .clerk
            .users()
            .get_user_list(UserListParams::new().limit(MAX));
        let users = users
            .await
            .map(|all| all.into_iter().map(Person::from).collect());
        self.agree(Ok(newest_first(self.plain.people.clone())), users);

        let params = OrganizationListParams::new()
            .limit(MAX)
            .include_members_count(true);
        let organizations = self.organizations_of(params).await;
        let all = self.plain.organizations.iter();
        let all = all.map(|of| self.plain.counted(of)).collect();
        self.agree(Ok(ALL.of(newest_first(all))), organizations);

        let params = InstanceOrganizationMembershipListParams::new().limit(MAX);
        let memberships = self.clerk.organization_memberships();
        let members = memberships
            .instance_get_organization_memberships(params)
            .await;
        let all = self.plain.list_members(|_| true);
        self.agree(Ok(ALL.of(all)), members.map(seen));

        let params = InstanceOrganizationInvitationListParams::new().limit(MAX);
        let invitations = self.clerk.organization_invitations();
        let sent = invitations
            .list_instance_organization_invitations(params)
            .await;
        let all = self.plain.list_invitations(|_| true);
        self.agree(Ok(ALL.of(all)), sent.map(seen));

        // Users who were deleted have no sessions.
        let users = self.plain.people.iter().map(|person| &person.id);
        let users = users.chain(self.deleted.iter().rev().take(5));
        for user in users.cloned().collect::<Vec<_>>() {
            self.compare_sessions_of(&user, None, ALL).await;
        }
    }
}

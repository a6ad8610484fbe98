//! Operations that send, revoke and accept invitations.

use std::panic::{AssertUnwindSafe, catch_unwind};

use clerk_client::requests::{
    CreateOrganizationInvitationRequest, RevokeOrganizationInvitationRequest,
};

use super::Walk;
use super::plain::Draft;
use super::records::{Invitation, Member};

impl Walk {
    /// Returns the ids of an organization and of an invitation to it. The invitation is usually
    /// pending, and sometimes does not exist.
    fn invitation(&mut self) -> (String, String) {
        let all = self.plain.invitations.clone();
        let pending = all.iter().filter(|of| of.status == "pending").cloned();
        let pending: Vec<Invitation> = pending.collect();
        let some = match self.random.u8(0..10) {
            0 => None,
            1 => self.random.choice(all),
            _ => self.random.choice(pending),
        };
        match some {
            Some(invitation) => (invitation.organization, invitation.id),
            None => (self.organization(), "orginv_missing".to_owned()),
        }
    }

    /// Usually returns `None`, and sometimes the id of a member of the organization. Rarely returns
    /// the id of a random user, or an id that no user has.
    fn manager(&mut self, organization: &str) -> Option<String> {
        let members = self.plain.members_of(organization);
        let members: Vec<String> = members.map(|of| of.user.clone()).collect();
        match self.random.u8(0..12) {
            0 => Some(self.user()),
            1..5 if !members.is_empty() => Some(self.some(&members)),
            _ => None,
        }
    }

    /// Returns the address of a user in upper case, or sometimes a random address.
    fn invitee(&mut self) -> String {
        let known = self.random.choice(&self.plain.people);
        let known = known.map(|person| person.email.to_uppercase());
        match known {
            Some(email) if !self.one_in(3) => email,
            _ => self.email(),
        }
    }

    pub(super) async fn invite(&mut self) {
        let organization = self.organization();
        let count = self.some(&[1, 1, 1, 2, 3]);
        let drafts = (0..count).map(|_| Draft {
            email: self.invitee(),
            role: self.role(),
            inviter: self.manager(&organization),
            days: self.some(&[None, Some(1), Some(3), Some(10)]),
        });
        let drafts: Vec<Draft> = drafts.collect();
        self.operation = format!("invite to {organization}: {drafts:?}");
        let requests = drafts.iter().map(|draft| {
            let mut request = CreateOrganizationInvitationRequest::new(&draft.email, &draft.role);
            if let Some(inviter) = &draft.inviter {
                request = request.inviter_user_id(inviter);
            }
            if let Some(days) = draft.days {
                request = request.expires_in_days(days);
            }
            request
        });
        let mut requests: Vec<_> = requests.collect();
        let invitations = self.clerk.organization_invitations();
        let response = if count == 1 {
            let request = requests.remove(0);
            let sent = invitations.create_organization_invitation(&organization, request);
            sent.await.map(|invitation| vec![invitation])
        } else {
            let sent = invitations.create_organization_invitation_bulk(&organization, requests);
            sent.await.map(|page| page.data)
        };
        let response =
            response.map(|sent| sent.into_iter().map(Invitation::from).collect::<Vec<_>>());
        let sent = response.as_ref().map_or(&[][..], |sent| sent);
        let ids: Vec<String> = sent.iter().map(|of| of.id.clone()).collect();
        let expected = self.plain.invite(&organization, &drafts, &ids);
        self.agree(expected, response);
    }

    pub(super) async fn revoke_invitation(&mut self) {
        let (organization, id) = self.invitation();
        let user = self.manager(&organization);
        self.operation = format!("revoke {id} to {organization} by {user:?}");
        let plain = &mut self.plain;
        let expected = plain.revoke_invitation(&organization, &id, user.as_deref());
        let mut request = RevokeOrganizationInvitationRequest::new();
        if let Some(user) = &user {
            request = request.requesting_user_id(user);
        }
        let invitations = self.clerk.organization_invitations();
        let response = invitations
            .revoke_organization_invitation(&organization, &id, request)
            .await;
        self.agree(expected, response.map(Invitation::from));
    }

    /// Accepts an invitation. If the model refuses this, the fake must panic. The output of a
    /// failed test shows these expected panics, too. To keep them few, the invitation is usually
    /// pending, and its invitee usually exists.
    pub(super) async fn accept_invitation(&mut self) {
        let all = self.plain.invitations.iter();
        let people = &self.plain.people;
        let exists = |email: &String| people.iter().any(|of| of.email == *email);
        let open = all.filter(|of| of.status == "pending" && exists(&of.email));
        let open: Vec<String> = open.map(|of| of.id.clone()).collect();
        let id = match &open[..] {
            _ if self.one_in(10) => self.invitation().1,
            [] => return self.invite().await,
            open => self.some(open),
        };
        self.operation = format!("accept {id}");
        let expected = self.plain.accept(&id);
        self.refused += usize::from(expected.is_err());
        let accept = || self.fake.accept_organization_invitation(&id);
        let accepted = catch_unwind(AssertUnwindSafe(accept)).map(Member::from);
        let accepted = accepted.map_err(|panic| *panic.downcast::<String>().unwrap());
        let expected = expected.map_err(|why| format!("cannot accept the invitation {id}: {why}"));
        assert_eq!(accepted, expected);
    }
}

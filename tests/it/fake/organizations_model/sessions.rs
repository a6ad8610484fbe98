//! Operations that create and revoke sessions.

use clerk_client::requests::CreateSessionRequest;

use super::Walk;
use super::records::Session;

impl Walk {
    pub(super) async fn create_session(&mut self) {
        let (member_of, member) = self.member();
        let (user, organization) = match self.random.u8(0..10) {
            0..5 => (member, Some(member_of)),
            5 => (self.user(), Some(member_of)),
            _ => (self.user(), None),
        };
        self.operation = format!("sign {user} in to {organization:?}");
        let mut request = CreateSessionRequest::new(&user);
        if let Some(organization) = &organization {
            request = request.active_organization_id(organization);
        }
        let response = self.clerk.sessions().create_session(request).await;
        let response = response.map(Session::from);
        let id = response.as_ref().map(|session| session.id.clone());
        let id = id.unwrap_or_default();
        let expected = self.plain.sign_in(&id, &user, organization.as_deref());
        self.agree(expected, response);
    }

    pub(super) async fn revoke_session(&mut self) {
        let id = self.id(self.plain.sessions.iter().map(|of| of.id.clone()).collect());
        self.operation = format!("revoke the session {id}");
        let expected = self.plain.revoke_session(&id);
        let response = self.clerk.sessions().revoke_session(&id).await;
        self.agree(expected, response.map(Session::from));
    }
}

use crate::api::users::UsersApi;
use crate::api::users::models::oauth_access_token::OAuthAccessToken;
use crate::api::users::models::user::User;
use crate::api::users::pages::AllUsers;
use crate::api::users::requests::organization_invitation_list_params::OrganizationInvitationListParams;
use crate::api::users::requests::user_list_params::UserListParams;
use crate::models::organization_invitation::OrganizationInvitation;
use crate::models::organization_membership::OrganizationMembership;
use crate::paging::offsets::ByOffset;
use crate::paging::pager::Pager;
use crate::requests::page_params::PageParams;
use crate::transport::HttpTransport;
use crate::types::id::{OAuthProvider, UserId};

/// In these, the parameters' `limit` is the length of a page: 500, Clerk's largest, where it is not
/// set. Their `offset` and `starting_after` say where the walk begins.
impl<T: HttpTransport> UsersApi<T> {
    /// Walks all users, or all that a filter fits, page by page.
    ///
    /// In the order of creation, which is the default, each page is asked for by the last user of
    /// the one before. A page costs the same however far the walk has come, and each user who is
    /// there throughout is met exactly once, whoever comes and goes between two pages: where the
    /// last user of a page is deleted before the next is asked for, the walk goes on from the time
    /// of their creation. Only where more than 500 users were created in that one millisecond, or
    /// the walk began amid them, is that an error: begin such a walk anew. In other orders pages are asked for by offset: users who come or go move
    /// the others, so that some are met twice or not at all.
    ///
    /// The newest come first unless the parameters say otherwise, so users created during the walk
    /// are not met; with the oldest first they are. A position that was stored at the end of such
    /// a walk leads, later, to the users who are new since.
    ///
    /// See [`Pager`] for an example.
    #[doc(alias = "get_user_list")]
    pub fn list_all(&self, params: UserListParams) -> Pager<User, T> {
        let (source, start) = AllUsers::new(self.clone(), params);
        Pager::new(source, start)
    }

    /// Walks all organizations that a user belongs to, page by page, by offset.
    pub fn list_all_organization_memberships(
        &self,
        user_id: impl Into<UserId>,
        page: PageParams,
    ) -> Pager<OrganizationMembership, T> {
        let (users, user_id) = (self.clone(), user_id.into());
        let call = move |page| users.users_get_organization_memberships(&user_id, page);
        let identity = |one: &OrganizationMembership| one.id.to_string();
        let (source, start) = ByOffset::new(page, call, identity);
        Pager::new(source, start)
    }

    /// Walks all invitations of a user, or all with one status, page by page, by offset.
    pub fn list_all_organization_invitations(
        &self,
        user_id: impl Into<UserId>,
        params: impl Into<OrganizationInvitationListParams>,
    ) -> Pager<OrganizationInvitation, T> {
        let (users, user_id, params) = (self.clone(), user_id.into(), params.into());
        let page = params.page;
        let call = move |page| {
            let params = OrganizationInvitationListParams {
                page,
                ..params.clone()
            };
            users.users_get_organization_invitations(&user_id, params)
        };
        let identity = |one: &OrganizationInvitation| one.id.to_string();
        let (source, start) = ByOffset::new(page, call, identity);
        Pager::new(source, start)
    }

    /// Walks all access tokens of a user at an OAuth provider, page by page, by offset.
    #[doc(alias = "list_all_oauth_access_tokens")]
    pub fn list_all_o_auth_access_tokens(
        &self,
        user_id: impl Into<UserId>,
        provider: impl Into<OAuthProvider>,
        page: PageParams,
    ) -> Pager<OAuthAccessToken, T> {
        let (users, user_id, provider) = (self.clone(), user_id.into(), provider.into());
        let call = move |page| users.get_o_auth_access_token(&user_id, &provider, page);
        let identity = |one: &OAuthAccessToken| {
            format!(
                "{} {} {}",
                one.external_account_id,
                one.provider_user_id,
                one.token.expose()
            )
        };
        let (source, start) = ByOffset::new(page, call, identity);
        Pager::new(source, start)
    }
}

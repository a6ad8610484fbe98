//! clerk-rs 0.4.2 as a client of the fake.
//!
//! This version has a type for each tag. The functions of the type are the operations of the tag.
//! This version cannot create sessions.

use clerk_rs_04::ClerkConfiguration;
use clerk_rs_04::apis::jwt_templates_api::JwtTemplate;
use clerk_rs_04::apis::organization_invitations_api::OrganizationInvitation;
use clerk_rs_04::apis::organization_memberships_api::OrganizationMembership;
use clerk_rs_04::apis::organizations_api::Organization;
use clerk_rs_04::apis::sessions_api::Session;
use clerk_rs_04::apis::users_api::User;
use clerk_rs_04::apis::{Error, ResponseContent};
use clerk_rs_04::clerk::Clerk;
use clerk_rs_04::validators::authorizer::{ClerkAuthorizer, ClerkRequest};
use clerk_rs_04::validators::jwks::JwksProviderNoCache;
use serde::Serialize;
use serde_json::{Value, to_value};

use crate::sdk::{Answer, AppRequest, Refusal, UserFilter, request as form};

pub(crate) struct Sdk {
    pub(crate) clerk: Clerk,
}

pub(crate) fn answer<T: Serialize, E: Serialize + std::fmt::Debug>(
    result: Result<T, Error<E>>,
) -> Answer {
    match result {
        Ok(model) => Ok(to_value(model).unwrap()),
        Err(Error::ResponseError(ResponseContent { status, entity, .. })) => Err(Refusal {
            status: status.as_u16(),
            entity: to_value(entity).unwrap(),
        }),
        Err(error) => panic!("{error:?}"),
    }
}

impl ClerkRequest for AppRequest {
    fn get_header(&self, key: &str) -> Option<String> {
        let header = self.authorization.clone();
        header.filter(|_| key == "Authorization")
    }

    fn get_cookie(&self, key: &str) -> Option<String> {
        let cookie = self.session_cookie.clone();
        cookie.filter(|_| key == "__session")
    }
}

impl crate::sdk::Sdk for Sdk {
    fn new(url: &str) -> Self {
        let key = Some("sk_test_rust".to_owned());
        let mut configuration = ClerkConfiguration::new(None, None, key, None);
        configuration.base_path = url.to_owned();
        let clerk = Clerk::new(configuration);
        Self { clerk }
    }

    async fn create_user(&self, request: Value) -> Answer {
        answer(User::create_user(&self.clerk, form(request)).await)
    }

    async fn get_user(&self, id: &str) -> Answer {
        answer(User::get_user(&self.clerk, id).await)
    }

    async fn get_user_list(&self, of: UserFilter, limit: Option<u32>, order: &str) -> Answer {
        let list = User::get_user_list(
            &self.clerk,
            of.email_address,
            of.phone_number,
            of.external_id,
            of.username,
            None,
            of.user_id,
            None,
            of.query,
            limit.map(u64::from),
            None,
            Some(order),
        );
        answer(list.await)
    }

    async fn get_users_count(&self, of: UserFilter) -> Answer {
        let count = User::get_users_count(
            &self.clerk,
            of.email_address,
            of.phone_number,
            of.external_id,
            of.username,
            None,
            of.user_id,
            of.query,
        );
        answer(count.await)
    }

    async fn update_user(&self, id: &str, request: Value) -> Answer {
        answer(User::update_user(&self.clerk, id, form(request)).await)
    }

    async fn update_user_metadata(&self, id: &str, request: Value) -> Answer {
        answer(User::update_user_metadata(&self.clerk, id, Some(form(request))).await)
    }

    async fn ban_user(&self, id: &str) -> Answer {
        answer(User::ban_user(&self.clerk, id).await)
    }

    async fn unban_user(&self, id: &str) -> Answer {
        answer(User::unban_user(&self.clerk, id).await)
    }

    async fn verify_password(&self, id: &str, request: Value) -> Answer {
        answer(User::verify_password(&self.clerk, id, Some(form(request))).await)
    }

    async fn verify_totp(&self, id: &str, request: Value) -> Answer {
        answer(User::verify_totp(&self.clerk, id, Some(form(request))).await)
    }

    async fn disable_mfa(&self, id: &str) -> Answer {
        answer(User::disable_mfa(&self.clerk, id).await)
    }

    async fn get_o_auth_access_token(&self, id: &str, provider: &str) -> Answer {
        answer(User::get_o_auth_access_token(&self.clerk, id, provider).await)
    }

    async fn users_get_organization_memberships(&self, id: &str) -> Answer {
        answer(User::users_get_organization_memberships(&self.clerk, id, None, None).await)
    }

    async fn delete_user(&self, id: &str) -> Answer {
        answer(User::delete_user(&self.clerk, id).await)
    }

    async fn create_organization(&self, request: Value) -> Answer {
        answer(Organization::create_organization(&self.clerk, Some(form(request))).await)
    }

    async fn get_organization(&self, id: &str) -> Answer {
        answer(Organization::get_organization(&self.clerk, id).await)
    }

    async fn list_organizations(&self, query: Option<&str>, limit: u32, offset: u32) -> Answer {
        let (limit, offset) = (Some(limit.into()), Some(offset.into()));
        let list = Organization::list_organizations(&self.clerk, limit, offset, Some(true), query);
        answer(list.await)
    }

    async fn update_organization(&self, id: &str, request: Value) -> Answer {
        answer(Organization::update_organization(&self.clerk, id, form(request)).await)
    }

    async fn merge_organization_metadata(&self, id: &str, request: Value) -> Answer {
        answer(Organization::merge_organization_metadata(&self.clerk, id, form(request)).await)
    }

    async fn delete_organization(&self, id: &str) -> Answer {
        answer(Organization::delete_organization(&self.clerk, id).await)
    }

    async fn create_organization_membership(&self, id: &str, request: Value) -> Answer {
        answer(OrganizationMembership::create(&self.clerk, id, form(request)).await)
    }

    async fn list_organization_memberships(&self, id: &str, limit: u32, offset: u32) -> Answer {
        let (limit, offset) = (Some(limit.into()), Some(offset.into()));
        let list = OrganizationMembership::list_organization_memberships;
        answer(list(&self.clerk, id, limit, offset).await)
    }

    async fn update_organization_membership(&self, id: &str, user: &str, request: Value) -> Answer {
        let update = OrganizationMembership::update_organization_membership;
        answer(update(&self.clerk, id, user, form(request)).await)
    }

    async fn update_organization_membership_metadata(
        &self,
        id: &str,
        user: &str,
        request: Value,
    ) -> Answer {
        let update = OrganizationMembership::update_organization_membership_metadata;
        answer(update(&self.clerk, id, user, form(request)).await)
    }

    async fn delete_organization_membership(&self, id: &str, user: &str) -> Answer {
        let delete = OrganizationMembership::delete_organization_membership;
        answer(delete(&self.clerk, id, user).await)
    }

    async fn create_organization_invitation(&self, id: &str, request: Value) -> Answer {
        let create = OrganizationInvitation::create_organization_invitation;
        answer(create(&self.clerk, id, form(request)).await)
    }

    async fn list_pending_organization_invitations(&self, id: &str) -> Answer {
        let list = OrganizationInvitation::list_pending_organization_invitations;
        answer(list(&self.clerk, id, None, None).await)
    }

    async fn revoke_organization_invitation(&self, id: &str, of: &str, request: Value) -> Answer {
        let revoke = OrganizationInvitation::revoke_organization_invitation;
        answer(revoke(&self.clerk, id, of, form(request)).await)
    }

    async fn get_session(&self, id: &str) -> Answer {
        answer(Session::get_session(&self.clerk, id).await)
    }

    async fn get_session_list(&self, user: &str, status: &str, limit: u32) -> Answer {
        let (user, status, limit) = (Some(user), Some(status), Some(limit.into()));
        answer(Session::get_session_list(&self.clerk, None, user, status, limit, None).await)
    }

    async fn revoke_session(&self, id: &str) -> Answer {
        answer(Session::revoke_session(&self.clerk, id).await)
    }

    async fn create_session_token_from_template(&self, id: &str, template: &str) -> Answer {
        let create = Session::create_session_token_from_template;
        answer(create(&self.clerk, id, template).await)
    }

    async fn create_jwt_template(&self, request: Value) -> Answer {
        answer(JwtTemplate::create_jwt_template(&self.clerk, Some(form(request))).await)
    }

    async fn delete_jwt_template(&self, id: &str) -> Answer {
        answer(JwtTemplate::delete_jwt_template(&self.clerk, id).await)
    }

    async fn authorize(&self, request: &AppRequest) -> Result<Value, String> {
        let keys = JwksProviderNoCache::new(self.clerk.clone());
        let claims = ClerkAuthorizer::new(keys, true).authorize(request).await;
        let claims = claims.map_err(|error| error.to_string())?;
        Ok(to_value(claims).unwrap())
    }
}

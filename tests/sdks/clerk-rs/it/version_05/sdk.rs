//! clerk-rs 0.5.0 as a client of the fake.
//!
//! This version has a module for each tag. The functions of the module are the operations of the
//! tag.

use clerk_rs_05::ClerkConfiguration;
use clerk_rs_05::apis::{
    Error, ResponseContent, jwt_templates_api, organization_invitations_api,
    organization_memberships_api, organizations_api, sessions_api, users_api,
};
use clerk_rs_05::clerk::Clerk;
use clerk_rs_05::validators::authorizer::{ClerkAuthorizer, ClerkRequest};
use clerk_rs_05::validators::jwks::JwksProviderNoCache;
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
        let configuration = ClerkConfiguration::new("sk_test_rust").with_base_path(url);
        let clerk = Clerk::new(configuration);
        Self { clerk }
    }

    async fn create_user(&self, request: Value) -> Answer {
        answer(users_api::create_user(&self.clerk.config, form(request)).await)
    }

    async fn get_user(&self, id: &str) -> Answer {
        answer(users_api::get_user(&self.clerk.config, id).await)
    }

    async fn get_user_list(&self, of: UserFilter, limit: Option<u32>, order: &str) -> Answer {
        let list = users_api::get_user_list(
            &self.clerk.config,
            of.email_address,
            of.phone_number,
            of.external_id,
            of.username,
            None,
            of.user_id,
            None,
            of.query,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            limit,
            None,
            None,
            Some(order),
        );
        answer(list.await)
    }

    async fn get_users_count(&self, of: UserFilter) -> Answer {
        let count = users_api::get_users_count(
            &self.clerk.config,
            of.email_address,
            of.phone_number,
            of.external_id,
            of.username,
            None,
            of.user_id,
            None,
            of.query,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
        );
        answer(count.await)
    }

    async fn update_user(&self, id: &str, request: Value) -> Answer {
        answer(users_api::update_user(&self.clerk.config, id, form(request)).await)
    }

    async fn update_user_metadata(&self, id: &str, request: Value) -> Answer {
        answer(users_api::update_user_metadata(&self.clerk.config, id, Some(form(request))).await)
    }

    async fn ban_user(&self, id: &str) -> Answer {
        answer(users_api::ban_user(&self.clerk.config, id).await)
    }

    async fn unban_user(&self, id: &str) -> Answer {
        answer(users_api::unban_user(&self.clerk.config, id).await)
    }

    async fn verify_password(&self, id: &str, request: Value) -> Answer {
        answer(users_api::verify_password(&self.clerk.config, id, Some(form(request))).await)
    }

    async fn verify_totp(&self, id: &str, request: Value) -> Answer {
        answer(users_api::verify_totp(&self.clerk.config, id, Some(form(request))).await)
    }

    async fn disable_mfa(&self, id: &str) -> Answer {
        answer(users_api::disable_mfa(&self.clerk.config, id).await)
    }

    async fn get_o_auth_access_token(&self, id: &str, provider: &str) -> Answer {
        answer(
            users_api::get_o_auth_access_token(&self.clerk.config, id, provider, None, None, None)
                .await,
        )
    }

    async fn users_get_organization_memberships(&self, id: &str) -> Answer {
        answer(
            users_api::users_get_organization_memberships(&self.clerk.config, id, None, None).await,
        )
    }

    async fn delete_user(&self, id: &str) -> Answer {
        answer(users_api::delete_user(&self.clerk.config, id).await)
    }

    async fn create_organization(&self, request: Value) -> Answer {
        answer(
            organizations_api::create_organization(&self.clerk.config, Some(form(request))).await,
        )
    }

    async fn get_organization(&self, id: &str) -> Answer {
        answer(organizations_api::get_organization(&self.clerk.config, id, None, None).await)
    }

    async fn list_organizations(&self, query: Option<&str>, limit: u32, offset: u32) -> Answer {
        let list = organizations_api::list_organizations(
            &self.clerk.config,
            Some(true),
            None,
            query,
            None,
            None,
            None,
            Some(limit),
            Some(offset),
        );
        answer(list.await)
    }

    async fn update_organization(&self, id: &str, request: Value) -> Answer {
        answer(organizations_api::update_organization(&self.clerk.config, id, form(request)).await)
    }

    async fn merge_organization_metadata(&self, id: &str, request: Value) -> Answer {
        answer(
            organizations_api::merge_organization_metadata(&self.clerk.config, id, form(request))
                .await,
        )
    }

    async fn delete_organization(&self, id: &str) -> Answer {
        answer(organizations_api::delete_organization(&self.clerk.config, id).await)
    }

    async fn create_organization_membership(&self, id: &str, request: Value) -> Answer {
        answer(
            organization_memberships_api::create_organization_membership(
                &self.clerk.config,
                id,
                form(request),
            )
            .await,
        )
    }

    async fn list_organization_memberships(&self, id: &str, limit: u32, offset: u32) -> Answer {
        let list = organization_memberships_api::list_organization_memberships(
            &self.clerk.config,
            id,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            Some(limit),
            Some(offset),
        );
        answer(list.await)
    }

    async fn update_organization_membership(&self, id: &str, user: &str, request: Value) -> Answer {
        let update = organization_memberships_api::update_organization_membership;
        answer(update(&self.clerk.config, id, user, form(request)).await)
    }

    async fn update_organization_membership_metadata(
        &self,
        id: &str,
        user: &str,
        request: Value,
    ) -> Answer {
        let update = organization_memberships_api::update_organization_membership_metadata;
        answer(update(&self.clerk.config, id, user, Some(form(request))).await)
    }

    async fn delete_organization_membership(&self, id: &str, user: &str) -> Answer {
        let delete = organization_memberships_api::delete_organization_membership;
        answer(delete(&self.clerk.config, id, user).await)
    }

    async fn create_organization_invitation(&self, id: &str, request: Value) -> Answer {
        let create = organization_invitations_api::create_organization_invitation;
        answer(create(&self.clerk.config, id, Some(form(request))).await)
    }

    async fn list_pending_organization_invitations(&self, id: &str) -> Answer {
        #[expect(deprecated, reason = "version 0.4.2 has no other list of invitations")]
        let list = organization_invitations_api::list_pending_organization_invitations;
        answer(list(&self.clerk.config, id, None, None).await)
    }

    async fn revoke_organization_invitation(&self, id: &str, of: &str, request: Value) -> Answer {
        let revoke = organization_invitations_api::revoke_organization_invitation;
        answer(revoke(&self.clerk.config, id, of, Some(form(request))).await)
    }

    async fn get_session(&self, id: &str) -> Answer {
        answer(sessions_api::get_session(&self.clerk.config, id).await)
    }

    async fn get_session_list(&self, user: &str, status: &str, limit: u32) -> Answer {
        let (user, status, limit) = (Some(user), Some(status), Some(limit));
        let list = sessions_api::get_session_list;
        answer(list(&self.clerk.config, None, user, status, None, limit, None).await)
    }

    async fn revoke_session(&self, id: &str) -> Answer {
        answer(sessions_api::revoke_session(&self.clerk.config, id).await)
    }

    async fn create_session_token_from_template(&self, id: &str, template: &str) -> Answer {
        let create = sessions_api::create_session_token_from_template;
        answer(create(&self.clerk.config, id, template, None).await)
    }

    async fn create_jwt_template(&self, request: Value) -> Answer {
        answer(
            jwt_templates_api::create_jwt_template(&self.clerk.config, Some(form(request))).await,
        )
    }

    async fn delete_jwt_template(&self, id: &str) -> Answer {
        answer(jwt_templates_api::delete_jwt_template(&self.clerk.config, id).await)
    }

    async fn authorize(&self, request: &AppRequest) -> Result<Value, String> {
        let keys = JwksProviderNoCache::new(self.clerk.clone());
        let claims = ClerkAuthorizer::new(keys, true).authorize(request).await;
        let claims = claims.map_err(|error| error.to_string())?;
        Ok(to_value(claims).unwrap())
    }
}

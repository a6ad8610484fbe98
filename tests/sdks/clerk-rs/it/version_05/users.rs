//! The operations on users, and the parameters of their list, that version 0.4.2 does not have.

use std::collections::HashMap;

use clerk_rs_05::apis::users_api as users;
use clerk_rs_05::models::adjust_credit_balance_request::Action;
use clerk_rs_05::models::{
    AdjustCreditBalanceRequest, CreateUserRequest, ReplaceUserMetadataRequest, UpdateUserRequest,
    User, UsersBanRequest, UsersUnbanRequest,
};
use serde_json::json;

use crate::sdk::Sdk as _;
use crate::version_05::sdk::{Sdk, answer};
use crate::world::{image, serve};

#[tokio::test]
async fn a_user_is_replaced_locked_and_credited() {
    let server = serve().await;
    let configuration = Sdk::new(&server.url()).clerk.config;
    let request = CreateUserRequest {
        email_address: Some(vec!["ada@example.com".to_owned()]),
        username: Some(Some("ada_l".to_owned())),
        private_metadata: Some(HashMap::from([("plan".to_owned(), json!("pro"))])),
        ..CreateUserRequest::default()
    };
    let ada = users::create_user(&configuration, request).await.unwrap();
    let id = ada.id.as_str();

    let request = UpdateUserRequest {
        username: Some(None),
        ..UpdateUserRequest::default()
    };
    let changed = users::update_user(&configuration, id, request)
        .await
        .unwrap();
    assert_eq!(changed.username, None);
    let only = HashMap::from([("only".to_owned(), json!(true))]);
    let request = ReplaceUserMetadataRequest {
        public_metadata: Some(only.clone()),
        ..ReplaceUserMetadataRequest::default()
    };
    let replaced = users::replace_user_metadata(&configuration, id, Some(request))
        .await
        .unwrap();
    assert_eq!(replaced.public_metadata, only);
    assert_eq!(replaced.private_metadata, ada.private_metadata);

    let locked = users::lock_user(&configuration, id).await.unwrap();
    let unlocked = users::unlock_user(&configuration, id).await.unwrap();
    assert_eq!((locked.locked, unlocked.locked), (true, false));
    let both = vec![id.to_owned(), "user_grace".to_owned()];
    let request = UsersBanRequest::new(both.clone());
    let banned = users::users_ban(&configuration, request).await.unwrap();
    assert!(banned.len() == 2 && banned.iter().all(|user| user.banned));
    let request = UsersUnbanRequest::new(both);
    let unbanned = users::users_unban(&configuration, request).await.unwrap();
    assert!(unbanned.len() == 2 && unbanned.iter().all(|user| !user.banned));

    let file = image("profile.png");
    let pictured = users::set_user_profile_image(&configuration, id, Some(file))
        .await
        .unwrap();
    let plain = users::delete_user_profile_image(&configuration, id)
        .await
        .unwrap();
    assert_eq!((pictured.has_image, plain.has_image), (true, false));

    let request = AdjustCreditBalanceRequest::new(500, Action::Increase, "once".to_owned());
    let entry = users::adjust_user_billing_credit_balance(&configuration, id, request);
    assert_eq!(entry.await.unwrap().amount.amount, 500);
    let balance = answer(users::get_user_billing_credit_balance(&configuration, id).await);
    assert_eq!(balance.unwrap()["balance"]["amount"], 500);
}

#[tokio::test]
async fn users_are_paged_by_cursor_and_found_by_name_and_organization() {
    let server = serve().await;
    let sdk = Sdk::new(&server.url());
    let request = json!({ "email_address": ["ada@example.com"], "first_name": "Ada" });
    let ada = sdk.create_user(request).await.unwrap();
    let id = ada["id"].as_str().unwrap();

    let first = list(&sdk, None, None, None).await;
    let second = list(&sdk, None, None, Some(&first[0].id)).await;
    assert_eq!(
        (first[0].id.as_str(), second[0].id.as_str()),
        (id, "user_grace")
    );
    assert!(list(&sdk, None, None, Some("user_grace")).await.is_empty());
    assert_eq!(list(&sdk, Some("ada"), None, None).await, first);
    let navy = list(&sdk, None, Some("org_navy"), None).await;
    assert_eq!(navy, second);
}

/// Returns a page of one user.
async fn list(
    sdk: &Sdk,
    name: Option<&str>,
    organization: Option<&str>,
    after: Option<&str>,
) -> Vec<User> {
    let organization = organization.map(|id| vec![id.to_owned()]);
    let page = users::get_user_list(
        &sdk.clerk.config,
        None,
        None,
        None,
        None,
        None,
        None,
        organization,
        None,
        None,
        None,
        None,
        name,
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
        Some(1),
        None,
        after,
        None,
    );
    page.await.unwrap()
}

//! The lifecycle of a user, over every transport. Each call sees the changes of the previous ones.

mod other_operations;

use clerk_client::mock::{FakeClerk, totp_code};
use clerk_client::models::{
    OAuthAccessToken, Organization, OrganizationMembership, VerificationStatus, VerifyTotpCodeType,
};
use clerk_client::requests::{
    CreateUserRequest, IdentificationStatus, PageParams, UpdateUserMetadataRequest,
    UpdateUserRequest, UserFilter, UserListParams, UserOrderBy,
};
use clerk_client::transport::HttpTransport;
use clerk_client::{
    Clerk, ReqwestTransport, SmolTransport, SurfTransport, TokioTransport, UsersApi,
};
use serde_json::{Value, json};

use crate::support::{key, serve, server_runtime};

const TOTP: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

#[tokio::test]
async fn the_lifecycle_of_a_user_works_in_memory() {
    let fake = FakeClerk::new();
    run(&fake, fake.client().users()).await;
}

#[tokio::test]
async fn the_lifecycle_of_a_user_works_over_http_on_tokio() {
    let fake = FakeClerk::new();
    let builder = Clerk::builder(TokioTransport::new().unwrap(), key());
    let clerk = builder.base_url(serve(&fake).await).build().unwrap();
    run(&fake, clerk.users()).await;
}

#[tokio::test]
async fn the_lifecycle_of_a_user_works_over_http_on_reqwest() {
    let fake = FakeClerk::new();
    let builder = Clerk::builder(ReqwestTransport::new().unwrap(), key());
    let clerk = builder.base_url(serve(&fake).await).build().unwrap();
    run(&fake, clerk.users()).await;
}

#[test]
fn the_lifecycle_of_a_user_works_over_http_on_smol() {
    over_http(SmolTransport::new().unwrap());
}

#[test]
fn the_lifecycle_of_a_user_works_over_http_on_surf() {
    over_http(SurfTransport::new().unwrap());
}

/// Runs the server on its own runtime, and the client on smol.
fn over_http(transport: impl HttpTransport) {
    let runtime = server_runtime();
    let fake = FakeClerk::new();
    let builder = Clerk::builder(transport, key()).base_url(runtime.block_on(serve(&fake)));
    let clerk = builder.build().unwrap();
    smol::block_on(run(&fake, clerk.users()));
}

/// Runs the whole lifecycle on a fake.
pub(crate) async fn run(fake: &FakeClerk, users: UsersApi) {
    created_and_refused(&users).await;
    listed_and_counted(&users).await;
    updated(&users).await;
    verified(fake, &users).await;
    belonging(fake, &users).await;
    other_operations::run(fake, &users).await;
    banned_and_deleted(&users).await;
}

/// Returns the id of the user with this username.
async fn id_of(users: &UsersApi, username: &str) -> clerk_client::ids::UserId {
    let found = users
        .get_user_list(UserListParams::new().username([username]))
        .await
        .unwrap();
    assert_eq!(found.len(), 1, "{username}");
    found[0].id.clone()
}

async fn created_and_refused(users: &UsersApi) {
    let ada = CreateUserRequest::new()
        .username("ada_l")
        .email_address(["Ada@Example.com", "second@example.com", "third@example.com"])
        .email_address_identification_status([
            IdentificationStatus::Verified,
            IdentificationStatus::Reserved,
            IdentificationStatus::Verified,
        ])
        .phone_number(["+15551234567"])
        .web3_wallet(["0xAB5801A7D398351B8BE11C439E05C5B3259AEC9B"])
        .external_id("ext-ada")
        .first_name("Ada")
        .password("correct horse")
        .public_metadata(json!({ "plan": "free", "limits": { "seats": 1, "old": true } }));
    let user = users.create_user(ada).await.unwrap();
    assert!(user.id.as_str().starts_with("user_") && user.id.as_str().len() == 32);
    assert_eq!(&*user.email_addresses[0].email_address, "ada@example.com");
    assert_eq!(
        user.primary_email_address_id.as_ref(),
        Some(&user.email_addresses[0].id)
    );
    let verification = user.email_addresses[0].verification.as_ref().unwrap();
    assert_eq!(verification.status, VerificationStatus::Verified);
    assert!(user.email_addresses[1].reserved && user.email_addresses[1].verification.is_none());
    assert!(user.password_enabled && !user.totp_enabled);
    assert_eq!(users.get_user(&user.id).await.unwrap(), user);

    for (request, code, param) in [
        (
            CreateUserRequest::new().email_address(["ADA@example.com"]),
            "form_identifier_exists",
            "email_address",
        ),
        (
            CreateUserRequest::new().username("ADA_L"),
            "form_identifier_exists",
            "username",
        ),
        (
            CreateUserRequest::new().phone_number(["+15551234567"]),
            "form_identifier_exists",
            "phone_number",
        ),
        (
            CreateUserRequest::new().web3_wallet(["0xab5801a7d398351b8be11c439e05c5b3259aec9b"]),
            "form_identifier_exists",
            "web3_wallet",
        ),
        (
            CreateUserRequest::new().external_id("ext-ada"),
            "form_identifier_exists",
            "external_id",
        ),
        (
            CreateUserRequest::new().password("short"),
            "form_password_length_too_short",
            "password",
        ),
        (
            CreateUserRequest::new().email_address(["nobody"]),
            "form_param_format_invalid",
            "email_address",
        ),
        (
            CreateUserRequest::new().password_digest("x"),
            "form_conditional_param_missing",
            "password_hasher",
        ),
    ] {
        let error = users.create_user(request).await.unwrap_err();
        assert_eq!(error.status().unwrap(), 422);
        assert_eq!(
            error
                .for_param(param)
                .iter()
                .map(|error| &*error.code)
                .collect::<Vec<_>>(),
            [code]
        );
        assert!(error.trace_id().is_some());
    }
    for name in ["grace", "hedy"] {
        users
            .create_user(CreateUserRequest::new().username(name))
            .await
            .unwrap();
    }
}

async fn listed_and_counted(users: &UsersApi) {
    let names = |params: UserListParams| async {
        let page = users.get_user_list(params).await.unwrap();
        page.into_iter()
            .map(|user| user.username.unwrap())
            .collect::<Vec<_>>()
    };
    let new = UserListParams::new;
    assert_eq!(names(new()).await, ["hedy", "grace", "ada_l"]);
    assert_eq!(
        names(new().order_by(UserOrderBy::Username)).await,
        ["ada_l", "grace", "hedy"]
    );
    assert_eq!(names(new().limit(1).offset(1)).await, ["grace"]);
    let hedy = id_of(users, "hedy").await;
    assert_eq!(names(new().starting_after(&hedy).limit(1)).await, ["grace"]);
    assert_eq!(
        names(new().exclude_user_id([&hedy])).await,
        ["grace", "ada_l"]
    );
    assert_eq!(names(new().query("EXAMPLE")).await, ["ada_l"]);
    assert_eq!(
        names(new().external_id(["ext-ada", "ext-nobody"])).await,
        ["ada_l"]
    );
    assert_eq!(names(new().phone_number_query("555")).await, ["ada_l"]);
    assert!(
        names(new().email_address(["nobody@example.com"]))
            .await
            .is_empty()
    );

    let count = |filter| async { users.get_users_count(filter).await.unwrap().total_count };
    assert_eq!(count(UserFilter::new()).await, 3);
    assert_eq!(count(UserFilter::new().name_query("ada")).await, 1);
    assert_eq!(count(UserFilter::new().banned(true)).await, 0);
}

async fn updated(users: &UsersApi) {
    let ada = id_of(users, "ada_l").await;
    let request = UpdateUserRequest::new()
        .last_name("Lovelace")
        .clear_first_name();
    let user = users.update_user(&ada, request).await.unwrap();
    assert_eq!(
        (user.first_name, user.last_name.as_deref()),
        (None, Some("Lovelace"))
    );
    assert_eq!(user.username.as_deref(), Some("ada_l"));
    let taken = users
        .update_user(&ada, UpdateUserRequest::new().username("grace"))
        .await
        .unwrap_err();
    assert_eq!(taken.code(), Some("form_identifier_exists"));
    let reserved = UpdateUserRequest::new().primary_email_address_id(&user.email_addresses[1].id);
    let error = users.update_user(&ada, reserved).await.unwrap_err();
    assert_eq!(error.for_param("primary_email_address_id").len(), 1);
    let second = user.email_addresses[2].id.clone();
    let request = UpdateUserRequest::new().primary_email_address_id(&second);
    let user = users.update_user(&ada, request).await.unwrap();
    assert_eq!(user.primary_email_address_id, Some(second));
    let none_of_hers = UpdateUserRequest::new().primary_email_address_id("idn_x");
    let error = users.update_user(&ada, none_of_hers).await.unwrap_err();
    assert_eq!(error.for_param("primary_email_address_id").len(), 1);

    let merge = UpdateUserMetadataRequest::new()
        .public_metadata(json!({ "plan": "pro", "limits": { "old": null, "gb": 2 } }))
        .private_metadata(json!({ "note": "vip" }));
    let user = users.update_user_metadata(&ada, merge).await.unwrap();
    let public: Value = user.public_metadata.get().unwrap();
    assert_eq!(
        public,
        json!({ "plan": "pro", "limits": { "seats": 1, "gb": 2 } })
    );
    assert_eq!(user.private_metadata, json!({ "note": "vip" }).into());
    assert!(user.unsafe_metadata.is_empty());
    assert_eq!(users.get_user(&ada).await.unwrap(), user);
}

async fn verified(fake: &FakeClerk, users: &UsersApi) {
    let (ada, grace) = (id_of(users, "ada_l").await, id_of(users, "grace").await);
    assert!(
        users
            .verify_password(&ada, "correct horse")
            .await
            .unwrap()
            .verified
    );
    let wrong = users
        .verify_password(&ada, "wrong horse")
        .await
        .unwrap_err();
    assert_eq!(
        (wrong.status().unwrap().as_u16(), wrong.code()),
        (422, Some("incorrect_password"))
    );
    let none = users.verify_password(&grace, "any").await.unwrap_err();
    assert_eq!(
        (none.status().unwrap().as_u16(), none.code()),
        (400, Some("no_password_set"))
    );

    let request = UpdateUserRequest::new()
        .totp_secret(TOTP)
        .backup_codes(["b-1", "b-2"]);
    let user = users.update_user(&ada, request).await.unwrap();
    assert!(user.totp_enabled && user.backup_code_enabled && user.two_factor_enabled);
    let code = totp_code(TOTP, fake.time()).unwrap();
    assert_eq!(
        users.verify_totp(&ada, code).await.unwrap().code_type,
        VerifyTotpCodeType::Totp
    );
    let backup = users.verify_totp(&ada, "b-1").await.unwrap();
    assert_eq!(backup.code_type, VerifyTotpCodeType::BackupCode);
    let used_up = users.verify_totp(&ada, "b-1").await.unwrap_err();
    assert_eq!(
        (used_up.status().unwrap().as_u16(), used_up.code()),
        (422, Some("totp_incorrect_code"))
    );
    assert_eq!(users.disable_mfa(&ada).await.unwrap().user_id, ada);
    let user = users.get_user(&ada).await.unwrap();
    assert!(!user.totp_enabled && !user.backup_code_enabled && !user.two_factor_enabled);
    assert_eq!(
        users
            .verify_totp(&ada, "b-2")
            .await
            .unwrap_err()
            .status()
            .unwrap(),
        400
    );
}

async fn belonging(fake: &FakeClerk, users: &UsersApi) {
    let ada = id_of(users, "ada_l").await;
    for n in 1..=3 {
        let mut membership = OrganizationMembership::new(format!("orgmem_{n}"));
        membership.organization = Organization::new(format!("org_{n}"));
        assert!(fake.add_membership(&ada, membership));
    }
    let page = PageParams::new().limit(2).offset(1);
    let memberships = users
        .users_get_organization_memberships(&ada, page)
        .await
        .unwrap();
    assert_eq!(memberships.total_count, Some(3));
    let ids: Vec<_> = memberships
        .into_iter()
        .map(|membership| membership.organization.id)
        .collect();
    assert_eq!(ids, ["org_2", "org_3"]);
    let of_org = users
        .get_user_list(UserListParams::new().organization_id(["org_2"]))
        .await
        .unwrap();
    assert_eq!(of_org.len(), 1);

    let mut token = OAuthAccessToken::default();
    token.provider = "oauth_google".into();
    token.token = "t".into();
    assert!(fake.add_oauth_access_token(&ada, token));
    let tokens = users
        .get_o_auth_access_token(&ada, "oauth_google", PageParams::new())
        .await
        .unwrap();
    assert_eq!(
        (tokens.data[0].token.expose(), tokens.total_count),
        ("t", Some(1))
    );
    let tokens = users
        .get_o_auth_access_token(&ada, "oauth_github", PageParams::new())
        .await
        .unwrap();
    assert!(tokens.data.is_empty());
}

async fn banned_and_deleted(users: &UsersApi) {
    let ada = id_of(users, "ada_l").await;
    assert!(users.ban_user(&ada).await.unwrap().banned);
    assert_eq!(
        users
            .get_users_count(UserFilter::new().banned(true))
            .await
            .unwrap()
            .total_count,
        1
    );
    assert!(!users.unban_user(&ada).await.unwrap().banned);
    let deleted = users.delete_user(&ada).await.unwrap();
    assert!(deleted.deleted && deleted.id.as_deref() == Some(ada.as_str()));
    for result in [
        users.get_user(&ada).await.map(drop),
        users.delete_user(&ada).await.map(drop),
    ] {
        let error = result.unwrap_err();
        assert!(
            error.is_not_found() && error.code() == Some("resource_not_found"),
            "{error}"
        );
    }
    // The username is available again.
    users
        .create_user(CreateUserRequest::new().username("ada_l"))
        .await
        .unwrap();
}

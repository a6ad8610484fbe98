//! Behaviour of the fake that is visible only across several calls.

use std::thread;
use std::time::Duration;

use clerk_client::Timestamp;
use clerk_client::mock::{FakeClerk, FakeUser, totp_code};
use clerk_client::models::{ScimUserMetadata, Verification, VerificationStatus};
use clerk_client::requests::CreditAction;
use clerk_client::requests::{
    AdjustCreditBalanceRequest, CreateUserRequest, PageParams, PasswordHasher, UpdateUserRequest,
    UserFilter, UserListParams,
};

use super::refusals::request;
use crate::support::run;

const TOTP: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

#[test]
fn locks_count_down_and_expire() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let users = fake.client().users();
    run(async {
        let locked = users.lock_user("user_ada").await.unwrap();
        assert_eq!(
            (locked.locked, locked.lockout_expires_in_seconds),
            (true, Some(3_600))
        );
        fake.clock().advance(Duration::from_millis(600_500));
        let later = users.get_user("user_ada").await.unwrap();
        assert_eq!(
            (later.locked, later.lockout_expires_in_seconds),
            (true, Some(3_000))
        );
        fake.clock().advance(Duration::from_secs(3_000));
        let unlocked = users.get_user("user_ada").await.unwrap();
        assert_eq!(
            (unlocked.locked, unlocked.lockout_expires_in_seconds),
            (false, None)
        );
    });
}

#[test]
fn passwords_are_verified_against_bcrypt_digests() {
    let digest = bcrypt::hash_with_salt("correct horse battery staple", 4, [7; 16]).unwrap();
    let digest = digest.to_string();
    let fake = FakeClerk::new();
    let users = fake.client().users();
    run(async {
        let request = CreateUserRequest::new()
            .password_hasher(PasswordHasher::Bcrypt)
            .password_digest(&digest);
        let ada = users.create_user(request).await.unwrap();
        assert!(ada.password_enabled);
        let right = users
            .verify_password(&ada.id, "correct horse battery staple")
            .await;
        assert!(right.unwrap().verified);
        let wrong = users.verify_password(&ada.id, "wrong").await.unwrap_err();
        assert_eq!(wrong.code(), Some("incorrect_password"));
    });
}

/// A check of a bcrypt digest with the cost 31 would take more than a day.
#[test]
fn a_bcrypt_digest_with_a_very_high_cost_matches_no_password() {
    let digest = bcrypt::hash_with_salt("correct horse battery staple", 4, [7; 16]).unwrap();
    let digest = digest.to_string().replace("$04$", "$31$");
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada").password_digest("bcrypt", digest.clone());
    fake.add(ada.totp_secret(TOTP).backup_codes([digest]));
    for (path, body, code) in [
        (
            "/v1/users/user_ada/verify_password",
            r#"{ "password": "correct horse battery staple" }"#,
            "incorrect_password",
        ),
        (
            "/v1/users/user_ada/verify_totp",
            r#"{ "code": "correct horse battery staple" }"#,
            "totp_incorrect_code",
        ),
    ] {
        let (_, response, _) = request("POST", path).body(body).send(&fake);
        assert_eq!(response["errors"][0]["code"], code, "{response}");
    }
}

#[test]
fn totp_codes_are_valid_for_adjacent_steps() {
    let fake = FakeClerk::new();
    fake.add(
        FakeUser::new("user_ada")
            .totp_secret(TOTP)
            .backup_codes(["once"]),
    );
    let users = fake.client().users();
    let code = |drift: i64| {
        let time = Timestamp::from_millis(fake.time().as_millis() + drift * 30_000);
        totp_code(TOTP, time).unwrap()
    };
    run(async {
        for (drift, right) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let response = users.verify_totp("user_ada", code(drift)).await;
            assert_eq!(response.is_ok(), right, "{drift}");
        }
        assert!(users.verify_totp("user_ada", "once").await.is_ok());
        assert!(users.verify_totp("user_ada", "once").await.is_err());
    });
}

#[test]
fn an_idempotency_key_adjusts_the_credit_once() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let users = fake.client().users();
    let adjust = |cents, key: &str| {
        users.adjust_user_billing_credit_balance(
            "user_ada",
            AdjustCreditBalanceRequest::new(CreditAction::Increase, cents, key),
        )
    };
    run(async {
        let first = adjust(500, "a").await.unwrap();
        assert_eq!(adjust(500, "a").await.unwrap(), first);
        let other = adjust(700, "a").await.unwrap_err();
        assert!(other.is_conflict(), "{other}");
        adjust(1, "b").await.unwrap();
        let balance = users
            .get_user_billing_credit_balance("user_ada")
            .await
            .unwrap();
        assert_eq!(balance.balance.unwrap().amount, 501);
    });
}

#[test]
fn only_verified_identifiers_can_be_primary() {
    let fake = FakeClerk::new();
    fake.add(
        FakeUser::new("user_ada")
            .email_address("a@example.com")
            .email_address("b@example.com"),
    );
    let mut ada = fake.user("user_ada").unwrap();
    let mut unverified = Verification::default();
    unverified.status = VerificationStatus::Unverified;
    ada.email_addresses[1].verification = Some(unverified);
    let second = ada.email_addresses[1].id.clone();
    fake.add(ada);
    let users = fake.client().users();
    run(async {
        let request = UpdateUserRequest::new().primary_email_address_id(&second);
        let error = users.update_user("user_ada", request).await.unwrap_err();
        assert!(
            error.for_param("primary_email_address_id").len() == 1,
            "{error}"
        );
    });
}

#[test]
fn values_of_a_filter_are_alternatives_and_filters_combine() {
    let fake = FakeClerk::new();
    for (id, email, organization) in [
        ("user_1", "one@example.com", "org_a"),
        ("user_2", "two@example.com", "org_a"),
        ("user_3", "three@example.com", "org_b"),
    ] {
        let user = FakeUser::new(id)
            .email_address(email)
            .name("Grace", "Hopper");
        fake.add(
            user.member_of(organization, "org:member")
                .external_account("oauth_google", id),
        );
    }
    let users = fake.client().users();
    let found = |filter: UserFilter| -> Vec<String> {
        let params = UserListParams::from(filter)
            .order_by(clerk_client::requests::UserOrderBy::CreatedAt.ascending());
        let found = run(users.get_user_list(params)).unwrap();
        found.into_iter().map(|user| user.id.into()).collect()
    };
    let filter = UserFilter::new;
    for (filter, ids) in [
        (
            filter().organization_id(["org_a"]),
            &["user_1", "user_2"][..],
        ),
        (
            filter().organization_id(["org_a", "org_b"]),
            &["user_1", "user_2", "user_3"],
        ),
        (filter().exclude_organization_id(["org_a"]), &["user_3"]),
        (
            filter()
                .organization_id(["org_a"])
                .email_address(["TWO@example.com"]),
            &["user_2"],
        ),
        (
            filter().email_address(["one@example.com", "three@example.com"]),
            &["user_1", "user_3"],
        ),
        (
            filter()
                .exclude_user_id(["user_1"])
                .email_address_query("E"),
            &["user_2", "user_3"],
        ),
        (
            filter().name_query("ce hop"),
            &["user_1", "user_2", "user_3"],
        ),
        (
            filter()
                .provider("oauth_google")
                .provider_user_id(["user_2", "user_9"]),
            &["user_2"],
        ),
        (filter().organization_id(["org_c"]), &[]),
    ] {
        assert_eq!(found(filter.clone()), ids, "{filter:?}");
    }
}

#[test]
fn memberships_include_public_user_data() {
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada")
        .name("Ada", "Lovelace")
        .email_address("ada@example.com");
    fake.add(ada.member_of("org_engines", "org:admin"));
    let users = fake.client().users();
    let page =
        run(users.users_get_organization_memberships("user_ada", PageParams::new())).unwrap();
    let data = page.data[0].public_user_data.as_ref().unwrap();
    assert_eq!(data.identifier.as_deref(), Some("ada@example.com"));
    assert_eq!(data.first_name.as_deref(), Some("Ada"));
}

/// A thousand fakes on four threads share no state.
#[test]
fn fakes_are_independent() {
    let threads: Vec<_> = (0..4)
        .map(|of| {
            thread::spawn(move || {
                for number in 0..250 {
                    let fake = FakeClerk::new();
                    let name = format!("world{of}-{number}");
                    fake.add(FakeUser::new("user_ada").username(&name));
                    let users = fake.client().users();
                    let created = run(users.create_user(CreateUserRequest::new().username("same")));
                    assert_eq!(created.unwrap().id.as_str().len(), 32);
                    let ada = run(users.get_user("user_ada")).unwrap();
                    assert_eq!(ada.username.as_deref(), Some(&*name));
                    assert_eq!(fake.requests().len(), 2);
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn updates_keep_second_factors() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").second_factor_phone_number("+15555550100"));
    let users = fake.client().users();
    let request = UpdateUserRequest::new().first_name("Ada");
    let ada = run(users.update_user("user_ada", request)).unwrap();
    assert!(ada.two_factor_enabled && ada.mfa_disabled_at.is_none());
    let request = UpdateUserRequest::new().backup_codes(["one"]);
    assert!(
        run(users.update_user("user_ada", request))
            .unwrap()
            .backup_code_enabled
    );
    let left = run(users.delete_backup_code("user_ada"));
    assert!(left.is_ok() && fake.user("user_ada").unwrap().two_factor_enabled);
}

#[test]
fn replacing_a_second_factor_phone_number_disables_all_second_factors() {
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada").second_factor_phone_number("+15555550100");
    fake.add(ada.totp_secret(TOTP).backup_codes(["one"]));
    fake.add(
        FakeUser::new("user_bob")
            .phone_number("+15555550101")
            .totp_secret(TOTP),
    );
    let users = fake.client().users();
    for (id, number, is_left) in [
        ("user_ada", "+15555550102", false),
        ("user_bob", "+15555550103", true),
    ] {
        run(users.replace_user_phone_number(id, number)).unwrap();
        let user = fake.user(id).unwrap();
        assert_eq!(user.two_factor_enabled, is_left, "{id}");
        assert_eq!(user.totp_enabled, is_left, "{id}");
        assert_eq!(user.mfa_disabled_at.is_none(), is_left, "{id}");
        assert!(!user.backup_code_enabled, "{id}");
    }
    let error = run(users.verify_totp("user_ada", "one")).unwrap_err();
    assert_eq!(error.code(), Some("totp_disabled"));
}

#[test]
fn deleting_an_external_account_deletes_its_tokens() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").oauth_access_token("oauth_google", "ya29"));
    let user = fake.user("user_ada").unwrap();
    let account = user.external_accounts[0].account_id();
    let users = fake.client().users();
    let tokens =
        || run(users.get_o_auth_access_token("user_ada", "oauth_google", PageParams::new()));
    assert_eq!(tokens().unwrap().data.len(), 1);
    run(users.delete_external_account("user_ada", account)).unwrap();
    assert_eq!(tokens().unwrap().data.len(), 0);
}

#[test]
fn only_requested_identifiers_must_be_unique() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_1").email_address("same@example.com"));
    fake.add(FakeUser::new("user_2").email_address("same@example.com"));
    let users = fake.client().users();
    let request = UpdateUserRequest::new().first_name("Ada");
    assert!(run(users.update_user("user_1", request)).is_ok());
    let twice = CreateUserRequest::new().email_address(["a@example.com", "A@example.com"]);
    let error = run(users.create_user(twice)).unwrap_err();
    assert_eq!(error.code(), Some("form_identifier_exists"));
    let mut loud = FakeUser::new("user_3").email_address("loud@example.com");
    loud = loud.unverified_email_address("free@example.com");
    fake.add(loud);
    let taken = CreateUserRequest::new().email_address(["LOUD@example.com"]);
    assert!(run(users.create_user(taken)).is_err());
    let free = CreateUserRequest::new().email_address(["free@example.com"]);
    assert!(run(users.create_user(free)).is_ok());
}

#[test]
fn a_user_is_created_without_the_texts_that_are_empty() {
    let fake = FakeClerk::new();
    let body = r#"{"external_id":"","first_name":"","last_name":"","username":""}"#;
    for _ in 0..2 {
        let (status, user, _) = request("POST", "/v1/users").body(body).send(&fake);
        assert_eq!(status, 200, "{user}");
        for name in ["external_id", "first_name", "last_name", "username"] {
            assert!(user[name].is_null(), "{name}: {user}");
        }
    }
}

/// Clerk's specification omits the time zone, but Clerk's SDK for JavaScript sends it.
#[test]
fn a_user_has_the_time_zone_of_a_request() {
    let fake = FakeClerk::new();
    let body = r#"{"timezone":"Europe/London"}"#;
    let (status, user, _) = request("POST", "/v1/users").body(body).send(&fake);
    assert_eq!(
        (status, user["timezone"].as_str()),
        (200, Some("Europe/London"))
    );
    let path = format!("/v1/users/{}", user["id"].as_str().unwrap());
    for (body, expected) in [
        (r#"{"timezone":"Europe/Rome"}"#, Some("Europe/Rome")),
        (r#"{"first_name":"Ada"}"#, Some("Europe/Rome")),
        (r#"{"timezone":null}"#, None),
    ] {
        let (status, user, _) = request("PATCH", &path).body(body).send(&fake);
        assert_eq!(
            (status, user["timezone"].as_str()),
            (200, expected),
            "{body}"
        );
    }
}

#[test]
fn each_lock_shows_its_own_remaining_seconds() {
    let fake = FakeClerk::new();
    for number in 0..5 {
        fake.add(FakeUser::new(format!("user_{number}")).locked());
        fake.clock().advance(Duration::from_millis(10_300));
    }
    let seconds = || -> Vec<_> {
        let users = (0..5).map(|number| fake.user(format!("user_{number}")).unwrap());
        users
            .map(|user| (user.locked, user.lockout_expires_in_seconds))
            .collect()
    };
    let left = |seconds: [i64; 5]| seconds.map(|left| (left > 0, (left > 0).then_some(left)));
    assert_eq!(seconds(), left([3_549, 3_559, 3_570, 3_580, 3_590]));
    fake.clock().advance(Duration::from_millis(700));
    assert_eq!(seconds(), left([3_548, 3_559, 3_569, 3_579, 3_589]));
    fake.set_time(Timestamp::from_millis(0));
    fake.clock().advance(Duration::from_secs(3_569));
    assert_eq!(seconds(), left([0, 0, 0, 10, 20]));
}

#[test]
fn restored_locks_expire_on_time() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").locked());
    assert!(fake.user("user_ada").unwrap().locked);
    fake.clock().advance(Duration::from_secs(1_800));
    let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
    again.clock().advance(Duration::from_secs(1_799));
    assert!(again.user("user_ada").unwrap().locked);
    again.clock().advance(Duration::from_secs(1));
    assert!(!again.user("user_ada").unwrap().locked);
}

#[test]
fn the_address_of_a_solana_wallet_keeps_its_case() {
    let solana = "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV";
    let ethereum = "0xAB5801a7D398351b8bE11C439e05C5B3259aeC9B";
    let fake = FakeClerk::new();
    let users = fake.client().users();
    run(async {
        let request = CreateUserRequest::new().web3_wallet([solana, ethereum]);
        let ada = users.create_user(request).await.unwrap();
        let wallets: Vec<&str> = ada
            .web3_wallets
            .iter()
            .map(|own| &*own.web3_wallet)
            .collect();
        let lower = ethereum.to_lowercase();
        assert_eq!(wallets, [solana, lower.as_str()]);
        let filter = UserFilter::new().web3_wallet([solana]);
        let found = users.get_user_list(UserListParams::from(filter)).await;
        assert_eq!(found.unwrap().len(), 1);
    });
}

#[test]
fn only_a_new_password_signs_the_user_out_of_other_sessions() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").password("correct horse battery staple"));
    let session = fake.sign_in("user_ada");
    for (password, is_active) in [("null", true), (r#""wrong horse battery staple""#, false)] {
        let body = format!(r#"{{"password":{password},"sign_out_of_other_sessions":true}}"#);
        let update = request("PATCH", "/v1/users/user_ada");
        let (status, response, _) = update.body(&body).send(&fake);
        assert_eq!(status, 200, "{response}");
        assert_eq!(session.is_active(), is_active, "{body}");
    }
}

#[test]
fn a_blank_filter_is_no_filter() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    fake.add(FakeUser::new("user_alan"));
    for (filters, expected) in [
        ("email_address=", 2),
        ("username=%20&phone_number=", 2),
        ("organization_id=&external_id=", 2),
        ("query=%20&name_query=", 2),
        ("provider=&provider_user_id=", 2),
        ("user_id=&user_id=user_ada", 1),
        ("user_id=user_eda", 0),
    ] {
        let path = format!("/v1/users/count?{filters}");
        let (_, count, _) = request("GET", &path).send(&fake);
        assert_eq!(count["total_count"], expected, "{filters}");
        let path = format!("/v1/users?{filters}");
        let (_, users, _) = request("GET", &path).send(&fake);
        assert_eq!(users.as_array().map(Vec::len), Some(expected), "{filters}");
    }
}

#[test]
fn a_user_of_an_enabled_scim_directory_cannot_be_deleted() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let users = fake.client().users();
    let set_enabled = |is_enabled: bool| {
        let mut directory = ScimUserMetadata::default();
        directory.directory_enabled = is_enabled;
        fake.edit("user_ada", |ada| ada.scim = Some(Box::new(directory)))
    };
    set_enabled(true);
    let refused = run(users.delete_user("user_ada")).unwrap_err();
    assert!(refused.is_conflict(), "{refused}");
    assert_eq!(refused.code(), Some("user_managed_by_scim"));
    set_enabled(false);
    assert!(run(users.delete_user("user_ada")).unwrap().deleted);
}

//! Passwords, second factors and backup codes.

use clerk_client::Timestamp;
use clerk_client::mock::{FakeClerk, FakeUser, totp_code};
use clerk_client::requests::{CreateUserRequest, PasswordHasher, UpdateUserRequest};

use crate::fake::refusals::request;
use crate::support::run;

const TOTP: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

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

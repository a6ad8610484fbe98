//! The creation, the update and the deletion of a user, the memberships, and the credit.

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::ScimUserMetadata;
use clerk_client::requests::{AdjustCreditBalanceRequest, CreditAction, PageParams};

use crate::fake::refusals::request;
use crate::support::run;

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

//! Control of a fake by tests: seeds, snapshots, assertions, faults and time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use clerk_client::Timestamp;
use clerk_client::mock::{FakeClerk, FakeUser, Fault, RequestMatcher};
use clerk_client::models::{CommerceSubscription, TrustedDevice};
use clerk_client::requests::CreditAction;
use clerk_client::requests::UserFilter;
use clerk_client::requests::{AdjustCreditBalanceRequest, CreateUserRequest, UserListParams};
use serde_json::json;

use crate::support::run;

fn full_user() -> FakeUser {
    FakeUser::new("user_ada")
        .email_address("ada@example.com")
        .password("correct horse battery staple")
        .totp_secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        .backup_codes(["one", "two"])
        .private_metadata(json!({ "plan": "pro" }))
        .member_of("org_engines", "org:admin")
        .invited_to("org_navy", "org:member")
        .oauth_access_token("oauth_google", "ya29")
        .trusted_device(TrustedDevice::new("device_1"))
        .billing_subscription(CommerceSubscription::default())
}

#[test]
fn a_clone_is_a_snapshot() {
    let fake = FakeClerk::new();
    fake.add(full_user());
    let users = fake.client().users();
    run(users.lock_user("user_ada")).unwrap();
    let snapshot = fake.clone();

    run(users.delete_user("user_ada")).unwrap();
    fake.clock().advance(Duration::from_secs(60));
    assert_eq!(snapshot.requests().len(), 1);
    assert!(snapshot.user("user_ada").is_some_and(|ada| ada.locked));
    assert_ne!(snapshot.time(), fake.time());
    let other = snapshot.client().users();
    let right = run(other.verify_password("user_ada", "correct horse battery staple"));
    assert!(right.unwrap().verified);
    assert!(fake.user("user_ada").is_none());

    fake.restore(&snapshot);
    assert_eq!(fake.time(), snapshot.time());
    assert_eq!(fake.requests().len(), 2);
    assert!(run(users.get_user("user_ada")).unwrap().locked);
}

#[test]
fn state_round_trips_through_json() {
    let fake = FakeClerk::new();
    fake.require_key("sk_test_fake");
    fake.add(full_user());
    let users = fake.client().users();
    let digest = clerk_client::requests::PasswordHasher::Md5;
    let request = CreateUserRequest::new()
        .username("alan")
        .password_hasher(digest)
        .password_digest("900150983cd24fb0d6963f7d28e17f72");
    run(users.create_user(request)).unwrap();
    let credit = AdjustCreditBalanceRequest::new(CreditAction::Increase, 500, "once");
    run(users.adjust_user_billing_credit_balance("user_ada", credit.clone())).unwrap();

    let state = fake.to_json();
    let again = FakeClerk::from_json(&state.to_string()).unwrap();
    assert_eq!(again.to_json(), state);
    // New ids differ from the ids of the original fake.
    let new = run(again.client().users().create_user(CreateUserRequest::new())).unwrap();
    assert!(fake.user(&new.id).is_none());
    let users = again.client().users();
    assert!(run(users.verify_totp("user_ada", "one")).is_ok());
    let repeated = run(users.adjust_user_billing_credit_balance("user_ada", credit));
    assert_eq!(repeated.unwrap().amount.amount, 500);
    let balance = run(users.get_user_billing_credit_balance("user_ada"));
    assert_eq!(balance.unwrap().balance.unwrap().amount, 500);
}

#[test]
fn a_fake_starts_from_handwritten_json() {
    let fake = FakeClerk::from_json(
        r#"{
            "time": "2026-03-01T12:00:00Z",
            "users": [
                { "id": "user_ada", "email_address": ["ada@example.com"], "password": "long enough",
                  "organizations": { "org_engines": "org:admin" } },
                { "username": "alan", "totp_secret": "GEZDGNBVGY3TQOJQ" }
            ]
        }"#,
    )
    .unwrap();
    assert_eq!(fake.time().as_millis(), 1_772_366_400_000);
    let users = fake.client().users();
    assert!(
        run(users.verify_password("user_ada", "long enough"))
            .unwrap()
            .verified
    );
    let in_engines = UserListParams::new().organization_id(["org_engines"]);
    assert_eq!(
        run(users.get_user_list(in_engines)).unwrap()[0].id,
        "user_ada"
    );
    assert_eq!(
        run(users.get_users_count(UserFilter::new()))
            .unwrap()
            .total_count,
        2
    );
}

#[test]
fn seed_errors_name_the_place() {
    for (seed, message) in [
        ("{", "JSON"),
        ("[]", "the top level: expected an object"),
        (r#"{"people": []}"#, r#"unknown field "people""#),
        (r#"{"time": "noon"}"#, "time: expected an RFC 3339 date"),
        (
            r#"{"users": [{}, {"username": 7}]}"#,
            "users[1]: username must be a string",
        ),
        (
            r#"{"users": [{"passwort": "hush"}]}"#,
            "users[0]: passwort is not a valid parameter",
        ),
        (
            r#"{"users": [{"username": "alan"}, {"username": "alan"}]}"#,
            "users[1]: That username is taken",
        ),
        (
            r#"{"users": [{"user": {"id": "u"}, "pasword": "hush"}]}"#,
            r#"users[0]: unknown field "pasword""#,
        ),
        (
            r#"{"users": [{"user": {}, "password": 7}]}"#,
            "users[0].user: wrong type",
        ),
        (r#"{"users": {}}"#, "invalid seed: users: wrong type"),
        (
            r#"{"users": [{"id": "u"}, {"id": "u"}]}"#,
            r#"users[1]: duplicate user id "u""#,
        ),
        (
            r#"{"organizations": [{"id": "org_1"}, {"id": "org_2"}, {"id": "org_1"}]}"#,
            r#"organizations[2]: duplicate id "org_1""#,
        ),
        (
            r#"{"objects": {"redirect_urls": [
                {"id": "ru_1", "url": "https://a.example"},
                {"id": "ru_1", "url": "https://b.example"}
            ]}}"#,
            r#"objects.redirect_urls[1]: duplicate id "ru_1""#,
        ),
        (
            r#"{"machine_tokens": [
                {"kind": "api_key", "subject": "user_1", "secret": "ak_hush"},
                {"kind": "api_key", "subject": "user_2", "secret": "ak_hush"}
            ]}"#,
            "machine_tokens[1]: secret must differ",
        ),
        (
            r#"{"machine_tokens": [
                {"kind": "api_key", "subject": "user_1", "id": "ak_1"},
                {"kind": "m2m_token", "subject": "mch_1", "id": "ak_1"},
                {"kind": "api_key", "subject": "user_2", "id": "ak_1"}
            ]}"#,
            "machine_tokens[2]: id must differ",
        ),
        (
            r#"{"users": [{"organizations": {"org_1": 7}}]}"#,
            "users[0].organizations.org_1: expected a role",
        ),
        (
            r#"{"users": [], "time": null, "users": []}"#,
            r#"the top level: the name "users" occurs more than once"#,
        ),
        (
            r#"{"users": [{}, {"id": "u", "password": "hush", "password" : "hush"}]}"#,
            r#"users[1]: the name "password" occurs more than once"#,
        ),
        (
            r#"{"users": [{"public_metadata": {"a": [{"b": 1}, {"b": 1, "\u0062": [2]}]}}]}"#,
            r#"users[0].public_metadata.a[1]: the name "b" occurs more than once"#,
        ),
        (
            r#"{"secret_key": "\"a\":[{,\\", "random_seed": 7, "secret_key": "hush"}"#,
            r#"the top level: the name "secret_key" occurs more than once"#,
        ),
    ] {
        let error = FakeClerk::from_json(seed).unwrap_err().to_string();
        assert!(error.contains(message), "{seed}: {error}");
        assert!(!error.contains("hush"), "{error}");
    }
}

#[test]
fn failed_assertions_list_the_differences() {
    let fake = FakeClerk::new();
    let users = fake.client().users();
    let request = CreateUserRequest::new()
        .first_name("Ada")
        .password("hush hush hush");
    run(users.create_user(request)).unwrap();
    let _ = run(users.get_user_list(UserListParams::new().username(["ada", "alan"])));

    let creation = RequestMatcher::operation("CreateUser");
    let complaint = |times, matcher: &RequestMatcher| {
        let result = catch_unwind(AssertUnwindSafe(|| fake.assert_requested(matcher, times)));
        *result.unwrap_err().downcast::<String>().unwrap()
    };
    fake.assert_requested(&creation.clone().json(json!({ "first_name": "Ada" })), 1);
    fake.assert_requested(
        &creation
            .clone()
            .json(json!({ "password": "hush hush hush" })),
        1,
    );
    fake.assert_requested(&RequestMatcher::any().query("username", ["ada", "alan"]), 1);
    fake.assert_requested(&RequestMatcher::operation("GetUser"), 0);
    fake.assert_requested(
        &RequestMatcher::any().header("clerk-api-version", clerk_client::API_VERSION),
        2,
    );

    let wrong = creation
        .clone()
        .json(json!({ "first_name": "Eda", "last_name": "L", "password": "guess" }));
    let text = complaint(1, &wrong);
    for part in [
        "expected 1 requests, of CreateUser",
        "found 0 among 2",
        "POST /v1/users",
        r#"json.first_name: expected "Eda", was "Ada""#,
        r#"json.last_name: expected "L", was missing"#,
        "json.password: unexpected value",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("hush") && !text.contains("guess"), "{text}");

    let text = complaint(
        2,
        &RequestMatcher::any().header("authorization", "Bearer sk_test_other"),
    );
    assert!(!text.contains("sk_test"), "{text}");
    let unsent = creation
        .clone()
        .json(json!({ "code": "guess" }))
        .header("cookie", "guess");
    let text = complaint(1, &unsent);
    for part in ["json.code", "header cookie"] {
        let missing = format!("{part}: expected [hidden], was missing");
        assert!(text.contains(&missing), "{text}");
    }
    assert!(!text.contains("guess"), "{text}");
    let only_reads = RequestMatcher::operation("GetUserList").json(json!({ "password": "guess" }));
    assert!(!complaint(1, &only_reads).contains("guess"));
    let text = complaint(0, &creation);
    assert!(
        text.contains("found 1 among 2 recorded requests\n  POST /v1/users"),
        "{text}"
    );
    assert_eq!(fake.matching_requests(&creation).len(), 1);
}

#[test]
fn latency_delays_responses() {
    let fake = FakeClerk::new();
    fake.set_latency(Duration::from_secs(2));
    fake.inject_fault("GetUsersCount", 2, Fault::delayed(Duration::from_secs(5)));
    let users = fake.client().users();
    let mut took = Vec::new();
    for _ in 0..3 {
        let before = fake.clock().now();
        run(users.get_users_count(UserFilter::new())).unwrap();
        took.push((fake.clock().now() - before).as_secs());
    }
    assert_eq!(took, [2, 7, 2]);
}

#[test]
fn tests_control_the_time() {
    let fake = FakeClerk::new();
    fake.set_time(Timestamp::from_millis(1_000_000));
    fake.clock().advance(Duration::from_millis(5));
    let users = fake.client().users();
    let ada = run(users.create_user(CreateUserRequest::new())).unwrap();
    assert_eq!(ada.created_at.as_millis(), 1_000_005);
}

#[test]
fn only_the_last_requests_are_kept() {
    let fake = FakeClerk::new();
    fake.keep_last_requests(2);
    let users = fake.client().users();
    for id in ["user_1", "user_2", "user_3"] {
        let _ = run(users.get_user(id));
    }
    let paths: Vec<_> = fake
        .requests()
        .iter()
        .map(|request| request.path().to_owned())
        .collect();
    assert_eq!(paths, ["/v1/users/user_2", "/v1/users/user_3"]);
}

#[test]
fn fault_plans_may_read_the_fake() {
    let fake = std::sync::Arc::new(FakeClerk::new());
    fake.add(FakeUser::new("user_ada"));
    let seen = fake.clone();
    fake.inject_faults(move |_| {
        let snapshot = FakeClerk::clone(&seen);
        let late = snapshot.user("user_ada").is_some() && seen.requests().len() == 1;
        late.then(|| Fault::status(418))
    });
    let users = fake.client().users();
    assert!(run(users.get_user("user_ada")).is_ok());
    let error = run(users.get_user("user_ada")).unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 418);
}

#[test]
fn unknown_operation_ids_panic() {
    let fake = FakeClerk::new();
    for wrong in [
        catch_unwind(|| drop(RequestMatcher::operation("DeleteUsers"))),
        catch_unwind(AssertUnwindSafe(|| {
            drop(fake.inject_fault("BanUsr", 1, Fault::response_lost()));
        })),
    ] {
        let message = *wrong.unwrap_err().downcast::<String>().unwrap();
        assert!(message.contains("invalid operation"), "{message}");
    }
}

#[test]
fn matchers_accept_a_part_of_the_metadata() {
    let fake = FakeClerk::new();
    let metadata = clerk_client::Metadata::from(json!({ "plan": "pro", "seats": 1 }));
    let request = CreateUserRequest::new().private_metadata(metadata);
    run(fake.client().users().create_user(request)).unwrap();
    let part = RequestMatcher::any().json(json!({ "private_metadata": { "plan": "pro" } }));
    fake.assert_requested(&part, 1);
    let other = RequestMatcher::any().json(json!({ "private_metadata": { "plan": "hush" } }));
    let result = catch_unwind(AssertUnwindSafe(|| fake.assert_requested(&other, 1)));
    let message = *result.unwrap_err().downcast::<String>().unwrap();
    assert!(
        !message.contains("hush") && !message.contains("pro\""),
        "{message}"
    );
}

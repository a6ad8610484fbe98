//! Planned faults and their end, edits of users, and the order of requests.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser, Fault, RequestMatcher};
use clerk_client::requests::{CreateUserRequest, PageParams, UserFilter, UserListParams};
use clerk_client::{Clerk, Error, RetryPolicy, Timestamp, User};
use serde_json::{Value, json};

use super::refusals::{assert_first_error, request};
use crate::support::{key, run};

#[test]
fn a_fault_is_any_error_of_clerk() {
    let fake = FakeClerk::new();
    let response = |fault: Fault| {
        fake.inject_fault("CreateUser", 1, fault);
        let (status, body, _) = request("POST", "/v1/users").body("{}").send(&fake);
        (status, body)
    };
    let pwned = Fault::error(422, "form_password_pwned").param("password");
    let (status, body) = response(pwned.clone());
    let expected = (422, "form_password_pwned", "password");
    assert_first_error(&body, status, expected, "the code and the parameter");

    for (fault, messages) in [
        (pwned.clone(), ["Unprocessable Entity"; 2]),
        (pwned.clone().message("is pwned"), ["is pwned"; 2]),
        (
            pwned.message("is pwned").long_message("Choose another."),
            ["is pwned", "Choose another."],
        ),
    ] {
        let (_, body) = response(fault);
        let error = &body["errors"][0];
        assert_eq!(
            [&error["message"], &error["long_message"]],
            messages,
            "{body}"
        );
    }
    let odd = json!({ "clerk": ["is", "odd"] });
    assert_eq!(response(Fault::json(418, odd.clone())), (418, odd));
    // `param` and `message` have no effect on a fault that is not an error of Clerk.
    let (status, body) = response(Fault::json(400, json!([])).param("name").message("m"));
    assert_eq!((status, body), (400, json!([])));
    assert!(fake.to_json().get("users").is_none_or(no_users));
}

fn no_users(users: &Value) -> bool {
    users.as_array().is_some_and(Vec::is_empty)
}

#[test]
fn the_client_waits_as_long_as_a_fault_with_the_status_503_asks() {
    let fake = FakeClerk::new();
    let busy = Fault::error(503, "service_unavailable").retry_after(40);
    fake.inject_fault("GetUsersCount", 1, busy);
    let users = fake.client().users();
    run(users.get_users_count(UserFilter::new())).unwrap();
    assert_eq!(fake.clock().now(), Duration::from_secs(40));
}

#[test]
fn faults_that_have_ended_are_dropped_although_no_request_is_sent() {
    let fake = FakeClerk::new();
    let held = Arc::new(());
    let inject = || {
        let own = Arc::clone(&held);
        fake.inject_faults(move |_| (Arc::strong_count(&own) == 0).then(Fault::not_sent))
    };
    let lasting: Vec<_> = (0..100).map(|_| inject()).collect();
    for _ in 0..1_000 {
        inject().end();
    }
    let count = Arc::strong_count(&held) - 1;
    assert!((100..=256).contains(&count), "{count}");
    assert!(lasting.iter().all(|plan| !plan.has_ended()));
}

#[test]
fn a_delayed_request_counts_towards_the_rate_limit() {
    let fake = FakeClerk::new();
    let second = Duration::from_secs(1);
    let delay = fake.inject_faults(move |_| Some(Fault::delayed(second)));
    fake.set_rate_limit(2, 60 * second);
    let clerk = Clerk::builder(fake.transport(), key()).retry(RetryPolicy::none());
    let users = clerk.build().unwrap().users();
    let count = || run(users.get_users_count(UserFilter::new()));
    assert!(count().is_ok() && count().is_ok());
    assert!(count().unwrap_err().is_rate_limited());
    assert_eq!(fake.clock().now(), 3 * second);
    assert_eq!(delay.fired(), 3);
}

#[test]
fn plans_count_their_faults_and_can_be_ended() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let users = fake.client().users();
    let status = || match run(users.get_user("user_ada")) {
        Ok(_) => 200,
        Err(error) => error.status().unwrap().as_u16(),
    };
    let first = fake.inject_fault_into("GetUser", 1..=2, Fault::status(418));
    let forever = fake.inject_fault_into("GetUser", .., Fault::status(404));
    // Dropping the handle does not end the plan.
    drop(fake.inject_fault("GetUser", 4, Fault::status(410)));
    let statuses: Vec<_> = (0..3).map(|_| status()).collect();
    assert_eq!(statuses, [418, 418, 404]);
    assert_eq!((first.fired(), first.has_ended()), (2, true));
    assert_eq!((forever.fired(), forever.has_ended()), (1, false));
    forever.end();
    assert_eq!([status(), status()], [410, 200]);
    assert_eq!((forever.fired(), forever.has_ended()), (1, true));

    let open = fake.inject_fault_into("GetUser", 2..4, Fault::status(418));
    assert_eq!(
        [status(), status(), status(), status()],
        [200, 418, 418, 200]
    );
    assert!(open.has_ended());
}

#[test]
fn an_edit_keeps_what_the_closure_leaves_alone() {
    let fake = FakeClerk::new();
    fake.add(
        FakeUser::new("user_ada")
            .username("ada_l")
            .password("correct horse battery staple")
            .totp_secret("GEZDGNBVGY3TQOJQ")
            .member_of("org_engines", "org:admin"),
    );
    fake.clock().advance(Duration::from_secs(60));
    let renamed = fake.edit("user_ada", |ada| {
        ada.id = "user_eda".into();
        ada.username = Some("countess".into());
        ada.totp_enabled = false;
        "done"
    });
    assert_eq!(renamed, Some("done"));
    assert_eq!(fake.edit("user_eda", |_| ()), None);

    let users = fake.client().users();
    let by_name = |name: &str| {
        let named = UserListParams::new().username([name]);
        run(users.get_user_list(named)).unwrap().len()
    };
    assert_eq!([by_name("ada_l"), by_name("countess")], [0, 1]);
    let ada = run(users.get_user("user_ada")).unwrap();
    assert_eq!(ada.updated_at, fake.time());
    let right = run(users.verify_password("user_ada", "correct horse battery staple"));
    assert!(right.unwrap().verified);
    let code = |error: Result<_, Error>| error.unwrap_err().code().map(str::to_owned);
    let disabled = run(users.verify_totp("user_ada", "123456")).map(|_| ());
    assert_eq!(code(disabled).as_deref(), Some("totp_disabled"));
    let memberships = users.users_get_organization_memberships("user_ada", PageParams::new());
    assert_eq!(run(memberships).unwrap().data.len(), 1);
}

#[test]
fn an_edit_locks_bans_and_dates_as_clerk_does() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let session = fake.client().sessions();
    run(
        session.create_session(clerk_client::requests::CreateSessionRequest::new(
            "user_ada",
        )),
    )
    .unwrap();
    let of_ada = || fake.user("user_ada").unwrap();
    fake.edit("user_ada", |ada| ada.locked = true);
    assert_eq!(of_ada().lockout_expires_in_seconds, Some(3_600));
    fake.edit("user_ada", |ada| ada.lockout_expires_in_seconds = Some(60));
    fake.clock().advance(Duration::from_secs(61));
    assert!(!of_ada().locked);

    fake.edit("user_ada", |ada| ada.banned = true);
    let sessions = fake.to_json()["sessions"].take();
    assert_eq!(sessions[0]["revoked"], true, "{sessions}");

    let exact = Timestamp::from_millis(1_000);
    fake.edit("user_ada", |ada| ada.updated_at = exact);
    assert_eq!(of_ada().updated_at, exact);
    fake.edit("user_ada", |_: &mut User| ());
    assert_eq!(of_ada().updated_at, exact);
}

#[test]
fn a_panic_in_an_edit_changes_nothing() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").username("ada_l"));
    let before = fake.to_json();
    let edit = AssertUnwindSafe(|| {
        fake.edit("user_ada", |ada| {
            ada.username = None;
            panic!("a failed assertion");
        })
    });
    catch_unwind(edit).unwrap_err();
    assert_eq!(fake.to_json(), before);
    let named = UserListParams::new().username(["ada_l"]);
    let found = run(fake.client().users().get_user_list(named)).unwrap();
    assert_eq!(found.len(), 1);
}

#[test]
fn a_failed_order_names_what_is_missing_and_what_came_too_early() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let users = fake.client().users();
    run(users.lock_user("user_ada")).unwrap();
    let request = CreateUserRequest::new()
        .first_name("Alan")
        .password("hush hush hush");
    run(users.create_user(request)).unwrap();
    run(users.ban_user("user_ada")).unwrap();

    let [lock, create, ban] = ["LockUser", "CreateUser", "BanUser"].map(RequestMatcher::operation);
    let order = |matchers: &[&RequestMatcher]| {
        let matchers: Vec<_> = matchers.iter().map(|one| (*one).clone()).collect();
        let assertion = AssertUnwindSafe(|| fake.assert_requested_in_order(&matchers));
        match catch_unwind(assertion) {
            Ok(()) => None,
            Err(panic) => Some(*panic.downcast::<String>().unwrap()),
        }
    };
    for right in [&[][..], &[&lock, &create, &ban], &[&lock, &ban], &[&create]] {
        assert_eq!(order(right), None);
    }
    let complaint = order(&[&create, &ban, &lock]).unwrap();
    assert_eq!(
        complaint,
        "expected 3 requests in order, found 2 of them among 3 recorded requests\
         \n  1. request, of CreateUser\
         \n     found as request 2: POST /v1/users\
         \n  2. request, of BanUser\
         \n     found as request 3: POST /v1/users/user_ada/ban\
         \n  3. request, of LockUser\
         \nno request after recorded request 3 matches number 3.\
         \nrequest 1 matches, but is too early: POST /v1/users/user_ada/lock"
    );
    let eda = create
        .clone()
        .json(json!({ "first_name": "Eda", "password": "guess" }));
    let complaint = order(&[&lock, &eda]).unwrap();
    for part in [
        "no request after recorded request 1 matches number 2.",
        "the most similar later request is\n  POST /v1/users\n",
        r#"json.first_name: expected "Eda", was "Alan""#,
    ] {
        assert!(complaint.contains(part), "{complaint}");
    }
    assert!(
        !complaint.contains("hush") && !complaint.contains("guess"),
        "{complaint}"
    );
    // One request cannot match both entries of the list.
    let twice = order(&[&ban, &ban]).unwrap();
    assert!(!twice.contains("too early"), "{twice}");
}

#[test]
fn a_restored_rate_limit_keeps_the_ages_of_its_requests() {
    let second = Duration::from_secs(1);
    for (of_snapshot, of_fake) in [(100, 0), (0, 100), (7, 7)] {
        let (snapshot, fake) = (FakeClerk::new(), FakeClerk::new());
        snapshot.set_rate_limit(1, second * 10);
        snapshot.clock().advance(second * of_snapshot);
        fake.clock().advance(second * of_fake);
        let status = |of: &FakeClerk| request("GET", "/v1/users/count").send(of).0;
        assert_eq!(status(&snapshot), 200);
        snapshot.clock().advance(second * 4);
        fake.restore(&snapshot);
        for (wait, expected) in [(0, 429), (5, 429), (1, 200), (9, 429), (1, 200)] {
            fake.clock().advance(second * wait);
            assert_eq!(status(&fake), expected, "{of_snapshot} {of_fake} {wait}");
        }
    }
}

#[test]
fn the_wait_of_a_rate_limit_is_rounded_up_to_seconds() {
    let second = Duration::from_secs(1);
    for (window, expected) in [
        (second, 1),
        (second + Duration::from_nanos(1), 2),
        (second + Duration::from_millis(1), 2),
        (Duration::MAX, u64::MAX),
    ] {
        let fake = FakeClerk::new();
        fake.set_rate_limit(1, window);
        let builder = Clerk::builder(fake.transport(), key()).retry(RetryPolicy::none());
        let users = builder.build().unwrap().users();
        let count = || run(users.get_users_count(UserFilter::new()));
        count().unwrap();
        let limited = count().unwrap_err();
        let expected = Some(Duration::from_secs(expected));
        assert_eq!(limited.retry_after(), expected, "{window:?}");
    }
}

#[test]
fn a_fault_with_only_a_status_has_clerks_general_code_for_it() {
    let fake = FakeClerk::new();
    let count = || request("GET", "/v1/users/count").send(&fake);
    for (status, code) in [
        (400, "bad_request"),
        (401, "authentication_invalid"),
        (403, "authorization_invalid"),
        (404, "resource_not_found"),
        (409, "conflict"),
        (429, "too_many_requests"),
        (500, "internal_clerk_error"),
        (503, "service_unavailable"),
        (504, "gateway_timeout"),
    ] {
        fake.inject_fault("GetUsersCount", 1, Fault::status(status));
        let (got, response, _) = count();
        assert_first_error(&response, got, (status, code, ""), "the code of a status");
    }
}

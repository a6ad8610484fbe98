//! The state, the clock, the settings and the keys of a fake that a server serves. A server can
//! serve several independent fakes, called worlds.

use std::collections::BTreeSet;
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeServer};
use clerk_client::requests::{CreateUserRequest, UserFilter, UserListParams};
use serde_json::{Value, json};

use super::client::{Control, OPENAPI, is_valid, operation};
use super::surface::server;

#[tokio::test]
async fn the_state_is_replaced_and_added_to() {
    let server = server().await;
    let control = Control::new(&server);
    let users = control.clerk().users();
    let kept = control.ok("GET", "state", Value::Null).await;

    let seed = json!({ "users": [
        { "id": "user_grace", "organizations": { "org_navy": "org:admin" } },
        { "email_address": ["alan@example.com"] },
    ], "sessions": [{ "id": "sess_1", "user_id": "user_grace" }] });
    let added = control.ok("POST", "seed", seed.clone()).await;
    assert_eq!(added["users"].as_array().unwrap().len(), 2);
    assert_eq!(added["organizations"], json!(["org_navy"]));
    assert_eq!(added["sessions"], json!(["sess_1"]));
    assert_eq!(
        users
            .get_users_count(UserFilter::new())
            .await
            .unwrap()
            .total_count,
        3
    );

    // If one object of a seed is refused, none is added.
    for (seed, place) in [
        (
            json!({ "users": [{ "id": "user_new" }, { "id": "user_grace" }] }),
            "users[1]",
        ),
        (
            json!({ "users": [{ "id": "user_new", "email_address": ["ada@example.com"] }] }),
            "users[0]",
        ),
        (
            json!({ "users": [{ "id": "user_new" }], "sessions": [{ "id": "sess_1", "user_id": "user_ada" }] }),
            "sessions[0]",
        ),
        (
            json!({ "users": [{ "id": "user_new" }], "organizations": [{ "id": "org_navy" }] }),
            "organizations[0]",
        ),
    ] {
        let error = control.refused("POST", "seed", seed).await;
        let message = error["long_message"].as_str().unwrap();
        assert!(
            message.starts_with(&format!("invalid seed: {place}: ")),
            "{message}"
        );
    }
    assert!(server.fake().user("user_new").is_none());

    let replaced = control
        .ok("PUT", "state", json!({ "users": [{ "id": "user_lone" }] }))
        .await;
    assert_eq!(replaced, json!({ "users": 1 }));
    assert!(server.fake().user("user_lone").is_some());
    let error = control
        .refused("PUT", "state", json!({ "users": [{ "id": 7 }] }))
        .await;
    assert_eq!(error["code"], "seed_invalid");
    assert!(server.fake().user("user_lone").is_some());
    control.ok("PUT", "state", kept.clone()).await;
    assert_eq!(control.ok("GET", "state", Value::Null).await, kept);
}

#[tokio::test]
async fn the_document_has_every_field_of_the_state() {
    let server = server().await;
    let control = Control::new(&server);
    let state = control.ok("GET", "state", Value::Null).await;
    let described = &OPENAPI["components"]["schemas"]["State"]["properties"];
    for name in state.as_object().unwrap().keys() {
        assert!(!described[name].is_null(), "{name}");
    }
    let unknown = json!({ "people": [] });
    control.refused("PUT", "state", unknown.clone()).await;
    assert!(!is_valid(operation("PUT", "/__clerk_mock/state"), &unknown));
}

#[tokio::test]
async fn the_clock_is_advanced_and_set() {
    let server = server().await;
    let control = Control::new(&server);
    let time = |time: &str| json!({ "time": time, "virtual": true, "step_seconds": 0.0 });
    let now = control.ok("GET", "clock", Value::Null).await;
    assert_eq!(now, time("2026-01-01T00:00:00.000Z"));
    control.clerk().users().lock_user("user_ada").await.unwrap();
    let later = control
        .ok("POST", "clock", json!({ "advance_seconds": 1.5 }))
        .await;
    assert_eq!(later, time("2026-01-01T00:00:01.500Z"));
    let earlier = json!({ "time": "2025-06-01T00:00:00Z" });
    assert_eq!(
        control.ok("POST", "clock", earlier).await,
        time("2025-06-01T00:00:00.000Z")
    );
    assert!(server.fake().user("user_ada").unwrap().locked);
    let later = json!({ "time": "2025-06-01T02:00:00Z" });
    assert_eq!(
        control.ok("POST", "clock", later).await,
        time("2025-06-01T02:00:00.000Z")
    );
    assert!(!server.fake().user("user_ada").unwrap().locked);
}

#[tokio::test]
async fn the_clock_is_not_advanced_beyond_the_last_time_that_has_a_text() {
    let server = server().await;
    let control = Control::new(&server);
    let last = json!({ "time": "9999-12-31T23:59:59Z" });
    control.ok("POST", "clock", last).await;
    for seconds in [json!(1), json!(3_155_760_000_u64)] {
        let body = json!({ "advance_seconds": seconds });
        let error = control.refused("POST", "clock", body).await;
        assert_eq!(error["code"], "form_param_value_invalid");
        assert_eq!(error["meta"]["param_name"], "advance_seconds");
    }
    let end = json!({ "advance_seconds": 0.999 });
    let shown = control.ok("POST", "clock", end).await;
    assert_eq!(shown["time"], "9999-12-31T23:59:59.999Z");
}

#[tokio::test]
async fn with_a_step_objects_are_created_at_distinct_times() {
    let server = FakeServer::builder(FakeClerk::new()).virtual_time();
    let server = server.start().await.unwrap();
    let control = Control::new(&server);
    let step = json!({ "step_seconds": 0.5 });
    let clock = control.ok("POST", "clock", step).await;
    assert_eq!(clock["step_seconds"], 0.5);
    let users = control.clerk().users();
    let mut times = Vec::new();
    for _ in 0..3 {
        let user = users.create_user(CreateUserRequest::new()).await.unwrap();
        // Reads do not advance the clock.
        users.get_user(&user.id).await.unwrap();
        let unrecorded = users
            .get_user(&user.id)
            .header("x-clerk-mock-unrecorded", "1");
        unrecorded.await.unwrap();
        times.push(user.created_at.as_millis() - server.fake().time().as_millis());
    }
    assert_eq!(times, [-500, -500, -500]);
    let list = users.get_user_list(UserListParams::new()).await.unwrap();
    let newest: Vec<_> = list
        .iter()
        .map(|user| user.created_at.as_millis())
        .collect();
    assert!(
        newest.is_sorted_by(|newer, older| newer == &(older + 500)),
        "{newest:?}"
    );
    control.ok("POST", "reset", Value::Null).await;
    assert_eq!(
        control.ok("GET", "clock", Value::Null).await["step_seconds"],
        0.0
    );
}

#[tokio::test]
async fn a_reset_undoes_everything_that_a_test_can_change() {
    let server = FakeServer::start(FakeClerk::new()).await.unwrap();
    let control = Control::new(&server);
    let before = control.ok("GET", "settings", Value::Null).await;
    control
        .ok(
            "POST",
            "clock",
            json!({ "advance_seconds": 3_155_760_000_u64 }),
        )
        .await;
    control
        .ok("POST", "seed", json!({ "users": [{ "id": "user_new" }] }))
        .await;
    control.ok("POST", "faults", json!({ "status": 503 })).await;
    let settings = json!({
        "rate_limit": { "requests": 1, "seconds": 60 },
        "latency_ms": 1,
        "secret_key": "sk_test_other",
        "keep_requests": 1,
        "instance": { "organizations_enabled": false },
    });
    let changed = control.ok("PATCH", "settings", settings.clone()).await;
    assert_eq!(changed["rate_limit"], settings["rate_limit"]);
    assert_eq!(changed["instance"]["organizations_enabled"], false);
    assert_ne!(changed, before);
    let users = control.clerk().users();
    assert!(users.get_users_count(UserFilter::new()).await.is_err());

    control.ok("POST", "reset", Value::Null).await;
    assert_eq!(control.ok("GET", "settings", Value::Null).await, before);
    assert_eq!(
        users
            .get_users_count(UserFilter::new())
            .await
            .unwrap()
            .total_count,
        0
    );
    let faults = control.ok("GET", "faults", Value::Null).await;
    assert_eq!(faults, json!({ "faults": [] }));
    let requests = control.ok("GET", "requests", Value::Null).await;
    assert_eq!(requests["requests"].as_array().unwrap().len(), 1);
    let clock = control.ok("GET", "clock", Value::Null).await;
    assert!(
        clock["time"].as_str().unwrap().starts_with("2026-01-01T"),
        "{clock}"
    );
    assert_eq!(clock["virtual"], false);
}

#[tokio::test]
async fn settings_change_what_the_fake_does() {
    let server = server().await;
    let control = Control::new(&server);
    let users = control.clerk().users();
    let count = async || users.get_users_count(UserFilter::new()).await;
    control
        .ok(
            "PATCH",
            "settings",
            json!({ "rate_limit": { "requests": 1, "seconds": 60 } }),
        )
        .await;
    assert!(count().await.is_ok());
    assert!(count().await.unwrap_err().is_rate_limited());
    control
        .ok(
            "PATCH",
            "settings",
            json!({ "rate_limit": null, "latency_ms": 250 }),
        )
        .await;
    assert!(count().await.is_ok());
    assert_eq!(server.fake().clock().now().as_millis(), 250);
    control
        .ok(
            "PATCH",
            "settings",
            json!({ "secret_key": "sk_test_other" }),
        )
        .await;
    assert_eq!(count().await.unwrap_err().status().unwrap(), 401);
    let settings = control
        .ok("PATCH", "settings", json!({ "secret_key": null }))
        .await;
    assert_eq!(settings["latency_ms"], 250);
    assert!(count().await.is_ok());
}

#[tokio::test]
async fn settings_are_shown_as_rust_code_and_arguments_can_set_them() {
    let server = server().await;
    let control = Control::new(&server);
    for (requests, per, seconds) in [
        (3, Duration::from_millis(500), json!(0.5)),
        (0, Duration::ZERO, json!(0)),
        (
            2_000_000,
            Duration::from_secs(2_000_000),
            json!(2_000_000_u64),
        ),
        (usize::MAX, Duration::from_millis(1_500), json!(1.5)),
    ] {
        server.fake().set_rate_limit(requests, per);
        server.fake().set_latency(Duration::from_secs(7_200));
        let settings = control.ok("GET", "settings", Value::Null).await;
        let limit = json!({ "requests": requests, "seconds": seconds });
        assert_eq!(settings["rate_limit"], limit);
        assert_eq!(settings["latency_ms"], 7_200_000);
    }
}

#[tokio::test]
async fn settings_change_the_rules_of_the_instance() {
    let server = server().await;
    let control = Control::new(&server);
    let change = async |instance: Value| {
        let change = json!({ "instance": instance });
        control.ok("PATCH", "settings", change).await
    };
    let users = control.clerk().users();
    let create = async || users.create_user(CreateUserRequest::new()).await;

    let settings = change(json!({ "email_address_required": true })).await;
    assert_eq!(settings["instance"]["email_address_required"], true);
    assert_eq!(
        create().await.unwrap_err().code(),
        Some("form_data_missing")
    );
    let plan =
        json!({ "email_address_required": false, "operations_outside_plan": ["CreateUser"] });
    change(plan).await;
    assert_eq!(create().await.unwrap_err().status().unwrap(), 402);
    change(Value::Null).await;
    create().await.unwrap();

    // Null restores the default of a single setting.
    let settings = control.ok("GET", "settings", Value::Null).await;
    for (name, value) in settings["instance"].as_object().unwrap() {
        let other = match value {
            Value::Bool(value) => json!(!value),
            Value::Array(_) => json!(["BanUser"]),
            Value::Null if name == "oauth_providers" => json!(["google"]),
            _ => json!(7),
        };
        let changed = change(json!({ name: other })).await;
        assert_eq!(changed["instance"][name], other);
        assert_eq!(change(json!({ name: null })).await, settings, "{name}");
    }
}

#[tokio::test]
async fn a_random_seed_repeats_ids() {
    let server = server().await;
    let control = Control::new(&server);
    let users = control.clerk().users();
    let create = async || {
        let user = users.create_user(CreateUserRequest::new()).await;
        user.unwrap().id
    };
    let mut ids = BTreeSet::new();
    for _ in 0..2 {
        control.ok("POST", "reset", Value::Null).await;
        control.ok("PUT", "random_seed", json!({ "seed": 7 })).await;
        ids.insert(create().await);
    }
    assert_eq!(ids.len(), 1);
    control.ok("PUT", "random_seed", json!({ "seed": 8 })).await;
    ids.insert(create().await);
    assert_eq!(ids.len(), 2);
}

#[tokio::test]
async fn a_random_seed_that_is_set_again_replaces_no_object() {
    let server = server().await;
    let control = Control::new(&server);
    for (path, bodies) in [
        ("users", [json!({}), json!({})]),
        (
            "email_addresses",
            ["one@example.com", "two@example.com"]
                .map(|address| json!({ "user_id": "user_ada", "email_address": address })),
        ),
        (
            "organizations",
            ["One", "Two"].map(|name| json!({ "name": name })),
        ),
        (
            "organization_roles",
            ["one", "two"].map(|name| json!({ "name": name, "key": format!("org:{name}") })),
        ),
        (
            "sessions",
            ["user_ada"; 2].map(|user| json!({ "user_id": user })),
        ),
        (
            "machines",
            ["One", "Two"].map(|name| json!({ "name": name })),
        ),
        (
            "api_keys",
            ["One", "Two"].map(|name| json!({ "name": name, "subject": "user_ada" })),
        ),
    ] {
        let mut ids = BTreeSet::new();
        for body in bodies {
            control.ok("PUT", "random_seed", json!({ "seed": 7 })).await;
            let path = format!("/v1/{path}");
            let (status, created) = control.send("POST", &path, &body.to_string()).await;
            assert_eq!(status, 200, "{path}: {created}");
            ids.insert(created["id"].as_str().unwrap().to_owned());
        }
        assert_eq!(ids.len(), 2, "{path}");
        for id in ids {
            let path = format!("/v1/{path}/{id}");
            assert_eq!(control.send("GET", &path, "").await.0, 200, "{path}");
        }
    }
}

#[tokio::test]
async fn a_random_seed_that_is_set_again_repeats_no_id_of_a_part_of_a_user() {
    let server = server().await;
    let control = Control::new(&server);
    let seed = json!({
        "users": [{ "id": "user_alan" }],
        "organizations": [{ "id": "org_engines" }],
    });
    control.ok("POST", "seed", seed).await;
    let member = |user: &str| json!({ "user_id": user, "role": "org:member" });
    let credit = |key: &str| json!({ "amount": 100, "action": "increase", "idempotency_key": key });
    for (path, bodies) in [
        (
            "organizations/org_engines/memberships",
            ["user_ada", "user_alan"].map(member),
        ),
        (
            "users/user_ada/billing/credits",
            ["first", "second"].map(credit),
        ),
    ] {
        let mut ids = BTreeSet::new();
        for body in bodies {
            control.ok("PUT", "random_seed", json!({ "seed": 7 })).await;
            let path = format!("/v1/{path}");
            let (status, created) = control.send("POST", &path, &body.to_string()).await;
            assert_eq!(status, 200, "{path}: {created}");
            ids.insert(created["id"].as_str().unwrap().to_owned());
        }
        assert_eq!(ids.len(), 2, "{path}");
    }
}

#[tokio::test]
async fn users_sign_in_and_keys_rotate() {
    let server = server().await;
    let control = Control::new(&server);
    let sign_in = json!({ "user_id": "user_ada", "expires_in_seconds": 60 });
    let signed_in = control.ok("POST", "sign_in", sign_in).await;
    assert_eq!(signed_in["token"].as_str().unwrap().split('.').count(), 3);
    let before = control.ok("GET", "jwt_key", Value::Null).await;
    let after = control.ok("POST", "rotate_signing_key", Value::Null).await;
    assert_ne!(before, after);
    assert_eq!(control.ok("GET", "jwt_key", Value::Null).await, after);
}

#[tokio::test]
async fn a_replaced_state_keeps_the_requests_and_the_signing_key() {
    let server = server().await;
    let control = Control::new(&server);
    let jwt_key = async || control.ok("GET", "jwt_key", Value::Null).await;
    let first = jwt_key().await;
    let before = control.ok("GET", "state", Value::Null).await;
    let path = "/v1/sessions/sess_1/refresh";
    assert_eq!(control.send("POST", path, "{}").await.0, 501);
    let rotated = control.ok("POST", "rotate_signing_key", Value::Null).await;
    let state = control.ok("GET", "state", Value::Null).await;
    assert_eq!(state["signing_key"], json!({ "rotations": 1, "names": 1 }));
    for state in [&state, &json!({})] {
        control.ok("PUT", "state", state.clone()).await;
        assert_eq!(jwt_key().await, rotated);
    }
    assert_eq!(server.fake().requests().len(), 1);
    assert_eq!(server.fake().not_modelled().len(), 1);

    // A fake that is created from the saved state has the same signing key.
    let again = FakeClerk::from_json(&state.to_string()).unwrap();
    assert_eq!(json!({ "jwt_key": again.jwt_key() }), rotated);
    for key in [json!({ "rotations": -1 }), json!({ "key": 1 }), json!("1")] {
        let seed = json!({ "signing_key": key });
        let error = control.refused("PUT", "state", seed).await;
        assert_eq!(error["code"], "seed_invalid");
    }
    control.ok("PUT", "state", before).await;
    assert_eq!(jwt_key().await, first);
}

//! The state of a fake that a server serves, and the random seed of its ids.

use std::collections::BTreeSet;

use clerk_client::mock::{FakeClerk, FakeServer};
use clerk_client::requests::{CreateUserRequest, UserFilter};
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

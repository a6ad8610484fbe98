//! Worlds: the independent fakes of one server.

use clerk_client::mock::{FakeClerk, FakeServer};
use clerk_client::requests::{CreateUserRequest, UserFilter, UserListParams};
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::client::Control;
use super::surface::server;

/// In each world, the test creates users, plans a fault, advances the clock, and reads all of this
/// back.
#[tokio::test]
async fn fifty_parallel_worlds_do_not_see_each_other() {
    let server = server().await;
    let control = Control::new(&server);
    let worlds = (1..=50).map(|number| {
        let control = control.world(&format!("test-{number}"));
        let created = 1 + number % 4;
        async move {
            let users = control.clerk().users();
            let seed = json!({ "users": [{ "id": format!("user_{number}") }] });
            control.ok("POST", "seed", seed).await;
            control
                .ok("POST", "clock", json!({ "advance_seconds": number }))
                .await;
            let fault = json!({ "operation": "GetUser", "status": 400 + number });
            control.ok("POST", "faults", fault).await;
            control
                .ok(
                    "PATCH",
                    "settings",
                    json!({ "keep_requests": 200 + number }),
                )
                .await;
            for of in 0..created {
                let name = format!("name-{number}-{of}");
                let user = CreateUserRequest::new().username(name);
                users.create_user(user).await.unwrap();
            }
            let names = users
                .get_user_list(UserListParams::new().limit(100))
                .await
                .unwrap();
            let names = names.iter().filter_map(|user| user.username.as_deref());
            assert!(
                names
                    .clone()
                    .all(|name| name.starts_with(&format!("name-{number}-")))
            );
            assert_eq!(names.count(), created);
            let error = users.get_user("user_ada").await.unwrap_err();
            assert_eq!(usize::from(error.status().unwrap().as_u16()), 400 + number);
            let journal = control.ok("GET", "requests", Value::Null).await;
            assert_eq!(journal["last_number"], created + 2);
            let clock = control.ok("GET", "clock", Value::Null).await;
            assert_eq!(clock["time"], format!("2026-01-01T00:00:{number:02}.000Z"));
            let settings = control.ok("GET", "settings", Value::Null).await;
            assert_eq!(settings["keep_requests"], 200 + number);
            let state = control.ok("GET", "state", Value::Null).await;
            assert_eq!(state["users"].as_array().unwrap().len(), created + 2);
            if number % 2 == 0 {
                control.ok("POST", "reset", Value::Null).await;
                assert!(users.get_user("user_ada").await.is_ok());
            }
        }
    });
    join_all(worlds).await;
    let worlds = control.ok("GET", "worlds", Value::Null).await;
    assert_eq!(worlds["worlds"].as_array().unwrap().len(), 50);
    assert_eq!(
        worlds["worlds"][0],
        json!({ "name": "test-1", "users": 4, "requests": 4 })
    );
    let unnamed = control.clerk().users();
    let count = unnamed.get_users_count(UserFilter::new()).await.unwrap();
    assert_eq!(count.total_count, 1);
    assert_eq!(server.fake().requests().len(), 1);
}

#[tokio::test]
async fn a_world_is_named_by_the_header_or_the_path() {
    let server = server().await;
    let control = Control::new(&server);
    let named = control.world("a.b_c-D1");
    named
        .ok("POST", "seed", json!({ "users": [{ "id": "user_new" }] }))
        .await;
    let (status, _) = named.send("GET", "/v1/users/user_new", "").await;
    assert_eq!(status, 200);
    let path = "/__clerk_mock/worlds/a.b_c-D1";
    for (path, expected) in [
        (format!("{path}/v1/users/user_new"), 200),
        (format!("{path}/v1/users?limit=1"), 200),
        (format!("{path}/__clerk_mock/state"), 200),
        (format!("{path}/.well-known/jwks.json"), 200),
        (format!("{path}/nowhere"), 404),
        (format!("{path}/__clerk_mock/worlds/b/v1/users"), 404),
        ("/v1/users/user_new".to_owned(), 404),
        (
            "/__clerk_mock/worlds/other/v1/users/user_new".to_owned(),
            404,
        ),
    ] {
        assert_eq!(control.send("GET", &path, "").await.0, expected, "{path}");
    }
    let journal = named.ok("GET", "requests", Value::Null).await;
    assert_eq!(journal["requests"][1]["path"], "/v1/users/user_new");
    assert_eq!(journal["requests"][1]["operation"], "GetUser");
    let (status, _) = named
        .send("GET", "/__clerk_mock/worlds/other/v1/users", "")
        .await;
    assert_eq!(status, 422);
    let same = format!("{path}/v1/users/user_new");
    assert_eq!(named.send("GET", &same, "").await.0, 200);
}

#[tokio::test]
async fn a_named_world_does_not_replace_the_saved_state() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let builder = FakeServer::builder(FakeClerk::new()).save_to(&path);
    let server = builder.start().await.unwrap();
    let control = Control::new(&server);
    control.ok("POST", "save", Value::Null).await;
    let saved = std::fs::read_to_string(&path).unwrap();

    let named = control.world("test-1");
    let seed = json!({ "users": [{ "id": "user_new" }] });
    named.ok("POST", "seed", seed).await;
    let (status, body) = named.call("POST", "save", Value::Null).await;
    assert_eq!(
        (status, &body["errors"][0]["code"]),
        (400, &json!("save_file_missing"))
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap(), saved);
}

#[tokio::test]
async fn a_wrong_name_of_a_world_is_refused() {
    let server = server().await;
    let control = Control::new(&server);
    for name in ["", "a b", "a/b", ".", "..", "%41", &"x".repeat(101)] {
        let (status, body) = control.world(name).send("GET", "/v1/users", "").await;
        assert_eq!(
            (status, &body["errors"][0]["code"]),
            (422, &json!("world_name_invalid")),
            "{name}"
        );
    }
    let long = format!("/__clerk_mock/worlds/{}/v1/users", "x".repeat(101));
    assert_eq!(control.send("GET", &long, "").await.0, 422);
    assert_eq!(
        control
            .send("DELETE", "/__clerk_mock/worlds/a%20b", "")
            .await
            .0,
        422
    );
    let longest = control.world(&"x".repeat(100));
    assert_eq!(longest.send("GET", "/v1/users", "").await.0, 200);
}

#[tokio::test]
async fn worlds_are_deleted_to_make_room() {
    let server = server().await;
    let control = Control::new(&server);
    for number in 0..1_000 {
        control
            .world(&number.to_string())
            .ok("GET", "clock", Value::Null)
            .await;
    }
    let one_more = control.world("one_more");
    for (method, path) in [("GET", "/v1/users"), ("GET", "/__clerk_mock/clock")] {
        let (status, body) = one_more.send(method, path, "").await;
        assert_eq!(status, 507);
        assert_eq!(body["errors"][0]["code"], "too_many_worlds");
    }
    let deleted = control.ok("DELETE", "worlds/7", Value::Null).await;
    assert_eq!(deleted, json!({ "name": "7", "deleted": true }));
    one_more.ok("GET", "clock", Value::Null).await;
    let (status, _) = control.call("DELETE", "worlds/7", Value::Null).await;
    assert_eq!(status, 404);
}

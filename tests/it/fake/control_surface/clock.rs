//! The clock of a fake that a server serves.

use clerk_client::mock::{FakeClerk, FakeServer};
use clerk_client::requests::{CreateUserRequest, UserListParams};
use serde_json::{Value, json};

use super::client::Control;
use super::surface::server;

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

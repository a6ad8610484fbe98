//! Faults that are planned over HTTP.

use std::time::Duration;

use clerk_client::requests::{CreateUserRequest, UserFilter};
use clerk_client::{ErrorKind, UsersApi};
use serde_json::{Value, json};

use super::client::Control;
use super::surface::server;

async fn count(users: &UsersApi) -> Result<i64, clerk_client::Error> {
    Ok(users.get_users_count(UserFilter::new()).await?.total_count)
}

#[tokio::test]
async fn a_fault_has_the_error_that_was_asked_for() {
    let server = server().await;
    let control = Control::new(&server);
    let users = control.clerk().users();
    let plan = json!({
        "operation": "CreateUser",
        "times": 1,
        "status": 422,
        "code": "form_password_pwned",
        "message": "Password has been found in an online data breach.",
        "param": "password",
    });
    let mut planned = control.ok("POST", "faults", plan.clone()).await;
    assert_eq!(planned["id"], "fault_1");
    assert_eq!(planned["fired"], 0);
    assert_eq!(count(&users).await.unwrap(), 1);
    let error = users
        .create_user(CreateUserRequest::new())
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("form_password_pwned"));
    assert_eq!(error.status().unwrap(), 422);
    assert_eq!(count(&users).await.unwrap(), 1);
    users.create_user(CreateUserRequest::new()).await.unwrap();
    planned["fired"] = json!(1);
    let listed = control.ok("GET", "faults", Value::Null).await;
    assert_eq!(listed["faults"], json!([planned]));

    let limited = json!({ "number": 2, "status": 429, "retry_after": 7 });
    control.ok("POST", "faults", limited).await;
    assert!(count(&users).await.is_ok());
    assert_eq!(
        count(&users).await.unwrap_err().retry_after(),
        Some(Duration::from_secs(7))
    );
    assert!(count(&users).await.is_ok());

    let other = json!({ "times": 1, "json": { "object": "total_count", "total_count": 99 } });
    control.ok("POST", "faults", other).await;
    assert_eq!(count(&users).await.unwrap(), 99);
}

#[tokio::test]
async fn a_null_in_a_fault_has_no_effect() {
    let server = server().await;
    let control = Control::new(&server);
    let plan = r#"{ "status": 503, "code": null, "json": null, "times": null, "kind": null }"#;
    let planned = control.send("POST", "/__clerk_mock/faults", plan).await;
    let expected = json!({ "id": "fault_1", "fired": 0, "status": 503 });
    assert_eq!(planned, (200, expected.clone()));
    let listed = control.ok("GET", "faults", Value::Null).await;
    assert_eq!(listed["faults"], json!([expected]));
}

#[tokio::test]
async fn each_kind_of_fault_reaches_the_client() {
    let server = server().await;
    let control = Control::new(&server);
    let users = control.clerk().users();
    for (number, kind) in (1..).zip([
        "not_sent",
        "response_lost",
        "response_cut",
        "invalid_body",
        "truncated_body",
    ]) {
        control
            .ok("POST", "faults", json!({ "times": 1, "kind": kind }))
            .await;
        let error = count(&users).await.unwrap_err();
        let closed = matches!(error.kind(), ErrorKind::Transport(_));
        assert_eq!(closed, !kind.ends_with("_body"), "{kind}: {error}");
        let path = format!("requests?after={}", number - 1);
        let journal = control.ok("GET", &path, Value::Null).await;
        let request = &journal["requests"][0];
        assert_eq!(request["status"].is_null(), closed, "{kind}");
        let failure = request["failure"].as_str().unwrap_or_default();
        assert_eq!(failure.starts_with("injected fault: "), closed, "{kind}");
    }
    assert_eq!(count(&users).await.unwrap(), 1);
}

#[tokio::test]
async fn a_delay_passes_on_the_clock_of_the_world() {
    let server = server().await;
    let control = Control::new(&server);
    control
        .ok("POST", "faults", json!({ "delay_ms": 3_600_000 }))
        .await;
    let users = control.world("slow").clerk().users();
    assert_eq!(count(&users).await.unwrap(), 1);
    assert_eq!(server.fake().clock().now(), Duration::ZERO);
    assert_eq!(count(&control.clerk().users()).await.unwrap(), 1);
    assert_eq!(server.fake().clock().now(), Duration::from_secs(3_600));
}

#[tokio::test]
async fn the_oldest_fault_fires_until_it_ends() {
    let server = server().await;
    let control = Control::new(&server);
    let users = control.clerk().users();
    let status = async || match count(&users).await {
        Ok(_) => 200,
        Err(error) => error.status().unwrap().as_u16(),
    };
    control.ok("POST", "faults", json!({ "status": 500 })).await;
    control
        .ok("POST", "faults", json!({ "status": 501, "times": 1 }))
        .await;
    control.ok("POST", "faults", json!({ "status": 502 })).await;
    assert_eq!((status().await, status().await), (500, 500));
    let ended = control.ok("DELETE", "faults/fault_1", Value::Null).await;
    assert_eq!(ended["fired"], 2);
    assert_eq!((status().await, status().await), (501, 502));
    let (unknown, _) = control.call("DELETE", "faults/fault_1", Value::Null).await;
    assert_eq!(unknown, 404);
    let ended = control.ok("DELETE", "faults", Value::Null).await;
    assert_eq!(ended, json!({ "ended": 2 }));
    assert_eq!(status().await, 200);
}

#[tokio::test]
async fn there_are_at_most_1000_faults() {
    let server = server().await;
    let control = Control::new(&server);
    for _ in 0..1_000 {
        control
            .ok("POST", "faults", json!({ "number": 7, "status": 500 }))
            .await;
    }
    let error = control
        .refused("POST", "faults", json!({ "status": 500 }))
        .await;
    assert_eq!(error["code"], "too_many_faults");
}

#[tokio::test]
async fn faults_that_have_fired_make_room_for_others() {
    let server = server().await;
    let control = Control::new(&server);
    let users = control.clerk().users();
    for fault in [
        json!({ "times": 1, "status": 500 }),
        json!({ "times": 2, "status": 501 }),
    ] {
        control.ok("POST", "faults", fault).await;
    }
    for _ in 2..1_000 {
        control
            .ok("POST", "faults", json!({ "number": 1, "status": 502 }))
            .await;
    }
    for status in [500, 501] {
        let error = count(&users).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
    }
    // A fault stays in the list after it has fired. If the list is full, adding a fault removes the
    // faults that can no longer fire.
    let listed = control.ok("GET", "faults", Value::Null).await;
    assert_eq!(listed["faults"].as_array().unwrap().len(), 1_000);
    assert_eq!(listed["faults"][0]["fired"], 1);
    let added = control.ok("POST", "faults", json!({ "status": 503 })).await;
    assert_eq!(added["id"], "fault_1001");
    let listed = control.ok("GET", "faults", Value::Null).await;
    let ids: Vec<_> = (listed["faults"].as_array().unwrap().iter())
        .map(|fault| &fault["id"])
        .collect();
    assert_eq!(ids, ["fault_2", "fault_1001"]);
    for status in [501, 503] {
        let error = count(&users).await.unwrap_err();
        assert_eq!(error.status().unwrap(), status);
    }
}

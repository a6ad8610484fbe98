//! The settings of a fake that a server serves.

use std::time::Duration;

use clerk_client::requests::{CreateUserRequest, UserFilter};
use serde_json::{Value, json};

use super::client::Control;
use super::surface::server;

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

//! The key with which the fake of a server signs tokens.

use clerk_client::mock::FakeClerk;
use serde_json::{Value, json};

use super::client::Control;
use super::surface::server;

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

//! The webhooks that an application's test reads.

use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::webhooks::{WebhookData, WebhookErrorKind, WebhookSecret};
use serde_json::{Value, json};

use super::{secret, send, verified};

fn ada() -> FakeUser {
    FakeUser::new("user_ada").external_id("1815")
}

#[test]
fn the_data_is_the_object_after_the_change() {
    let fake = FakeClerk::new();
    let webhooks = fake.webhooks();
    fake.add(ada());
    fake.add(ada().name("Ada", "Lovelace"));
    let session = fake.sign_in("user_ada");
    fake.remove_user("user_ada");
    let data = |webhook| verified(&fake, &webhook).event.data;
    let data: Vec<_> = webhooks.take().into_iter().map(data).collect();
    let [created, updated, signed_in, removed, deleted] = data.as_slice() else {
        panic!("{data:#?}");
    };
    let WebhookData::UserCreated(user) = created else {
        panic!("{created:#?}");
    };
    assert_eq!((user.id.as_str(), &user.first_name), ("user_ada", &None));
    let WebhookData::UserUpdated(user) = updated else {
        panic!("{updated:#?}");
    };
    assert_eq!(user.full_name().as_deref(), Some("Ada Lovelace"));
    let WebhookData::SessionCreated(of) = signed_in else {
        panic!("{signed_in:#?}");
    };
    assert_eq!(&of.id, session.session_id());
    let WebhookData::SessionRemoved(of) = removed else {
        panic!("{removed:#?}");
    };
    assert_eq!(
        (&of.id, of.status.as_str()),
        (session.session_id(), "removed")
    );
    assert_eq!(of.user.as_ref().unwrap().id, "user_ada");
    let WebhookData::UserDeleted(of) = deleted else {
        panic!("{deleted:#?}");
    };
    assert_eq!(of.id.as_deref(), Some("user_ada"));
    assert_eq!(of.external_id.as_deref(), Some("1815"));
}

/// The event contains the organization, although the organization no longer exists.
#[tokio::test]
async fn a_membership_that_ends_with_its_organization_has_its_data() {
    let fake = FakeClerk::new();
    fake.add(ada().member_of("org_1", "org:admin"));
    let known = fake.organization("org_1").unwrap();
    let webhooks = fake.webhooks();
    let (status, _) = send(&fake, "DELETE", "/organizations/org_1", &Value::Null).await;
    assert_eq!(status, 200);
    let WebhookData::OrganizationMembershipDeleted(membership) =
        verified(&fake, &webhooks.next().unwrap()).event.data
    else {
        panic!("not a deleted membership");
    };
    assert_eq!(membership.organization, known);
    assert_eq!(membership.role, "org:admin");
}

#[tokio::test]
async fn a_request_that_changes_nothing_sends_nothing() {
    let fake = FakeClerk::new();
    fake.add(ada());
    let webhooks = fake.webhooks();
    for (method, path, body) in [
        ("GET", "/users", Value::Null),
        ("GET", "/users/user_ada", Value::Null),
        ("DELETE", "/users/user_unknown", Value::Null),
        ("POST", "/users", json!({ "external_id": "1815" })),
        (
            "POST",
            "/users/ban",
            json!({ "user_ids": ["user_ada", "user_unknown"] }),
        ),
    ] {
        let (status, response) = send(&fake, method, path, &body).await;
        assert_eq!(status == 200, method == "GET", "{path}: {response}");
    }
    assert!(webhooks.next().is_none());
    fake.clock().advance(Duration::from_secs(7_200));
    assert!(webhooks.next().is_none());
}

#[test]
fn webhooks_begin_with_the_call_and_stop_when_they_are_dropped() {
    let fake = FakeClerk::new();
    fake.add(ada());
    let first = fake.webhooks();
    fake.add(FakeUser::new("user_1"));
    let second = fake.webhooks();
    fake.add(FakeUser::new("user_2"));
    let ids = |webhooks: &clerk_client::mock::FakeWebhooks| -> Vec<String> {
        let all = webhooks.take();
        all.iter().map(|of| of.object_id().to_owned()).collect()
    };
    assert_eq!(ids(&first), ["user_1", "user_2"]);
    assert_eq!(ids(&second), ["user_2"]);
    assert!(ids(&first).is_empty());
    drop((first, second));
    fake.add(FakeUser::new("user_3"));
    let third = fake.webhooks();
    assert!(ids(&third).is_empty());
    // A clone is a separate instance, so `third` does not contain its webhooks.
    fake.clone().add(FakeUser::new("user_4"));
    assert!(ids(&third).is_empty());
}

#[tokio::test]
async fn message_ids_are_deterministic_and_change_no_other_id() {
    let mut runs = Vec::new();
    for is_on in [true, true, false] {
        let fake = FakeClerk::new();
        let webhooks = is_on.then(|| fake.webhooks());
        let (_, first) = send(&fake, "POST", "/users", &json!({})).await;
        let (_, second) = send(&fake, "POST", "/users", &json!({})).await;
        let ids = [first, second].map(|of| of["id"].as_str().unwrap().to_owned());
        let webhooks = webhooks.iter().flat_map(|webhooks| webhooks.take());
        let messages: Vec<_> = webhooks.map(|of| of.message_id().to_owned()).collect();
        runs.push((ids, messages));
    }
    let [first, second, off] = runs.as_slice() else {
        panic!("{runs:?}");
    };
    assert_eq!(first, second);
    assert_eq!(first.0, off.0);
    assert!(first.1[0].starts_with("msg_") && first.1[0] != first.1[1]);
}

#[test]
fn a_webhook_is_signed_with_the_secret_at_the_time_of_the_fake() {
    let fake = FakeClerk::new();
    let own = WebhookSecret::new("whsec_b3Vycw==").unwrap();
    let webhooks = fake.webhooks().with_secret(own.clone());
    fake.add(ada());
    let changed_at = fake.time();
    fake.clock().advance(Duration::from_secs(3_600));
    let webhook = webhooks.next().unwrap();
    let (headers, body) = (webhook.headers(), webhook.body());
    let received = own.verify_at(headers, body, fake.time()).unwrap();
    assert_eq!(received.sent_at, fake.time());
    assert_eq!(received.event.timestamp, changed_at.as_millis());
    let error = secret().verify_at(headers, body, fake.time()).unwrap_err();
    assert_eq!(error.kind(), WebhookErrorKind::Signature);
    let printed = format!("{webhooks:?} {webhook:?}");
    assert!(
        !printed.contains("1815") && !printed.contains("v1,"),
        "{printed}"
    );
}

#[test]
fn the_newest_events_are_kept() {
    let fake = FakeClerk::new();
    let webhooks = fake.webhooks();
    for number in 0..10_003 {
        fake.add(FakeUser::new(format!("user_{number}")));
    }
    assert_eq!(webhooks.next().unwrap().object_id(), "user_3");
    assert_eq!(webhooks.take().len(), 9_999);
}

//! Tests the application with the events of a fake Clerk.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use clerk_client::mock::{FakeClerk, FakeServer, WebhookDeliveryStatus};
use clerk_client::requests::{CreateUserRequest, UpdateUserRequest};
use clerk_client::webhooks::WebhookSecret;
use webhook_receiver::{Table, app};

fn secret() -> WebhookSecret {
    WebhookSecret::new(FakeClerk::WEBHOOK_SECRET).unwrap()
}

/// Starts a fake Clerk whose clock shows `time`. It sends its events to `app`.
async fn start(app: Router, time: SystemTime) -> FakeServer {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/webhooks", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    let fake = FakeClerk::new();
    fake.set_time(time.into());
    let builder = FakeServer::builder(fake).virtual_time();
    builder.webhook(url, secret()).start().await.unwrap()
}

#[tokio::test]
async fn the_table_follows_the_users() {
    let table = Arc::new(Table::default());
    let server = start(app(secret(), Arc::clone(&table)), SystemTime::now()).await;
    let users = server.fake().client().users();

    let ada = CreateUserRequest::new()
        .first_name("Ada")
        .email_address(["ada@example.com"]);
    let ada = users.create_user(ada).await.unwrap();
    server.webhooks_settled().await;
    let row = table.get(ada.id.as_str()).unwrap();
    assert_eq!(row.name.as_deref(), Some("Ada"));
    assert_eq!(row.email_address.as_deref(), Some("ada@example.com"));

    let name = UpdateUserRequest::new().last_name("Lovelace");
    users.update_user(&ada.id, name).await.unwrap();
    server.webhooks_settled().await;
    let row = table.get(ada.id.as_str()).unwrap();
    assert_eq!(row.name.as_deref(), Some("Ada Lovelace"));

    users.delete_user(&ada.id).await.unwrap();
    server.webhooks_settled().await;
    assert_eq!(table.get(ada.id.as_str()), None);
    let deliveries = server.webhook_deliveries();
    assert_eq!(deliveries.len(), 3);
    let mut statuses = deliveries.iter().map(|delivery| delivery.status);
    assert!(statuses.all(|status| status == WebhookDeliveryStatus::Succeeded));
}

#[tokio::test]
async fn an_event_arrives_after_two_failures() {
    let table = Arc::new(Table::default());
    let requests = Arc::new(AtomicUsize::new(0));
    let fails_twice = from_fn(move |request: Request, next: Next| {
        let is_up = requests.fetch_add(1, Ordering::SeqCst) >= 2;
        async move {
            match is_up {
                true => next.run(request).await,
                false => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            }
        }
    });
    let app = app(secret(), Arc::clone(&table)).layer(fails_twice);
    let waits = [Duration::from_secs(5), Duration::from_secs(5 * 60)];
    // The application refuses an event if its timestamp is more than five minutes from the system's
    // clock. So the fake's clock starts early, and shows the present time at the last attempt.
    let server = start(app, SystemTime::now() - waits[0] - waits[1]).await;
    let ada = CreateUserRequest::new().first_name("Ada");
    let ada = server
        .fake()
        .client()
        .users()
        .create_user(ada)
        .await
        .unwrap();
    for wait in waits {
        server.webhooks_settled().await;
        assert_eq!(table.get(ada.id.as_str()), None);
        server.fake().clock().advance(wait);
    }
    server.webhooks_settled().await;
    assert!(table.get(ada.id.as_str()).is_some());
}

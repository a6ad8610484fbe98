//! Tests the table of users with the webhooks of a fake Clerk, during and after a walk over all
//! users.

use std::sync::Arc;
use std::time::Duration;

use clerk_client::mock::{FakeServer, FakeUser, WebhookDeliveryStatus};
use clerk_client::requests::{CreateUserRequest, UpdateUserRequest};
use clerk_client::transport::{
    DynTransport, HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
};
use clerk_client::{Clerk, SecretKey};
use sync_users::{UserTable, Walk};
use tokio::sync::Semaphore;

use crate::fixture::{assert_in_step, fake_with_users, serve};

/// A transport that holds each response until the test releases it.
#[derive(Debug)]
struct Held {
    transport: DynTransport,
    gate: Arc<Gate>,
}

/// The number of responses that have arrived, and the number of responses that may pass.
#[derive(Debug)]
struct Gate {
    arrived: Semaphore,
    released: Semaphore,
}

impl Gate {
    async fn next(semaphore: &Semaphore) {
        semaphore.acquire().await.unwrap().forget();
    }
}

#[async_trait]
impl HttpTransport for Held {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let response = self.transport.send(request).await;
        self.gate.arrived.add_permits(1);
        Gate::next(&self.gate.released).await;
        response
    }

    /// Never finishes, so that no timeout expires while a response is held.
    async fn sleep(&self, _: Duration) {
        std::future::pending().await
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

/// Starts a walk whose responses pass the gate.
async fn start_walk(server: &FakeServer, table: &UserTable) -> (Walk, Arc<Gate>) {
    let gate = Arc::new(Gate {
        arrived: Semaphore::new(0),
        released: Semaphore::new(0),
    });
    let transport = Held {
        transport: server.fake().transport(),
        gate: Arc::clone(&gate),
    };
    let clerk = Clerk::new(transport, SecretKey::new("sk_test_sync").unwrap());
    let walk = Walk::unfinished(&clerk.users(), table).await.unwrap();
    (walk.unwrap(), gate)
}

#[tokio::test]
async fn changes_during_the_walk_are_kept() {
    let table = UserTable::in_memory().await.unwrap();
    let server = serve(fake_with_users(), &table).await;
    let fake = server.fake();
    let (mut walk, gate) = start_walk(&server, &table).await;
    let walk = tokio::spawn(async move { while walk.next_page().await.unwrap().is_some() {} });
    Gate::next(&gate.arrived).await;
    gate.released.add_permits(1);
    // The second page, with the users 500 to 999, is fetched but not stored.
    Gate::next(&gate.arrived).await;

    fake.clock().advance(Duration::from_secs(1));
    for page in ["user_00100", "user_00600", "user_01100"] {
        fake.edit(page, |user| user.first_name = Some("Changed".into()));
    }
    for page in ["user_00200", "user_00700", "user_01200"] {
        fake.remove_user(page);
    }
    // The walk requests the third page with the last user of the second page as its cursor.
    fake.remove_user("user_00999");
    fake.add(FakeUser::new("user_new").name("New", "User"));
    server.webhooks_settled().await;
    gate.released.add_permits(100);
    walk.await.unwrap();
    assert_in_step(&table, fake).await;
}

#[tokio::test]
async fn the_table_follows_the_users_after_the_walk() {
    let table = UserTable::in_memory().await.unwrap();
    let server = serve(fake_with_users(), &table).await;
    let fake = server.fake();
    let (mut walk, gate) = start_walk(&server, &table).await;
    gate.released.add_permits(100);
    while walk.next_page().await.unwrap().is_some() {}

    let users = fake.client().users();
    let ada = CreateUserRequest::new().first_name("Ada");
    let ada = users.create_user(ada).await.unwrap();
    fake.clock().advance(Duration::from_secs(1));
    let name = UpdateUserRequest::new().last_name("Lovelace");
    users.update_user(&ada.id, name).await.unwrap();
    users.delete_user("user_00042").await.unwrap();
    server.webhooks_settled().await;

    let row = table.get(ada.id.as_str()).await.unwrap().unwrap();
    assert_eq!(row.name.as_deref(), Some("Ada Lovelace"));
    assert_in_step(&table, fake).await;
    let deliveries = server.webhook_deliveries();
    let mut statuses = deliveries.iter().map(|delivery| delivery.status);
    assert!(statuses.all(|status| status == WebhookDeliveryStatus::Succeeded));
}

/// The test creates a user after the last page was fetched, so the walk never sees this user.
#[tokio::test]
async fn a_walk_keeps_a_user_whom_only_a_webhook_brought() {
    let table = UserTable::in_memory().await.unwrap();
    let server = serve(fake_with_users(), &table).await;
    let (mut walk, gate) = start_walk(&server, &table).await;
    gate.released.add_permits(100);
    while walk.next_page().await.unwrap().is_some() {}

    Walk::start_again(&table).await.unwrap();
    let (mut walk, gate) = start_walk(&server, &table).await;
    gate.released.add_permits(2);
    walk.next_page().await.unwrap();
    walk.next_page().await.unwrap();
    let last = tokio::spawn(async move { while walk.next_page().await.unwrap().is_some() {} });
    for _ in 0..3 {
        Gate::next(&gate.arrived).await;
    }
    // At this point, the last page has been fetched.
    server.fake().add(FakeUser::new("user_new"));
    server.webhooks_settled().await;
    gate.released.add_permits(100);
    last.await.unwrap();
    assert_in_step(&table, server.fake()).await;
}

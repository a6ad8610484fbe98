//! A fake Clerk with users, and checks of the table.

use std::path::Path;
use std::time::{Duration, SystemTime};

use clerk_client::mock::{FakeClerk, FakeServer, FakeUser};
use clerk_client::requests::UserFilter;
use clerk_client::webhooks::WebhookSecret;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};
use sync_users::{UserRow, UserTable, app};

/// Creates a fake with three pages of users. Each user was created one second after the previous
/// one.
pub(crate) fn fake_with_users() -> FakeClerk {
    let fake = FakeClerk::new();
    let now = SystemTime::now();
    fake.set_time(now.into());
    for number in 0..1_234 {
        let created_at = now - Duration::from_secs(2_000 - number);
        let user = FakeUser::new(format!("user_{number:05}")).created_at(created_at.into());
        let email_address = format!("{number}@example.com");
        fake.add(
            user.name("User", &number.to_string())
                .email_address(&email_address),
        );
    }
    fake
}

pub(crate) fn secret() -> WebhookSecret {
    WebhookSecret::new(FakeClerk::WEBHOOK_SECRET).unwrap()
}

/// Serves a fake with virtual time. Its webhooks update this table.
pub(crate) async fn serve(fake: FakeClerk, table: &UserTable) -> FakeServer {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/webhooks", listener.local_addr().unwrap());
    let app = app(secret(), table.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    let builder = FakeServer::builder(fake).virtual_time();
    builder.webhook(url, secret()).start().await.unwrap()
}

/// Asserts that the table has the users of the fake, and no others.
pub(crate) async fn assert_in_step(table: &UserTable, fake: &FakeClerk) {
    let mut users = fake.client().users().list_all_users(UserFilter::new());
    let mut expected = Vec::new();
    while let Some(page) = users.next_page().await.unwrap() {
        expected.extend(page.iter().map(UserRow::from));
    }
    expected.sort_by(|a, b| a.id.cmp(&b.id));
    let rows = table.list("", u32::MAX).await.unwrap();
    assert_eq!(rows.len(), expected.len());
    for (row, user) in rows.iter().zip(&expected) {
        assert_eq!(row, user);
    }
}

/// Runs a statement over a separate connection, as another program would.
pub(crate) async fn execute(database: &Path, statement: &str) {
    let options = SqliteConnectOptions::new().filename(database);
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql(statement).execute(&mut other).await.unwrap();
}

/// Returns the number that a statement selects.
pub(crate) async fn number(database: &Path, statement: &str) -> i64 {
    let options = SqliteConnectOptions::new().filename(database);
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    let number = sqlx::query_scalar(statement).fetch_one(&mut other);
    number.await.unwrap()
}

//! The bulk operations `get_many`, `ban_many` and `unban_many`, and the searches `find_*`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clerk_client::mock::FakeClerk;
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
};
use clerk_client::{Clerk, ErrorKind, User, ids::UserId};
use serde_json::Value;

use crate::support::key;

fn fake(count: usize) -> FakeClerk {
    let fake = FakeClerk::new();
    for n in 0..count {
        fake.add(User::new(format!("user_{n}")));
    }
    fake
}

fn numbers(range: std::ops::Range<usize>) -> Vec<UserId> {
    range.map(|n| format!("user_{n}").into()).collect()
}

#[tokio::test]
async fn get_many_returns_users_in_the_order_of_ids() {
    let fake = fake(250);
    let mut ids = numbers(0..250);
    ids.reverse();
    ids.insert(7, "user_unknown".into());
    ids.push("user_249".into());
    ids.push("-signed".into());
    let found = fake.client().users().get_many(&ids).await.unwrap();
    let mut expected = numbers(0..250);
    expected.reverse();
    let users: Vec<_> = found.users.into_iter().map(|user| user.id).collect();
    assert_eq!(users, expected);
    assert_eq!(found.missing, ["user_unknown", "-signed"]);
    let sizes: Vec<_> = fake
        .requests()
        .iter()
        .map(|request| request.query_values("user_id").len())
        .collect();
    assert_eq!(sizes, [100, 100, 52]);
}

/// Without ids, Clerk would return all users.
#[tokio::test]
async fn empty_id_lists_send_nothing() {
    let fake = fake(3);
    let users = fake.client().users();
    let none: [&str; 0] = [];
    let found = users.get_many(none).await.unwrap();
    assert!(found.users.is_empty() && found.missing.is_empty());
    assert!(users.ban_many(none).await.unwrap().is_empty());
    assert!(fake.requests().is_empty());
}

#[tokio::test]
async fn invalid_ids_are_rejected_before_sending() {
    let fake = fake(120);
    let users = fake.client().users();
    let mut ids = numbers(0..120);
    ids.push(" ".into());
    let error = users.get_many(&ids).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("blank"), "{error}");
    let error = users.ban_many(&ids).await.unwrap_err();
    assert_eq!((error.succeeded.len(), error.not_attempted.len()), (0, 121));
    assert_eq!(error.failed[0].error.kind(), ErrorKind::InvalidRequest);
    assert!(
        error.to_string().contains("user_ids[20]: it is blank"),
        "{error}"
    );
    let long = (0..100).map(|n| format!("{n}{}", "x".repeat(700)));
    let error = users.get_many(long).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let error = users.get_many(["a"]).concurrency(0).await.unwrap_err();
    assert!(error.to_string().contains("concurrency: 0"), "{error}");
    assert!(fake.requests().is_empty());
}

#[tokio::test]
async fn ban_many_and_unban_many_process_all_ids() {
    let fake = fake(120);
    let users = fake.client().users();
    let ids = numbers(0..120);
    let banned = users.ban_many(&ids).concurrency(3).await.unwrap();
    assert!(banned.iter().all(|user| user.banned));
    assert!(banned.iter().map(|user| &user.id).eq(&ids));
    let free = users.unban_many(&ids).await.unwrap();
    assert!(free.iter().all(|user| !user.banned));
    assert!(free.iter().map(|user| &user.id).eq(&ids));
    let sizes: Vec<_> = fake
        .requests()
        .iter()
        .map(|request| request.json()["user_ids"].as_array().map_or(0, Vec::len))
        .collect();
    assert_eq!(sizes, [50, 50, 20, 50, 50, 20]);
}

/// The second request fails, because one of its users does not exist.
#[tokio::test]
async fn a_failed_chunk_reports_what_was_done() {
    let mut ids = numbers(0..200);
    ids[60] = "user_unknown".into();
    for (concurrency, done, untried) in [(1, 50, 100), (2, 50, 100), (4, 50, 100)] {
        let fake = fake(200);
        let banning = fake
            .client()
            .users()
            .ban_many(&ids)
            .concurrency(concurrency);
        let error = banning.await.unwrap_err();
        assert_eq!(
            (error.succeeded.len(), error.not_attempted.len()),
            (done, untried)
        );
        assert_eq!(error.failed.len(), 1);
        assert_eq!(error.failed[0].user_ids, ids[50..100]);
        assert!(error.failed[0].error.is_not_found());
        assert_eq!(
            error.to_string().split(';').next().unwrap(),
            format!("{done} users succeeded, 50 failed, {untried} were not attempted")
        );
        for user in &error.succeeded {
            assert!(fake.user(&user.id).unwrap().banned);
        }
        for id in error.not_attempted.iter().chain(&ids[50..60]) {
            assert!(!fake.user(id).unwrap().banned);
        }
    }
}

/// A transport that counts concurrent requests.
#[derive(Debug)]
struct Counting {
    fake: FakeClerk,
    now: AtomicUsize,
    most: AtomicUsize,
}

#[async_trait]
impl HttpTransport for Counting {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        self.fake.sleep(Duration::from_millis(10)).await;
        self.now.fetch_sub(1, Ordering::SeqCst);
        self.fake.send(request).await
    }

    async fn sleep(&self, duration: Duration) {
        self.fake.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        HttpTransport::now(&self.fake)
    }
}

#[tokio::test]
async fn concurrency_is_bounded() {
    for concurrency in [1, 3, 7, 100] {
        let transport = Arc::new(Counting {
            fake: fake(2_000),
            now: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        });
        let users = Clerk::new(transport.clone(), key()).users();
        let getting = users.get_many(numbers(0..2_000)).concurrency(concurrency);
        assert_eq!(getting.await.unwrap().users.len(), 2_000);
        let most = transport.most.load(Ordering::SeqCst);
        assert_eq!(most, concurrency.min(20));
        // Each round of concurrent requests takes the same time.
        let rounds = u32::try_from(20_usize.div_ceil(concurrency)).unwrap();
        assert_eq!(
            HttpTransport::now(&transport),
            Duration::from_millis(10) * rounds
        );
    }
}

#[tokio::test]
async fn users_are_found_by_email_and_external_id() {
    let fake = FakeClerk::new();
    let users = fake.client().users();
    let own = |id: &str, verification: Value, reserved: bool| {
        let address = serde_json::json!({
            "id": "idn_1", "email_address": "Ada@example.com",
            "verification": verification, "reserved": reserved,
        });
        let user = serde_json::json!({ "id": id, "email_addresses": [address], "external_id": id });
        serde_json::from_value::<User>(user).unwrap()
    };
    let find = || users.find_user_by_email_address("ADA@example.com");
    assert_eq!(find().await.unwrap(), None);
    let verified = serde_json::json!({ "status": "verified" });
    let failed = serde_json::json!({ "status": "failed" });
    for (id, verification, reserved, found) in [
        ("user_1", Value::Null, false, "user_1"),
        ("user_2", Value::Null, true, "user_2"),
        ("user_3", failed, false, "user_2"),
        ("user_4", verified, false, "user_4"),
        ("user_5", Value::Null, true, "user_4"),
    ] {
        fake.add(own(id, verification, reserved));
        assert_eq!(find().await.unwrap().unwrap().id, found);
    }
    // Many users have this address, but have not verified it. The user who has verified it is still
    // found.
    for number in 0..600 {
        fake.add(own(&format!("user_later_{number}"), Value::Null, false));
    }
    assert_eq!(find().await.unwrap().unwrap().id, "user_4");
    let found = users.find_user_by_external_id("user_3").await.unwrap();
    assert_eq!(found.unwrap().id, "user_3");
    assert_eq!(
        users.find_user_by_external_id("-user_3").await.unwrap(),
        None
    );
    let error = users.find_user_by_external_id("").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        users.get_user_or_none("user_1").await.unwrap().unwrap().id,
        "user_1"
    );
    assert_eq!(users.get_user_or_none("user_9").await.unwrap(), None);
}

#[tokio::test]
async fn the_timeout_of_a_search_covers_all_its_requests() {
    let fake = FakeClerk::new();
    // No user has verified the address. A page has 500 users, so the search requests two pages.
    for number in 0..501 {
        let address = serde_json::json!({ "id": "idn_1", "email_address": "ada@example.com" });
        let id = format!("user_{number}");
        let user = serde_json::json!({ "id": id, "email_addresses": [address] });
        fake.add(serde_json::from_value::<User>(user).unwrap());
    }
    fake.set_latency(Duration::from_secs(25));
    let users = fake.client().users();
    let find = || users.find_user_by_email_address("ada@example.com");
    assert!(find().await.unwrap().is_some());
    assert_eq!(fake.clock().now(), Duration::from_secs(50));
    let error = find().timeout(Duration::from_secs(40)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(error.to_string().contains("longer than 40s"), "{error}");
    assert_eq!(fake.clock().now(), Duration::from_secs(90));
}

#[tokio::test]
async fn a_search_ends_if_the_server_ignores_the_offset() {
    let (clerk, requests) = crate::support::client_replying(|| {
        let ids = (0..500).map(|number| format!("user_{number}"));
        let page: Vec<Value> = ids.map(|id| serde_json::json!({ "id": id })).collect();
        clerk_client::mock::Reply::json(200, &page)
    });
    let find = clerk.users().find_user_by_email_address("ada@example.com");
    let error = find.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("ignores `offset`"), "{error}");
    assert_eq!(requests.lock().unwrap().len(), 2);
}

/// A 404 of a proxy does not mean that the user does not exist.
#[tokio::test]
async fn only_clerks_404_means_that_no_user_exists() {
    for body in ["", "<html>", r#"{"errors":[{"code":"other"}]}"#] {
        let (clerk, _) =
            crate::support::client_replying(move || clerk_client::mock::Reply::bytes(404, body));
        let error = clerk.users().get_user_or_none("user_1").await.unwrap_err();
        assert!(error.is_not_found());
    }
}

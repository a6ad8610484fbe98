//! Pagers: pages, order and errors.

mod cursors;
mod limits;
mod moving;
mod positions;

use std::time::Duration;

use clerk_client::mock::{FakeClerk, MockTransport, RecordedRequest, Reply};
use clerk_client::requests::{UserListParams, UserOrderBy};
use clerk_client::{Clerk, Error, Pager, RetryPolicy, Timestamp, User, UsersApi};
use futures_util::FutureExt;

use crate::support::key;

/// Returns a fake with `count` users. `created_at` maps a user's number to the time of creation.
pub(crate) fn fake(count: i64, created_at: impl Fn(i64) -> i64) -> FakeClerk {
    let fake = FakeClerk::new();
    for n in 0..count {
        let mut user = User::new(format!("user_{n:03}"));
        user.created_at = Timestamp::from_millis(created_at(n));
        user.username = Some(format!("name{:03}", (n * 37) % count));
        fake.add(user);
    }
    fake
}

pub(crate) fn one_by_one(n: i64) -> i64 {
    1_000 + n
}

pub(crate) async fn ids(mut pager: Pager<User>) -> Result<Vec<Vec<String>>, Error> {
    let mut pages = Vec::new();
    while let Some(page) = pager.next_page().await? {
        pages.push(page.iter().map(|user| user.id.to_string()).collect());
    }
    assert!(
        pager.next_page().await?.is_none(),
        "a finished pager stays finished"
    );
    Ok(pages)
}

fn numbered(range: impl Iterator<Item = i64>) -> Vec<String> {
    range.map(|n| format!("user_{n:03}")).collect()
}

fn query(request: &RecordedRequest, name: &str) -> Option<String> {
    request.query_values(name).pop()
}

/// Pages through users. The limit of the parameters becomes the page size.
pub(crate) fn paged(users: &UsersApi, mut params: UserListParams) -> Pager<User> {
    let size = params.page.limit.take().unwrap_or(500);
    users.list_all_users(params).page_size(size)
}

#[tokio::test]
async fn cursor_pages_reach_every_user() {
    let new = UserListParams::new;
    let oldest_first = UserOrderBy::CreatedAt.ascending();
    let all: Vec<i64> = (0..10).collect();
    for (params, expected, request_count) in [
        // A page that is shorter than the limit is the last one. If all pages are full, two more
        // requests follow: one gets an empty page, and a fallback request looks for missed users.
        (new().limit(4), (0..10).rev().collect(), 3),
        (new().limit(5), (0..10).rev().collect(), 4),
        (new().limit(10), (0..10).rev().collect(), 3),
        (new(), (0..10).rev().collect(), 1),
        (new().limit(3).order_by(oldest_first), all.clone(), 4),
        (
            new().limit(3).order_by(oldest_first).offset(7),
            vec![7, 8, 9],
            3,
        ),
        (
            new()
                .limit(3)
                .order_by(oldest_first)
                .starting_after("user_004"),
            vec![5, 6, 7, 8, 9],
            2,
        ),
        (
            new().limit(3).user_id(["user_002", "user_008"]),
            vec![8, 2],
            1,
        ),
        (new().limit(3).user_id(["unknown"]), vec![], 1),
    ] {
        let fake = fake(10, one_by_one);
        let pages = ids(paged(&fake.client().users(), params.clone()))
            .await
            .unwrap();
        assert_eq!(pages.concat(), numbered(expected.into_iter()), "{params:?}");
        let requests = fake.requests();
        assert_eq!(requests.len(), request_count, "{params:?}");
        // All requests after the first have a cursor or a time bound, and no offset.
        for request in requests.iter().skip(1) {
            let bounds = ["created_at_before", "created_at_after"];
            let bounded = bounds.iter().any(|name| query(request, name).is_some());
            assert!(
                query(request, "starting_after").is_some() != bounded,
                "{params:?}"
            );
            assert_eq!(query(request, "offset"), None);
        }
    }
}

#[tokio::test]
async fn other_orders_page_by_offset() {
    let fake = fake(10, one_by_one);
    let params = UserListParams::new()
        .limit(4)
        .order_by(UserOrderBy::Username);
    let pages = ids(paged(&fake.client().users(), params)).await.unwrap();
    let mut expected: Vec<i64> = (0..10).collect();
    expected.sort_by_key(|n| (n * 37) % 10);
    assert_eq!(pages.concat(), numbered(expected.into_iter()));
    let requests = fake.requests();
    let offsets: Vec<_> = requests
        .iter()
        .map(|request| query(request, "offset"))
        .collect();
    assert_eq!(offsets, [None, Some("4".into()), Some("8".into())]);
    assert!(
        requests
            .iter()
            .all(|request| query(request, "starting_after").is_none())
    );
}

#[tokio::test]
async fn the_default_page_size_is_the_maximum() {
    let fake = fake(1, one_by_one);
    ids(paged(&fake.client().users(), UserListParams::new()))
        .await
        .unwrap();
    assert_eq!(query(&fake.requests()[0], "limit").unwrap(), "500");
}

#[tokio::test]
async fn an_error_does_not_move_the_pager() {
    let fake = fake(6, one_by_one);
    let transport = fake.transport();
    let mut failures = vec![false, true, true, false, false, false].into_iter();
    let mut mock = MockTransport::new();
    mock.expect_send().returning(move |request| {
        if failures.next().unwrap_or_default() {
            return Reply::bytes(400, "");
        }
        let response = transport.send(request.request().clone());
        Reply::new(response.now_or_never().unwrap().unwrap())
    });
    let clerk = Clerk::builder(mock, key())
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let mut pager = paged(&clerk.users(), UserListParams::new().limit(2));
    let (mut met, mut errors) = (Vec::new(), 0);
    loop {
        match pager.next_page().await {
            Ok(Some(page)) => met.extend(page.into_iter().map(|user| user.id.to_string())),
            Ok(None) => break,
            Err(_) => errors += 1,
        }
    }
    assert_eq!((met, errors), (numbered((0..6).rev()), 2));
}

#[tokio::test]
async fn a_dropped_page_is_requested_again() {
    let fake = fake(4, one_by_one);
    fake.set_latency(Duration::from_secs(1));
    let mut pager = paged(&fake.client().users(), UserListParams::new().limit(2));
    let before = pager.position().clone();
    assert!(pager.next_page().now_or_never().is_none());
    assert_eq!(*pager.position(), before);
    assert_eq!(ids(pager).await.unwrap().concat(), numbered((0..4).rev()));
    let requests = fake.requests();
    let [dropped, again] = [0, 1].map(|number: usize| requests[number].request().uri());
    assert_eq!(dropped, again);
}

#[test]
fn pagers_and_streams_are_send() {
    fn send(_: impl Send + 'static) {}
    let fake = fake(0, one_by_one);
    let users = fake.client().users();
    send(paged(&users, UserListParams::new()));
    send(paged(&users, UserListParams::new()).into_stream());
    send(users.get_user_or_none("user_1"));
    send(users.find_user_by_email_address("a@b"));
    let mut pager = paged(&users, UserListParams::new());
    send(async move { pager.next_page().await });
}

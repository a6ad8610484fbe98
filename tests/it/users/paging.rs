//! Pagers: order, positions, and the fallback for rejected cursors.

use std::sync::Arc;

use clerk_client::mock::{FakeClerk, MockTransport, RecordedRequest, Reply};
use clerk_client::requests::{PageParams, UserListParams, UserOrderBy};
use clerk_client::{
    Clerk, Error, ErrorKind, Pager, Position, RetryPolicy, Timestamp, User, UsersApi,
};
use futures_util::FutureExt;
use serde_json::json;

use crate::support::{client_replying_ok, key};

/// Returns a fake with `count` users. `created_at` maps a user's number to the time of creation.
pub(crate) fn fake(count: i64, created_at: impl Fn(i64) -> i64) -> FakeClerk {
    let fake = FakeClerk::new();
    for n in 0..count {
        let mut user = User::new(format!("user_{n:03}"));
        user.created_at = Timestamp::from_millis(created_at(n));
        user.username = Some(format!("name{:03}", (n * 37) % count).into());
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

#[tokio::test]
async fn a_limit_is_how_many_users_a_pager_returns() {
    let fake = fake(10, one_by_one);
    let users = fake.client().users();
    for (limit, size, expected) in [
        (4, 500, vec![4]),
        (4, 3, vec![3, 1]),
        (4, 2, vec![2, 2]),
        (10, 5, vec![5, 5]),
        (600, 4, vec![4, 4, 2]),
    ] {
        for order in [UserOrderBy::CreatedAt, UserOrderBy::Username] {
            let params = UserListParams::new().limit(limit).order_by(order);
            let mut pager = users.list_all_users(params).page_size(size);
            let mut pages = Vec::new();
            assert!(pager.has_more());
            while let Some(page) = pager.next_page().await.unwrap() {
                pages.push(page.len());
            }
            assert_eq!(pages, expected, "{limit} in pages of {size} by {order:?}");
            assert!(!pager.has_more());
        }
    }
    // Nothing is requested beyond the limit.
    let most = fake
        .requests()
        .iter()
        .filter_map(|request| query(request, "limit")?.parse().ok())
        .max();
    assert_eq!(most, Some(5));
    let mut rest = users
        .list_all_users(UserListParams::new().limit(4))
        .page_size(4);
    let first = rest.next_page().await.unwrap().unwrap();
    let position = rest.position().clone();
    let more = ids(users
        .list_all_users(UserListParams::new())
        .resume_from(position))
    .await
    .unwrap();
    assert_eq!(first.len() + more.concat().len(), 10);
}

#[tokio::test]
async fn impossible_page_sizes_are_refused() {
    let fake = fake(3, one_by_one);
    let users = fake.client().users();
    for (limit, size, expected) in [
        (None, 0, "invalid page size: 0; it must be 1 to 500"),
        (None, 501, "invalid page size: 501; it must be 1 to 500"),
        (Some(0), 10, "invalid limit: 0; it must be at least 1"),
    ] {
        let mut params = UserListParams::new();
        params.page.limit = limit;
        let mut pager = users.list_all_users(params).page_size(size);
        let error = pager.next_page().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.operation_id(), Some("GetUserList"));
        assert!(error.to_string().ends_with(expected), "{error}");
    }
    assert!(fake.requests().is_empty());
}

/// Pages through users, with pages as long as the limit of the parameters.
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
        // A page that is shorter than the limit is the last one. If no page is, an empty page
        // follows, and another request that checks whether the cursor is still known.
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
async fn a_stored_position_resumes_the_listing() {
    for order in [
        UserOrderBy::CreatedAt.descending(),
        UserOrderBy::CreatedAt.ascending(),
        UserOrderBy::Username.ascending(),
    ] {
        let fake = fake(10, |n| 1_000 + n / 3);
        let users = fake.client().users();
        let params = UserListParams::new().limit(4).order_by(order);
        let whole = ids(paged(&users, params.clone())).await.unwrap().concat();

        let mut first = paged(&users, params.clone());
        let page = first.next_page().await.unwrap().unwrap();
        let stored = first.position().to_string();
        let position: Position = stored.parse().unwrap();
        assert_eq!(position, *first.position());
        let json = serde_json::to_string(&position).unwrap();
        assert_eq!(serde_json::from_str::<Position>(&json).unwrap(), position);
        let rest = ids(paged(&users, params).resume_from(position))
            .await
            .unwrap();
        let page = page.iter().map(|user| user.id.to_string());
        assert_eq!(
            page.chain(rest.concat()).collect::<Vec<_>>(),
            whole,
            "{order}"
        );
    }
}

#[test]
fn malformed_positions_are_rejected() {
    for text in [
        "",
        "offset:",
        "offset:-1",
        "offset:x",
        "after:",
        "after:a@",
        "after:a@x",
        "after:a,",
        "after:%ff",
        "before:a",
        "offset:99999999999999999999",
    ] {
        let error = text.parse::<Position>().unwrap_err();
        assert!(
            error
                .to_string()
                .contains("expected `offset:…` or `after:…`"),
            "{text}"
        );
    }
    for text in ["offset:0", "after:user_1", "after:a%2Cb@-5,a%2Cb,c%40d"] {
        assert_eq!(text.parse::<Position>().unwrap().to_string(), text);
    }
}

#[tokio::test]
async fn a_position_of_another_list_is_rejected() {
    let fake = fake(3, one_by_one);
    let users = fake.client().users();
    let cursor: Position = "after:user_001".parse().unwrap();
    let memberships = users.list_all_organization_memberships("user_001", PageParams::new());
    let by_name = UserListParams::new().order_by(UserOrderBy::Username);
    let error = memberships
        .resume_from(cursor.clone())
        .next_page()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("after:user_001"), "{error}");
    let error = paged(&users, by_name)
        .resume_from(cursor)
        .next_page()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(fake.requests().is_empty());
}

#[tokio::test]
async fn a_stored_final_position_finds_new_users() {
    let fake = fake(5, one_by_one);
    let users = fake.client().users();
    let params = || {
        UserListParams::new()
            .order_by(UserOrderBy::CreatedAt)
            .limit(2)
    };
    let mut pager = paged(&users, params());
    while pager.next_page().await.unwrap().is_some() {}
    fake.add(User::new("user_new"));
    let later = paged(&users, params()).resume_from(pager.position().clone());
    assert_eq!(ids(later).await.unwrap(), [["user_new"]]);
}

/// How a server treats a cursor whose user was deleted, and bounds of time.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Server {
    /// Responds with 422, as the fake does.
    Rejects,
    RejectsWith404,
    ReturnsNoUsers,
    StartsFromTheBeginning,
    /// Treats bounds of time as inclusive.
    IncludesBounds,
    /// Rejects every cursor.
    RejectsAll,
}

fn client(fake: &Arc<FakeClerk>, server: Server) -> Clerk {
    let (transport, fake) = (fake.transport(), Arc::clone(fake));
    let mut mock = MockTransport::new();
    mock.expect_send().returning(move |recorded| {
        let mut request = recorded.request().clone();
        let mut uri = request.uri().to_string();
        let cursor = query(&recorded, "starting_after");
        let gone = cursor
            .as_ref()
            .is_some_and(|id| fake.user(id.as_str()).is_none());
        match server {
            Server::RejectsWith404 if gone => return Reply::bytes(404, ""),
            Server::ReturnsNoUsers if gone => return Reply::bytes(200, "[]"),
            Server::StartsFromTheBeginning if gone => {
                uri = uri.replace(&format!("starting_after={}", cursor.unwrap()), "query=user");
            }
            Server::RejectsAll if cursor.is_some() => {
                uri = uri.replace("starting_after=", "starting_after=unknown");
            }
            Server::IncludesBounds => {
                for (name, more) in [("created_at_before", 1), ("created_at_after", -1)] {
                    if let Some(bound) = query(&recorded, name) {
                        let wider = bound.parse::<i64>().unwrap() + more;
                        uri = uri.replace(&format!("{name}={bound}"), &format!("{name}={wider}"));
                    }
                }
            }
            _ => {}
        }
        *request.uri_mut() = uri.parse().unwrap();
        let response = transport.send(request).now_or_never().unwrap();
        Reply::new(response.unwrap())
    });
    Clerk::builder(mock, key())
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

/// Deleting the users of each page skips none of the others, even if many were created at the same
/// time, and however the server treats a deleted cursor.
#[tokio::test]
async fn the_user_of_the_cursor_may_be_deleted() {
    let times: [fn(i64) -> i64; 4] = [one_by_one, |n| 1_000 + n / 3, |n| 1_000 + n / 7, |_| 1_000];
    for (case, created_at) in times.into_iter().enumerate() {
        for order in [
            UserOrderBy::CreatedAt.ascending(),
            UserOrderBy::CreatedAt.descending(),
        ] {
            for server in [
                Server::Rejects,
                Server::RejectsWith404,
                Server::ReturnsNoUsers,
                Server::StartsFromTheBeginning,
                Server::IncludesBounds,
                Server::RejectsAll,
            ] {
                for (limit, kept) in [(6, 0), (6, 2), (1, 0), (1, 1), (40, 3), (7, 5)] {
                    let what = format!("{case} {order} {server:?} {limit} {kept}");
                    let fake = Arc::new(fake(40, created_at));
                    let users = client(&fake, server).users();
                    let params = UserListParams::new().limit(limit).order_by(order);
                    let mut pager = paged(&users, params);
                    let mut met = Vec::new();
                    while let Some(page) = pager.next_page().await.expect(&what) {
                        for (at, user) in page.iter().enumerate() {
                            met.push(user.id.to_string());
                            // Delete the user of the cursor, and all others except every `kept`th.
                            let keep = kept > 0 && at % kept == 0 && at + 1 < page.len();
                            if !keep {
                                fake.remove_user(&user.id).unwrap();
                            }
                        }
                    }
                    let mut expected = numbered(0..40);
                    if order.is_descending() {
                        expected.reverse();
                    }
                    assert_eq!(met, expected, "{what}");
                }
            }
        }
    }
}

/// Every user is returned exactly once.
#[tokio::test]
async fn servers_that_reject_cursors_are_paged_by_time() {
    let fake = Arc::new(fake(40, |n| 1_000 + n / 9));
    for limit in [1, 4, 10, 40] {
        let users = client(&fake, Server::RejectsAll).users();
        let pages = ids(paged(&users, UserListParams::new().limit(limit)))
            .await
            .unwrap();
        assert_eq!(pages.concat(), numbered((0..40).rev()), "{limit}");
    }
}

/// If the pager cannot know which users were already seen, an error is better than a duplicate.
#[tokio::test]
async fn ambiguous_positions_are_errors() {
    // Paging starts among users with the same time of creation.
    for start in ["starting_after", "offset"] {
        let fake = fake(10, |_| 1_000);
        let params = UserListParams::new()
            .limit(2)
            .order_by(UserOrderBy::CreatedAt);
        let params = match start {
            "offset" => params.offset(3),
            _ => params.starting_after("user_002"),
        };
        let mut pager = paged(&fake.client().users(), params);
        let page = pager.next_page().await.unwrap().unwrap();
        fake.remove_user(&page[1].id).unwrap();
        let error = pager.next_page().await.unwrap_err();
        assert_eq!(
            error.for_param("starting_after").len(),
            1,
            "{start}: {error}"
        );
    }
    // More users have the same time of creation than the pager remembers.
    let fake = fake(600, |_| 1_000);
    let mut pager = paged(&fake.client().users(), UserListParams::new().limit(300));
    pager.next_page().await.unwrap();
    let page = pager.next_page().await.unwrap().unwrap();
    fake.remove_user(&page[299].id).unwrap();
    assert!(pager.next_page().await.is_err());
}

#[tokio::test]
async fn cursor_fallback_keeps_the_filter() {
    let fake = fake(10, one_by_one);
    let users = fake.client().users();
    let params = UserListParams::new()
        .created_at_before(Timestamp::from_millis(1_005))
        .created_at_after(Timestamp::from_millis(1_001))
        .limit(2);
    let mut pager = paged(&users, params);
    let mut met = Vec::new();
    while let Some(page) = pager.next_page().await.unwrap() {
        for user in page {
            users.delete_user(&user.id).await.unwrap();
            met.push(user.id.to_string());
        }
    }
    assert_eq!(met, ["user_004", "user_003", "user_002"]);
}

/// The fallback needs the time of creation, which is unknown for a user who was given by id.
#[tokio::test]
async fn an_unknown_cursor_is_an_error() {
    let fake = fake(3, one_by_one);
    let params = UserListParams::new().starting_after("user_nobody");
    let mut pager = paged(&fake.client().users(), params);
    let error = pager.next_page().await.unwrap_err();
    assert_eq!(error.for_param("starting_after").len(), 1, "{error}");
}

#[tokio::test]
async fn servers_that_ignore_cursors_are_detected() {
    let page = json!([{ "id": "user_2", "created_at": 2 }, { "id": "user_1", "created_at": 1 }]);
    let clerk = client_replying_ok(page.to_string());
    let mut pager = paged(&clerk.users(), UserListParams::new().limit(2));
    assert_eq!(pager.next_page().await.unwrap().unwrap().len(), 2);
    let error = pager.next_page().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(
        error.to_string().contains("does not know the cursor"),
        "{error}"
    );
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
    let mut pager = paged(&fake.client().users(), UserListParams::new().limit(2));
    let before = pager.position().clone();
    drop(pager.next_page());
    assert_eq!(*pager.position(), before);
    assert_eq!(ids(pager).await.unwrap().concat().len(), 4);
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

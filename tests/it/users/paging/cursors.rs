//! Cursors, and the fallback if the server rejects or ignores a cursor: the pager then requests the
//! users by their time of creation.

use std::sync::Arc;

use clerk_client::mock::{FakeClerk, MockTransport, Reply};
use clerk_client::requests::{UserListParams, UserOrderBy};
use clerk_client::{Clerk, ErrorKind, RetryPolicy, Timestamp};
use futures_util::FutureExt;
use serde_json::json;

use super::{fake, ids, numbered, one_by_one, paged, query};
use crate::support::{client_replying_ok, key};

/// A server's handling of cursors whose user was deleted, and of the time bounds
/// `created_at_before` and `created_at_after`.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Server {
    /// Responds with 422, as the fake does.
    Rejects,
    RejectsWith404,
    ReturnsNoUsers,
    StartsFromTheBeginning,
    /// Treats time bounds as inclusive.
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

/// The test deletes users of each page after the page is returned. The pager still returns every
/// user exactly once, even if users have the same time of creation.
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
                            // The last user of the page, which becomes the cursor, is always
                            // deleted. Of the others, every `kept`th stays, or none if `kept` is 0.
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

/// If the pager cannot know which users were already returned, it returns an error.
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

/// Here, the pager starts at a cursor among users with the same time of creation, so the fallback
/// is not possible. If the page after a cursor is empty, the pager looks up the user of the cursor.
/// If this user does not exist, the pager returns an error, because the list may have more users.
#[tokio::test]
async fn an_empty_page_after_an_unknown_cursor_is_no_end() {
    let fake = Arc::new(fake(10, |_| 1_000));
    let users = client(&fake, Server::ReturnsNoUsers).users();
    let params = |id: &str| {
        let params = UserListParams::new().limit(2).starting_after(id);
        params.order_by(UserOrderBy::CreatedAt)
    };
    let mut pager = paged(&users, params("user_002"));
    let page = pager.next_page().await.unwrap().unwrap();
    fake.remove_user(&page[1].id).unwrap();
    for _ in 0..2 {
        let error = pager.next_page().await.unwrap_err();
        assert!(
            error.to_string().contains("does not know the cursor"),
            "{error}"
        );
    }
    let error = ids(paged(&users, params("user_unknown")))
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("page after after:user_unknown is empty"),
        "{error}"
    );
    let end = ids(paged(&users, params("user_009"))).await.unwrap();
    assert!(end.is_empty(), "{end:?}");
    let rest = ids(paged(&users, params("user_007"))).await.unwrap();
    assert_eq!(rest.concat(), numbered(8..10));
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

/// The fallback needs the time of creation of the cursor's user. If the parameters have only the
/// user's id, the pager does not know this time.
#[tokio::test]
async fn an_unknown_cursor_is_an_error() {
    let fake = fake(3, one_by_one);
    let params = UserListParams::new().starting_after("user_unknown");
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

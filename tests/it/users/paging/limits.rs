//! Limits and page sizes.

use clerk_client::ErrorKind;
use clerk_client::requests::{UserListParams, UserOrderBy};

use super::{fake, ids, one_by_one, query};

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
    // The requests ask for no users beyond the limit.
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
async fn a_pager_that_resumes_returns_no_users_beyond_its_limit() {
    let fake = fake(10, one_by_one);
    let users = fake.client().users();
    let params = UserListParams::new().limit(4);
    let mut pager = users.list_all_users(params).page_size(2);
    pager.next_page().await.unwrap();
    let position = pager.position().clone();
    pager.next_page().await.unwrap();
    assert!(!pager.has_more());
    let mut pager = pager.resume_from(position);
    assert!(!pager.has_more());
    assert_eq!(pager.next_page().await.unwrap(), None);
    assert_eq!(fake.requests().len(), 2);
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

#[tokio::test]
async fn a_pager_refuses_a_cursor_together_with_an_offset() {
    let fake = fake(9, one_by_one);
    let users = fake.client().users();
    let params = UserListParams::new().starting_after("user_007");
    let mut pager = users.list_all_users(params.clone().offset(3));
    let error = pager.next_page().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().ends_with("offset is 3"), "{error}");
    assert!(fake.requests().is_empty());
    // An offset of 0 skips nothing.
    let pages = ids(users.list_all_users(params.offset(0))).await.unwrap();
    assert_eq!(pages.concat().len(), 7);
}

//! Positions: their text form, and pagers that resume from them.

use clerk_client::requests::{PageParams, UserListParams, UserOrderBy};
use clerk_client::{ErrorKind, Position, User};

use super::{fake, ids, one_by_one, paged};

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

//! Lists that change while they are read, and servers with wrong pages.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clerk_client::mock::{MockTransport, RecordedRequest, Reply};
use clerk_client::requests::{PageParams, SessionListParams, UserListParams, UserOrderBy};
use clerk_client::{Clerk, ErrorKind, Pager, User};
use serde_json::{Value, json};

use super::{fake, ids, paged, query};
use crate::support::key;

fn client(respond: impl Fn(&RecordedRequest) -> Value + Send + Sync + 'static) -> Clerk {
    let mut mock = MockTransport::new();
    mock.expect_send()
        .returning(move |request| Reply::json(200, &respond(&request)));
    Clerk::new(mock, key())
}

/// Pages through users by offset, in pages of `size`.
fn by_offset(clerk: &Clerk, size: u32) -> Pager<User> {
    let params = UserListParams::new().order_by(UserOrderBy::Username);
    paged(&clerk.users(), params.limit(size))
}

fn number(request: &RecordedRequest, name: &str) -> usize {
    query(request, name).map_or(0, |value| value.parse().unwrap())
}

fn numbered(numbers: impl Iterator<Item = usize>) -> Vec<String> {
    numbers.map(|number| format!("user_{number}")).collect()
}

/// Returns a client whose list has twelve users at first. `added` maps the number of a request to
/// the number of users that were added in front of the list before the request.
fn growing(added: fn(usize) -> usize) -> Clerk {
    let requests = AtomicUsize::new(0);
    client(move |request| {
        let added = added(requests.fetch_add(1, Ordering::SeqCst));
        let new = (100..100 + added).rev();
        let list = numbered(new.chain(0..12)).into_iter();
        let page = list
            .skip(number(request, "offset"))
            .take(number(request, "limit"));
        page.map(|id| json!({ "id": id })).collect()
    })
}

#[tokio::test]
async fn a_page_of_new_items_in_front_of_the_list_loses_nothing() {
    for (size, added) in [
        (
            4,
            (|request| if request == 0 { 0 } else { 4 }) as fn(usize) -> usize,
        ),
        (4, |request| if request == 0 { 0 } else { 8 }),
        (1, |request| if request == 0 { 0 } else { 1 }),
        (1, |request| if request < 3 { 0 } else { 2 }),
        // A whole page of users is added before each of two requests.
        (4, |request| request.min(2) * 4),
    ] {
        let mut met = ids(by_offset(&growing(added), size))
            .await
            .unwrap()
            .concat();
        met.sort_by_key(|id| id[5..].parse::<usize>().unwrap());
        met.dedup();
        met.retain(|id| id.len() < 8);
        assert_eq!(met, numbered(0..12), "pages of {size}");
    }
}

#[tokio::test]
async fn a_server_that_ignores_offset_is_an_error_until_it_pages() {
    let requests = AtomicUsize::new(0);
    let clerk = client(move |request| {
        let is_broken = requests.fetch_add(1, Ordering::SeqCst) < 7;
        let offset = if is_broken {
            0
        } else {
            number(request, "offset")
        };
        let page = numbered(offset..8.min(offset + 4)).into_iter();
        page.map(|id| json!({ "id": id })).collect()
    });
    let mut pager = by_offset(&clerk, 4);
    assert_eq!(pager.next_page().await.unwrap().unwrap().len(), 4);
    for _ in 0..2 {
        let error = pager.next_page().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains("ignores `offset`"), "{error}");
        assert_eq!(
            pager.position().to_string(),
            "offset:4",
            "the position stays"
        );
    }
    let page = pager.next_page().await.unwrap().unwrap();
    assert_eq!(page[0].id, "user_4");
}

#[tokio::test]
async fn pages_of_items_without_ids_are_not_mistaken_for_repeated_pages() {
    let clerk = client(|_| json!({ "data": [{}, {}], "total_count": 6 }));
    let params = SessionListParams::new().user_id("user_1");
    let mut pager = clerk.sessions().list_all(params).page_size(2);
    let mut seen = 0;
    while let Some(page) = pager.next_page().await.unwrap() {
        seen += page.len();
    }
    assert_eq!(seen, 6);

    let users = clerk.users();
    let mut pager = users
        .list_all_oauth_access_tokens("user_1", "oauth_google", PageParams::new())
        .page_size(2);
    let mut seen = 0;
    while let Some(page) = pager.next_page().await.unwrap() {
        seen += page.len();
    }
    assert_eq!(seen, 6);

    let clerk = client(|request| match number(request, "offset") {
        0..6 => json!([{ "id": "" }, { "id": "" }]),
        _ => json!([]),
    });
    let seen = ids(by_offset(&clerk, 2)).await.unwrap().concat();
    assert_eq!(seen.len(), 6);
}

/// The server rejects the cursor, and returns the users of the first page forever.
#[tokio::test]
async fn paging_after_a_rejected_cursor_ends_after_at_most_25_requests() {
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    let mut mock = MockTransport::new();
    mock.expect_send().returning(move |request| {
        let request_number = count.fetch_add(1, Ordering::SeqCst);
        if query(&request, "starting_after").is_some() {
            return Reply::bytes(404, "");
        }
        let user = |number| json!({ "id": format!("user_{number}"), "created_at": 1 });
        if request_number == 0 {
            return Reply::json(200, &[user(0), user(1)]);
        }
        Reply::json(
            200,
            &vec![user(request_number % 2); number(&request, "limit")],
        )
    });
    let clerk = Clerk::new(mock, key());
    let mut pager = paged(&clerk.users(), UserListParams::new().limit(2));
    pager.next_page().await.unwrap();
    let error = pager.next_page().await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let requests = requests.load(Ordering::SeqCst);
    assert!(requests <= 25, "{requests} requests");
}

#[tokio::test]
async fn a_position_fits_into_a_link() {
    let fake = fake(499, |_| 1_000);
    let mut pager = paged(&fake.client().users(), UserListParams::new().limit(50));
    let mut longest = 0;
    while pager.next_page().await.unwrap().is_some() {
        let text = pager.position().to_string();
        assert_eq!(text.parse().as_ref(), Ok(pager.position()));
        longest = longest.max(text.len());
    }
    assert!(longest < 3_400, "{longest} bytes");
}

//! Memory use of paging through many users.
//!
//! The server runs on its own thread, so that only the client's allocations are counted.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::mock::FakeClerk;
use clerk_client::requests::{UserListParams, UserOrderBy};
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
};
use clerk_client::{Clerk, Timestamp, TokioTransport, User};

use crate::support::{key, run, serve_transport, server_runtime};

/// A fake in which users are created and deleted before each page except the first.
#[derive(Debug)]
struct Busy {
    fake: FakeClerk,
    /// The number of users at the start.
    total: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    pages: usize,
    deleted: HashSet<usize>,
    longest_page: usize,
}

impl Busy {
    fn before_page(&self, cursor: &str) {
        let total = self.total;
        let mut state = self.state.lock().unwrap();
        state.pages += 1;
        let page = state.pages;
        let at = number(cursor);
        for new in 0..3 {
            self.fake.add(user(total + page * 3 + new));
        }
        // These users are deleted: one who was already returned, one who was not yet returned, and
        // on every third page the user of the cursor.
        let mut gone = vec![at.saturating_sub(page), at + 1_000 + page];
        if page.is_multiple_of(3) {
            gone.push(at);
        }
        for number in gone {
            if number < total {
                self.fake.remove_user(name(number));
                state.deleted.insert(number);
            }
        }
    }
}

fn name(number: usize) -> String {
    format!("user_{number:06}")
}

fn number(id: &str) -> usize {
    id.strip_prefix("user_").unwrap().parse().unwrap()
}

/// Returns a user of typical size. Each user is created a millisecond after the previous one.
fn user(number: usize) -> User {
    let mut user = User::new(name(number));
    user.created_at = Timestamp::from_millis(1_700_000_000_000 + i64::try_from(number).unwrap());
    user.first_name = Some("Ada".into());
    user.image_url = Some("https://img.clerk.com/default".into());
    user
}

#[async_trait]
impl HttpTransport for Busy {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let query = request.uri().query().unwrap_or_default();
        let cursor = query.split("starting_after=").nth(1);
        if let Some(cursor) = cursor.and_then(|rest| rest.split('&').next()) {
            self.before_page(cursor);
        }
        let response = self.fake.send(request).await?;
        let mut state = self.state.lock().unwrap();
        state.longest_page = state.longest_page.max(response.body().len());
        Ok(response)
    }

    async fn sleep(&self, duration: Duration) {
        self.fake.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        HttpTransport::now(&self.fake)
    }
}

/// Pages through `total` users. Returns the size of the longest page, and the peak memory of the
/// client.
fn walk(total: usize) -> (usize, u64) {
    let fake = FakeClerk::new();
    for number in 0..total {
        fake.add(user(number));
    }
    let busy = Arc::new(Busy {
        fake,
        total,
        state: Mutex::default(),
    });
    let server = server_runtime();
    let url = server.block_on(serve_transport(busy.clone()));
    let builder = Clerk::builder(TokioTransport::new().unwrap(), key()).base_url(url);
    let users = builder.build().unwrap().users();
    let params = UserListParams::new().order_by(UserOrderBy::CreatedAt);

    let mut met = vec![0_u8; total * 2];
    let held = allocation_counter::measure(|| {
        run(async {
            let mut pager = users.list_all_users(params);
            while let Some(page) = pager.next_page().await.unwrap() {
                for user in page {
                    met[number(user.id.as_str())] += 1;
                }
            }
        });
    });

    let state = busy.state.lock().unwrap();
    let mut there_throughout = 0;
    for (number, times) in met.iter().enumerate() {
        assert!(*times <= 1, "{} was met {times} times", name(number));
        if number < total && !state.deleted.contains(&number) {
            assert_eq!(*times, 1, "{} was not met", name(number));
            there_throughout += 1;
        }
    }
    println!(
        "{total} users: {there_throughout} existed throughout and were returned once; {} pages of up to {} bytes; at most {} bytes held",
        state.pages, state.longest_page, held.bytes_max
    );
    assert!(state.pages >= total / 500 && state.deleted.len() > state.pages);
    (state.longest_page, held.bytes_max)
}

#[test]
fn paging_holds_less_than_three_pages() {
    let [few, many] = [10_000, 100_000].map(|total| {
        let (page, held) = walk(total);
        let page = u64::try_from(page).unwrap();
        assert!(held < 3 * page, "{held} bytes held, {page} a page");
        held
    });
    assert!(many < few + few / 10, "{few} bytes grew to {many}");
}

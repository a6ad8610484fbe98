//! The cost of a page at the start, in the middle and at the end of a list of 10,000 pages.
//!
//! The baseline parses the same pages without keeping anything. The times of the baseline and of
//! the client both include the generation of the pages.

use std::sync::Arc;
use std::time::{Duration, Instant};

use clerk_benches::{ManyUsers, PAGE, key};
use clerk_client::Clerk;
use clerk_client::requests::{UserListParams, UserOrderBy};
use futures_util::FutureExt;
use serde::de::IgnoredAny;

use crate::row;

const PAGES: usize = 10_000;
const WINDOW: usize = 100;

/// Measures the quickest page of the first 100, of the middle 100 and of the last 100 pages.
pub(crate) fn measure() {
    let many = Arc::new(ManyUsers::new(PAGES * PAGE));
    let clerk = Clerk::builder(Arc::clone(&many), key()).build();
    let order = UserOrderBy::CreatedAt.ascending();
    let users = clerk.expect("a client").users();
    let mut pager = users.list_all_users(UserListParams::new().order_by(order));
    for window in 0..PAGES / WINDOW {
        let (mut baseline, mut client) = (Duration::MAX, Duration::MAX);
        for page in 0..WINDOW {
            let started = Instant::now();
            let text = many.page((window * WINDOW + page) * PAGE);
            serde_json::from_slice::<IgnoredAny>(&text).expect("JSON");
            baseline = baseline.min(started.elapsed());

            let started = Instant::now();
            let users = pager.next_page().now_or_never().expect("it does not wait");
            assert_eq!(users.expect("a page").expect("a page").len(), PAGE);
            client = client.min(started.elapsed());
        }
        if [0, PAGES / WINDOW / 2, PAGES / WINDOW - 1].contains(&window) {
            let (first, last) = (window * WINDOW + 1, (window + 1) * WINDOW);
            let pages = format!("the quickest of {first} to {last}");
            let task = format!("list a page, {pages} (baseline: generating and parsing it)");
            row(
                &task,
                "µs",
                baseline.as_secs_f64() * 1e6,
                client.as_secs_f64() * 1e6,
            );
        }
    }
}

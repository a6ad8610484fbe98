//! A walk of 10,000 pages: what the first cost, and the last. Beside it, the same pages are made and
//! read over.

use std::sync::Arc;
use std::time::{Duration, Instant};

use clerk_client::{Clerk, UserListParams, UserOrderBy};
use futures_util::FutureExt;
use serde::de::IgnoredAny;

use crate::many::{Many, PAGE};
use crate::row;
use crate::support::key;

const PAGES: usize = 10_000;
const WINDOW: usize = 100;

pub(crate) fn measure() {
    let many = Arc::new(Many::new(PAGES * PAGE));
    let clerk = Clerk::builder(Arc::clone(&many), key()).build();
    let order = UserOrderBy::CreatedAt.ascending();
    let users = clerk.expect("a client").users();
    let mut pager = users.list_all(UserListParams::new().order_by(order));
    for window in 0..PAGES / WINDOW {
        let (mut least, mut ours) = (Duration::MAX, Duration::MAX);
        for page in 0..WINDOW {
            let begun = Instant::now();
            let text = many.page((window * WINDOW + page) * PAGE);
            serde_json::from_slice::<IgnoredAny>(&text).expect("JSON");
            least = least.min(begun.elapsed());

            let begun = Instant::now();
            let users = pager.next_page().now_or_never().expect("it does not wait");
            assert_eq!(users.expect("a page").expect("a page").len(), PAGE);
            ours = ours.min(begun.elapsed());
        }
        if [0, PAGES / WINDOW / 2, PAGES / WINDOW - 1].contains(&window) {
            let (first, last) = (window * WINDOW + 1, (window + 1) * WINDOW);
            let work = format!("a page of a walk, the quickest of {first} to {last}");
            row(
                &work,
                "µs",
                least.as_secs_f64() * 1e6,
                ours.as_secs_f64() * 1e6,
            );
        }
    }
}

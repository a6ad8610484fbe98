//! A test double of Clerk with any number of users. It generates each page on request.

use std::fmt::Write;
use std::time::Duration;

use clerk_client::transport::bytes::Bytes;
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait, monotonic_now,
};

/// The number of users in a page.
pub const PAGE: usize = 500;
/// The creation time of the first user, in milliseconds since 1970. Each user is created one
/// millisecond after the previous one.
const FIRST_CREATED: usize = 1_700_000_000_000;

/// A transport that responds like an instance with many users. It returns pages of [`PAGE`] users
/// in the order of their creation, or the users with the requested ids.
#[derive(Debug)]
pub struct ManyUsers {
    users: usize,
}

impl ManyUsers {
    /// Creates a transport that has this number of users.
    pub fn new(users: usize) -> Self {
        Self { users }
    }

    /// Returns the page that starts at user number `first`.
    pub fn page(&self, first: usize) -> Bytes {
        list(first..self.users.min(first + PAGE))
    }
}

/// Returns the JSON array of the users with these numbers.
fn list(numbers: impl IntoIterator<Item = usize>) -> Bytes {
    let mut text = String::with_capacity(PAGE * 180);
    let mut separator = '[';
    for number in numbers {
        let created = FIRST_CREATED + number;
        let _ = write!(
            text,
            r#"{separator}{{"id":"user_{number:09}","object":"user","first_name":"Ada","last_name":"Lovelace","has_image":false,"banned":false,"public_metadata":{{}},"email_addresses":[],"created_at":{created}}}"#,
        );
        separator = ',';
    }
    if separator == '[' {
        text.push('[');
    }
    text.push(']');
    text.into()
}

#[async_trait]
impl HttpTransport for ManyUsers {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let query = request.uri().query().unwrap_or_default();
        let given = |name: &str| {
            let value = query.split('&').find_map(|pair| pair.strip_prefix(name));
            value.map(|value| value.parse::<usize>().expect("a number"))
        };
        let of_user = |pair: &str| pair.strip_prefix("user_id=user_")?.parse().ok();
        let asked: Vec<usize> = query.split('&').filter_map(of_user).collect();
        if !asked.is_empty() {
            return Ok(HttpResponse::new(list(asked)));
        }
        let after_user = given("starting_after=user_").map(|last| last + 1);
        let after_time = given("created_at_after=").map(|time| time + 1 - FIRST_CREATED);
        let first = after_user.or(after_time).unwrap_or_default();
        let first = first + given("offset=").unwrap_or_default();
        Ok(HttpResponse::new(self.page(first)))
    }

    async fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        monotonic_now()
    }
}

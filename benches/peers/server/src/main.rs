//! The server to which the compared clients (the peers) send requests.
//!
//! `server` returns the same user for every id. `server walk` also serves a list of 100,000 users,
//! page by page. `server FILE FULL` writes two pages of 500 users: one of typical users to `FILE`,
//! and one of users with every field to `FULL`. The JSON keys are in the order in which Clerk sends
//! them.

use std::convert::Infallible;
use std::sync::Arc;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::{Timestamp, User};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::json;

const PAGE: usize = 500;
const USERS: usize = 100_000;
/// The start of each id, before five digits.
const ID: &str = "user_2abcdefghijklmnopqrst";

fn id(number: usize) -> String {
    format!("{ID}{number:05}")
}

/// Returns a typical user of 2.3 kB, with an e-mail address, an external account, and metadata.
fn user(number: usize) -> User {
    let fake = FakeClerk::new();
    let id = id(number);
    let user = FakeUser::new(&*id)
        .name("Ada", "Lovelace")
        .username(&format!("ada{number}"))
        .external_id(&format!("customer-{number}"))
        .email_address(&format!("ada{number}@example.com"))
        .external_account("oauth_google", &format!("11{number:019}"))
        .password("correct horse battery staple")
        .public_metadata(json!({
            "role": "analyst",
            "plan": { "name": "pro", "seats": 12, "trial": false },
            "teams": ["engines", "looms", "tables"],
            "locale": "en-GB",
        }))
        .private_metadata(json!({
            "crm": { "id": number, "owner": "babbage@example.com", "score": 97 },
            "notes": ["knows Babbage", "writes notes"],
        }))
        .unsafe_metadata(json!({ "theme": "dark", "onboarded": true }));
    fake.add(user);
    fake.user(id).expect("the user")
}

/// Returns a user of 5 kB in which every field of the specification is set.
fn full_user(number: usize) -> User {
    let text = include_str!("../../../../tests/it/support/full_user.json");
    let mut user: User = serde_json::from_str(text).expect("a user");
    user.id = id(number).into();
    user
}

fn write_page(file: &str, user: fn(usize) -> User) {
    let users: Vec<User> = (0..PAGE).map(user).collect();
    let text = serde_json::to_string(&users).expect("JSON");
    std::fs::write(file, text).expect("a file that can be written");
}

/// The list of 100,000 users, the newest first.
struct Pages {
    full: Vec<Bytes>,
    /// A page with only the last user.
    last: Bytes,
}

/// Returns the pages of the list.
fn pages() -> Pages {
    let mut users: Vec<User> = (0..PAGE).map(user).collect();
    let newest = users.iter().map(|user| user.created_at.as_millis()).max();
    let newest = newest.unwrap_or_default();
    let mut page = |page: usize| {
        for (at, user) in users.iter_mut().enumerate() {
            let number = page * PAGE + at;
            user.id = id(number).into();
            user.created_at = Timestamp::from_millis(newest - number as i64);
        }
        json(&users)
    };
    let full = (0..USERS / PAGE).map(&mut page).collect();
    let last = json(&users[PAGE - 1..]);
    Pages { full, last }
}

fn json(users: &[User]) -> Bytes {
    Bytes::from(serde_json::to_string(users).expect("JSON"))
}

/// Returns the page after the user that the query names, or the page at the query's offset.
fn page_of(pages: &Pages, query: &str) -> Bytes {
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(other, _)| *other == name)
            .map(|(_, value)| value)
    };
    // After an empty page, clerk-client requests the users who were created no later than the last
    // user.
    if value("created_at_before").is_some() {
        return pages.last.clone();
    }
    let digits = |text: &str| {
        let digits = text.trim_start_matches(ID);
        digits.parse::<usize>().expect("a number")
    };
    let start = match value("starting_after") {
        Some(id) => digits(id) + 1,
        None => value("offset").map_or(0, digits),
    };
    let page = pages.full.get(start / PAGE).cloned();
    page.unwrap_or_else(|| Bytes::from_static(b"[]"))
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [page, full_page] = &arguments[..] {
        write_page(page, user);
        write_page(full_page, full_user);
        return;
    }
    let pages = if arguments.is_empty() {
        let (full, last) = (Vec::new(), Bytes::new());
        Pages { full, last }
    } else {
        pages()
    };
    let pages = Arc::new(pages);
    let one = Bytes::from(serde_json::to_string(&user(1)).expect("JSON"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    println!("http://{}/v1", listener.local_addr().expect("an address"));
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        let (one, pages) = (one.clone(), Arc::clone(&pages));
        let service = service_fn(move |request: Request<Incoming>| {
            let query = request.uri().query().unwrap_or_default();
            let body = match request.uri().path() {
                "/v1/users" => page_of(&pages, query),
                // Clerk's SDK for JavaScript requests the count with each page.
                "/v1/users/count" => {
                    Bytes::from_static(br#"{"object":"total_count","total_count":100000}"#)
                }
                _ => one.clone(),
            };
            let response = Response::new(Full::new(body));
            let (mut parts, body) = response.into_parts();
            let json = hyper::header::HeaderValue::from_static("application/json");
            parts.headers.insert("content-type", json);
            async move { Ok::<_, Infallible>(Response::from_parts(parts, body)) }
        });
        let http = hyper::server::conn::http1::Builder::new();
        tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
    }
}

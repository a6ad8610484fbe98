//! The server of the peers.
//!
//! `server` responds to each request with the same user. `server FILE FULL` writes a page of 500
//! users to a file, and one of 500 users with every field to another. The keys have Clerk's order.

use std::convert::Infallible;

use clerk_client::User;
use clerk_client::mock::{FakeClerk, FakeUser};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::json;

/// Returns a typical user of 2.3 kB: an e-mail address, an external account, and metadata.
fn user(number: usize) -> User {
    let fake = FakeClerk::new();
    let id = format!("user_2abcdefghijklmnopqrst{number:05}");
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
    user.id = format!("user_2abcdefghijklmnopqrst{number:05}").into();
    user
}

fn write_page(file: &str, user: fn(usize) -> User) {
    let users: Vec<User> = (0..500).map(user).collect();
    let text = serde_json::to_string(&users).expect("JSON");
    std::fs::write(file, text).expect("a file that can be written");
}

#[tokio::main]
async fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if let [page, full_page] = &files[..] {
        write_page(page, user);
        write_page(full_page, full_user);
        return;
    }
    let body = Bytes::from(serde_json::to_string(&user(1)).expect("JSON"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    println!("http://{}/v1", listener.local_addr().expect("an address"));
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        let body = body.clone();
        let service = service_fn(move |_: Request<Incoming>| {
            let response = Response::new(Full::new(body.clone()));
            let (mut parts, body) = response.into_parts();
            let json = hyper::header::HeaderValue::from_static("application/json");
            parts.headers.insert("content-type", json);
            async move { Ok::<_, Infallible>(Response::from_parts(parts, body)) }
        });
        let http = hyper::server::conn::http1::Builder::new();
        tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
    }
}

//! The server of the peers.
//!
//! `server` responds to each request with the same user. `server FILE` writes a page of 500 users
//! to a file.

use std::convert::Infallible;

use clerk_client::mock::{FakeClerk, FakeUser};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};

/// Returns a typical user of 2.3 kB: an e-mail address, an external account, and metadata.
fn user(number: usize) -> Value {
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
    serde_json::to_value(fake.user(id)).expect("JSON")
}

#[tokio::main]
async fn main() {
    if let Some(file) = std::env::args().nth(1) {
        let users: Vec<Value> = (0..500).map(user).collect();
        let text = serde_json::to_string(&users).expect("JSON");
        std::fs::write(file, text).expect("a file that can be written");
        return;
    }
    let body = Bytes::from(user(1).to_string());
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

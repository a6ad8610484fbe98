//! Lists all users of a server, 500 per page, and prints the number of users: `walk PEER URL`.
//!
//! The peer is the client that lists the users: `bytes`, `clerk-rs` or `clerk-client`. The peer
//! `bytes` reads the pages with hyper-util and does not decode them. `walk.mjs` and `walk.py` list
//! the users with Clerk's SDKs.

use bytes::Bytes;
use clerk_client::requests::UserListParams;
use clerk_client::{Clerk, SecretKey, TokioTransport};
use clerk_rs::apis::configuration::Configuration;
use clerk_rs::apis::users_api::get_user_list;
use http_body_util::{BodyExt, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

const PAGE: usize = 500;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = common::runtime();
    let users = match arguments[..] {
        ["bytes", url] => runtime.block_on(bytes(url)),
        ["clerk-rs", url] => runtime.block_on(clerk_rs(url)),
        ["clerk-client", url] => runtime.block_on(clerk_client(url)),
        _ => panic!("usage: walk bytes|clerk-rs|clerk-client URL"),
    };
    println!("{users}");
}

async fn bytes(url: &str) -> usize {
    let client = Client::builder(TokioExecutor::new()).build_http::<Empty<Bytes>>();
    let mut offset = 0;
    loop {
        let url = format!("{url}/users?limit={PAGE}&offset={offset}");
        let response = client.get(url.parse().expect("a URL")).await;
        let body = response.expect("a response").into_body().collect().await;
        if body.expect("a body").to_bytes() == "[]" {
            return offset;
        }
        offset += PAGE;
    }
}

async fn clerk_rs(url: &str) -> usize {
    let configuration = Configuration::new("sk_test_peers").with_base_path(url);
    let mut seen = 0;
    loop {
        let page = get_user_list(
            &configuration,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            Some(PAGE as u32),
            Some(seen as u32),
            None,
            None,
        );
        let page = page.await.expect("a page").len();
        seen += page;
        if page < PAGE {
            return seen;
        }
    }
}

async fn clerk_client(url: &str) -> usize {
    let key = SecretKey::new("sk_test_peers").expect("a key");
    let transport = TokioTransport::new().expect("a transport");
    let clerk = Clerk::builder(transport, key).base_url(url).build();
    let users = clerk.expect("a client").users();
    let mut pager = users.list_all_users(UserListParams::new());
    let mut seen = 0;
    while let Some(page) = pager.next_page().await.expect("a page") {
        seen += page.len();
    }
    seen
}

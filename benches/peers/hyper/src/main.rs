//! Gets a user with hyper-util's pooled client, or parses a page of users.
//!
//! The program decodes two fields of the user. It parses the page without keeping anything.

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// The two fields of a user that are decoded.
#[derive(Deserialize)]
struct User {
    id: String,
    created_at: i64,
}

fn main() {
    common::run(
        |url| {
            let connector = hyper_rustls::HttpsConnectorBuilder::new()
                .with_webpki_roots()
                .https_or_http()
                .enable_all_versions()
                .build();
            let client = Client::builder(TokioExecutor::new()).build::<_, Full<Bytes>>(connector);
            move || {
                let client = client.clone();
                let url = format!("{url}/users/user_1");
                async move {
                    let response = client.get(url.parse().expect("a URL")).await;
                    let body = response.expect("a response").into_body().collect().await;
                    let body = body.expect("a body").to_bytes();
                    let user: User = serde_json::from_slice(&body).expect("a user");
                    assert!(!user.id.is_empty() && user.created_at > 0);
                    Ok::<_, Infallible>(())
                }
            }
        },
        |text| move || serde_json::from_str::<IgnoredAny>(&text).expect("JSON"),
    );
}

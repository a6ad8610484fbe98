//! The work through hyper-util's pooled client: two fields of a user, and a page that is read over.

use bytes::Bytes;
use common::Work;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// Two fields.
#[derive(Deserialize)]
struct User {
    id: String,
    created_at: i64,
}

fn main() {
    match common::work() {
        Work::GetUser {
            url,
            calls,
            at_once,
        } => {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime
                .expect("a runtime")
                .block_on(get(&url, calls, at_once));
        }
        Work::Decode { text, times } => common::decode(times, || {
            serde_json::from_str::<IgnoredAny>(&text).expect("JSON")
        }),
    }
}

async fn get(url: &str, calls: usize, at_once: usize) {
    let connector = hyper_rustls::HttpsConnectorBuilder::new()
        .with_webpki_roots()
        .https_or_http()
        .enable_all_versions()
        .build();
    let client = Client::builder(TokioExecutor::new()).build::<_, Full<Bytes>>(connector);
    let one = || {
        let client = client.clone();
        let url = format!("{url}/users/user_1");
        async move {
            let answer = client.get(url.parse().expect("a URL")).await;
            let body = answer.expect("an answer").into_body().collect().await;
            let body = body.expect("a body").to_bytes();
            let user: User = serde_json::from_slice(&body).expect("a user");
            assert!(!user.id.is_empty() && user.created_at > 0);
        }
    };
    for _ in 0..calls / at_once {
        if at_once == 1 {
            one().await;
            continue;
        }
        let tasks: Vec<_> = (0..at_once).map(|_| tokio::spawn(one())).collect();
        for task in tasks {
            task.await.expect("a task");
        }
    }
}

//! The work through clerk-rs 0.5.0.

use std::sync::Arc;

use clerk_rs::apis::configuration::Configuration;
use clerk_rs::apis::users_api::get_user;
use clerk_rs::models::User;
use common::Work;

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
            serde_json::from_str::<Vec<User>>(&text).expect("users")
        }),
    }
}

async fn get(url: &str, calls: usize, at_once: usize) {
    let configuration = Configuration::new("sk_test_peers").with_base_path(url);
    let configuration = Arc::new(configuration);
    for _ in 0..calls / at_once {
        if at_once == 1 {
            get_user(&configuration, "user_1").await.expect("a user");
            continue;
        }
        let tasks: Vec<_> = (0..at_once)
            .map(|_| {
                let configuration = Arc::clone(&configuration);
                tokio::spawn(
                    async move { get_user(&configuration, "user_1").await.expect("a user") },
                )
            })
            .collect();
        for task in tasks {
            task.await.expect("a task");
        }
    }
}

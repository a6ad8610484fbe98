//! The work through clerk-client.

use clerk_client::transport::{HttpResponse, bytes::Bytes, decode};
use clerk_client::{Clerk, OperationInfo, SecretKey, TokioTransport, User};
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
        Work::Decode { text, times } => {
            let text = Bytes::from(text);
            let operation = &OperationInfo::all()[0];
            common::decode(times, || {
                decode::<Vec<User>>(operation, HttpResponse::new(text.clone())).expect("users")
            });
        }
    }
}

async fn get(url: &str, calls: usize, at_once: usize) {
    let key = SecretKey::new("sk_test_peers").expect("a key");
    let transport = TokioTransport::new().expect("a transport");
    let clerk = Clerk::builder(transport, key).base_url(url);
    let users = clerk.build().expect("a client").users();
    for _ in 0..calls / at_once {
        if at_once == 1 {
            users.get_user("user_1").await.expect("a user");
            continue;
        }
        let tasks: Vec<_> = (0..at_once)
            .map(|_| tokio::spawn(users.get_user("user_1")))
            .collect();
        for task in tasks {
            task.await.expect("a task").expect("a user");
        }
    }
}

//! Gets a user, or decodes a page of users, with clerk-client.

use clerk_client::transport::{HttpResponse, bytes::Bytes, decode};
use clerk_client::{Clerk, SecretKey, TokioTransport, User, operations};

fn main() {
    common::run(
        |url| {
            let key = SecretKey::new("sk_test_peers").expect("a key");
            let transport = TokioTransport::new().expect("a transport");
            let clerk = Clerk::builder(transport, key).base_url(&url);
            let users = clerk.build().expect("a client").users();
            move || users.get_user("user_1")
        },
        |text| {
            let text = Bytes::from(text);
            move || {
                let users = HttpResponse::new(text.clone());
                decode::<Vec<User>>(&operations::GetUserList, users).expect("users")
            }
        },
    );
}

//! A fake Clerk with sample users, to try the program without a key.

use std::io;
use std::net::SocketAddr;
use std::time::SystemTime;

use clerk_client::mock::{FakeClerk, FakeServer, FakeUser};
use clerk_client::webhooks::WebhookSecret;

/// Starts the fake, which sends its webhooks to the address `receiver`.
pub(crate) async fn start(receiver: SocketAddr, secret: WebhookSecret) -> io::Result<FakeServer> {
    let fake = FakeClerk::new();
    fake.set_time(SystemTime::now().into());
    for name in ["Ada", "Alan", "Grace"] {
        let lower = name.to_lowercase();
        let user = FakeUser::new(format!("user_{lower}")).name(name, "Example");
        fake.add(user.email_address(&format!("{lower}@example.com")));
    }
    let url = format!("http://{receiver}/webhooks");
    FakeServer::builder(fake).webhook(url, secret).start().await
}

/// Prints curl commands that change users of the fake.
pub(crate) fn show(server: &FakeServer) {
    let (url, key) = (server.url(), FakeClerk::SECRET_KEY);
    println!(
        "curl -X PATCH {url}/users/user_ada -H 'authorization: Bearer {key}' \\\n  \
         -H 'content-type: application/json' -d '{{\"first_name\":\"Augusta\"}}'\n\
         curl -X DELETE {url}/users/user_alan -H 'authorization: Bearer {key}'"
    );
}

//! A fake Clerk with sample members, to try the program without a key.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use clerk_client::mock::{FakeClerk, FakeServer, FakeSession, FakeUser};
use clerk_client::webhooks::WebhookSecret;

/// Returns the signing secret of the fake's webhooks.
pub(crate) fn secret() -> Result<WebhookSecret, clerk_client::Error> {
    WebhookSecret::new(FakeClerk::WEBHOOK_SECRET)
}

/// Starts the fake, which sends its webhooks to the application at the address `app`.
pub(crate) async fn start(app: SocketAddr, secret: WebhookSecret) -> io::Result<FakeServer> {
    let fake = FakeClerk::new();
    fake.set_time(SystemTime::now().into());
    for (name, role) in [("Ada", "org:admin"), ("Grace", "org:member")] {
        let lower = name.to_lowercase();
        let user = FakeUser::new(format!("user_{lower}")).name(name, "Example");
        let user = user.email_address(&format!("{lower}@example.com"));
        fake.add(user.member_of("org_engines", role));
    }
    let url = format!("http://{app}/webhooks");
    FakeServer::builder(fake).webhook(url, secret).start().await
}

/// Prints the session token of an admin, and curl commands that call the application.
pub(crate) fn show(server: &FakeServer, app: SocketAddr) {
    let fake = server.fake();
    let ada = FakeSession::new("user_ada").member_of("org_engines");
    // Clerk's tokens expire after a minute, and a frontend requests new ones. This sample has no
    // frontend, so its token is valid for a day.
    let tomorrow = (fake.time() + Duration::from_secs(24 * 60 * 60)).as_millis() / 1_000;
    let session = fake.sign_in(ada.claim("exp", &tomorrow));
    let (members, organization) = (
        format!("http://{app}/members"),
        format!("http://{app}/organizations/org_engines/members"),
    );
    println!(
        "\nTOKEN={}\n\
         curl -i {members} -H 'content-type: application/json' \\\n  \
         -d '{{\"email\":\"alan@example.com\",\"password\":\"correct horse battery staple\"}}'\n\
         curl -i {members}/user_grace\n\
         curl -i -X POST {members}/user_grace/ban\n\
         curl -i http://{app}/me -H \"authorization: Bearer $TOKEN\"\n\
         curl -i {members} -H \"authorization: Bearer $TOKEN\"\n\
         curl -i {organization} -H \"authorization: Bearer $TOKEN\"\n\
         curl -i -X DELETE {organization}/user_grace -H \"authorization: Bearer $TOKEN\"",
        session.token().expose()
    );
}

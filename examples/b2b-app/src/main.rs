//! Serves the application with a Clerk in memory: `cargo run -p b2b-app`.
//!
//! With `CLERK_SECRET_KEY`, the program uses the real Clerk. In this case, call
//! `b2b_app::roles::create` once. Or create the role `org:recruiter` and the permission
//! `org:team:invite` in Clerk's dashboard, and give the permission to recruiters and admins.

use std::error::Error;

use b2b_app::{app, roles};
use clerk_client::auth::Verifier;
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
use clerk_client::{ClerkBuilder, SecretKey, TokioTransport};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let clerk = if std::env::var_os(SecretKey::ENV).is_some() {
        ClerkBuilder::from_env(TokioTransport::new()?)?.build()?
    } else {
        println!("{} is not set: using a Clerk in memory.", SecretKey::ENV);
        let fake = FakeClerk::new();
        roles::create(&fake.client()).await?;
        fake.add(FakeUser::new("user_ada").member_of("org_engines", "org:admin"));
        let session = fake.sign_in(FakeSession::new("user_ada").member_of("org_engines"));
        println!("TOKEN={}", session.token().expose());
        fake.client()
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!(
        "curl -i http://{}/team -H \"authorization: Bearer $TOKEN\"",
        listener.local_addr()?
    );
    let mut verifier = Verifier::builder(&clerk);
    // The origins of your sites, such as `https://app.example.com`, separated by commas.
    if let Some(origins) = std::env::var_os("AUTHORIZED_PARTIES") {
        // If a value that is not Unicode were ignored, the verifier would accept the tokens of
        // every site.
        let origins = origins.to_string_lossy();
        verifier = verifier.authorized_parties(origins.split(',').map(str::trim));
    }
    let verifier = verifier.build()?;
    axum::serve(listener, app(clerk, verifier)).await?;
    Ok(())
}

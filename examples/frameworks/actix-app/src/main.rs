//! Serves the application:
//! `cargo run --manifest-path examples/frameworks/Cargo.toml -p actix-app`.
//!
//! With `CLERK_SECRET_KEY`, the program uses the real Clerk, or the server of `CLERK_BASE_URL` if
//! this is set. Without the key, it uses a Clerk in memory.

use std::error::Error;

use actix_app::routes;
use actix_web::{App, HttpServer};
use clerk_client::auth::Verifier;
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
use clerk_client::{ClerkBuilder, SecretKey, TokioTransport};

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let clerk = if std::env::var_os(SecretKey::ENV).is_some() {
        ClerkBuilder::from_env(TokioTransport::new()?)?.build()?
    } else {
        println!("{} is not set: using a Clerk in memory.", SecretKey::ENV);
        let fake = FakeClerk::new();
        fake.add(FakeUser::new("user_ada"));
        let session = FakeSession::new("user_ada")
            .organization("org_1", "org:member")
            .permissions(["org:invoices:delete"]);
        let token = fake.sign_in(session).token();
        println!("TOKEN={}", token.expose());
        fake.client()
    };
    println!("curl -i http://127.0.0.1:3000/me -H \"authorization: Bearer $TOKEN\"");
    println!(
        "curl -i -X DELETE http://127.0.0.1:3000/invoices/7 -H \"authorization: Bearer $TOKEN\""
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
    HttpServer::new(move || App::new().configure(routes(verifier.clone())))
        .bind(("127.0.0.1", 3000))?
        .run()
        .await?;
    Ok(())
}

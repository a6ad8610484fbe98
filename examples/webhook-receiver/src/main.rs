//! Receives Clerk's events on port 3001: `cargo run -p webhook-receiver`.
//!
//! `CLERK_WEBHOOK_SIGNING_SECRET` is the signing secret of the endpoint. If the variable is not
//! set, the program uses a sample secret, and prints a curl command that sends a sample event.

use std::error::Error;
use std::sync::Arc;
use std::time::SystemTime;

use clerk_client::webhooks::WebhookSecret;
use serde_json::json;
use webhook_receiver::{Table, app};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3001").await?;
    println!(
        "Listening for events at http://{}/webhooks",
        listener.local_addr()?
    );
    let secret = if std::env::var_os(WebhookSecret::ENV).is_some() {
        WebhookSecret::from_env()?
    } else {
        println!("{} is not set: using a sample secret.", WebhookSecret::ENV);
        let secret = WebhookSecret::new("whsec_bWFkZSB1cCBmb3IgYW4gZXhhbXBsZQ==")?;
        show(&secret);
        secret
    };
    axum::serve(listener, app(secret, Arc::new(Table::default()))).await?;
    Ok(())
}

/// Prints a curl command that sends a signed event. The signature is valid for five minutes.
fn show(secret: &WebhookSecret) {
    let event =
        json!({ "type": "user.created", "data": { "id": "user_ada", "first_name": "Ada" } });
    let event = event.to_string();
    println!("\ncurl -i http://127.0.0.1:3001/webhooks \\");
    for (name, value) in &secret.sign("msg_1", SystemTime::now(), event.as_bytes()) {
        println!("  -H '{name}: {}' \\", value.to_str().unwrap_or_default());
    }
    println!("  -d '{event}'\n");
}

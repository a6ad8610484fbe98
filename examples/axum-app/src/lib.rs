//! A web application whose members are Clerk users. It signs up, shows and bans members, and lists
//! their names.
//!
//! The application accepts any [`Clerk`]: a real client, or the client of a `FakeClerk`, as in the
//! tests. A [`Verifier`] checks the session tokens of members who are signed in. The names of
//! members come from a [`UserTable`], which Clerk's webhooks keep up to date.

mod failure;
mod members;
mod organizations;

use axum::Router;
use axum::routing::{delete, get, post};
use clerk_client::Clerk;
use clerk_client::auth::{AuthLayer, Verifier};
use clerk_client::webhooks::WebhookSecret;
use sync_users::UserTable;

/// The client and the table, for the handlers.
#[derive(Clone)]
struct Services {
    clerk: Clerk,
    table: UserTable,
}

/// Creates the application. `secret` verifies the webhooks that arrive at `POST /webhooks`.
pub fn app(clerk: Clerk, verifier: Verifier, table: UserTable, secret: WebhookSecret) -> Router {
    let webhooks = sync_users::app(secret, table.clone());
    let organization = "/organizations/{id}/members";
    Router::new()
        .route("/me", get(members::me))
        .route("/members", get(members::list))
        .route(organization, get(organizations::members))
        .route(
            &format!("{organization}/{{user_id}}"),
            delete(organizations::remove),
        )
        .layer(AuthLayer::new(verifier))
        .route("/members", post(members::sign_up))
        .route("/members/{id}", get(members::show))
        .route("/members/{id}/ban", post(members::ban))
        .with_state(Services { clerk, table })
        .merge(webhooks)
}

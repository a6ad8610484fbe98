//! Lifecycles of users, organizations and sessions with clerk-rs 0.5.0, and the operations that
//! version 0.4.2 does not have.

mod organizations;
mod sdk;
mod sessions;
mod users;

use crate::lives;
use crate::version_05::sdk::Sdk;

#[tokio::test]
async fn a_user_is_created_changed_and_deleted() {
    lives::users::live::<Sdk>().await;
}

#[tokio::test]
async fn an_organization_is_created_changed_and_deleted() {
    lives::organizations::live::<Sdk>().await;
}

#[tokio::test]
async fn a_session_is_read_verified_and_revoked() {
    lives::sessions::live::<Sdk>().await;
}

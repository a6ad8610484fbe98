//! The lifecycles with clerk-rs 0.4.2.

mod differences;
mod sdk;

use crate::lives;
use crate::version_04::sdk::Sdk;

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

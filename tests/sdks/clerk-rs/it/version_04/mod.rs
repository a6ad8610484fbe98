//! The lifecycles with clerk-rs 0.4.2.

mod differences;
mod sdk;

use crate::lives;
use crate::version_04::sdk::Sdk;

#[tokio::test]
async fn a_user_lives() {
    lives::users::live::<Sdk>().await;
}

#[tokio::test]
async fn an_organization_lives() {
    lives::organizations::live::<Sdk>().await;
}

#[tokio::test]
async fn a_session_lives() {
    lives::sessions::live::<Sdk>().await;
}

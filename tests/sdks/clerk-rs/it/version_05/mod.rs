//! The lifecycles with clerk-rs 0.5.0, and the steps that only this version has.

mod organizations;
mod sdk;
mod sessions;
mod users;

use crate::lives;
use crate::version_05::sdk::Sdk;

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

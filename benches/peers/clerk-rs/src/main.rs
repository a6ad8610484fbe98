//! Gets a user, or decodes a page of users, with clerk-rs 0.5.0.

use std::sync::Arc;

use clerk_rs::apis::configuration::Configuration;
use clerk_rs::apis::users_api::get_user;
use clerk_rs::models::User;

fn main() {
    common::run(
        |url| {
            let configuration = Configuration::new("sk_test_peers").with_base_path(&url);
            let configuration = Arc::new(configuration);
            move || {
                let configuration = Arc::clone(&configuration);
                async move { get_user(&configuration, "user_1").await }
            }
        },
        |text| move || serde_json::from_str::<Vec<User>>(&text).expect("users"),
    );
}

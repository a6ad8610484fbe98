//! The data of an instance.

pub(crate) mod fake_session;
pub(crate) mod fake_user;
pub(crate) mod identifier;
pub(crate) mod ids;
pub(crate) mod index;
pub(crate) mod instance_settings;
pub(crate) mod journal;
pub(crate) mod locks;
pub(crate) mod machine_token;
pub(crate) mod organizations;
pub(crate) mod password;
pub(crate) mod session;
pub(crate) mod sessions;
pub(crate) mod shelves;
pub(crate) mod sign_in;
pub(crate) mod signing_key;
pub(crate) mod sorted_map;
pub(crate) mod table;
pub(crate) mod totp;
pub(crate) mod user_field;
pub(crate) mod user_order;
pub(crate) mod users;
pub(crate) mod world;

//! The operations on users, in files named like those of `clerk-core/src/api/users/`.

pub(crate) mod account;
pub(crate) mod ban;
pub(crate) mod billing;
pub(crate) mod identifications;
pub(crate) mod listing;
pub(crate) mod lock;
pub(crate) mod lookup;
pub(crate) mod metadata;
pub(crate) mod mfa;
pub(crate) mod oauth;
pub(crate) mod organizations;
pub(crate) mod password;
pub(crate) mod profile_image;
pub(crate) mod trusted_devices;

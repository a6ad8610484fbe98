//! The operations of Clerk's API, and the code that they share. Most modules with operations are
//! named after the tags of the specification.

pub(crate) mod body;
pub(crate) mod claims;
pub(crate) mod clients;
pub(crate) mod codes;
pub(crate) mod form;
pub(crate) mod formats;
pub(crate) mod identifiers;
pub(crate) mod instance_settings;
pub(crate) mod jwks;
pub(crate) mod keyed;
pub(crate) mod machine_tokens;
pub(crate) mod multipart;
pub(crate) mod order;
pub(crate) mod organization_domains;
pub(crate) mod organization_invitations;
pub(crate) mod organization_memberships;
pub(crate) mod organization_permissions;
pub(crate) mod organization_roles;
pub(crate) mod organizations;
pub(crate) mod plan;
pub(crate) mod query;
pub(crate) mod response;
pub(crate) mod sessions;
pub(crate) mod shelves;
pub(crate) mod users;

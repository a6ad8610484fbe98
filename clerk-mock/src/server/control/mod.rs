//! The paths by which a test in any language controls a world.
//!
//! `route` has the table of all paths, and `openapi.json` describes them. Each other file has the
//! paths of one noun.

mod call;
mod clock;
mod faults;
mod keys;
mod requests;
pub(crate) mod route;
mod settings;
mod sign_in;
mod state;
mod webhooks;
mod worlds;

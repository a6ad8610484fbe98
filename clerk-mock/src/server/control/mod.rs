//! The paths by which a test in any language controls a world.
//!
//! `route` has the table of all paths, and `openapi.json` describes them. `call` is a request to
//! one of them. The other modules implement them.

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

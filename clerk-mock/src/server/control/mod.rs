//! The paths by which a test in any language controls a world. A world is one instance of Clerk.
//!
//! `route` has the table of all paths, and `openapi.json` describes them. `call` represents a
//! request to one of the paths. The other modules implement the paths.

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

//! The control paths, by which a test in any language controls the served fake.

mod client;
mod faults;
mod requests;
mod state;
mod surface;
mod webhooks;
mod worlds;

//! The control paths, by which a test in any language controls the served fake.

mod client;
mod clock;
mod faults;
mod keys;
mod requests;
mod settings;
mod state;
mod surface;
mod webhooks;
mod worlds;

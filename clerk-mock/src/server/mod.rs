//! A `FakeClerk` behind a socket, for clients in other languages and processes.

mod connections;
mod control;
pub(crate) mod fake_server;
mod handler;
mod save_file;
mod server_state;

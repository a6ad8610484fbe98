//! A `FakeClerk` behind a socket, for clients in other languages and processes.
//!
//! A server has several worlds: instances of Clerk, each with its own state, clock and settings.
//!
//! - `fake_server`: the server, as Rust code starts it.
//! - `connections`, `handler`: accept connections, and handle requests.
//! - `world_name`, `server_state`: the world that a request addresses.
//! - `served_world`: one world, with its `world_clock`, its `journal`, its `faults` and its
//!   `webhooks`.
//! - `stop`: stops the tasks of the server.
//! - `control`: the paths by which a test controls a world.
//! - `page`: the page in a browser, which uses those paths.

mod codes;
mod connections;
mod control;
pub(crate) mod fake_server;
mod faults;
mod handler;
mod journal;
mod origin;
mod page;
mod save_file;
mod served_world;
mod server_state;
mod stop;
pub(crate) mod webhooks;
mod world_clock;
mod world_name;

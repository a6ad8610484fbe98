//! The transports, over real sockets.

mod contract;
mod faults;
pub(crate) mod hyper;
mod reqwest;
mod soak;
mod surf;

//! The transports, over real sockets.

mod contract;
mod faults;
pub(crate) mod hyper;
mod soak;
mod surf;

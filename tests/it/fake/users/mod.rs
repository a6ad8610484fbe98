//! Users of the fake, and the operations on them.

mod account;
mod credentials;
mod identifications;
mod listing;
mod lock;

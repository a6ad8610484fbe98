//! The Clerk in memory: that it is one, and what a test can do with it.

mod control;
mod doubles;
mod model;
mod person;
mod refusals;
mod semantics;
mod served;
mod validity;

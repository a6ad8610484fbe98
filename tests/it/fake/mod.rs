//! The test doubles: `FakeClerk`, its server, `MockTransport` and virtual time.

mod control;
mod doubles;
mod model;
mod person;
mod refusals;
mod semantics;
mod served;
mod validity;

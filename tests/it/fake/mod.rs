//! The test doubles: `FakeClerk`, its server, `MockTransport` and virtual time.

mod control;
mod doubles;
mod model;
mod refusals;
mod semantics;
mod served;
mod validity;

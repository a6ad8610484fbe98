//! The test doubles: `FakeClerk`, its server, `MockTransport` and virtual time.

mod control;
mod control_surface;
mod doubles;
mod expected;
mod faults;
mod identifiers;
mod machine_tokens;
mod model;
mod organizations;
mod organizations_model;
mod page;
mod refusals;
mod responses;
mod semantics;
mod served;
mod sessions;
mod shelves;
mod state;
mod validity;
mod webhooks;

//! A stateful Clerk in memory.
//!
//! - `fake_clerk`, `organizations`, `control`, `snapshot`: the methods that a test calls.
//! - `instance`: the state behind a [`FakeClerk`], and its transport.
//! - `route`: finds the operation of a request, by its method and path.
//! - `undescribed`: operations without a method in `clerk-core`, which the fake does not model.
//! - `operations`: the operations, in files named like those of `clerk-core`.
//! - `sessions`: users who are signed in, and their tokens.
//! - `machines`: tokens of machines.
//! - `state`: the data of an instance.
//! - `webhooks`: the events that changes cause.
//! - `faults`: injected faults, latency and the rate limit.
//! - `seed`: reads the state of an instance from JSON.
//! - `state_json`: writes the state of an instance as JSON.
//!
//! In the chain `fake_clerk` → `instance` → `route` → `operations` → `state`, no module imports a
//! module to its left.

mod control;
pub(crate) mod fake_clerk;
pub(crate) mod faults;
mod instance;
#[cfg(feature = "auth")]
mod machines;
pub(crate) mod operations;
mod organizations;
pub(crate) mod route;
pub(crate) mod seed;
mod sessions;
mod snapshot;
pub(crate) mod state;
pub(crate) mod state_json;
mod undescribed;
#[cfg(feature = "webhooks")]
pub(crate) mod webhooks;

pub use self::fake_clerk::FakeClerk;
pub use self::faults::fault::Fault;
pub use self::faults::fault_plan::FaultPlan;
#[cfg(feature = "auth")]
pub use self::machines::fake_machine_token::FakeMachineToken;
pub use self::seed::seed_error::SeedError;
pub use self::sessions::sign_in::FakeSignIn;
pub use self::state::fake_session::FakeSession;
pub use self::state::fake_user::FakeUser;
pub use self::state::instance_settings::InstanceSettings;
pub use self::state::totp::totp_code;
#[cfg(feature = "webhooks")]
pub use self::webhooks::fake_webhooks::{FakeWebhook, FakeWebhooks};

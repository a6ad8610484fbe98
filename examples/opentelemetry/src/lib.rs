//! An application that exports its spans and metrics over OTLP.
//!
//! [`Metered`] measures the requests. [`Telemetry`] exports these measurements, and the spans of
//! the client and of the application.

mod metered;
mod telemetry;

use clerk_client::ids::UserId;
use clerk_client::{Error, UsersApi};
use tracing::{Instrument, info_span};

pub use crate::metered::Metered;
pub use crate::telemetry::Telemetry;

/// Returns a greeting for a user.
///
/// The call has a span of the application, which is the parent of the client's span.
///
/// # Errors
///
/// Returns an error if the user does not exist, or if Clerk is not available.
pub async fn greet(users: &UsersApi, id: impl Into<UserId>) -> Result<String, Error> {
    let user = users.get_user(id).instrument(info_span!("greet")).await?;
    Ok(format!("Hello {}", user.first_name.unwrap_or_default()))
}

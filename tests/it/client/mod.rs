//! The client itself: calls, configuration, requests, retries, errors and tracing.

mod calls;
mod configuration;
mod deadlines;
mod durations;
#[cfg(unix)]
mod environment;
mod error_bounds;
mod errors;
mod messages;
mod missing;
mod paths;
mod profile_image;
mod queries;
mod rate_limit_waits;
mod rate_limits;
mod requests;
mod retries;
mod retry_waits;
mod secrets;
mod tracing;

//! A test suite for the contract of [`HttpTransport`](clerk_core::HttpTransport).
//!
//! Implement [`TransportUnderTest`], which builds your transport and runs its futures. [`check`]
//! then checks the transport against each of the 19 clauses of the contract.
//!
//! The clauses start servers on loopback, which send exactly the bytes that a clause needs. The
//! servers run on their own threads. They wait for events, not for a time to pass.
//!
//! ```
//! use std::pin::Pin;
//! use clerk_client::TokioTransport;
//! use clerk_client::mock::contract::{Settings, TransportUnderTest, check};
//! use clerk_client::transport::DynTransport;
//!
//! struct Hyper;
//!
//! impl TransportUnderTest for Hyper {
//!     fn transport(&self, settings: &Settings) -> DynTransport {
//!         let mut builder = TokioTransport::builder()
//!             .max_response_bytes(settings.max_response_bytes)
//!             .pool_idle_timeout(settings.pool_idle_timeout)
//!             .connect_timeout(settings.connect_timeout);
//!         if let Some((host, addresses)) = settings.host.clone() {
//!             builder = builder.resolve(host, addresses);
//!         }
//!         std::sync::Arc::new(builder.build().expect("the features are on"))
//!     }
//!
//!     fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
//!         let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
//!         runtime.expect("a runtime").block_on(future);
//!     }
//! }
//!
//! let report = check(Hyper);
//! assert!(report.is_ok(), "{report}");
//! ```

mod check;
mod clauses;
mod ensure;
mod exchange;
mod gate;
mod http2_server;
mod listener;
mod report;
mod server;
mod tls_peer;
mod transport_under_test;

pub use self::check::check;
pub use self::report::{Outcome, Report};
pub use self::transport_under_test::{Settings, TransportUnderTest};

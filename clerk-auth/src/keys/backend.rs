//! The keys from the Backend API.

use std::time::Duration;

use clerk_core::{Clerk, HttpTransport, Timestamp};

use crate::keys::fetched::{Failure, Fetched, clock_ahead};
use crate::keys::source::{ATTEMPT_TIMEOUT, BoxFuture, Fetch, KeySource, TIMEOUT};

/// A source that requests `GET /v1/jwks` with the secret key of a client.
#[derive(Debug)]
pub(crate) struct Backend<T>(pub(crate) Clerk<T>);

impl<T: HttpTransport> KeySource for Backend<T> {
    fn fetch(&self) -> Fetch {
        let clerk = self.0.clone();
        Box::pin(async move {
            let call = clerk.jwks().get_jwks();
            let call = call.attempt_timeout(ATTEMPT_TIMEOUT).timeout(TIMEOUT);
            let response = call.send_with_response().await.map_err(Failure::from)?;
            let clock_ahead = clock_ahead(clerk.transport().time_of_day(), response.headers());
            let keys = response.into_value();
            Ok(Fetched { keys, clock_ahead })
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        let clerk = self.0.clone();
        Box::pin(async move { clerk.transport().sleep(duration).await })
    }

    fn now(&self) -> Duration {
        self.0.transport().now()
    }

    fn time_of_day(&self) -> Option<Timestamp> {
        self.0.transport().time_of_day()
    }
}

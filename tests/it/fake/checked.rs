//! A client of the fake that validates each response.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use clerk_client::mock::FakeClerk;
use clerk_client::transport::{
    DynTransport, HttpRequest, HttpResponse, HttpTransport, OperationInfo, TransportError,
    async_trait,
};
use clerk_client::{Clerk, RetryPolicy, SecretKey};
use serde_json::Value;

use crate::specification::catalogue::{assert_in_catalogue, is_of_machine_tokens};
use crate::specification::document::Document;
use crate::specification::validator::ResponseValidator;
use crate::support::key;

pub(super) static VALIDATOR: LazyLock<Option<ResponseValidator>> =
    LazyLock::new(|| Document::from_env("CLERK_SPECIFICATION").map(ResponseValidator::new));

/// Asserts that the errors of a response are in the catalogue of error codes. If the specification
/// is available, also asserts that the response conforms to it.
pub(super) fn assert_conforms(operation: &str, status: u16, body: &Value) {
    let path = OperationInfo::all()
        .iter()
        .find(|known| known.operation_id() == operation);
    let path = path.map_or("", |known| known.route());
    assert_in_catalogue(status, body, is_of_machine_tokens(path));
    if let Some(validator) = &*VALIDATOR {
        let errors = validator.check(operation, status, body);
        assert!(errors.is_empty(), "{errors:#?}\n{body:#}");
    }
}

/// Returns a client of the fake that checks each response with [`assert_conforms`].
pub(super) fn checked(fake: &FakeClerk) -> Clerk {
    checked_with(fake, key())
}

/// Returns a client like that of [`checked`], but with this secret key.
pub(super) fn checked_with(fake: &FakeClerk, key: SecretKey) -> Clerk {
    let transport = Checked::new(fake);
    let builder = Clerk::builder(transport, key).retry(RetryPolicy::none());
    builder.build().unwrap()
}

/// A transport that validates each response of the fake.
pub(super) struct Checked {
    fake: DynTransport,
    /// The number of responses of each operation, by their status.
    pub(super) responses: Mutex<BTreeMap<(&'static str, u16), usize>>,
}

impl Checked {
    pub(super) fn new(fake: &FakeClerk) -> Arc<Self> {
        Arc::new(Self {
            fake: fake.transport(),
            responses: Mutex::default(),
        })
    }
}

impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Checked")
    }
}

#[async_trait]
impl HttpTransport for Checked {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let operation = request
            .extensions()
            .get::<OperationInfo>()
            .unwrap()
            .operation_id();
        let response = self.fake.send(request).await?;
        let status = response.status().as_u16();
        *self
            .responses
            .lock()
            .unwrap()
            .entry((operation, status))
            .or_default() += 1;
        let body = match response.body().as_ref() {
            b"" => Value::Null,
            body => serde_json::from_slice(body).unwrap(),
        };
        assert_conforms(operation, status, &body);
        Ok(response)
    }

    async fn sleep(&self, duration: Duration) {
        self.fake.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.fake.now()
    }
}

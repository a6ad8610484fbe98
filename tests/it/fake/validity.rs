//! Every response of the fake conforms to Clerk's published specification.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::samples::Sampler;
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, OperationInfo, TransportError, async_trait,
};
use clerk_client::{Clerk, RetryPolicy, SecretKey};
use serde_json::Value;

use super::equipped_user;
use super::organizations::live;
use crate::specification::catalogue::{assert_in_catalogue, is_of_machine_tokens};
use crate::specification::document::Document;
use crate::specification::validator::ResponseValidator;
use crate::support::key;
use crate::support::samples::{sample_call, sampler};
use crate::users::lifecycle;

static VALIDATOR: LazyLock<Option<ResponseValidator>> =
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

/// Returns a client of the fake that validates each response, if the specification is available.
pub(super) fn checked(fake: &FakeClerk) -> Clerk {
    checked_with(fake, key())
}

/// Returns the same client as [`checked`], but with this secret key.
pub(super) fn checked_with(fake: &FakeClerk, key: SecretKey) -> Clerk {
    let transport = Checked::new(fake);
    let builder = Clerk::builder(transport, key).retry(RetryPolicy::none());
    builder.build().unwrap()
}

struct Checked {
    fake: clerk_client::transport::DynTransport,
    responses: Mutex<BTreeMap<(&'static str, u16), usize>>,
}

impl Checked {
    fn new(fake: &FakeClerk) -> Arc<Self> {
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

/// Returns a user with identifiers, credentials, metadata, a membership and an invitation.
fn full_user(id: &str) -> FakeUser {
    let mut device = clerk_client::models::TrustedDevice::new("device_1");
    device.platform = clerk_client::models::TrustedDevicePlatform::Ios;
    device.algorithm = clerk_client::models::TrustedDeviceAlgorithm::Es256;
    device.app_identifier = "com.example.app".into();
    equipped_user(id, device)
        .username("ada")
        .external_id("1815")
        .public_metadata(serde_json::json!({ "role": "analyst" }))
        .oauth_access_token("oauth_google", "ya29.made-up")
        .member_of("org_engines", "org:admin")
        .invited_to("org_navy", "org:member")
}

#[tokio::test]
async fn every_response_conforms_to_the_specification() {
    if VALIDATOR.is_none() {
        println!("skipped: CLERK_SPECIFICATION is not set");
    }
    let mut responses = BTreeMap::new();
    for round in 0..Sampler::ROUNDS {
        for operation in OperationInfo::all() {
            let fake = FakeClerk::new();
            fake.add(full_user("user_1"));
            let checked = Checked::new(&fake);
            let builder = Clerk::builder(checked.clone(), key()).retry(RetryPolicy::none());
            let clerk = builder.build().unwrap();
            for id in ["user_1", "user_2"] {
                let _ = sample_call(&clerk, operation, &sampler(id, round))
                    .send()
                    .await;
            }
            for (response, count) in checked.responses.lock().unwrap().iter() {
                *responses.entry(*response).or_insert(0) += count;
            }
        }
    }
    let fake = FakeClerk::new();
    let checked = Checked::new(&fake);
    let clerk = Clerk::builder(checked.clone(), key()).build().unwrap();
    lifecycle::run(&fake, clerk.users()).await;
    let of_organizations = FakeClerk::new();
    let also_checked = Checked::new(&of_organizations);
    let clerk = Clerk::builder(also_checked.clone(), key()).build().unwrap();
    live(&of_organizations, &clerk).await;
    for (response, count) in also_checked.responses.lock().unwrap().iter() {
        *responses.entry(*response).or_insert(0) += count;
    }
    for (response, count) in checked.responses.lock().unwrap().iter() {
        *responses.entry(*response).or_insert(0) += count;
    }
    let total: usize = responses.values().sum();
    let succeeded = |operation: &OperationInfo| {
        let good = responses
            .keys()
            .find(|(id, status)| *id == operation.operation_id() && *status < 300);
        good.is_some()
    };
    // Separate tests cover the operations on other objects, because those tests know the ids of
    // these objects.
    let without_success: Vec<_> = OperationInfo::all()
        .iter()
        .filter(|operation| operation.route().starts_with("/users"))
        .filter(|operation| !succeeded(operation))
        .map(OperationInfo::operation_id)
        .collect();
    println!("{total} responses of {} kinds", responses.len());
    assert_eq!(without_success, Vec::<&str>::new(), "never succeeded");
}

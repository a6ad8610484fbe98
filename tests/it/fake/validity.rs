//! Whatever the fake answers is what the published specification allows.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::samples::Sampler;
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, OperationInfo, TransportError, async_trait,
};
use clerk_client::{Clerk, RetryPolicy};
use serde_json::Value;

use crate::specification::document::Document;
use crate::specification::validator::Answers;
use crate::support::key;
use crate::support::samples::{sample_call, sampler};
use crate::users::lifecycle;

static ANSWERS: LazyLock<Option<Answers>> =
    LazyLock::new(|| Document::from_env("CLERK_SPECIFICATION").map(Answers::new));

/// A client of the fake that looks at each answer, where the specification is at hand.
pub(super) fn checked(fake: &FakeClerk) -> Clerk {
    let transport = Checked::new(fake);
    let builder = Clerk::builder(transport, key()).retry(RetryPolicy::none());
    builder.build().unwrap()
}

struct Checked {
    fake: clerk_client::transport::DynTransport,
    answers: Mutex<BTreeMap<(&'static str, u16), usize>>,
}

impl Checked {
    fn new(fake: &FakeClerk) -> Arc<Self> {
        Arc::new(Self {
            fake: fake.transport(),
            answers: Mutex::default(),
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
            .answers
            .lock()
            .unwrap()
            .entry((operation, status))
            .or_default() += 1;
        if let Some(answers) = &*ANSWERS {
            let body: Value = serde_json::from_slice(response.body()).unwrap();
            let wrong = answers.check(operation, status, &body);
            assert!(wrong.is_empty(), "{wrong:#?}\n{body:#}");
        }
        Ok(response)
    }

    async fn sleep(&self, duration: Duration) {
        self.fake.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.fake.now()
    }
}

/// Somebody with all that can belong to a user.
fn somebody(id: &str) -> FakeUser {
    let mut device = clerk_client::models::TrustedDevice::new("device_1");
    device.platform = clerk_client::models::TrustedDevicePlatform::Ios;
    device.algorithm = clerk_client::models::TrustedDeviceAlgorithm::Es256;
    device.app_identifier = "com.example.app".into();
    FakeUser::new(id)
        .name("Ada", "Lovelace")
        .username("ada")
        .external_id("1815")
        .email_address("ada@example.com")
        .email_address("countess@example.com")
        .second_factor_phone_number("+15555550100")
        .web3_wallet("0x1815")
        .password("correct horse battery staple")
        .totp_secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        .backup_codes(["once"])
        .public_metadata(serde_json::json!({ "role": "analyst" }))
        .passkey("idn_passkey")
        .external_account("oauth_github", "ada")
        .oauth_access_token("oauth_google", "ya29.made-up")
        .member_of("org_engines", "org:admin")
        .invited_to("org_navy", "org:member")
        .trusted_device(device)
}

#[tokio::test]
async fn every_answer_fits_the_published_specification() {
    if ANSWERS.is_none() {
        println!("skipped: CLERK_SPECIFICATION does not say where Clerk's specification is");
    }
    let mut answers = BTreeMap::new();
    for round in 0..Sampler::ROUNDS {
        for operation in OperationInfo::all() {
            let fake = FakeClerk::new();
            fake.add(somebody("user_1"));
            let checked = Checked::new(&fake);
            let builder = Clerk::builder(checked.clone(), key()).retry(RetryPolicy::none());
            let clerk = builder.build().unwrap();
            for id in ["user_1", "user_2"] {
                let _ = sample_call(&clerk, operation, &sampler(id, round))
                    .send()
                    .await;
            }
            for (answer, count) in checked.answers.lock().unwrap().iter() {
                *answers.entry(*answer).or_insert(0) += count;
            }
        }
    }
    let fake = FakeClerk::new();
    let checked = Checked::new(&fake);
    let clerk = Clerk::builder(checked.clone(), key()).build().unwrap();
    lifecycle::life(&fake, clerk.users()).await;
    for (answer, count) in checked.answers.lock().unwrap().iter() {
        *answers.entry(*answer).or_insert(0) += count;
    }
    let total: usize = answers.values().sum();
    let answered = |operation: &OperationInfo| {
        let good = answers
            .keys()
            .find(|(id, status)| *id == operation.operation_id() && *status < 300);
        good.is_some()
    };
    let unanswered: Vec<_> = OperationInfo::all()
        .iter()
        .filter(|operation| !answered(operation))
        .map(OperationInfo::operation_id)
        .collect();
    println!("{total} answers of {} kinds", answers.len());
    assert_eq!(
        unanswered,
        Vec::<&str>::new(),
        "never answered with success"
    );
}

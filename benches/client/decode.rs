//! Decoding of responses to the operations on users.
//!
//! The baseline is `IgnoredAny`, which parses the text and keeps nothing.

use std::hint::black_box;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_benches::{full_user, key};
use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::{CommerceSubscription, TrustedDevice};
use clerk_client::requests::{
    OrganizationInvitationListParams, PageParams, UserFilter, UserListParams,
};
use clerk_client::transport::bytes::Bytes;
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, OperationInfo, TransportError, async_trait, decode,
};
use clerk_client::{Call, Clerk, UsersApi};
use futures_util::FutureExt;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::ratios::Ratios;

/// A fake that keeps the body of its last response.
#[derive(Debug, Clone)]
struct Recorder {
    fake: FakeClerk,
    body: Arc<Mutex<Bytes>>,
}

#[async_trait]
impl HttpTransport for Recorder {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let response = self.fake.send(request).await?;
        *self.body.lock().expect("no panic") = response.body().clone();
        Ok(response)
    }

    async fn sleep(&self, duration: Duration) {
        self.fake.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.fake.now()
    }
}

fn body<R: DeserializeOwned + Send + 'static>(recorder: &Recorder, call: Call<R>) -> Bytes {
    let result = call.now_or_never().expect("the fake does not wait");
    result.map(drop).expect("the fake accepts the request");
    recorder.body.lock().expect("no panic").clone()
}

fn compare_decoding<R: DeserializeOwned>(ratios: &mut Ratios, task: &str, body: &Bytes) {
    let operation = OperationInfo::all().first().expect("an operation");
    let baseline = || serde_json::from_slice::<IgnoredAny>(black_box(body)).expect("JSON");
    let client = || decode::<R>(operation, HttpResponse::new(body.clone())).expect("a response");
    ratios.compare(
        &format!("decode {task}"),
        1,
        vec![
            ("IgnoredAny", Box::new(|bencher| bencher.iter(baseline))),
            ("clerk-client", Box::new(|bencher| bencher.iter(client))),
        ],
    );
}

fn user(number: usize) -> FakeUser {
    let user = full_user();
    let metadata = |name: &str| user.get(name).expect("a full user").clone();
    FakeUser::new(format!("user_2abcdefghijklmnopqrst{number:05}"))
        .name("Ada", "Lovelace")
        .email_address(&format!("ada{number}@example.com"))
        .public_metadata(metadata("public_metadata"))
        .private_metadata(metadata("private_metadata"))
        .password("correct horse battery staple")
        .member_of("org_engines", "org:member")
        .invited_to("org_looms", "org:member")
        .oauth_access_token("oauth_google", "ya29.token")
        .trusted_device(TrustedDevice::new(format!("tdev_{number}")))
        .billing_subscription(CommerceSubscription::default())
}

/// Compares the client's decoding with the baseline, for responses to the operations on users.
pub(crate) fn compare(ratios: &mut Ratios) {
    let fake = FakeClerk::new();
    for number in 0..500 {
        fake.add(user(number));
    }
    let recorder = Recorder {
        fake,
        body: Arc::default(),
    };
    let clerk = Clerk::builder(recorder.clone(), key())
        .build()
        .expect("a client");
    let users = clerk.users();
    compare_each(ratios, &recorder, &users);
}

fn compare_each(ratios: &mut Ratios, recorder: &Recorder, users: &UsersApi) {
    let id = "user_2abcdefghijklmnopqrst00007";
    /// Compares the decoding of a call's response with the baseline. `R` is the type of the
    /// response.
    macro_rules! compare {
        ($task:literal, $call:expr) => {{
            fn compare<R: DeserializeOwned + Send + 'static>(
                ratios: &mut Ratios,
                recorder: &Recorder,
                call: Call<R>,
            ) {
                let body = body(recorder, call);
                compare_decoding::<R>(ratios, $task, &body);
            }
            compare(ratios, recorder, $call);
        }};
    }
    let full = Bytes::from(full_user().to_string());
    compare_decoding::<clerk_client::User>(ratios, "a user with every field", &full);
    compare!("a user", users.get_user(id));
    let page = UserListParams::new().limit(500);
    compare!("500 users", users.get_user_list(page));
    let page = UserListParams::new().limit(10);
    compare!("10 users", users.get_user_list(page));
    compare!("a count", users.get_users_count(UserFilter::new()));
    compare!(
        "memberships",
        users.users_get_organization_memberships(id, PageParams::new())
    );
    let params = OrganizationInvitationListParams::new();
    compare!(
        "invitations",
        users.users_get_organization_invitations(id, params)
    );
    compare!(
        "access tokens",
        users.get_o_auth_access_token(id, "google", PageParams::new())
    );
    compare!("trusted devices", users.list_user_trusted_devices(id));
    compare!("a subscription", users.get_user_billing_subscription(id));
    compare!(
        "a credit balance",
        users.get_user_billing_credit_balance(id)
    );
    compare!(
        "a verified password",
        users.verify_password(id, "correct horse battery staple")
    );
    compare!("a deleted user", users.delete_user(id));
}

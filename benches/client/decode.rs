//! Reading every kind of response. The least is to read over the text.

use std::hint::black_box;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::{CommerceSubscription, TrustedDevice};
use clerk_client::transport::bytes::Bytes;
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, OperationInfo, TransportError, async_trait, decode,
};
use clerk_client::{
    Call, Clerk, OrganizationInvitationListParams, PageParams, UserFilter, UserListParams, UsersApi,
};
use futures_util::FutureExt;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::ratios::Ratios;
use crate::support::{full_user, key};

/// Keeps the last answer.
#[derive(Debug, Clone)]
struct Kept {
    fake: FakeClerk,
    answer: Arc<Mutex<Bytes>>,
}

#[async_trait]
impl HttpTransport for Kept {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let answer = self.fake.send(request).await?;
        *self.answer.lock().expect("no panic") = answer.body().clone();
        Ok(answer)
    }

    async fn sleep(&self, duration: Duration) {
        self.fake.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.fake.now()
    }
}

fn text<R: DeserializeOwned + Send + 'static>(kept: &Kept, call: Call<R>) -> Bytes {
    let answer = call.now_or_never().expect("the fake does not wait");
    answer.map(drop).expect("the fake does not refuse");
    kept.answer.lock().expect("no panic").clone()
}

fn read<R: DeserializeOwned>(ratios: &mut Ratios, work: &str, text: &Bytes) {
    let operation = &OperationInfo::all()[0];
    let least = || serde_json::from_slice::<IgnoredAny>(black_box(text)).expect("JSON");
    let ours = || decode::<R>(operation, HttpResponse::new(text.clone())).expect("a response");
    ratios.compare(
        &format!("decode {work}"),
        1,
        vec![
            ("IgnoredAny", Box::new(|bencher| bencher.iter(least))),
            ("this", Box::new(|bencher| bencher.iter(ours))),
        ],
    );
}

fn person(number: usize) -> FakeUser {
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

pub(crate) fn compare(ratios: &mut Ratios) {
    let fake = FakeClerk::new();
    for number in 0..500 {
        fake.add(person(number));
    }
    let kept = Kept {
        fake,
        answer: Arc::default(),
    };
    let clerk = Clerk::builder(kept.clone(), key())
        .build()
        .expect("a client");
    let users = clerk.users();
    each(ratios, &kept, &users);
}

fn each(ratios: &mut Ratios, kept: &Kept, users: &UsersApi) {
    let id = "user_2abcdefghijklmnopqrst00007";
    // The type of what is read is the call's.
    macro_rules! read {
        ($work:literal, $call:expr) => {{
            fn of<R: DeserializeOwned + Send + 'static>(
                ratios: &mut Ratios,
                kept: &Kept,
                call: Call<R>,
            ) {
                let text = text(kept, call);
                read::<R>(ratios, $work, &text);
            }
            of(ratios, kept, $call);
        }};
    }
    let full = Bytes::from(full_user().to_string());
    read::<clerk_client::User>(ratios, "a user with everything", &full);
    read!("a user", users.get_user(id));
    let page = UserListParams::new().limit(500);
    read!("500 users", users.get_user_list(page));
    let page = UserListParams::new().limit(10);
    read!("10 users", users.get_user_list(page));
    read!("a count", users.get_users_count(UserFilter::new()));
    read!(
        "memberships",
        users.users_get_organization_memberships(id, PageParams::new())
    );
    let params = OrganizationInvitationListParams::new();
    read!(
        "invitations",
        users.users_get_organization_invitations(id, params)
    );
    read!(
        "access tokens",
        users.get_o_auth_access_token(id, "google", PageParams::new())
    );
    read!("trusted devices", users.list_user_trusted_devices(id));
    read!("a subscription", users.get_user_billing_subscription(id));
    read!(
        "a credit balance",
        users.get_user_billing_credit_balance(id)
    );
    read!(
        "a verified password",
        users.verify_password(id, "correct horse battery staple")
    );
    read!("a user who is no more", users.delete_user(id));
}

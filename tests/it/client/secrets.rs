//! Secrets are never printed: not by `Debug`, not in errors, not in logs.

use clerk_client::mock::{FakeClerk, MockTransport, RecordedRequest, Reply};
use clerk_client::models::{OAuthAccessToken, OrganizationMembership};
use clerk_client::requests::{
    CreateUserRequest, ProfileImage, ReplaceUserMetadataRequest, UpdateUserMetadataRequest,
    UpdateUserRequest,
};
use clerk_client::transport::HttpTransport;
use clerk_client::{
    Clerk, ReqwestTransport, SecretKey, SecretString, SmolTransport, SurfTransport, TokioTransport,
    User,
};
use serde_json::json;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use crate::support::samples::{sample_calls, sampler};
use crate::support::{
    KEY, full_membership, full_user, key, run, serve, server_runtime, with_subscriber,
};

const MARK: &str = "hush";

/// The collected output, in which [`Printed::check`] searches for secrets.
#[derive(Default)]
struct Printed(String);

impl Printed {
    fn add(&mut self, value: &(impl Debug + ?Sized)) {
        self.0 += &format!("{value:?}\n{value:#?}\n");
    }

    fn check(&self) {
        let secret_key = KEY.strip_prefix("sk_test_").unwrap();
        for secret in [MARK, secret_key] {
            let line = self.0.lines().find(|line| line.contains(secret));
            assert_eq!(line, None, "a secret is printed");
        }
        assert!(self.0.contains("[redacted]"));
    }
}

#[test]
fn keys_clients_and_calls_print_no_secret() {
    let key = key();
    let fake = FakeClerk::new();
    let builder = Clerk::builder(FakeClerk::new(), key.clone());
    let mut printed = Printed::default();
    printed.add(&key);
    printed.add(&builder);
    let clerk = builder.build().unwrap();
    printed.add(&clerk);
    printed.add(&clerk.users());
    printed.add(&clerk.users().verify_password("user_1", "hush"));
    printed.add(
        &clerk
            .users()
            .create_user(CreateUserRequest::new().password("hush")),
    );
    printed.add(&clerk.users().verify_totp("user_1", "hush"));
    printed.add(&Reply::json(200, "hush"));
    printed.add(&Clerk::builder(FakeClerk::new(), key.clone()).base_url("https://a:hush@b"));
    for url in [
        "https://a:hush@b/v1",
        "https://b/v1?token=hush",
        "https://b/v1#hush",
    ] {
        let error = Clerk::builder(FakeClerk::new(), key.clone())
            .base_url(url)
            .build();
        printed.0 += &format!("{0:?} {0}", error.unwrap_err());
    }
    printed.add(&clerk.users().get_user("user_1").into_request().unwrap());
    printed.add(&fake);
    printed.check();
}

#[test]
fn requests_print_no_secret() {
    let private = json!({ "salary": MARK });
    let mut printed = Printed::default();
    printed.add(&ProfileImage::new("a.png", "image/png", MARK));
    printed.add(&ReplaceUserMetadataRequest::new().private_metadata(private.clone()));
    printed.add(
        &CreateUserRequest::new()
            .password(MARK)
            .password_digest(MARK)
            .totp_secret(MARK)
            .backup_codes([MARK])
            .private_metadata(private.clone()),
    );
    printed.add(
        &UpdateUserRequest::new()
            .password(MARK)
            .password_digest(MARK)
            .totp_secret(MARK)
            .backup_codes([MARK]),
    );
    printed.add(&UpdateUserMetadataRequest::new().private_metadata(private));
    printed.add(&SecretString::from(MARK));
    printed.check();
}

#[test]
fn models_print_no_secret() {
    let mut user = full_user();
    user["private_metadata"] = json!({ "salary": MARK });
    user["phone_numbers"][0]["backup_codes"] = json!([MARK]);
    let mut membership = full_membership();
    membership["private_metadata"] = json!({ "salary": MARK });
    membership["organization"]["private_metadata"] = json!({ "salary": MARK });
    user["organization_memberships"] = json!([membership]);
    let token = json!({ "token": MARK, "id_token": MARK, "token_secret": MARK, "provider": "x" });

    let user: User = serde_json::from_value(user).unwrap();
    let membership: OrganizationMembership = serde_json::from_value(membership).unwrap();
    let token: OAuthAccessToken = serde_json::from_value(token).unwrap();
    assert_eq!(token.token.expose(), MARK);
    let mut printed = Printed::default();
    printed.add(&user);
    printed.add(&membership);
    printed.add(&token);
    printed.check();
}

#[test]
fn errors_print_no_secret_of_the_response() {
    let bodies = [
        r#"{"id":"u","private_metadata":"hush"}"#,
        r#"{"id":"u","private_metadata":["hush"]}"#,
        r#"{"id":"u","phone_numbers":[{"backup_codes":"hush, expected hush"}]}"#,
        r#"{"id":"u","created_at":"hush: expected"}"#,
        r#"{"id":"u","private_metadata":{"a":"hush"}"#,
        r#"["hush"]"#,
        r#""hush""#,
        "hush",
    ];
    let mut printed = Printed("[redacted]".to_owned());
    for status in [200, 400, 500] {
        for body in bodies {
            let clerk = client_with(status, body);
            let error = run(clerk.users().get_user("u")).unwrap_err();
            assert_eq!(error.body(), body.as_bytes());
            printed.add(&error);
            printed.0 += &error.to_string();
        }
    }
    printed.check();
}

/// A response type of an application.
#[derive(Debug, serde::Deserialize)]
#[allow(dead_code)]
struct Custom {
    level: Option<Level>,
    name: Option<Name>,
}

#[derive(Debug, serde::Deserialize)]
enum Level {
    High,
}

#[derive(Debug)]
struct Name;

impl<'de> serde::Deserialize<'de> for Name {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Err(serde::de::Error::custom(format!(
            "no such name: {name}, expected another"
        )))
    }
}

#[test]
fn errors_of_custom_types_print_no_secret() {
    let mut printed = Printed("[redacted]".to_owned());
    // If a hand-written `Deserialize` rejects the last value of an object, the error gives the path
    // of the object. Here, the object is the whole body, whose path is empty.
    for (body, place) in [
        (r#"{"level":"a: hush"}"#, "at level: "),
        (r#"{"level":"hush"}"#, "at level: "),
        (r#"{"level":"hush\u001f"}"#, "at level: "),
        (r#"{"name":"hush"}"#, ""),
        (r#"{"name":"hush\u001f"}"#, ""),
    ] {
        let call = client_with(200, body).request::<Custom>(http::Method::GET, ["x"]);
        let error = run(call).unwrap_err();
        printed.add(&error);
        printed.0 += &error.to_string();
        let place = format!("could not be decoded: {place}");
        assert!(error.to_string().contains(&place), "{error}");
    }
    printed.check();
}

fn client_with(status: u16, body: &'static str) -> Clerk {
    crate::support::client_replying(move || Reply::bytes(status, body)).0
}

#[test]
fn recorded_requests_and_mock_panics_print_no_secret() {
    let fake = FakeClerk::new();
    fake.add(User::new("u"));
    let clerk = Clerk::new(fake, SecretKey::new(KEY).unwrap());
    let seen = Arc::new(Mutex::new(Vec::<RecordedRequest>::new()));
    let log = Arc::clone(&seen);
    let mut transport = MockTransport::new();
    transport.expect_send().times(1).returning(move |request| {
        log.lock().unwrap().push(request);
        Reply::bytes(200, "{}")
    });
    let mocked = Clerk::new(transport, key());
    run(async {
        clerk.users().verify_password("u", MARK).await.unwrap_err();
        mocked.users().verify_password("u", MARK).await.unwrap();
    });
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        run(async { mocked.users().verify_password("u", MARK).await.map(drop) })
    }));
    let message = panic.unwrap_err().downcast::<String>().unwrap();
    let mut printed = Printed("[redacted]".to_owned());
    printed.add(&*message);
    printed.add(&*seen.lock().unwrap());
    printed.check();
    std::mem::forget(mocked);
}

/// An in-memory log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Calls every operation over each transport. Collects every printed result, and everything that
/// the client and its dependencies log with `tracing` on this thread.
#[test]
fn all_operations_on_all_transports_log_no_secret() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let mut printed = Printed("[redacted]".to_owned());
    with_subscriber(subscriber, || {
        let server = server_runtime();
        let fake = Arc::new(FakeClerk::new());
        let url = server.block_on(serve(&fake));
        let http2 = TokioTransport::builder().http2_prior_knowledge().build();
        let transports: [(&str, Arc<dyn HttpTransport>); 5] = [
            ("tokio", Arc::new(TokioTransport::new().unwrap())),
            ("tokio, HTTP/2", Arc::new(http2.unwrap())),
            ("smol", Arc::new(SmolTransport::new().unwrap())),
            ("reqwest", Arc::new(ReqwestTransport::new().unwrap())),
            ("surf", Arc::new(SurfTransport::new().unwrap())),
        ];
        for (name, transport) in transports {
            let clerk = Clerk::builder(transport, key())
                .base_url(&*url)
                .build()
                .unwrap();
            printed.add(&clerk);
            let work = secret_calls(&clerk, &fake);
            let seen = match name {
                "smol" | "surf" => smol::block_on(work),
                _ => run(work),
            };
            printed.0 += &seen;
        }
    });
    printed.0 += &String::from_utf8_lossy(&log.0.lock().unwrap());
    // The log contains entries of the client and of its dependencies.
    assert!(printed.0.contains("http.request.method") && printed.0.contains("h2::"));
    printed.check();
}

async fn secret_calls(clerk: &Clerk, fake: &FakeClerk) -> String {
    let users = clerk.users();
    let request = CreateUserRequest::new()
        .password("hush hush")
        .totp_secret("hush")
        .backup_codes(["hush"])
        .private_metadata(json!({ "salary": MARK }));
    let user = users.create_user(request).await.unwrap();
    let token = json!({ "token": MARK, "provider": "oauth_google" });
    fake.add_oauth_access_token(&user.id, serde_json::from_value(token).unwrap());
    let mut seen = format!("{user:?}");
    for sample in sample_calls(clerk, &sampler(user.id.as_str(), 1).with("code", MARK)) {
        seen += &match sample.call.send().await {
            Ok(printed) => printed.debug,
            Err(error) => format!("{error} {error:?}"),
        };
    }
    for wrong in [
        users.verify_password(&user.id, MARK).await.map(drop),
        users.verify_totp(&user.id, MARK).await.map(drop),
    ] {
        let error = wrong.unwrap_err();
        seen += &format!("{error} {error:?}");
    }
    seen
}

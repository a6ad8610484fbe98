//! The error messages of the crates, compared with the table in `messages.txt` beside this file.
//!
//! With `CLERK_BLESS=1`, the test writes the table.

use std::error::Error as StdError;
use std::fmt::{Display, Write};
use std::time::Duration;

use clerk_client::auth::{Cookies, PublishableKey, Verifier};
use clerk_client::http::{HeaderMap, Method};
use clerk_client::mock::{FakeClerk, Fault, MockTransport, Reply};
use clerk_client::requests::{
    AdjustCreditBalanceRequest, CreateUserRequest, CreditAction, IdentificationStatus, PageParams,
    ProfileImage, UserFilter, UserListParams, UserOrderBy,
};
use clerk_client::webhooks::{WebhookEvent, WebhookSecret};
use clerk_client::{
    Clerk, Error, Metadata, OperationInfo, Position, RateLimit, RetryPolicy, SecretKey, Timestamp,
    TokioTransport, TransportErrorKind, UsersApi,
};
use serde_json::json;

use crate::support::{client_replying, key, run};

/// The lines of the table.
#[derive(Default)]
struct Table(String);

impl Table {
    fn section(&mut self, name: &str) {
        writeln!(self.0, "\n# {name}").unwrap();
    }

    fn add(&mut self, case: &str, message: impl Display) {
        writeln!(self.0, "{case}\n    {message}").unwrap();
    }

    fn error<T, E: Display>(&mut self, case: &str, result: Result<T, E>) {
        match result {
            Ok(_) => panic!("{case} is not an error"),
            Err(error) => self.add(case, error),
        }
    }
}

#[test]
fn every_error_message_is_the_one_in_messages_txt() {
    let mut table = Table("Every message, by its cause. Written with CLERK_BLESS=1.\n".to_owned());
    configuration(&mut table);
    invalid_requests(&mut table);
    responses(&mut table);
    transports(&mut table);
    webhooks(&mut table);
    session_tokens(&mut table);
    doubles(&mut table);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/it/client/messages.txt");
    if std::env::var_os("CLERK_BLESS").is_some() {
        std::fs::write(path, &table.0).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        table.0, expected,
        "run again with CLERK_BLESS=1 if the messages are right"
    );
    for message in table.0.lines().filter_map(|line| line.strip_prefix("    ")) {
        assert!(message.len() < 300, "{message}");
        assert!(!message.contains("hush"), "{message}");
    }
}

fn configuration(table: &mut Table) {
    table.section("Configuration");
    for (case, secret) in [
        ("an empty key", ""),
        ("a key with a newline", "sk_test_hush\n"),
        ("a key with a blank inside", "sk_test_hu sh"),
        ("a publishable key", "pk_test_hush"),
        ("another text as a key", "hush"),
    ] {
        table.error(case, SecretKey::new(secret));
    }
    let builder = || Clerk::builder(FakeClerk::new(), key());
    for (case, url) in [
        ("a base URL that is not a URL", "not a url"),
        ("a base URL without a host", "/v1"),
        (
            "a base URL with a password",
            "https://user:hush@example.com/v1",
        ),
        ("a base URL with a bad port", "https://example.com:port/v1"),
        (
            "a base URL with a query",
            "https://example.com/v1?token=hush",
        ),
        ("a base URL with dots", "https://example.com/v1/.."),
        ("a base URL without TLS", "http://example.com/v1"),
        ("a base URL of another scheme", "ftp://example.com/v1"),
    ] {
        table.error(case, builder().base_url(url).build());
    }
    table.error("an API version", builder().api_version("latest").build());
    table.error("a user agent", builder().user_agent("a\nb").build());
    let limit = RateLimit::new(0, Duration::from_secs(1));
    table.error("a rate limit of zero", builder().rate_limit(limit).build());
    let transport = TokioTransport::builder()
        .add_root_certificate(*b"none")
        .build();
    table.error("a root certificate", transport);
}

fn invalid_requests(table: &mut Table) {
    table.section("Invalid requests");
    let users = FakeClerk::new().client().users();
    for (case, id) in [
        ("an empty id", ""),
        ("an id of dots", ".."),
        ("an id that is an endpoint", "count"),
        ("an id with a newline", "a\nb"),
    ] {
        table.error(case, run(users.get_user(id)));
    }
    table.error(
        "an id that is too long",
        run(users.get_user("x".repeat(70_000))),
    );
    let none: [&str; 0] = [];
    let many = (0..101).map(|n| n.to_string());
    let new = UserListParams::new;
    let by_name = UserOrderBy::FirstName;
    for (case, params) in [
        ("a filter without values", new().user_id(none)),
        ("a filter with a blank value", new().user_id([" "])),
        ("a filter with too many values", new().username(many)),
        ("a provider without ids", new().provider("oauth_google")),
        ("ids without a provider", new().provider_user_id(["1"])),
        ("a limit", new().limit(501)),
        ("a cursor that is empty", new().starting_after("")),
        (
            "a cursor with an offset",
            new().starting_after("u").offset(1),
        ),
        (
            "a cursor in another order",
            new().starting_after("u").order_by(by_name),
        ),
    ] {
        table.error(case, run(users.get_user_list(params)));
    }
    let new = CreateUserRequest::new;
    let reserved = IdentificationStatus::Reserved;
    let statuses = new().email_address_identification_status([reserved]);
    let unverified = new()
        .email_address(["a"])
        .email_address_identification_status([IdentificationStatus::Unverified]);
    for (case, request) in [
        ("statuses without identifiers", statuses),
        ("an unverified identifier", unverified),
        (
            "metadata that is an array",
            new().public_metadata(json!([1])),
        ),
        (
            "a time out of range",
            new().created_at(Timestamp::from_millis(i64::MAX)),
        ),
        ("a blank word", new().password_hasher("")),
    ] {
        table.error(case, run(users.create_user(request)));
    }
    table.error("metadata that is a number", Metadata::from_serialize(&1));
    let plan = Metadata::from(json!({ "plan": "hush" })).get::<Vec<u8>>();
    table.error("metadata of another type", plan);
    table.error("no ids", run(users.users_ban(none)));
    table.error("a blank id", run(users.users_ban([" "])));
    table.error("an empty password", run(users.verify_password("u", "")));
    table.error(
        "a blank address",
        run(users.replace_user_email_address("u", " ")),
    );
    let amount = AdjustCreditBalanceRequest::new(CreditAction::Increase, 0, "key");
    table.error(
        "an amount",
        run(users.adjust_user_billing_credit_balance("u", amount)),
    );
    for (case, image) in [
        (
            "an empty image",
            ProfileImage::new("a.png", "image/png", ""),
        ),
        (
            "an image without a name",
            ProfileImage::new("", "image/png", "x"),
        ),
        (
            "an image with a bad name",
            ProfileImage::new("a\nb", "image/png", "x"),
        ),
        (
            "an image with a bad type",
            ProfileImage::new("a.png", "png", "x"),
        ),
    ] {
        table.error(case, run(users.set_user_profile_image("u", image)));
    }
    table.error(
        "a reserved header",
        run(users.get_user("u").header("authorization", "hush")),
    );
    table.error(
        "a malformed header",
        run(users.get_user("u").header("a b", "hush")),
    );
    table.error(
        "a malformed value",
        run(users.get_user("u").header("a", "hush\n")),
    );
    let no_segments: [&str; 0] = [];
    let clerk = FakeClerk::new().client();
    table.error(
        "no segments",
        run(clerk.request::<()>(Method::GET, no_segments)),
    );
    table.error(
        "an empty segment",
        run(clerk.request::<()>(Method::GET, ["a", ""])),
    );
    table.error(
        "concurrency of zero",
        run(async { users.get_many(["u"]).concurrency(0).await }),
    );
    let mut pager = users.list_all_users(UserFilter::new()).page_size(501);
    table.error("a page size", run(pager.next_page()));
    let mut pager = users.list_all_users(UserListParams::new().limit(0));
    table.error("a pager's limit", run(pager.next_page()));
    table.error("a position that is not one", "offset".parse::<Position>());
    let position = || -> Result<Position, Error> { Ok("offset".parse::<Position>()?) };
    table.error(
        "a position that is not one, as the client's error",
        position(),
    );
    let pager = users.list_all_organization_memberships("u", PageParams::new());
    let mut pager = pager.resume_from("after:user_1".parse().unwrap());
    table.error("a position of another list", run(pager.next_page()));
    table.error("an unknown operation", OperationInfo::try_from("GetUsr"));
    let mut call = users.get_user("u");
    let _ = run(&mut call);
    table.error("a call that is awaited twice", run(call));
}

fn responses(table: &mut Table) {
    table.section("Responses");
    let error = |error: &str| format!(r#"{{"errors":[{error}],"clerk_trace_id":"trace_1"}}"#);
    let taken = r#"{"code":"form_identifier_exists","message":"is taken","long_message":"That username is taken."}"#;
    for (case, status, body) in [
        ("an error of Clerk", 422, error(taken)),
        (
            "two errors of Clerk",
            422,
            error(&format!("{taken},{taken}")),
        ),
        ("an error without a body", 503, String::new()),
        ("an error of a proxy", 502, "<html>hush</html>".to_owned()),
        ("a redirect", 302, String::new()),
        ("a body that is not JSON", 200, "<html>".to_owned()),
        ("a body without the id", 200, "{}".to_owned()),
        (
            "a value of another type",
            200,
            r#"{"id":"u","email_addresses":[{"id":7}]}"#.to_owned(),
        ),
        ("an empty body", 200, String::new()),
    ] {
        let (clerk, _) = client_replying(move || Reply::bytes(status, body.clone()));
        table.error(case, run(clerk.users().get_user("u")));
    }
    let (clerk, _) = client_replying(|| Reply::bytes(200, b"\xff".to_vec()));
    table.error("a body that is not UTF-8", run(clerk.users().get_user("u")));
    let (clerk, _) = client_replying(|| Reply::bytes(429, "").header("retry-after", "7"));
    table.error("too many requests", run(clerk.users().get_user("u")));
    let fake = FakeClerk::new();
    let bulk = run(async { fake.client().users().ban_many(["user_0"]).await });
    table.error("a bulk operation", bulk);
}

fn transports(table: &mut Table) {
    table.section("Transports");
    for kind in [
        TransportErrorKind::NotSent,
        TransportErrorKind::Tls,
        TransportErrorKind::Timeout,
        TransportErrorKind::Io,
        TransportErrorKind::Body,
        TransportErrorKind::BodyTooLarge,
        TransportErrorKind::InvalidRequest,
        TransportErrorKind::Other,
    ] {
        let (clerk, _) = client_replying(move || Reply::fail(kind, "the cause"));
        table.error(&format!("{kind:?}"), run(clerk.users().get_user("u")));
    }
    let slow = |fake: &FakeClerk| -> UsersApi {
        fake.set_latency(Duration::from_secs(100));
        let builder = Clerk::builder(fake.transport(), key()).retry(RetryPolicy::none());
        builder.build().unwrap().users()
    };
    table.error(
        "no response in time",
        run(slow(&FakeClerk::new()).get_user("u")),
    );
    let fake = FakeClerk::new();
    let limited = Clerk::builder(fake.transport(), key())
        .rate_limit(RateLimit::new(1, Duration::from_secs(100)))
        .build()
        .unwrap()
        .users();
    let _ = run(limited.get_user("u"));
    table.error("the client's rate limit", run(limited.get_user("u")));
    let mut retried = MockTransport::new();
    retried.expect_send().returning(|_| Reply::bytes(503, ""));
    let clerk = Clerk::new(retried, key());
    table.error("after retries", run(clerk.users().get_user("u")));
}

fn webhooks(table: &mut Table) {
    table.section("Webhooks");
    table.error("a secret", WebhookSecret::new("hush"));
    let secret = WebhookSecret::new("whsec_c2VjcmV0IG9mIHRoZSBleGFtcGxl").unwrap();
    let body = br#"{"type":"user.deleted","data":{"id":"user_1","deleted":true}}"#;
    let now = Timestamp::from_millis(1_700_000_000_000);
    table.error("no headers", secret.verify_at(&HeaderMap::new(), body, now));
    let headers = secret.sign("msg_1", now, body);
    table.error("another body", secret.verify_at(&headers, b"{}", now));
    let later = now + Duration::from_secs(3_600);
    table.error("an old event", secret.verify_at(&headers, body, later));
    let garbage = br#"{"type":"user.created","data":{}}"#;
    let headers = secret.sign("msg_1", now, garbage);
    table.error(
        "data that is not understood",
        secret.verify_at(&headers, garbage, now),
    );
    table.error("an event without a type", WebhookEvent::from_slice(b"{}"));
    table.error("an event that is not JSON", WebhookEvent::from_slice(b"x"));
}

fn session_tokens(table: &mut Table) {
    table.section("Session tokens");
    for (cause, message) in crate::auth::messages() {
        table.add(cause, message);
    }
    let unreachable = FakeClerk::new();
    unreachable.inject_faults(|_| Some(Fault::status(401)));
    let verifier = Verifier::new(&unreachable.client()).unwrap();
    let token = "eyJhbGciOiJSUzI1NiJ9.e30.e30";
    table.error("a wrong secret key", run(verifier.verify(token)));
    let none = HeaderMap::new();
    table.error("no token", run(verifier.authenticate(&none)));
    table.error(
        "a publishable key",
        PublishableKey::new("pk_test_x").map(drop),
    );
    table.error("a JWT key", Verifier::from_jwt_key("x").build().map(drop));
    let cookies = Verifier::builder(&unreachable.client()).cookies(Cookies::any());
    table.error("cookies of any party", cookies.build().map(drop));
    let parties = Verifier::builder(&unreachable.client()).authorized_parties([""]);
    table.error("an empty party", parties.build().map(drop));
}

fn doubles(table: &mut Table) {
    table.section("Doubles");
    for (case, seed) in [
        ("a seed that is not JSON", "["),
        (
            "a seed with an unknown field",
            r#"{"users":[{"id":"user_1","fist_name":"Ada"}]}"#,
        ),
        (
            "a seed with a wrong type",
            r#"{"users":[{"id":"user_1","first_name":7}]}"#,
        ),
        (
            "a seed with a user twice",
            r#"{"users":[{"id":"user_1"},{"id":"user_1"}]}"#,
        ),
    ] {
        table.error(case, FakeClerk::from_json(seed));
    }
    let fake = FakeClerk::new();
    for (operation, fault) in [
        ("response_lost", Fault::response_lost()),
        ("response_cut", Fault::response_cut()),
        ("invalid_body", Fault::invalid_body()),
        ("truncated_body", Fault::truncated_body()),
        ("not_sent", Fault::not_sent()),
    ] {
        let users = Clerk::builder(fake.transport(), key())
            .retry(RetryPolicy::none())
            .build()
            .unwrap()
            .users();
        fake.inject_fault("get_users_count", 1, fault);
        table.error(operation, run(users.get_users_count(UserFilter::new())));
    }
    let error = run(fake.client().users().get_user("user_0")).unwrap_err();
    table.add("an unknown user", &error);
    let _: &dyn StdError = &error;
}

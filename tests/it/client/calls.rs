//! A call is a value: it can be joined, spawned, streamed and split into its parts.

use std::sync::Arc;
use std::time::Duration;

use clerk_client::http::Method;
use clerk_client::mock::{FakeClerk, Fault, MockTransport, Reply, RequestMatcher};
use clerk_client::models::Done;
use clerk_client::requests::UserFilter;
use clerk_client::transport::{DynTransport, HttpResponse, OperationInfo, decode};
use clerk_client::{
    Clerk, ClerkBuilder, Error, ErrorKind, Response, RetryPolicy, User, UsersApi, operations,
};
use futures_util::stream::{self, StreamExt, TryStreamExt};

use crate::support::{client_replying, key, run};

fn with_users(count: usize) -> FakeClerk {
    let fake = FakeClerk::new();
    for n in 0..count {
        fake.add(User::new(format!("user_{n}")));
    }
    fake
}

#[tokio::test]
async fn calls_can_be_joined() {
    let clerk = with_users(2).client();
    let (a, b) = tokio::join!(
        clerk.users().get_user("user_0"),
        clerk.users().get_user("user_1"),
    );
    assert_eq!(
        (a.unwrap().id.as_str(), b.unwrap().id.as_str()),
        ("user_0", "user_1")
    );
}

#[tokio::test]
async fn calls_can_be_spawned() {
    let clerk = with_users(1).client();
    let id = String::from("user_0");
    let task = tokio::spawn(clerk.users().get_user(id));
    drop(clerk);
    assert_eq!(task.await.unwrap().unwrap().id, "user_0");
}

#[tokio::test]
async fn calls_can_be_buffered_in_a_stream() {
    let users = with_users(20).client().users();
    let ids = (0..20).map(|n| format!("user_{n}"));
    let found: Vec<User> = stream::iter(ids)
        .map(|id| users.get_user(id))
        .buffered(4)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(found.len(), 20);
    assert_eq!(found[19].id, "user_19");
}

#[tokio::test]
async fn a_call_can_be_awaited_only_once() {
    let fake = with_users(1);
    let mut call = fake.client().users().get_user("user_0");
    (&mut call).await.unwrap();
    for error in [
        (&mut call).await.unwrap_err(),
        call.into_request().unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::PolledAfterCompletion);
        assert!(!error.is_not_sent());
    }
    assert_eq!(fake.requests().len(), 1);
}

#[tokio::test]
async fn a_dropped_call_sends_nothing() {
    let fake = with_users(1);
    #[allow(unused_must_use)]
    {
        fake.client().users().delete_user("user_0");
    }
    assert!(fake.requests().is_empty());
}

#[tokio::test]
async fn responses_carry_status_headers_and_trace_id() {
    let reply = || {
        Reply::bytes(201, r#"{"id":"user_1"}"#)
            .header("clerk-trace-id", "t1")
            .header("set-cookie", "hush=a")
            .header("set-cookie", "hush=b")
    };
    let (clerk, _) = client_replying(reply);
    let response: Response<User> = clerk
        .users()
        .get_user("user_1")
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(response.value().id, "user_1");
    assert_eq!(response.status(), 201);
    assert_eq!(response.trace_id(), Some("t1"));
    assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
    let printed = format!("{response:?}");
    assert!(
        printed.contains("t1") && !printed.contains("hush"),
        "{printed}"
    );
    assert_eq!(response.into_value().id, "user_1");
}

#[test]
fn a_call_splits_into_request_and_decoding() {
    let clerk = with_users(0).client();
    let request = clerk.users().get_user("user_1").into_request().unwrap();
    assert_eq!(request.uri(), "https://api.clerk.com/v1/users/user_1");
    let operation = request.extensions().get::<OperationInfo>().unwrap();
    let user: User = decode(operation, HttpResponse::new(r#"{"id":"user_1"}"#.into())).unwrap();
    assert_eq!(user.id, "user_1");
    let error = decode::<User>(operation, HttpResponse::new("[]".into())).unwrap_err();
    assert_eq!(error.operation_id(), Some("GetUser"));
    let refused: Error = clerk.users().get_user("").into_request().unwrap_err();
    assert!(refused.is_not_sent());
}

/// A type of an application. It holds a client without naming a transport.
struct Service {
    clerk: Clerk,
    users: UsersApi,
}

#[tokio::test]
async fn a_plain_client_takes_any_transport() {
    let transport: DynTransport = with_users(1).transport();
    let from_dyn = Clerk::new(transport, key());
    let from_arc = Clerk::new(Arc::new(with_users(1)), key());
    let from_box = Clerk::new(Box::new(with_users(1)), key());
    for clerk in [from_dyn, from_arc, from_box] {
        let service = Service {
            users: clerk.users(),
            clerk,
        };
        service.users.get_user("user_0").await.unwrap();
        service
            .clerk
            .clone()
            .users()
            .get_user("user_0")
            .await
            .unwrap();
    }

    let typed: Clerk<FakeClerk> = Clerk::with_transport(with_users(1), key());
    typed.users().get_user("user_0").await.unwrap();
    assert_eq!(typed.transport().requests().len(), 1);
    let built: Clerk<MockTransport> = ClerkBuilder::with_transport(MockTransport::new(), key())
        .build()
        .unwrap();
    built.transport().verify();
}

#[test]
fn clients_errors_and_calls_cross_threads() {
    fn check<T: Send + Sync + 'static>() {}
    fn send<T: Send + 'static>(_: &T) {}
    check::<Clerk>();
    check::<UsersApi>();
    check::<Error>();
    check::<User>();
    let call = with_users(0).client().users().get_user("u");
    send(&call);
}

#[test]
fn searches_have_the_options_of_a_call() {
    let fake = FakeClerk::new();
    fake.set_latency(Duration::from_secs(5));
    let users = fake.client().users();
    let short = Duration::from_secs(1);
    let errors = run(async {
        [
            users
                .get_user_or_none("u")
                .timeout(short)
                .await
                .unwrap_err(),
            users
                .find_user_by_email_address("a@b.c")
                .timeout(short)
                .await
                .unwrap_err(),
            users
                .find_user_by_external_id("x")
                .timeout(short)
                .await
                .unwrap_err(),
            users
                .get_user("u")
                .or_none()
                .timeout(short)
                .await
                .unwrap_err(),
        ]
    });
    for error in errors {
        assert!(error.is_timeout(), "{error}");
    }
    let response = run(users
        .get_user_or_none("u")
        .header("x-a", "b")
        .send_with_response());
    let response = response.unwrap();
    assert_eq!((response.status().as_u16(), response.value()), (404, &None));
    let last = fake.requests().pop().unwrap();
    assert_eq!(last.header("x-a"), Some("b"));
}

#[test]
fn more_headers_than_a_request_can_hold_are_an_error() {
    let clerk = FakeClerk::new().client();
    let mut call = clerk.users().get_user("user_1");
    for n in 0..30_000 {
        call = call.header(format!("x-{n}"), "a");
    }
    let error = run(call).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let text = error.to_string();
    assert!(
        text.contains("invalid headers: there are more than 1000"),
        "{text}"
    );

    let (clerk, _) = client_replying(|| {
        (0..30_000).fold(Reply::bytes(200, "{}"), |reply, n| {
            reply.header(format!("x-{n}"), "a")
        })
    });
    let error = run(clerk.users().get_user("user_1")).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("invalid reply: too many headers"),
        "{error}"
    );
}

#[test]
fn operations_are_found_by_constant_id_and_method() {
    for name in ["CreateUser", "create_user"] {
        assert_eq!(OperationInfo::try_from(name), Ok(operations::CreateUser));
    }
    for info in OperationInfo::all() {
        assert_eq!(
            OperationInfo::try_from(info.method_name()).as_ref(),
            Ok(info)
        );
        assert_eq!(
            OperationInfo::try_from(info.operation_id()).as_ref(),
            Ok(info)
        );
    }
    let fake = FakeClerk::new();
    fake.inject_fault(operations::GetUser, 1, Fault::status(500));
    fake.inject_fault("get_users_count", 1, Fault::status(500));
    let users = fake.client().users();
    run(users.get_user("u").retry(RetryPolicy::none())).unwrap_err();
    let count = users
        .get_users_count(UserFilter::new())
        .retry(RetryPolicy::none());
    run(count).unwrap_err();
    fake.assert_requested(&RequestMatcher::operation(operations::GetUser), 1);
    fake.assert_requested(&RequestMatcher::operation("get_users_count"), 1);
}

#[test]
fn a_call_that_returns_done_ignores_the_body_of_a_success() {
    for body in ["", "{}", r#"{"id":"user_1","deleted":true}"#, "[1]", "null"] {
        let (clerk, _) = client_replying(move || Reply::bytes(200, body));
        let done = run(clerk.request::<Done>(Method::POST, ["users", "user_1"]));
        assert_eq!(done.unwrap(), Done::default(), "{body}");
    }
    let (clerk, _) = client_replying(|| Reply::bytes(404, "{}"));
    let error = run(clerk.request::<Done>(Method::POST, ["x"])).unwrap_err();
    assert!(error.is_not_found());
}

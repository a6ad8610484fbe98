//! Ten ways in which an exchange can fail, over each transport: what is tried again, and what not.

use std::sync::Arc;
use std::time::{Duration, Instant};

use clerk_client::mock::FakeClerk;
use clerk_client::requests::CreateUserRequest;
use clerk_client::transport::{HttpTransport, TransportErrorKind};
use clerk_client::{
    Clerk, ErrorKind, RetryPolicy, SmolTransport, SurfTransport, TokioTransport, User,
};

use crate::support::faulty_server::{CALL, FaultyServer, Harm};
use crate::support::{key, run};

const ATTEMPT: Duration = Duration::from_millis(300);
const DEADLINE: Duration = Duration::from_secs(20);

#[test]
fn on_tokio() {
    let transport = Arc::new(TokioTransport::new().unwrap());
    suffer(transport, false, run);
}

#[test]
fn on_smol() {
    let transport = Arc::new(SmolTransport::new().unwrap());
    suffer(transport, false, smol::block_on);
}

#[test]
fn on_surf() {
    let transport = Arc::new(SurfTransport::new().unwrap());
    suffer(transport, true, smol::block_on);
}

/// `resends` where the transport may send a GET again by itself, when a connection dies that served
/// before: libcurl does.
fn suffer(
    transport: Arc<dyn HttpTransport>,
    resends: bool,
    block_on: impl Fn(std::pin::Pin<Box<dyn Future<Output = ()>>>),
) {
    for harm in Harm::ALL {
        let fake = Arc::new(FakeClerk::new());
        fake.add(User::new("user_1"));
        // A first exchange that is whole, so that the harm is done to a connection in use.
        let server = FaultyServer::start(fake.clone(), move |number| {
            (number % 3 == 1).then_some(harm)
        });
        let builder = Clerk::builder(transport.clone(), key()).base_url(server.url());
        let builder = builder.attempt_timeout(ATTEMPT).timeout(DEADLINE);
        let retry = RetryPolicy::new().base_delay(Duration::from_millis(5));
        let users = builder.retry(retry).build().unwrap().users();
        block_on(Box::pin(async move {
            let read = |call: &'static str| users.get_user("user_1").header(CALL, call);
            let write = |call: &'static str| {
                users
                    .create_user(CreateUserRequest::new())
                    .header(CALL, call)
            };
            let begun = Instant::now();
            read("whole").await.unwrap();
            let got = read("read").send_with_response().await;
            let got = got.unwrap_or_else(|error| panic!("{harm:?}: {error}"));
            assert!(got.attempts() == 2 || resends, "{harm:?}");
            assert_eq!(got.headers()[CALL], "read");

            read("whole too").await.unwrap();
            match write("write").send_with_response().await {
                Ok(got) => {
                    assert_eq!(harm, Harm::TooMany, "it was carried out, or may have been");
                    assert_eq!(got.attempts(), 2);
                }
                Err(error) => {
                    use TransportErrorKind::{Body, Io, Timeout};
                    assert_eq!(error.attempts(), 1, "{harm:?}: {error}");
                    let right = match harm {
                        Harm::TooMany => false,
                        Harm::Unavailable => error.status().unwrap() == 503,
                        Harm::Silent | Harm::Trickle => error.is_timeout(),
                        _ => matches!(error.kind(), ErrorKind::Transport(Io | Body | Timeout)),
                    };
                    assert!(right, "{harm:?}: {error:?}");
                }
            }
            assert!(begun.elapsed() < DEADLINE, "{harm:?}");
            let journal = server.journal();
            let written = journal.written.get("write").copied().unwrap_or_default();
            let expected = usize::from(harm.is_carried_out() || harm == Harm::TooMany);
            assert_eq!(written, expected, "{harm:?}");
            assert_eq!(journal.attempts["read"], 2);
        }));
    }
}

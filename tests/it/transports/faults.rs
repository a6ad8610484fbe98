//! Ten faults of a server, over each transport, with the retries and errors that they cause.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clerk_client::mock::FakeClerk;
use clerk_client::requests::CreateUserRequest;
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind, async_trait,
};
use clerk_client::{
    Clerk, ErrorKind, ReqwestTransport, RetryPolicy, SmolTransport, SurfTransport, TokioTransport,
    User,
};

use crate::support::faulty_server::{CALL, Fault, FaultyServer};
use crate::support::{key, run};

const ATTEMPT: Duration = Duration::from_millis(300);
const DEADLINE: Duration = Duration::from_secs(20);

/// A transport that ends an attempt early only if the server leaves a request without a response,
/// or responds too slowly. The timeout of any other attempt is almost as long as that of the call,
/// so the attempt does not time out on a busy machine.
#[derive(Debug)]
struct Patient {
    transport: Arc<dyn HttpTransport>,
    server: Arc<FaultyServer>,
    /// The number of attempts that have timed out.
    expired: AtomicUsize,
}

impl Patient {
    /// Whether an attempt waits for its timeout: the number of faults that need a timeout exceeds
    /// the number of attempts that have timed out.
    fn is_waiting(&self) -> bool {
        let journal = self.server.journal();
        let unanswered = journal.faults.iter();
        let unanswered = unanswered.filter(|(fault, _)| fault.needs_timeout());
        let unanswered: usize = unanswered.map(|(_, count)| *count).sum();
        unanswered > self.expired.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl HttpTransport for Patient {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.transport.send(request).await
    }

    async fn sleep(&self, duration: Duration) {
        if duration != ATTEMPT {
            return self.transport.sleep(duration).await;
        }
        for _ in 0..DEADLINE.as_millis() / ATTEMPT.as_millis() {
            self.transport.sleep(ATTEMPT).await;
            if self.is_waiting() {
                self.expired.fetch_add(1, Ordering::SeqCst);
                return;
            }
        }
    }

    fn now(&self) -> Duration {
        self.transport.now()
    }
}

#[test]
fn tokio_retries_only_safe_requests() {
    let transport = Arc::new(TokioTransport::new().unwrap());
    check_faults(transport, false, run);
}

#[test]
fn smol_retries_only_safe_requests() {
    let transport = Arc::new(SmolTransport::new().unwrap());
    check_faults(transport, false, smol::block_on);
}

#[test]
fn reqwest_retries_only_safe_requests() {
    let transport = Arc::new(ReqwestTransport::new().unwrap());
    // All calls use one runtime, because the transport creates a reqwest client for each runtime.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    check_faults(transport, false, |work| runtime.block_on(work));
}

#[test]
fn surf_retries_only_safe_requests() {
    let transport = Arc::new(SurfTransport::new().unwrap());
    check_faults(transport, true, smol::block_on);
}

/// Sends a read and a write with each fault.
///
/// `resends` says whether the transport itself may resend a GET if a reused connection dies, as
/// libcurl does.
fn check_faults(
    transport: Arc<dyn HttpTransport>,
    resends: bool,
    block_on: impl Fn(std::pin::Pin<Box<dyn Future<Output = ()>>>),
) {
    for fault in Fault::ALL {
        let fake = Arc::new(FakeClerk::new());
        fake.add(User::new("user_1"));
        // The first exchange succeeds, so that the fault hits a reused connection.
        let server = Arc::new(FaultyServer::start(fake.clone(), move |number| {
            (number % 3 == 1).then_some(fault)
        }));
        let patient = Patient {
            transport: transport.clone(),
            server: Arc::clone(&server),
            expired: AtomicUsize::new(0),
        };
        let builder = Clerk::builder(patient, key()).base_url(server.url());
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
            let got = got.unwrap_or_else(|error| panic!("{fault:?}: {error}"));
            assert!(got.attempts() == 2 || resends, "{fault:?}");
            assert_eq!(got.headers()[CALL], "read");

            read("whole too").await.unwrap();
            match write("write").send_with_response().await {
                Ok(got) => {
                    assert_eq!(fault, Fault::TooMany, "the write may have taken effect");
                    assert_eq!(got.attempts(), 2);
                }
                Err(error) => {
                    use TransportErrorKind::{Body, Io, Timeout};
                    assert_eq!(error.attempts(), 1, "{fault:?}: {error}");
                    let right = match fault {
                        Fault::TooMany => false,
                        Fault::Unavailable => error.status().unwrap() == 503,
                        Fault::Silent | Fault::Trickle => error.is_timeout(),
                        _ => matches!(error.kind(), ErrorKind::Transport(Io | Body | Timeout)),
                    };
                    assert!(right, "{fault:?}: {error:?}");
                }
            }
            assert!(begun.elapsed() < DEADLINE, "{fault:?}");
            let journal = server.journal();
            let written = journal.written.get("write").copied().unwrap_or_default();
            let expected = usize::from(fault.takes_effect() || fault == Fault::TooMany);
            assert_eq!(written, expected, "{fault:?}");
            assert_eq!(journal.attempts["read"], 2);
        }));
    }
}

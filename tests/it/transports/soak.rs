//! Concurrent calls against a server that fails a fifth of all exchanges in ten ways.
//!
//! `CLERK_SOAK_SECONDS` sets the duration for each transport. The default is 2. On a slow
//! machine, the test takes longer, because the calls continue until each fault has occurred.

use std::env;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clerk_client::mock::FakeClerk;
use clerk_client::requests::{CreateUserRequest, UpdateUserRequest};
use clerk_client::transport::HttpTransport;
use clerk_client::{
    Clerk, Error, ErrorKind, ReqwestTransport, RetryPolicy, SmolTransport, SurfTransport,
    TokioTransport, User, UsersApi,
};
use futures_util::future::join_all;

use crate::support::faulty_server::{CALL, Fault, FaultyServer};
use crate::support::{key, run};

const USERS: usize = 50;
const CONCURRENCY: usize = 16;
/// The maximum number of open connections. Connections of abandoned attempts may stay open for a
/// while.
const MOST_OPEN: usize = 8 * CONCURRENCY;
const ATTEMPT: Duration = Duration::from_millis(250);
const DEADLINE: Duration = Duration::from_secs(3);
/// The additional time that is allowed on a machine that is busy with other tests.
const LATE: Duration = Duration::from_secs(10);
/// The additional time for which the calls continue if a fault or a result has not yet occurred.
/// The test fails if it still does not occur.
const MISSING: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Tally {
    calls: AtomicUsize,
    recovered: AtomicUsize,
    failed: AtomicUsize,
}

impl Tally {
    /// Whether there were enough calls, and among them a success after a retry and a failure.
    fn is_complete(&self) -> bool {
        let of = |count: &AtomicUsize| count.load(Ordering::SeqCst);
        of(&self.calls) > CONCURRENCY && of(&self.recovered) > 0 && of(&self.failed) > 0
    }
}

#[test]
fn tokio_repeats_no_write_under_load() {
    let transport = TokioTransport::new().unwrap();
    // The responses have about 1 kB each, so 16 calls need far less than 16 MiB.
    let held = allocation_counter::measure(|| soak("tokio", transport, run));
    println!("tokio: at most {} bytes held", held.bytes_max);
    assert!(held.bytes_max < 16 << 20, "{} bytes", held.bytes_max);
}

#[test]
fn smol_repeats_no_write_under_load() {
    soak("smol", SmolTransport::new().unwrap(), |work| {
        smol::block_on(work)
    });
}

#[test]
fn reqwest_repeats_no_write_under_load() {
    soak("reqwest", ReqwestTransport::new().unwrap(), run);
}

#[test]
fn surf_repeats_no_write_under_load() {
    soak("surf", SurfTransport::new().unwrap(), |work| {
        smol::block_on(work)
    });
}

fn soak(
    name: &str,
    transport: impl HttpTransport,
    block_on: impl Fn(std::pin::Pin<Box<dyn Future<Output = ()>>>),
) {
    let seconds = env::var("CLERK_SOAK_SECONDS").ok();
    let seconds = seconds.map_or(2, |seconds| seconds.parse().expect("CLERK_SOAK_SECONDS"));
    let fake = Arc::new(FakeClerk::new());
    for number in 0..USERS {
        fake.add(User::new(format!("user_{number}")));
    }
    let server = Arc::new(FaultyServer::start(fake, |number| {
        // One of every five exchanges fails, at a varying position, so that each fault occurs with
        // each kind of call.
        let (five, at) = (number / 5, number % 5);
        let faulty = (five.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20) % 5;
        (at == faulty).then(|| Fault::ALL[five % Fault::ALL.len()])
    }));
    let builder = Clerk::builder(transport, key()).base_url(server.url());
    let builder = builder.attempt_timeout(ATTEMPT).timeout(DEADLINE);
    let retry = RetryPolicy::new().base_delay(Duration::from_millis(10));
    let users = builder.retry(retry).build().unwrap().users();

    let tally = Arc::new(Tally::default());
    let end = Instant::now() + Duration::from_secs(seconds);
    let shared = (users, tally.clone(), server.clone());
    block_on(Box::pin(async move {
        let workers = (0..CONCURRENCY).map(|_| async {
            let (users, tally, server) = &shared;
            let is_over = || {
                let is_complete =
                    || tally.is_complete() && server.journal().faults.len() == Fault::ALL.len();
                let now = Instant::now();
                now >= end && (is_complete() || now >= end + MISSING)
            };
            while !is_over() {
                let number = tally.calls.fetch_add(1, Ordering::SeqCst);
                make_call(users, tally, number).await;
            }
        });
        join_all(workers).await;
    }));

    let journal = server.journal();
    let of = |count: &AtomicUsize| count.load(Ordering::SeqCst);
    let retries = journal.exchanges.saturating_sub(of(&tally.calls));
    println!(
        "{name}: {} calls, {} exchanges, {retries} retries, {} recovered, {} failed, at most {} connections; faults {:?}",
        of(&tally.calls),
        journal.exchanges,
        of(&tally.recovered),
        of(&tally.failed),
        journal.most_open,
        journal.faults
    );
    assert!(
        journal.most_open <= MOST_OPEN,
        "{name}: {} connections were open at once",
        journal.most_open
    );
    for (call, times) in &journal.written {
        assert_eq!(
            *times, 1,
            "{name}: the write of call {call} took effect {times} times"
        );
    }
    for (call, attempts) in &journal.attempts {
        // If a reused connection dies, libcurl may resend a GET up to five times. So three attempts
        // may send 18 requests.
        let reads = call.parse::<usize>().unwrap() % 4 < 2;
        let most = if name == "surf" && reads { 18 } else { 3 };
        assert!(
            *attempts <= most,
            "{name}: call {call} was sent {attempts} times"
        );
    }
    assert!(tally.is_complete(), "{name}");
    assert_eq!(
        journal.faults.len(),
        Fault::ALL.len(),
        "{name}: every fault occurred"
    );
}

/// Makes a call, and checks that the response belongs to it. The `number` selects the kind of call:
/// half of the calls read a user, a quarter create one, and a quarter update one.
async fn make_call(users: &UsersApi, tally: &Tally, number: usize) {
    let begun = Instant::now();
    let call = number.to_string();
    let user_id = format!("user_{}", number % USERS);
    let external_id = format!("customer-{number}");
    let result: Result<u32, Error> = match number % 4 {
        0 | 1 => {
            let got = users
                .get_user(&user_id)
                .header(CALL, &*call)
                .send_with_response()
                .await;
            got.map(|got| {
                assert_eq!(got.headers()[CALL], *call);
                assert_eq!(got.value().id, *user_id);
                got.attempts()
            })
        }
        2 => {
            let request = CreateUserRequest::new().external_id(&external_id);
            let got = users
                .create_user(request)
                .header(CALL, &*call)
                .send_with_response()
                .await;
            got.map(|got| {
                assert_eq!(got.headers()[CALL], *call);
                assert_eq!(got.value().external_id.as_deref(), Some(&*external_id));
                got.attempts()
            })
        }
        _ => {
            let request = UpdateUserRequest::new().first_name(&call);
            let got = users.update_user(&user_id, request).header(CALL, &*call);
            got.send_with_response().await.map(|got| {
                assert_eq!(got.headers()[CALL], *call);
                assert_eq!(got.value().first_name.as_deref(), Some(&*call));
                got.attempts()
            })
        }
    };
    assert!(
        begun.elapsed() < DEADLINE + LATE,
        "call {number} took {:?}",
        begun.elapsed()
    );
    match result {
        Ok(1) => {}
        Ok(_) => {
            tally.recovered.fetch_add(1, Ordering::SeqCst);
        }
        Err(error) => {
            assert!(
                matches!(error.kind(), ErrorKind::Api | ErrorKind::Transport(_)),
                "call {number}: {error}"
            );
            tally.failed.fetch_add(1, Ordering::SeqCst);
        }
    }
}

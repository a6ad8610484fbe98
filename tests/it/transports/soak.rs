//! Many calls at once against a server that fails a fifth of all exchanges in ten ways.
//!
//! `CLERK_SOAK_SECONDS` is how long each transport is driven; 2 without it.

use std::env;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clerk_client::mock::FakeClerk;
use clerk_client::requests::{CreateUserRequest, UpdateUserRequest};
use clerk_client::transport::HttpTransport;
use clerk_client::{
    Clerk, Error, ErrorKind, RetryPolicy, SmolTransport, SurfTransport, TokioTransport, User,
    UsersApi,
};
use futures_util::future::join_all;

use crate::support::faulty_server::{CALL, FaultyServer, Harm};
use crate::support::{key, run};

const USERS: usize = 50;
const AT_ONCE: usize = 16;
/// Those of attempts that were given up may linger.
const MOST_OPEN: usize = 8 * AT_ONCE;
const ATTEMPT: Duration = Duration::from_millis(250);
const DEADLINE: Duration = Duration::from_secs(3);
/// What a machine that is busy with other tests may be late by.
const LATE: Duration = Duration::from_secs(3);

#[derive(Default)]
struct Tally {
    calls: AtomicUsize,
    recovered: AtomicUsize,
    failed: AtomicUsize,
}

#[test]
fn tokio_survives() {
    let transport = TokioTransport::new().unwrap();
    // What the client holds at once, of answers that are a few hundred bytes each.
    let held = allocation_counter::measure(|| soak("tokio", transport, run));
    println!("tokio: at most {} bytes held", held.bytes_max);
    assert!(held.bytes_max < 16 << 20, "{} bytes", held.bytes_max);
}

#[test]
fn smol_survives() {
    soak("smol", SmolTransport::new().unwrap(), |work| {
        smol::block_on(work)
    });
}

#[test]
fn surf_survives() {
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
        // One of each five, now this one and now that, so that each harm meets each kind of call.
        let (five, at) = (number / 5, number % 5);
        let harmed = (five.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20) % 5;
        (at == harmed).then(|| Harm::ALL[five % Harm::ALL.len()])
    }));
    let builder = Clerk::builder(transport, key()).base_url(server.url());
    let builder = builder.attempt_timeout(ATTEMPT).timeout(DEADLINE);
    let retry = RetryPolicy::new().base_delay(Duration::from_millis(10));
    let users = builder.retry(retry).build().unwrap().users();

    let tally = Arc::new(Tally::default());
    let end = Instant::now() + Duration::from_secs(seconds);
    let shared = (users, tally.clone());
    block_on(Box::pin(async move {
        let workers = (0..AT_ONCE).map(|_| async {
            let (users, tally) = &shared;
            while Instant::now() < end {
                let number = tally.calls.fetch_add(1, Ordering::SeqCst);
                one(users, tally, number).await;
            }
        });
        join_all(workers).await;
    }));

    let journal = server.journal();
    let of = |count: &AtomicUsize| count.load(Ordering::SeqCst);
    let retries = journal.exchanges.saturating_sub(of(&tally.calls));
    println!(
        "{name}: {} calls, {} exchanges, {retries} retries, {} recovered, {} failed, at most {} connections; harms {:?}",
        of(&tally.calls),
        journal.exchanges,
        of(&tally.recovered),
        of(&tally.failed),
        journal.most_open,
        journal.harms
    );
    assert!(
        journal.most_open <= MOST_OPEN,
        "{name}: {} connections were open at once",
        journal.most_open
    );
    for (call, times) in &journal.written {
        assert_eq!(
            *times, 1,
            "{name}: the write of call {call} was carried out {times} times"
        );
    }
    for (call, attempts) in &journal.attempts {
        // libcurl may send a GET again by itself, when a connection dies that served before: up to
        // five times an attempt.
        let reads = call.parse::<usize>().unwrap() % 4 < 2;
        let most = if name == "surf" && reads { 18 } else { 3 };
        assert!(
            *attempts <= most,
            "{name}: call {call} came {attempts} times"
        );
    }
    assert!(of(&tally.calls) > AT_ONCE && of(&tally.recovered) > 0 && of(&tally.failed) > 0);
    assert_eq!(
        journal.harms.len(),
        Harm::ALL.len(),
        "{name}: each harm was done"
    );
}

/// One call, of four kinds in turn; its answer must be its own.
async fn one(users: &UsersApi, tally: &Tally, number: usize) {
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

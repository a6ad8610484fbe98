//! Verifiers over several transports, while keys are rotated, fetches fail and requests are
//! dropped.
//!
//! `CLERK_SOAK_SECONDS` sets the duration for each transport. The default is 2 seconds. A slow
//! machine takes longer, because the key is rotated only after a token of each worker was accepted.

mod instance;

use std::env;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clerk_client::auth::{AuthError, KeyPolicy, SessionClaims, Verifier};
use clerk_client::transport::{DynTransport, HttpTransport};
use clerk_client::{Clerk, RetryPolicy, SmolTransport, SurfTransport, TokioTransport};
use futures_util::FutureExt;
use futures_util::future::{Either, join_all, select};
use serde_json::json;

use self::instance::{Fault, HANG, Instance, PHASE, Phase, THREADS, WORKERS};
use super::signer::encoded;
use super::{claims_with, now};
use crate::support::{key, server_runtime};

const AT_MOST_EVERY: Duration = Duration::from_millis(10);
/// The pause after a refused token of the present key.
const PAUSE: Duration = Duration::from_millis(1);
/// The additional time after [`AT_MOST_EVERY`] in which a new key must be accepted. A machine that
/// is busy with other tests needs this time.
const LATE: Duration = Duration::from_secs(10);

#[test]
fn tokio_accepts_each_new_key_and_no_forged_token() {
    soak("tokio", TokioTransport::new().unwrap(), 3, on_tokio);
}

#[test]
fn tokio_over_http2_accepts_each_new_key_and_no_forged_token() {
    let transport = TokioTransport::builder().http2_prior_knowledge().build();
    soak("tokio over HTTP/2", transport.unwrap(), 3, on_tokio);
}

#[test]
fn smol_accepts_each_new_key_and_no_forged_token() {
    soak("smol", SmolTransport::new().unwrap(), 3, on_smol);
}

#[test]
fn surf_accepts_each_new_key_and_no_forged_token() {
    // If a reused connection dies, libcurl may resend a GET up to five times. So three attempts may
    // send 18 requests.
    soak("surf", SurfTransport::new().unwrap(), 18, on_smol);
}

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs the workers on a tokio runtime with four threads.
fn on_tokio(workers: Vec<Work>) {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(THREADS).enable_all().build();
    runtime.unwrap().block_on(async {
        for ended in join_all(workers.into_iter().map(tokio::spawn)).await {
            ended.unwrap();
        }
    });
}

/// Runs the workers on four threads. Each thread polls a quarter of the workers.
fn on_smol(mut workers: Vec<Work>) {
    std::thread::scope(|scope| {
        while !workers.is_empty() {
            let quarter = workers.split_off(workers.len() - WORKERS / THREADS);
            scope.spawn(|| smol::block_on(join_all(quarter)));
        }
    });
}

#[derive(Default)]
struct Tally {
    accepted: AtomicUsize,
    /// The number of refused tokens of the present key.
    refused: AtomicUsize,
    forged: AtomicUsize,
    dropped: AtomicUsize,
}

fn count(counter: &AtomicUsize) {
    counter.fetch_add(1, Ordering::SeqCst);
}

fn soak(name: &str, transport: impl HttpTransport, most_attempts: usize, run_all: fn(Vec<Work>)) {
    let seconds = env::var("CLERK_SOAK_SECONDS").ok();
    let seconds = seconds.map_or(2, |seconds| seconds.parse().expect("CLERK_SOAK_SECONDS"));
    let phases = Duration::from_secs(seconds).as_millis() / PHASE.as_millis();
    let instance = Arc::new(Instance::new(usize::try_from(phases).unwrap()));
    let runtime = server_runtime();
    let url = runtime.block_on(Arc::clone(&instance).serve());

    let transport: DynTransport = Arc::new(transport);
    let clerk = Clerk::builder(Arc::clone(&transport), key()).base_url(url);
    let retry = RetryPolicy::new().base_delay(Duration::from_millis(5));
    let policy = KeyPolicy::new().fresh_for(PHASE / 2);
    let verifier = Verifier::builder(&clerk.retry(retry).build().unwrap())
        .keys(policy.at_most_every(AT_MOST_EVERY))
        .build()
        .unwrap();

    let tally = Arc::new(Tally::default());
    let begun = Instant::now();
    let workers = (0..WORKERS).map(|id| {
        let worker = Worker {
            id,
            verifier: verifier.clone(),
            transport: Arc::clone(&transport),
            instance: Arc::clone(&instance),
            tally: Arc::clone(&tally),
        };
        Box::pin(worker.work()) as Work
    });
    run_all(workers.collect());

    let elapsed = begun.elapsed();
    let journal = instance.journal();
    let of = |count: &AtomicUsize| count.load(Ordering::SeqCst);
    println!(
        "{name}: {} rotations and {} outages in {elapsed:.1?}; {} tokens accepted, {} refused within {:.1?} of a rotation; {} forged or retired ones refused; {} dropped; {} exchanges",
        journal.rotations,
        journal.outages,
        of(&tally.accepted),
        of(&tally.refused),
        journal.longest,
        of(&tally.forged),
        of(&tally.dropped),
        journal.exchanges,
    );
    let longest = journal.longest;
    assert!(longest < AT_MOST_EVERY + LATE, "{name}: {longest:?}");
    assert_eq!(journal.faults.len(), Fault::ALL.len(), "{name}");
    assert!(of(&tally.forged) > WORKERS && of(&tally.dropped) > WORKERS);
    let fetches = elapsed.as_millis() / AT_MOST_EVERY.as_millis() + 2;
    let most = usize::try_from(fetches).unwrap() * most_attempts;
    let exchanges = journal.exchanges;
    assert!(exchanges <= most, "{name}: {exchanges} exchanges");
}

struct Worker {
    id: usize,
    verifier: Verifier,
    transport: DynTransport,
    instance: Arc<Instance>,
    tally: Arc<Tally>,
}

impl Worker {
    /// Verifies tokens of the present key, tokens of the previous key, and forged tokens until the
    /// last phase.
    async fn work(self) {
        let mut random = fastrand::Rng::with_seed(self.id as u64);
        let mut is_refused = false;
        // The last rotation whose token was accepted. So the verifier has the key of this rotation.
        let mut seen = None;
        while let Some(phase) = self.instance.phase() {
            let forged = self.forged(&phase, &mut random);
            // After a refusal, a worker verifies the present token next, as an application would.
            let kind = if is_refused { u8::MAX } else { random.u8(..8) };
            match kind {
                // While the verifier has no keys, each dropped request would cause a fetch. So no
                // request is dropped until the verifier has keys.
                0 if seen.is_some() => {
                    let token = [&forged, &phase.token][random.usize(..2)];
                    drop(self.verifier.verify_at(token, now()).now_or_never());
                    count(&self.tally.dropped);
                }
                1 if seen.is_some() => {
                    let patience = Duration::from_micros(random.u64(..3_000));
                    if self.verify(&forged, patience).await.is_none() {
                        count(&self.tally.dropped);
                    }
                }
                2 => self.refuse(&forged).await,
                3 => {
                    if let Some(retired) = &phase.retired
                        && seen == Some(phase.rotation)
                    {
                        self.refuse(retired).await;
                    }
                }
                _ => {
                    let result = self.verify(&phase.token, HANG).await.expect("no hang");
                    is_refused = result.is_err();
                    match result {
                        Ok(_) => {
                            count(&self.tally.accepted);
                            self.instance.accepted(&phase, self.id);
                            seen = Some(phase.rotation);
                        }
                        Err(error) if self.instance.has_key_of(&phase) => {
                            self.expect_refusal(&phase, &error);
                            self.transport.sleep(PAUSE).await;
                        }
                        Err(_) => {}
                    }
                }
            }
        }
    }

    /// Checks the reason why a token of the present key was refused: the verifier does not have the
    /// key yet, or the last fetch failed.
    fn expect_refusal(&self, phase: &Phase, error: &AuthError) {
        let expected = ["jwk-kid-mismatch", "token-invalid-signature"];
        let (number, reason) = (phase.number, error.reason().as_str());
        let is_expected = expected.contains(&reason) || error.status() == 503;
        assert!(is_expected, "phase {number}: {reason}");
        assert!(!phase.is_found, "phase {number}: {reason}");
        count(&self.tally.refused);
    }

    /// Verifies a token. `None` if the verification takes longer than `patience`.
    async fn verify(
        &self,
        token: &str,
        patience: Duration,
    ) -> Option<Result<SessionClaims, AuthError>> {
        let verified = self.verifier.verify_at(token, now()).boxed();
        match select(verified, self.transport.sleep(patience)).await {
            Either::Left((result, _)) => Some(result),
            Either::Right(_) => None,
        }
    }

    async fn refuse(&self, token: &str) {
        let result = self.verify(token, HANG).await.expect("no hang");
        assert!(result.is_err(), "accepted");
        count(&self.tally.forged);
    }

    /// Returns a token that no key of the instance signed.
    fn forged(&self, phase: &Phase, random: &mut fastrand::Rng) -> String {
        let (signed, signature) = phase.token.rsplit_once('.').unwrap();
        let (header, _) = signed.split_once('.').unwrap();
        let other = encoded(claims_with(json!({ "sub": "user_2" })).to_string());
        match random.u8(..4) {
            0 => format!("{header}.{other}.{signature}"),
            1 => {
                let (first, rest) = signature.split_at(1);
                let other = if first == "A" { "B" } else { "A" };
                format!("{signed}.{other}{rest}")
            }
            2 => format!("{}.{other}.", encoded(r#"{"alg":"none"}"#)),
            _ => {
                let header = json!({ "alg": "RS256", "kid": format!("ins_x{}", random.u8(..)) });
                format!("{}.{other}.{signature}", encoded(header.to_string()))
            }
        }
    }
}

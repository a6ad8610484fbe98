//! An instance of Clerk on a local port. Its key is rotated, and some of its responses fail.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::stream;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::auth::claims;
use crate::auth::signer::Signer;

pub(super) const THREADS: usize = 4;
pub(super) const WORKERS: usize = 4 * THREADS;
/// The minimum duration of a phase. A phase is an outage, or the time between two rotations.
pub(super) const PHASE: Duration = Duration::from_millis(50);
/// The time after which a verification or a phase counts as hanging.
pub(super) const HANG: Duration = Duration::from_secs(30);
/// The number of [`Phase`]s from one outage to the next.
const OUTAGE: usize = 5;

/// The fault of a fetch during an outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// Status 503.
    Unavailable,
    /// The connection is closed without a response.
    Closed,
    /// No response until the end of the outage.
    Silent,
    /// The connection is closed after 100 bytes of the body.
    Cut,
    /// A page of HTML in place of a key set.
    Page,
    /// A key set without keys.
    Empty,
    /// Status 401, as for a secret key that Clerk does not know.
    Refused,
}

impl Fault {
    pub(super) const ALL: [Self; 7] = [
        Self::Unavailable,
        Self::Closed,
        Self::Silent,
        Self::Cut,
        Self::Page,
        Self::Empty,
        Self::Refused,
    ];
}

/// A phase: an outage, or the time between two rotations. In an outage, the key does not change.
#[derive(Clone)]
pub(super) struct Phase {
    pub(super) number: usize,
    begun: Instant,
    /// The fault of an outage. `None` if there is no outage.
    fault: Option<Fault>,
    /// The number of rotations so far.
    pub(super) rotation: usize,
    key: Value,
    /// A token of the present key.
    pub(super) token: String,
    /// A token of the previous key. `None` before the first rotation.
    pub(super) retired: Option<String>,
    /// Whether a token of the present key was accepted. If so, the verifier has the key.
    pub(super) is_found: bool,
}

/// An instance whose key changes in each phase except outages.
pub(super) struct Instance {
    signers: [Signer; 2],
    /// The number of phases of the test.
    phases: usize,
    state: Mutex<State>,
}

struct State {
    phase: Phase,
    /// The ids of the workers whose token of this phase was accepted. A worker is a task that
    /// verifies tokens.
    accepted: BTreeSet<usize>,
    /// The number of requests for keys in this phase.
    exchanges: usize,
    journal: Journal,
}

/// The record of all phases.
#[derive(Debug, Clone, Default)]
pub(super) struct Journal {
    pub(super) rotations: usize,
    pub(super) outages: usize,
    pub(super) exchanges: usize,
    pub(super) faults: BTreeSet<Fault>,
    /// The longest time from a rotation to the first accepted token of the new key.
    pub(super) longest: Duration,
}

impl Instance {
    /// Creates an instance for a test with at least this number of phases.
    pub(super) fn new(phases: usize) -> Self {
        let signers = [Signer::first(), Signer::second()];
        let phase = Phase {
            number: 0,
            begun: Instant::now(),
            fault: None,
            rotation: 0,
            key: Value::Null,
            token: String::new(),
            retired: None,
            is_found: false,
        };
        let state = State {
            phase,
            accepted: BTreeSet::new(),
            exchanges: 0,
            journal: Journal::default(),
        };
        let instance = Self {
            signers,
            phases: phases.max(OUTAGE * Fault::ALL.len()),
            state: Mutex::new(state),
        };
        instance.set_key(&mut instance.state.lock().unwrap().phase);
        instance
    }

    /// Sets the signing key of a phase, and a token of this key. Two keys alternate, and the id
    /// changes after every second rotation. So no pair of a key and an id occurs twice.
    fn set_key(&self, phase: &mut Phase) {
        let signer = &self.signers[phase.rotation % 2];
        let kid = format!("ins_{}", phase.rotation / 2);
        let (mut header, mut key) = (signer.header(), signer.jwk());
        header["kid"] = json!(kid);
        key["kid"] = json!(kid);
        phase.key = key;
        phase.token = signer.sign(header.to_string(), claims().to_string());
    }

    /// Returns the current phase. `None` after the last phase.
    pub(super) fn phase(&self) -> Option<Phase> {
        let phase = self.state.lock().unwrap().phase.clone();
        let number = phase.number;
        assert!(phase.begun.elapsed() < HANG, "phase {number} does not end");
        (number < self.phases).then_some(phase)
    }

    /// Whether the key has not changed since this phase.
    pub(super) fn has_key_of(&self, phase: &Phase) -> bool {
        self.state.lock().unwrap().phase.rotation == phase.rotation
    }

    /// Records that a worker's token of this phase was accepted.
    pub(super) fn accepted(&self, phase: &Phase, worker: usize) {
        let mut state = self.state.lock().unwrap();
        if state.phase.number == phase.number {
            if !state.phase.is_found {
                state.phase.is_found = true;
                let elapsed = phase.begun.elapsed();
                state.journal.longest = state.journal.longest.max(elapsed);
            }
            state.accepted.insert(worker);
        }
    }

    pub(super) fn journal(&self) -> Journal {
        self.state.lock().unwrap().journal.clone()
    }

    /// Starts the next phase if the minimum duration has passed and a token of every worker was
    /// accepted. An outage ends if the minimum duration has passed and a request has arrived.
    /// Returns the number of the current phase.
    fn advance(&self) -> usize {
        let mut state = self.state.lock().unwrap();
        let phase = &state.phase;
        let is_over = match phase.fault {
            None => state.accepted.len() == WORKERS,
            Some(_) => state.exchanges > 0,
        };
        if is_over && phase.begun.elapsed() >= PHASE && phase.number < self.phases {
            let mut next = phase.clone();
            next.begun = Instant::now();
            next.number += 1;
            next.fault = None;
            if next.number % OUTAGE == OUTAGE - 1 {
                next.fault = Some(Fault::ALL[state.journal.outages % Fault::ALL.len()]);
                state.journal.outages += 1;
            } else {
                next.rotation += 1;
                next.retired = Some(next.token.clone());
                next.is_found = false;
                self.set_key(&mut next);
                state.journal.rotations += 1;
            }
            state.phase = next;
            state.accepted.clear();
            state.exchanges = 0;
        }
        state.phase.number
    }

    async fn respond(
        &self,
        mut phases: watch::Receiver<usize>,
    ) -> io::Result<http::Response<BoxBody<Bytes, io::Error>>> {
        let (phase, exchange) = {
            let mut state = self.state.lock().unwrap();
            let fault = state.phase.fault;
            state.exchanges += 1;
            state.journal.exchanges += 1;
            state.journal.faults.extend(fault);
            (state.phase.clone(), state.journal.exchanges)
        };
        let json = json!({ "keys": [phase.key] }).to_string();
        let closed = || io::Error::other("closed");
        let respond = |status: u16, body: String| {
            let body = Full::new(Bytes::from(body)).map_err(|never: Infallible| match never {});
            let response = http::Response::builder().status(status);
            Ok(response.body(body.boxed()).unwrap())
        };
        match phase.fault {
            None => {
                // Some fetches take longer, so that more workers wait for them.
                if exchange % 3 == 0 {
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
                respond(200, json)
            }
            Some(Fault::Unavailable) => respond(503, String::new()),
            Some(Fault::Closed) => Err(closed()),
            Some(Fault::Silent) => {
                let _ = phases.wait_for(|number| *number != phase.number).await;
                Err(closed())
            }
            Some(Fault::Cut) => {
                let half = Bytes::from(json).slice(..100);
                let frames = [Ok(Frame::data(half)), Err(closed())];
                let body = StreamBody::new(stream::iter(frames));
                Ok(http::Response::new(BodyExt::boxed(body)))
            }
            Some(Fault::Page) => respond(200, "<html>maintenance</html>".to_owned()),
            Some(Fault::Empty) => respond(200, json!({ "keys": [] }).to_string()),
            Some(Fault::Refused) => respond(401, json!({ "errors": [] }).to_string()),
        }
    }

    /// Serves the keys over HTTP/1.1 and HTTP/2, and advances the phases. Returns the base URL.
    pub(super) async fn serve(self: Arc<Self>) -> String {
        let (sender, phases) = watch::channel(0);
        let clock = Arc::clone(&self);
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(PHASE / 25);
            loop {
                ticks.tick().await;
                sender.send_replace(clock.advance());
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (instance, phases) = (Arc::clone(&self), phases.clone());
                let respond = move |_: http::Request<Incoming>| {
                    let (instance, phases) = (Arc::clone(&instance), phases.clone());
                    async move { instance.respond(phases).await }
                };
                tokio::spawn(async move {
                    let server = auto::Builder::new(TokioExecutor::new());
                    let service = hyper::service::service_fn(respond);
                    let _ = server.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        format!("http://{address}/v1")
    }
}

//! The keys of a verifier that gets them from Clerk: when they are fetched, and how long they are
//! used.

mod flight;
mod frontend;
mod key_cache;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::auth::Verifier;
use clerk_client::mock::{MockTransport, RecordedRequest, Reply, VirtualClock};
use clerk_client::{Clerk, RetryPolicy};
use serde_json::{Value, json};

use crate::auth::signer::Signer;
use crate::auth::{NOW, Stalling, claims_with};
use crate::support::key;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

/// An instance of Clerk in virtual time. A test sets its response to `GET /v1/jwks`.
struct Instance {
    transport: Arc<MockTransport>,
    reply: Arc<Mutex<Box<dyn FnMut() -> Reply + Send>>>,
    requests: Arc<Mutex<Vec<RecordedRequest>>>,
}

fn key_set(keys: &[&Signer]) -> Reply {
    let keys: Vec<Value> = keys.iter().map(|key| key.jwk()).collect();
    Reply::json(200, &json!({ "keys": keys }))
}

impl Instance {
    /// Creates an instance that returns the first key after a second.
    fn new() -> Self {
        let first = || key_set(&[&Signer::first()]).delayed_by(SECOND);
        let reply: Arc<Mutex<Box<dyn FnMut() -> Reply + Send>>> =
            Arc::new(Mutex::new(Box::new(first)));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let mut transport = MockTransport::new();
        let (replies, log) = (Arc::clone(&reply), Arc::clone(&requests));
        transport.expect_send().returning(move |request| {
            log.lock().unwrap().push(request);
            let mut reply = replies.lock().unwrap();
            reply()
        });
        let transport = Arc::new(transport);
        Self {
            transport,
            reply,
            requests,
        }
    }

    fn replies(&self, reply: impl FnMut() -> Reply + Send + 'static) {
        *self.reply.lock().unwrap() = Box::new(reply);
    }

    fn clerk(&self) -> Clerk {
        let clerk = Clerk::builder(Arc::clone(&self.transport), key());
        clerk.retry(RetryPolicy::none()).build().unwrap()
    }

    fn verifier(&self) -> Verifier {
        Verifier::new(&self.clerk()).unwrap()
    }

    /// Returns a verifier, and the switch that stops the runtime of its transport.
    fn stalling(&self) -> (Verifier, Arc<AtomicBool>) {
        let (transport, stands_still) = Stalling::new(&self.transport);
        let clerk = Clerk::builder(transport, key()).retry(RetryPolicy::none());
        let verifier = Verifier::new(&clerk.build().unwrap()).unwrap();
        (verifier, stands_still)
    }

    fn clock(&self) -> &VirtualClock {
        self.transport.clock()
    }

    fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

/// Returns a token that is valid for a day.
fn token(signer: &Signer) -> String {
    signer.token(&claims_with(json!({ "exp": NOW + 86_400 })))
}

async fn is_ok(verifier: &Verifier, token: &str) -> bool {
    verifier.verify(token).await.is_ok()
}

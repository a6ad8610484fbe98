//! Session tokens, tokens of JWT templates, and tokens of machines.

mod attacks;
mod authorization;
mod configuration;
mod cryptography;
mod fake;
mod has;
mod jose;
mod keys;
mod layers;
mod machine_jwts;
mod machines;
mod random;
mod remembered;
mod requests;
mod rules;
mod signer;
mod soak;
mod templates;

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clerk_client::auth::{
    AuthError, Pure, Ring, SessionClaims, TokenTypes, Verifier, VerifierBuilder,
};
use clerk_client::mock::{FakeClerk, Fault, MockTransport, Reply};
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
};
use clerk_client::{Clerk, RetryPolicy, Timestamp};
use serde_json::{Value, json};

use self::signer::Signer;
use crate::support::{key, run};

/// The time at which tokens are issued, in seconds since 1970. A virtual clock starts at this time.
const NOW: i64 = 1_767_225_600;

/// A transport on a runtime that a test can stop. Requests and timers that start while the runtime
/// stands still never end.
#[derive(Debug)]
struct Stalling {
    transport: Arc<MockTransport>,
    stands_still: Arc<AtomicBool>,
}

impl Stalling {
    /// Creates a transport, and the switch that stops its runtime.
    fn new(transport: &Arc<MockTransport>) -> (Self, Arc<AtomicBool>) {
        let stands_still = Arc::new(AtomicBool::new(false));
        let stalling = Self {
            transport: Arc::clone(transport),
            stands_still: Arc::clone(&stands_still),
        };
        (stalling, stands_still)
    }

    async fn stall(&self) {
        if self.stands_still.load(Ordering::SeqCst) {
            pending::<()>().await;
        }
    }
}

#[async_trait]
impl HttpTransport for Stalling {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.stall().await;
        self.transport.send(request).await
    }

    async fn sleep(&self, duration: Duration) {
        self.stall().await;
        self.transport.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.transport.now()
    }

    fn time_of_day(&self) -> Option<Timestamp> {
        self.transport.time_of_day()
    }
}

/// Returns the claims of a session token of version 2.
fn claims() -> Value {
    json!({
        "v": 2,
        "azp": "https://example.com",
        "exp": NOW + 60,
        "fva": [3, -1],
        "iat": NOW,
        "iss": "https://clerk.example.com",
        "jti": "0b1c2d",
        "nbf": NOW - 10,
        "sid": "sess_1",
        "sts": "active",
        "sub": "user_1",
    })
}

/// Returns the claims with some of them changed. Null removes a claim.
fn claims_with(changes: Value) -> Value {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        } else {
            claims[name] = value.clone();
        }
    }
    claims
}

/// Returns a client in virtual time. `keys` returns the key sets that the client fetches.
fn clerk_with_keys(keys: impl Fn() -> Value + Send + 'static) -> Clerk {
    let mut transport = MockTransport::new();
    transport.expect_send().returning(move |request| {
        assert_eq!(request.path(), "/v1/jwks");
        Reply::json(200, &keys())
    });
    let clerk = Clerk::builder(Arc::new(transport), key()).retry(RetryPolicy::none());
    clerk.build().unwrap()
}

/// Returns a builder for each implementation of the cryptography, with a local and with a fetched
/// key. The key is that of [`Signer::first`].
fn builders() -> Vec<(&'static str, VerifierBuilder)> {
    let clerk = clerk_with_keys(|| json!({ "keys": [Signer::first().jwk()] }));
    let local = || Verifier::from_jwt_key(Signer::first().pem());
    vec![
        ("local ring", local().crypto(Ring)),
        ("local pure", local().crypto(Pure)),
        ("remote ring", Verifier::builder(&clerk).crypto(Ring)),
        ("remote pure", Verifier::builder(&clerk).crypto(Pure)),
    ]
}

fn now() -> Timestamp {
    Timestamp::from_millis(NOW * 1_000)
}

/// Verifies a token at the time [`NOW`], with the default settings.
fn verify(token: &str) -> Result<SessionClaims, AuthError> {
    verify_with(|builder| builder, token)
}

/// Verifies a token at the time [`NOW`] with each of the [`builders`]. All results must be the
/// same.
fn verify_with(
    settings: impl Fn(VerifierBuilder) -> VerifierBuilder,
    token: &str,
) -> Result<SessionClaims, AuthError> {
    let mut results = Vec::new();
    for (name, builder) in builders() {
        let verifier = settings(builder).build().unwrap();
        let result = run(verifier.verify_at(token, now()));
        // If the first verification accepted the token, the verifier now remembers it.
        let again = run(verifier.verify_at(token, now()));
        assert_eq!(reason(&result), reason(&again), "{name}");
        results.push((name, result));
    }
    let (_, first) = results.pop().unwrap();
    for (name, other) in results {
        assert_eq!(reason(&first), reason(&other), "{name}");
    }
    first
}

/// Returns the reason why a token is refused, or "accepted".
fn reason(result: &Result<SessionClaims, AuthError>) -> &'static str {
    match result {
        Ok(_) => "accepted",
        Err(error) => error.reason().as_str(),
    }
}

/// Returns pairs: the cause of a refusal, and the message of the error.
pub(crate) fn messages() -> Vec<(&'static str, String)> {
    let signer = Signer::first();
    let token = |changes| signer.token(&claims_with(changes));
    let header = |name: &str, value: Value| {
        let mut header = signer.header();
        header[name] = value;
        signer.sign(header.to_string(), claims().to_string())
    };
    let tokens = [
        ("not a JWT", "x".to_owned()),
        ("too long", "x".repeat(20_000)),
        ("padding", "a=.b.c".to_owned()),
        ("a header that is not JSON", "YQ.YQ.YQ".to_owned()),
        ("a header with crit", header("crit", json!(["exp"]))),
        ("a header with a number", header("kid", json!(1))),
        ("a header with a list", header("kid", json!(["ins_1"]))),
        ("another algorithm", header("alg", json!("HS256"))),
        ("another type", header("typ", json!("at+jwt"))),
        ("another category", header("cat", json!("cl_B7d4PD222AAA"))),
        ("another key", Signer::second().token(&claims())),
        (
            "another signature",
            Signer::second().named("ins_1").token(&claims()),
        ),
        ("a claim of another type", token(json!({ "exp": "soon" }))),
        ("no user", token(json!({ "sub": null }))),
        ("a machine", token(json!({ "sub": "mch_1" }))),
        (
            "another issuer",
            token(json!({ "iss": "https://evil.example" })),
        ),
        ("no issuer", token(json!({ "iss": null }))),
        (
            "another party",
            token(json!({ "azp": "https://evil.example" })),
        ),
        ("no party", token(json!({ "azp": null }))),
        ("another audience", token(json!({ "aud": "x" }))),
        ("no expiry", token(json!({ "aud": "api", "exp": null }))),
        ("no actor", token(json!({ "aud": "api", "act": {} }))),
        ("expired", token(json!({ "aud": "api", "exp": NOW - 60 }))),
        ("too early", token(json!({ "aud": "api", "nbf": NOW + 60 }))),
        (
            "of the future",
            token(json!({ "aud": "api", "iat": NOW + 60 })),
        ),
        ("no session", token(json!({ "aud": "api", "sid": null }))),
        ("pending", token(json!({ "aud": "api", "sts": "pending" }))),
        (
            "unknown status",
            token(json!({ "aud": "api", "sts": "dreaming" })),
        ),
    ];
    let clerk = clerk_with_keys(|| json!({ "keys": [Signer::first().jwk()] }));
    let verifier = Verifier::builder(&clerk)
        .issuer("https://clerk.example.com")
        .authorized_parties(["https://example.com"])
        .audience(["api"])
        .build()
        .unwrap();
    let messages = tokens.into_iter().map(|(cause, token)| {
        let error = run(verifier.verify_at(&token, now())).unwrap_err();
        (cause, error.to_string())
    });
    let messages = messages.chain(other_messages());
    messages.collect()
}

/// Returns the causes and messages for tokens of JWT templates and of machines.
fn other_messages() -> Vec<(&'static str, String)> {
    let clerk = clerk_with_keys(|| json!({ "keys": [Signer::first().jwk()] }));
    let template = |builder: VerifierBuilder, token: &str| {
        let verifier = builder.build().unwrap();
        let verified = verifier.verify_template_at::<Vec<u8>>(token, now());
        run(verified).unwrap_err().to_string()
    };
    let mut header = Signer::first().header();
    let session = Signer::first().token(&claims());
    header.as_object_mut().unwrap().remove("cat");
    let untagged = Signer::first().sign(header.to_string(), claims().to_string());
    header["cat"] = json!("cl_B7d4PD222AAA");
    let of_template = Signer::first().sign(header.to_string(), claims().to_string());
    header["cat"] = json!("cl_B7d4PD333AAA");
    let of_machine = Signer::first().sign(header.to_string(), claims().to_string());
    let fake = FakeClerk::new();
    let responding = |revoked: bool| {
        let fake = FakeClerk::new();
        let key = json!({
            "object": "api_key", "id": "ak_1", "subject": "user_1",
            "revoked": revoked, "expired": !revoked,
        });
        fake.respond_to("verifyApiKey", move |_| Reply::json(200, &key));
        let verifier = Verifier::builder(&fake.client()).accept(TokenTypes::API_KEY);
        let verifier = verifier.build().unwrap();
        let verified = run(verifier.verify_machine(&"ak_12345678".into()));
        verified.unwrap_err().to_string()
    };
    let machines = TokenTypes::API_KEY | TokenTypes::M2M | TokenTypes::OAUTH;
    let machine = |accepted: TokenTypes, token: &str| {
        let clerk = if token.starts_with("eyJ") {
            clerk.clone()
        } else {
            fake.client()
        };
        let verifier = Verifier::builder(&clerk).accept(accepted).build().unwrap();
        run(verifier.verify_machine(&token.into()))
            .unwrap_err()
            .to_string()
    };
    let builder = || Verifier::builder(&clerk);
    let mut messages = vec![
        (
            "a session instead of a template",
            template(builder(), &session),
        ),
        (
            "a session without a category",
            template(builder(), &untagged),
        ),
        ("other claims", template(builder(), &of_template)),
        ("an API key", machine(TokenTypes::SESSION, "ak_12345678")),
        ("an M2M token", machine(TokenTypes::OAUTH, &of_machine)),
        (
            "a user instead of a machine",
            machine(machines, &of_machine),
        ),
        ("a short key", machine(machines, "ak_1")),
        (
            "a key with other characters",
            machine(machines, "ak_1234/5678"),
        ),
        ("an expired token", responding(false)),
    ];
    // A change of the fake's code can change the trace id, so the trace id is omitted.
    let message = machine(machines, "ak_12345678");
    let message = message.split(" [trace").next().unwrap_or_default();
    messages.push(("an unknown key", message.to_owned()));
    messages.push(("a revoked key", responding(true)));
    for (cause, fault) in [
        ("a refused secret key", Fault::status(403)),
        ("an outage", Fault::status(500)),
        ("an unreachable Clerk", Fault::not_sent()),
    ] {
        let fake = FakeClerk::new();
        fake.inject_faults(move |_| Some(fault.clone()));
        let clerk = Clerk::builder(fake.transport(), key()).retry(RetryPolicy::none());
        let verifier = Verifier::builder(&clerk.build().unwrap()).accept(machines);
        let verified = verifier.build().unwrap();
        let error = run(verified.verify_machine(&"ak_12345678".into())).unwrap_err();
        let message = error.to_string();
        messages.push((
            cause,
            message
                .split(" [trace")
                .next()
                .unwrap_or_default()
                .to_owned(),
        ));
    }
    messages
}

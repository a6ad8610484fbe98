//! Opaque tokens of machines, which the Backend API verifies.

mod answers;
mod fake;
mod remembered;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::auth::{
    AuthError, Cookies, MachineClaims, MachineTokenType, TokenTypes, Verifier, VerifierBuilder,
};
use clerk_client::http::HeaderMap;
use clerk_client::mock::{MockTransport, RecordedRequest, Reply, VirtualClock};
use clerk_client::transport::TransportErrorKind;
use clerk_client::{Clerk, RetryPolicy, SecretString};
use serde_json::{Value, json};

use super::signer::Signer;
use super::{NOW, claims};
use crate::support::key;

const SECOND: Duration = Duration::from_secs(1);
/// An API key, an M2M token and an OAuth access token.
const TOKENS: [&str; 3] = ["ak_4f9d27c85b1e", "mt_4f9d27c85b1e", "oat_4f9d27c85b1e"];

type Replies = Arc<Mutex<Box<dyn FnMut() -> Reply + Send>>>;

/// An instance of Clerk in virtual time. A test sets the instance's response to a verification.
struct Instance {
    transport: Arc<MockTransport>,
    reply: Replies,
    requests: Arc<Mutex<Vec<RecordedRequest>>>,
}

impl Instance {
    fn new(reply: impl FnMut() -> Reply + Send + 'static) -> Self {
        let reply: Replies = Arc::new(Mutex::new(Box::new(reply)));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let mut transport = MockTransport::new();
        let (replies, log) = (Arc::clone(&reply), Arc::clone(&requests));
        transport.expect_send().returning(move |request| {
            if request.path() == "/v1/jwks" {
                return Reply::json(200, &json!({ "keys": [Signer::first().jwk()] }));
            }
            log.lock().unwrap().push(request);
            let mut reply = replies.lock().unwrap();
            reply()
        });
        Self {
            transport: Arc::new(transport),
            reply,
            requests,
        }
    }

    fn replies(&self, reply: impl FnMut() -> Reply + Send + 'static) {
        *self.reply.lock().unwrap() = Box::new(reply);
    }

    fn builder(&self) -> VerifierBuilder {
        let clerk = Clerk::builder(Arc::clone(&self.transport), key());
        let clerk = clerk.retry(RetryPolicy::none()).build().unwrap();
        Verifier::builder(&clerk).accept(all())
    }

    fn verifier(&self) -> Verifier {
        self.builder().build().unwrap()
    }

    fn clock(&self) -> &VirtualClock {
        self.transport.clock()
    }

    fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

fn all() -> TokenTypes {
    TokenTypes::SESSION | TokenTypes::API_KEY | TokenTypes::M2M | TokenTypes::OAUTH
}

/// Returns Clerk's response about a valid token. The prefix of the token decides its kind.
fn answer(token: &str) -> Value {
    let mut answer = json!({
        "id": "id_1",
        "scopes": ["read", "write"],
        "revoked": false,
        "revocation_reason": null,
        "expired": false,
        "expiration": (NOW + 60) * 1_000,
        "created_at": NOW * 1_000,
        "updated_at": NOW * 1_000,
    });
    let (object, subject, others) = match token.split('_').next().unwrap() {
        "ak" => (
            "api_key",
            "user_1",
            json!({ "type": "api_key", "name": "export", "claims": { "plan": "gold" } }),
        ),
        "mt" => (
            "machine_to_machine_token",
            "mch_1",
            json!({ "claims": { "plan": "gold" } }),
        ),
        _ => (
            "clerk_idp_oauth_access_token",
            "user_1",
            json!({ "client_id": "client_1" }),
        ),
    };
    answer["object"] = json!(object);
    answer["subject"] = json!(subject);
    for (name, value) in others.as_object().unwrap() {
        answer[name] = value.clone();
    }
    answer
}

fn name_of<C>(result: &Result<C, AuthError>) -> &'static str {
    match result {
        Ok(_) => "accepted",
        Err(error) => error.reason().as_str(),
    }
}

async fn verify(verifier: &Verifier, token: &str) -> Result<MachineClaims, AuthError> {
    verifier.verify_machine(&token.into()).await
}

fn bearer(token: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let value = format!("Bearer {token}").parse().unwrap();
    headers.insert("authorization", value);
    headers
}

#[tokio::test]
async fn each_kind_of_token_is_sent_to_its_endpoint() {
    for (token, path, body) in [
        (TOKENS[0], "/v1/api_keys/verify", "secret"),
        (TOKENS[1], "/v1/m2m_tokens/verify", "token"),
        (
            TOKENS[2],
            "/v1/oauth_applications/access_tokens/verify",
            "access_token",
        ),
    ] {
        let instance = Instance::new(move || Reply::json(200, &answer(token)));
        let claims = verify(&instance.verifier(), token).await.unwrap();
        assert_eq!(claims.token_id.as_deref(), Some("id_1"));
        assert_eq!(claims.scopes, ["read", "write"]);
        assert_eq!(claims.issued_at.unwrap().as_millis(), NOW * 1_000);
        assert_eq!(claims.expires_at.unwrap().as_millis(), (NOW + 60) * 1_000);
        let requests = instance.requests.lock().unwrap();
        assert_eq!(requests.len(), 1);
        assert_eq!(requests[0].method().as_str(), "POST");
        assert_eq!(requests[0].path(), path);
        let sent: Value = serde_json::from_slice(requests[0].body()).unwrap();
        assert_eq!(sent, json!({ body: token }));
    }
}

#[tokio::test]
async fn each_kind_of_token_returns_its_claims() {
    let of = async |token: &'static str| {
        let instance = Instance::new(move || Reply::json(200, &answer(token)));
        verify(&instance.verifier(), token).await.unwrap()
    };
    let key = of(TOKENS[0]).await;
    assert_eq!(key.token_type, MachineTokenType::ApiKey);
    assert_eq!(key.user_id().unwrap(), "user_1");
    assert_eq!((key.organization_id(), key.machine_id()), (None, None));
    assert_eq!(key.name.as_deref(), Some("export"));
    let custom: Value = key.custom().unwrap();
    assert_eq!(custom, json!({ "plan": "gold" }));
    assert!(!format!("{key:?}").contains("gold"));
    let m2m = of(TOKENS[1]).await;
    assert_eq!(m2m.token_type, MachineTokenType::M2m);
    assert_eq!(m2m.machine_id(), Some("mch_1"));
    let oauth = of(TOKENS[2]).await;
    assert_eq!(oauth.token_type, MachineTokenType::OAuth);
    assert_eq!(oauth.client_id.as_deref(), Some("client_1"));
    assert_eq!(oauth.custom::<Value>().unwrap(), json!({}));
}

/// A verification changes nothing, so it is retried if there is no response.
#[tokio::test]
async fn a_lost_response_is_retried() {
    let mut attempts = 0;
    let instance = Instance::new(move || {
        attempts += 1;
        match attempts {
            1 => Reply::fail(TransportErrorKind::Io, "reset"),
            _ => Reply::json(200, &answer(TOKENS[0])),
        }
    });
    let clerk = Clerk::new(Arc::clone(&instance.transport), key());
    let verifier = Verifier::builder(&clerk).accept(TokenTypes::API_KEY);
    assert!(verify(&verifier.build().unwrap(), TOKENS[0]).await.is_ok());
    assert_eq!(instance.count(), 2);
}

#[tokio::test]
async fn only_texts_in_the_form_of_a_token_are_sent() {
    let long = "x".repeat(128);
    for (token, is_sent) in [
        ("ak_12345678".to_owned(), true),
        ("ak_A-z_0123".to_owned(), true),
        (format!("mt_{long}"), true),
        (format!("oat_{long}"), true),
        ("ak_1234567".to_owned(), false),
        (format!("ak_{long}x"), false),
        ("ak_".to_owned(), false),
        ("ak".to_owned(), false),
        (String::new(), false),
        ("AK_12345678".to_owned(), false),
        (" ak_12345678".to_owned(), false),
        ("ak_12345678 ".to_owned(), false),
        ("ak_12345678\n".to_owned(), false),
        ("ak_1234/5678".to_owned(), false),
        ("ak_12345678=".to_owned(), false),
        ("ak_12345678.x".to_owned(), false),
        ("ak_12345678%20".to_owned(), false),
        ("ak_12345678é".to_owned(), false),
        ("sk_test_12345678".to_owned(), false),
        ("pk_test_12345678".to_owned(), false),
        ("whsec_12345678".to_owned(), false),
        ("sess_12345678".to_owned(), false),
        ("xak_12345678".to_owned(), false),
        (Signer::first().token(&claims()), false),
        ("x".repeat(5 << 20), false),
        (format!("ak_{}", "x".repeat(5 << 20)), false),
    ] {
        let instance = Instance::new(|| Reply::bytes(404, "{}"));
        let error = verify(&instance.verifier(), &token).await.unwrap_err();
        assert_eq!(error.status(), 401, "{token:.30}");
        assert_eq!(instance.count(), usize::from(is_sent), "{token:.30}");
        assert!(error.to_string().len() < 300, "{error}");
    }
}

#[tokio::test]
async fn tokens_of_other_types_are_refused_before_they_are_sent() {
    let instance = Instance::new(|| Reply::bytes(500, ""));
    for (accepted, tokens) in [
        (TokenTypes::SESSION, &TOKENS[..]),
        (TokenTypes::API_KEY, &TOKENS[1..]),
        (TokenTypes::M2M_JWT | TokenTypes::OAUTH_JWT, &TOKENS[..]),
        (TokenTypes::API_KEY | TokenTypes::M2M, &TOKENS[2..]),
    ] {
        let verifier = instance.builder().accept(accepted).build().unwrap();
        for token in tokens {
            let result = verify(&verifier, token).await;
            assert_eq!(
                name_of(&result),
                "token-type-mismatch",
                "{accepted:?} {token}"
            );
            let result = verifier.authenticate_any(&bearer(token)).await;
            assert_eq!(
                name_of(&result),
                "token-type-mismatch",
                "{accepted:?} {token}"
            );
        }
    }
    // `authenticate` accepts only session tokens, so it does not send other tokens to Clerk.
    let result = instance.verifier().authenticate(&bearer(TOKENS[0])).await;
    assert_eq!(name_of(&result), "token-type-mismatch");
    assert_eq!(instance.count(), 0);
}

#[tokio::test]
async fn a_refusal_of_another_type_names_the_setting_or_the_method() {
    let instance = Instance::new(|| Reply::bytes(500, ""));
    let of = |types| instance.builder().accept(types).build().unwrap();
    let [key, m2m] = [TOKENS[0], TOKENS[1]].map(bearer);
    for (verifier, headers, expected) in [
        (
            of(TokenTypes::SESSION),
            &key,
            "invalid token: it is an API key, which this verifier does not accept; see VerifierBuilder::accept",
        ),
        (
            of(TokenTypes::SESSION | TokenTypes::API_KEY),
            &key,
            "invalid session token: it is an API key; authenticate_any verifies such tokens",
        ),
        (
            of(TokenTypes::SESSION | TokenTypes::API_KEY),
            &m2m,
            "invalid token: it is an opaque M2M token, which this verifier does not accept; see VerifierBuilder::accept",
        ),
        (
            of(TokenTypes::API_KEY),
            &bearer("x.y.z"),
            "invalid token: this verifier accepts no session tokens; add TokenTypes::SESSION to accept",
        ),
    ] {
        let error = verifier.authenticate(headers).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("token-type-mismatch: {expected}")
        );
    }
}

/// Tokens of machines are not read from cookies.
#[tokio::test]
async fn requests_are_authenticated_by_the_form_of_their_token() {
    let instance = Instance::new(|| Reply::json(200, &answer(TOKENS[0])));
    let builder = instance.builder().any_party().cookies(Cookies::any());
    let verifier = builder.build().unwrap();
    let session = Signer::first().token(&claims());
    let claims = verifier.authenticate_any(&bearer(&session)).await.unwrap();
    assert_eq!(claims.session().unwrap().user_id, "user_1");
    assert_eq!(instance.count(), 0);
    let claims = verifier.authenticate_any(&bearer(TOKENS[0])).await.unwrap();
    assert_eq!(
        claims.machine().unwrap().token_type,
        MachineTokenType::ApiKey
    );
    assert_eq!(instance.count(), 1);
    for (cookie, expected) in [
        (format!("__client_uat=1; __session={session}"), "accepted"),
        (
            format!("__client_uat=1; __session={}", TOKENS[0]),
            "token-invalid",
        ),
        (String::new(), "session-token-missing"),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert("cookie", cookie.parse().unwrap());
        let result = verifier.authenticate_any(&headers).await;
        assert_eq!(name_of(&result), expected, "{cookie:.40}");
    }
    assert_eq!(instance.count(), 1);
    // A token without the scheme `Bearer` is ignored.
    let mut headers = HeaderMap::new();
    headers.insert("authorization", TOKENS[0].parse().unwrap());
    let result = verifier.authenticate_any(&headers).await;
    assert_eq!(name_of(&result), "session-token-missing");
}

/// Responses may repeat the token, so no error contains their text.
#[tokio::test]
async fn tokens_are_never_printed() {
    for token in TOKENS {
        let secret = token.split_once('_').unwrap().1;
        let echo = json!({
            "errors": [{ "message": token, "long_message": token, "code": token }],
            "clerk_trace_id": format!("trace {token}"),
        });
        let mut printed = Vec::new();
        for status in [200, 400, 401, 404, 422, 429, 500] {
            let echo = echo.clone();
            let instance = Instance::new(move || Reply::json(status, &echo));
            let verifier = instance.verifier();
            let error = verify(&verifier, token).await.unwrap_err();
            let source = std::error::Error::source(&error).map(|source| format!("{source:?}"));
            printed.push(format!(
                "{error} {error:?} {error:#?} {source:?} {verifier:?} {:?}",
                error.to_response()
            ));
            let other = format!("{token} ");
            let error = verify(&verifier, &other).await.unwrap_err();
            printed.push(format!("{error} {error:?}"));
        }
        let instance = Instance::new(move || Reply::json(200, &answer(token)));
        let builder = instance.builder().remember_machine_tokens(SECOND);
        let verifier = builder.build().unwrap();
        let claims = verify(&verifier, token).await.unwrap();
        printed.push(format!(
            "{claims:?} {verifier:?} {:?}",
            SecretString::from(token)
        ));
        for text in printed {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

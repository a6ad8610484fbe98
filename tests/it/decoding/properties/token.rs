//! A verifier accepts only signed session tokens, whatever the token, the headers and the keys are.

use std::future::Future;
use std::pin::pin;
use std::sync::LazyLock;
use std::task::{Context, Poll, Waker};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clerk_client::auth::{
    AuthError, Authorization, Cookies, PublishableKey, Ring, Rs256, SessionClaims, Verifier,
    VerifyingKey,
};
use clerk_client::http::HeaderMap;
use clerk_client::http::header::{AUTHORIZATION, COOKIE};
use clerk_client::{Clerk, Error, ErrorKind, RetryPolicy, SecretKey, Timestamp};
use serde_json::Value;

use super::transport::Replying;

/// The key of the instance. None of the inputs is signed with it.
pub(crate) const PEM: &str = include_str!("../../auth/keys/first.pem");
pub(crate) const HEADER: &str =
    r#"{"alg":"RS256","cat":"cl_B7d4PD111AAA","kid":"ins_1","typ":"JWT"}"#;
/// The token expires in 2096, so that it is valid by the clock of any machine.
pub(crate) const CLAIMS: &str = r#"{"azp":"https://example.com","exp":4000000000,"fea":"o:docs,u:gold","fva":[3,-1],"iat":1700000000,"iss":"https://clerk.example.com","o":{"fpm":"3","id":"org_1","per":"read,write","rol":"admin","slg":"acme"},"pla":"o:pro","sid":"sess_1","sts":"active","sub":"user_1","v":2}"#;
const PARTY: &str = "https://example.com";
/// The word in headers that is replaced by a signed token.
const TOKEN: &str = "TOKEN";

static REAL: LazyLock<Verifier> = LazyLock::new(|| {
    let verifier = Verifier::from_jwt_key(PEM).cookies(Cookies::any());
    verifier.any_party().build().unwrap()
});

static TOY: LazyLock<Verifier> = LazyLock::new(|| {
    let verifier = Verifier::from_jwt_key(PEM).crypto(Toy);
    let verifier = verifier.cookies(Cookies::any()).authorized_parties([PARTY]);
    verifier.build().unwrap()
});

/// Runs a check of tokens. The first byte of the data selects the check, and the rest is its input.
pub(crate) fn check(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else {
        return;
    };
    match kind % 5 {
        0 => check_token(&String::from_utf8_lossy(rest)),
        1 => check_signed(rest),
        2 => check_key_set(rest),
        3 => check_headers(rest),
        _ => check_settings(&String::from_utf8_lossy(rest)),
    }
}

/// Asserts that any text is refused as a token.
fn check_token(token: &str) {
    for verifier in [&*REAL, &*TOY] {
        refused(ready(verifier.verify_at(token, now())), 401);
    }
}

/// Checks a signed token. The data consists of a header, a zero byte, and a payload.
fn check_signed(data: &[u8]) {
    let mut parts = data.splitn(2, |byte| *byte == 0);
    let mut part = || parts.next().unwrap_or_default();
    let (header, payload) = (part(), part());
    let token = signed(header, payload);
    let result = ready(TOY.verify_at(&token, now()));
    let is_good = header == HEADER.as_bytes() && payload == CLAIMS.as_bytes();
    assert!(result.is_ok() || !is_good, "{result:?}");
    match result {
        Ok(claims) => {
            let again = ready(TOY.verify_at(&token, now())).unwrap();
            assert_eq!(format!("{again:?}"), format!("{claims:?}"));
            check_claims(&claims, header, payload);
            let mut changed = token.into_bytes();
            let at = payload.iter().map(|byte| usize::from(*byte)).sum::<usize>() % changed.len();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            refused(ready(TOY.verify_at(&changed, now())), 401);
        }
        Err(error) => refused::<()>(Err(error), 401),
    }
    refused(ready(REAL.verify_at(&signed(header, payload), now())), 401);
}

/// Checks accepted claims against the JSON that was signed.
fn check_claims(claims: &SessionClaims, header: &[u8], payload: &[u8]) {
    // Unknown members may contain numbers and texts that `Value` cannot represent.
    if let Ok(header) = serde_json::from_slice::<Value>(header) {
        assert_eq!(header["alg"], "RS256");
        let typ = header.get("typ").and_then(Value::as_str).unwrap_or("JWT");
        assert!(typ.eq_ignore_ascii_case("jwt"));
        for name in ["crit", "b64", "zip", "enc"] {
            assert_eq!(header.get(name), None);
        }
    }
    let asked = Authorization::permission("org:docs:read").and_role("org:admin");
    if claims.has(&asked.and_feature("u:gold").and_plan("o:pro")) {
        assert!(claims.organization.is_some());
    }
    let Ok(json) = serde_json::from_slice::<Value>(payload) else {
        return;
    };
    assert_eq!(claims.custom::<Value>().unwrap(), json);
    assert_eq!(json["sub"], claims.user_id.as_str());
    assert!(!claims.user_id.is_empty() && !claims.user_id.as_str().starts_with("mch_"));
    assert!(!claims.session_id.is_empty() && json["sid"] == claims.session_id.as_str());
    assert_eq!(json["azp"], PARTY);
    assert!(json["exp"].as_f64().unwrap() > 1_700_000_000.0 - 5.0);
    assert!(json["sts"].is_null() || json["sts"] == "active");
    let permissions = claims.organization.iter().flat_map(|o| &o.permissions);
    for permission in permissions.filter(|permission| claims.has_permission(permission)) {
        let of_v1 = json["org_permissions"].as_array();
        let in_v1 = of_v1.is_some_and(|list| list.contains(&Value::from(permission.as_str())));
        let (feature, name) = permission
            .strip_prefix("org:")
            .and_then(|rest| rest.rsplit_once(':'))
            .unwrap_or_default();
        let has = |list: &Value, text| list.as_str().is_some_and(|list| list.contains(text));
        let in_v2 = has(&json["fea"], feature) && has(&json["o"]["per"], name);
        assert!(in_v1 || in_v2, "{permission}");
    }
}

/// Uses the data as the key set of the instance. Checks that a token without a valid signature is
/// refused.
fn check_key_set(body: &[u8]) {
    let transport = Replying(body.to_vec());
    let key = SecretKey::new("sk_test_x").unwrap();
    let clerk = Clerk::builder(transport.clone(), key).retry(RetryPolicy::none());
    let publishable = PublishableKey::new("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k").unwrap();
    let unsigned = format!("{}.{}.", encoded(HEADER), encoded(CLAIMS));
    for verifier in [
        Verifier::builder(&clerk.build().unwrap()),
        Verifier::from_publishable_key(transport, &publishable),
    ] {
        let verifier = verifier.crypto(Toy).build().unwrap();
        for signature in ["", "AA", &encoded([0; 256])] {
            let result = ready(verifier.verify_at(&format!("{unsigned}{signature}"), now()));
            let error = result.expect_err("nobody signed it");
            let status = error.status().as_u16();
            super::is_one_line(&error.to_string());
            assert!(status == 401 || status == 503, "{error}");
        }
        // `Toy` accepts the signature, so any usable key makes this token valid.
        if ready(verifier.verify_at(&signed(HEADER, CLAIMS), now())).is_ok()
            && let Ok(set) = serde_json::from_slice::<Value>(body)
        {
            let mut keys = set["keys"].as_array().unwrap().iter();
            assert!(keys.any(|key| key["kid"] == "ins_1" && key["kty"] == "RSA"));
        }
    }
}

/// Checks the headers of a request. The data consists of values, separated by zero bytes: the
/// values of `Authorization`, an empty value, and the values of `Cookie`. The word `TOKEN` is
/// replaced by a signed token.
fn check_headers(data: &[u8]) {
    let token = signed(HEADER, CLAIMS);
    let mut headers = HeaderMap::new();
    let mut name = AUTHORIZATION;
    for value in data.split(|byte| *byte == 0) {
        if value.is_empty() {
            name = COOKIE;
        }
        let value = String::from_utf8_lossy(value).replace(TOKEN, &token);
        if let Ok(value) = value.try_into() {
            headers.append(&name, value);
        }
    }
    refused(ready(REAL.authenticate(&headers)), 401);
    match ready(TOY.authenticate(&headers)) {
        Ok(claims) => {
            assert_eq!(claims.user_id, "user_1");
            let has_token = |value: &[u8]| value.windows(5).any(|five| five == TOKEN.as_bytes());
            assert!(has_token(data));
            assert!(headers.get_all(AUTHORIZATION).iter().count() < 2);
        }
        Err(error) => refused::<()>(Err(error), 401),
    }
}

/// Asserts that any text is a valid JWT key or publishable key, or causes a configuration error.
fn check_settings(text: &str) {
    if let Err(error) = Verifier::from_jwt_key(text).crypto(Toy).build() {
        is_configuration(&error);
    }
    match PublishableKey::new(text) {
        Ok(key) => {
            let host = key.frontend_api();
            assert!(!host.is_empty() && !host.contains(['/', '@', '?', '#', ' ']));
            let verifier = Verifier::from_publishable_key(Replying(Vec::new()), &key);
            if let Err(error) = verifier.cookies(Cookies::of(&key)).any_party().build() {
                is_configuration(&error);
            }
        }
        Err(error) => is_configuration(&error),
    }
}

fn is_configuration(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Configuration);
    super::is_one_line(&error.to_string());
}

fn refused<T>(result: Result<T, AuthError>, status: u16) {
    let Err(error) = result else {
        panic!("accepted");
    };
    super::is_one_line(&error.to_string());
    assert_eq!(error.status().as_u16(), status, "{error}");
    let response = error.to_response();
    assert_eq!(response.status().as_u16(), status);
}

fn now() -> Timestamp {
    Timestamp::from_millis(1_700_000_000_000)
}

/// Returns the result of a future that never waits.
fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("it waits"),
    }
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Returns a token with a signature that only [`Toy`] accepts.
fn signed(header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
    let signed = format!("{}.{}", encoded(header), encoded(payload));
    let signature = encoded(Toy::sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// An implementation of the cryptography whose signatures are easy to create, so that most inputs
/// pass the check of the signature.
#[derive(Debug, Clone, Copy)]
struct Toy;

impl Toy {
    fn sign(message: &[u8]) -> [u8; 32] {
        Ring.sha256(&[b"toy:", message].concat())
    }
}

impl Rs256 for Toy {
    fn key(&self, modulus: &[u8], exponent: &[u8]) -> Option<Box<dyn VerifyingKey>> {
        assert!((256..=1024).contains(&modulus.len()) && exponent.len() <= 5);
        let [first, .., last] = *modulus else {
            panic!("a modulus of one byte")
        };
        assert!(first > 0 && last % 2 == 1 && exponent.last().unwrap() % 2 == 1);
        assert!(exponent[0] > 0 && exponent != [1]);
        Some(Box::new(Self))
    }

    fn sha256(&self, message: &[u8]) -> [u8; 32] {
        Ring.sha256(message)
    }
}

impl VerifyingKey for Toy {
    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        signature == Self::sign(message)
    }
}

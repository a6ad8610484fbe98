//! The tests of the properties that hold for any input, and the inputs of these tests.

use std::env;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use serde_json::json;
use tar::Archive;

use super::{error, request, response, token, webhook};
use crate::specification::sample_bodies;
use crate::support::{full_membership, full_user};

const TRIES: usize = 4_000;

/// Pieces that are inserted into inputs, because random bytes seldom form them.
const PIECES: &[&[u8]] = &[
    b"null",
    b"true",
    b"-1",
    b"1e999",
    b"9223372036854775808",
    b"0.1",
    b"{}",
    b"[]",
    b"\"\"",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b":",
    b",",
    b"\\u0000",
    b"\\ud800",
    b"\0",
    b"\xff\xfe",
    b"../",
    b"%2e",
    b"+",
    b"&",
    b"=",
    b"\r\n",
    b"--",
    b"after:",
    b"offset:",
    b"@",
    b"Sun, 06 Nov 1994 08:49:37 GMT",
    b"\"id\":",
    b"\"data\":",
    b"\"object\":",
    b"v1,",
    b"svix",
    b"[[[[[[[[[[[[[[[[",
    b"count",
    b"TOKEN",
    b"; __session_x=",
    b"\"crit\":",
    b"\"sub\":",
    b"\"exp\":",
    b"\"o\":{",
    b"\"org_permissions\":[\"org:docs:read\"],",
];

struct Inputs {
    good: Vec<Vec<u8>>,
    found: Vec<Vec<u8>>,
    random: fastrand::Rng,
}

impl Inputs {
    /// Creates inputs from `good` and from the corpus of the fuzz target.
    fn new(target: &str, good: Vec<Vec<u8>>) -> Self {
        Self {
            good,
            found: corpus(target),
            random: fastrand::Rng::with_seed(7),
        }
    }

    fn next(&mut self) -> Vec<u8> {
        let random = &mut self.random;
        let from = [&self.good, &self.found][random.usize(0..2)];
        let mut input = random.choice(from).unwrap().clone();
        for _ in 0..random.usize(1..6) {
            let at = random.usize(0..=input.len());
            let to = (at + random.usize(0..40)).min(input.len());
            match random.u8(0..6) {
                0 => drop(input.drain(at..to)),
                1 => {
                    let piece = random.choice(PIECES).unwrap();
                    input.splice(at..at, piece.iter().copied());
                }
                2 => {
                    let piece = random.choice(PIECES).unwrap();
                    input.splice(at..to, piece.iter().copied());
                }
                3 => {
                    let copy = input[at..to].to_vec();
                    input.splice(at..at, copy);
                }
                4 => input.truncate(at),
                _ => {
                    if let Some(byte) = input.get_mut(at) {
                        *byte = random.u8(..);
                    }
                }
            }
        }
        input
    }

    fn try_all(mut self, check: fn(&[u8])) {
        for input in self.good.iter().chain(&self.found) {
            check(input);
        }
        let seconds = env::var("CLERK_PROPERTIES_SECONDS").ok();
        let seconds = seconds.map(|seconds| seconds.parse().expect("CLERK_PROPERTIES_SECONDS"));
        let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
        let mut tried = 0;
        while end.map_or(tried < TRIES, |end| Instant::now() < end) {
            let input = self.next();
            let result = std::panic::catch_unwind(|| check(&input));
            assert!(result.is_ok(), "on {:?}", String::from_utf8_lossy(&input));
            tried += 1;
        }
        println!("{tried} inputs");
    }
}

/// Returns the inputs in the archive of a fuzz target, in the order of the archive.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let path = folder.join(format!("{target}.tar.gz"));
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut archive = Archive::new(GzDecoder::new(file));
    let mut inputs = Vec::new();
    for entry in archive.entries().unwrap() {
        let mut input = Vec::new();
        entry.unwrap().read_to_end(&mut input).unwrap();
        inputs.push(input);
    }
    assert!(!inputs.is_empty(), "{} is empty", path.display());
    inputs
}

fn with_prefix(prefix: &[u8], body: impl ToString) -> Vec<u8> {
    [prefix, body.to_string().as_bytes()].concat()
}

#[test]
fn any_response_is_decoded_or_an_error() {
    let mut good = vec![
        with_prefix(&[0], full_user()),
        with_prefix(&[1], json!([full_user()])),
        with_prefix(&[2], json!({ "object": "total_count", "total_count": 3 })),
        with_prefix(
            &[5],
            json!({ "data": [full_membership()], "total_count": 1 }),
        ),
    ];
    // If the specification is available, each sample of its responses is decoded as every type.
    for body in sample_bodies() {
        for which in 0..20 {
            good.push(with_prefix(&[which], &body));
        }
    }
    Inputs::new("response", good).try_all(response::check);
}

#[test]
fn any_status_other_than_2xx_is_an_error_that_keeps_the_response() {
    let body = json!({
        "errors": [{ "message": "m", "long_message": "l", "code": "c", "meta": { "param_name": "p" } }],
        "meta": {}, "clerk_trace_id": "t",
    });
    let good = [
        ("7", 429_u16),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 503),
        ("text/html", 422),
    ];
    let good = good.map(|(header, status)| {
        let [low, high] = (status - 100).to_le_bytes();
        let length = u8::try_from(header.len()).unwrap();
        with_prefix(&[&[low, high, length], header.as_bytes()].concat(), &body)
    });
    Inputs::new("error", good.to_vec()).try_all(error::check);
}

#[test]
fn any_request_has_exactly_the_given_values_or_is_not_sent() {
    let good = [
        "user_1\0oauth_google\0ada\0customer-1\0ada.png\0image/png",
        "after:user_1@5,user_2\0x\0y\0-5\0a \"b\".png\0image/svg+xml; charset=utf-8",
        "offset:7\0日本\0%2e%2e\0+\0ä\0a/b",
    ];
    Inputs::new(
        "request",
        good.map(|text| text.as_bytes().to_vec()).to_vec(),
    )
    .try_all(request::check);
}

#[test]
fn any_webhook_without_a_valid_signature_is_refused() {
    let event = json!({ "type": "user.created", "data": full_user(), "timestamp": 5 });
    let headers = "msg_1\x001700000000\0v1,bm90aGluZw== v1a,x\0";
    let deleted = json!({ "type": "user.deleted", "data": { "id": "user_1", "deleted": true } });
    let good = [event, deleted].map(|event| with_prefix(headers.as_bytes(), event));
    Inputs::new("webhook", good.to_vec()).try_all(webhook::check);
}

#[test]
fn any_token_key_set_header_or_setting_is_refused_or_read_correctly() {
    let (header, claims) = (token::HEADER, token::CLAIMS);
    let key = json!({
        "use": "sig", "kty": "RSA", "kid": "ins_1", "alg": "RS256", "e": "AQAB",
        "n": format!("v{}", "-_0A".repeat(85) + "Q"),
    });
    let v1 = json!({
        "azp": "https://example.com", "exp": 4e9, "sid": "sess_1", "sub": "user_1",
        "org_id": "org_1", "org_role": "org:admin", "org_permissions": ["org:docs:read"],
    });
    let good = [
        "\0eyJhbGciOiJSUzI1NiJ9.e30.AA".to_owned(),
        format!("\x01{header}\0{claims}"),
        format!("\x01{header}\0{v1}"),
        format!("\x02{}", json!({ "keys": [key] })),
        "\x03Bearer TOKEN".to_owned(),
        "\x03\0a=b; __session=TOKEN; __client_uat=1700000000".to_owned(),
        "\x03\0__session_x=TOKEN; __session_y=a.b.c\0__client_uat_x=0".to_owned(),
        format!("\x04{}", token::PEM),
        "\x04pk_test_Y2xlcmsuZXhhbXBsZS5jb20k".to_owned(),
    ];
    let good = good.map(String::into_bytes);
    Inputs::new("token", good.to_vec()).try_all(token::check);
}

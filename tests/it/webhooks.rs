//! Webhooks: signatures are verified, and events decoded.

use clerk_client::http::{HeaderMap, HeaderName, HeaderValue};
use clerk_client::webhooks::{WebhookData, WebhookErrorKind, WebhookEvent, WebhookSecret};
use clerk_client::{ErrorKind, Timestamp};
use serde_json::{Value, json};

use crate::support::full_user;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const SENT: i64 = 1_614_265_330;
const BODY: &[u8] = br#"{"type":"user.deleted","data":{"id":"user_1","deleted":true}}"#;
/// The signature of [`BODY`], computed with another implementation of HMAC-SHA256.
const SIGNATURE: &str = "v1,PHXaqnC46b6m51t7du6G/4u/4WIgkrv/UX5gOwCN4FI=";

fn secret() -> WebhookSecret {
    WebhookSecret::new(SECRET).unwrap()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}

fn headers(prefix: &str) -> HeaderMap {
    let name = |name: &str| HeaderName::try_from(format!("{prefix}-{name}")).unwrap();
    HeaderMap::from_iter([
        (name("id"), HeaderValue::from_static(ID)),
        (name("timestamp"), HeaderValue::from(SENT)),
        (name("signature"), HeaderValue::from_static(SIGNATURE)),
    ])
}

fn with(name: &'static str, value: &str) -> HeaderMap {
    let mut headers = headers("svix");
    headers.insert(name, HeaderValue::from_str(value).unwrap());
    headers
}

#[test]
fn valid_signatures_are_accepted() {
    for prefix in ["svix", "webhook"] {
        let webhook = secret()
            .verify_at(&headers(prefix), BODY, at(SENT))
            .unwrap();
        assert_eq!((&*webhook.message_id, webhook.sent_at), (ID, at(SENT)));
        let WebhookData::UserDeleted(user) = &webhook.event.data else {
            panic!("{webhook:?}");
        };
        assert_eq!(user.id.as_deref(), Some("user_1"));
    }
    let signed = secret().sign(ID, at(SENT), BODY);
    assert_eq!(signed, headers("svix"));
    secret()
        .verify_parts(ID, &SENT.to_string(), SIGNATURE, BODY, at(SENT))
        .unwrap();
    // This is the example of Svix, the service through which Clerk sends webhooks.
    let signed = secret().sign(ID, at(SENT), br#"{"test": 2432232314}"#);
    let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    assert_eq!(signed["svix-signature"], signature);
    // `verify` compares the time of signing with the system's clock.
    let now = std::time::SystemTime::now();
    secret()
        .verify(&secret().sign(ID, now, BODY), BODY)
        .unwrap();
}

#[test]
fn timestamps_may_differ_by_five_minutes() {
    for (now, genuine) in [
        (SENT - 301, false),
        (SENT - 300, true),
        (SENT + 300, true),
        (SENT + 301, false),
        (0, false),
        (i64::MAX / 1000, false),
    ] {
        let result = secret().verify_at(&headers("svix"), BODY, at(now));
        match result {
            Ok(_) => assert!(genuine, "{now}"),
            Err(error) => {
                assert!(!genuine, "{now}: {error}");
                assert_eq!(error.kind(), WebhookErrorKind::Time);
                assert!(error.to_string().contains("the limit is 300 s"), "{error}");
            }
        }
    }
}

/// While a secret is rotated, a webhook has several signatures. One valid signature is enough, at
/// any position.
#[test]
fn one_valid_signature_of_several_is_enough() {
    for signatures in [
        format!("v1,bm90aGluZw== {SIGNATURE}"),
        format!("{SIGNATURE} v1,bm90aGluZw=="),
        format!("v1a,x v2,y  v1,? {SIGNATURE}"),
    ] {
        secret()
            .verify_at(&with("svix-signature", &signatures), BODY, at(SENT))
            .unwrap();
    }
}

#[test]
fn forged_webhooks_are_rejected() {
    use WebhookErrorKind::{Headers, Signature, Time};

    let tail = SIGNATURE.strip_prefix("v1,").unwrap();
    let other = WebhookSecret::new("whsec_b3RoZXIgc2VjcmV0").unwrap();
    let without = |name: &str| {
        let mut headers = headers("svix");
        headers.remove(name);
        headers
    };
    let twice = |name: &'static str, value: &str| {
        let mut headers = headers("svix");
        headers.append(name, HeaderValue::from_str(value).unwrap());
        headers
    };
    let mut mixed = without("svix-signature");
    mixed.insert("webhook-signature", HeaderValue::from_static(SIGNATURE));
    let mut beside = headers("webhook");
    beside.insert("svix-id", HeaderValue::from_static("msg_forged"));
    beside.insert("svix-timestamp", HeaderValue::from(SENT));
    beside.insert(
        "svix-signature",
        HeaderValue::from_static("v1,bm90aGluZw=="),
    );
    let mut not_text = headers("svix");
    not_text.insert("svix-id", HeaderValue::from_bytes(b"msg_\xff").unwrap());
    let changed = String::from_utf8_lossy(BODY).replace("user_1", "user_2");
    let spaced = String::from_utf8_lossy(BODY).replace(':', ": ");
    let reversed: String = tail.chars().rev().collect();
    let longer = [BODY, b" "].concat();
    let genuine = headers("svix");

    let forged: Vec<(&str, HeaderMap, &[u8], WebhookErrorKind)> = vec![
        ("no headers", HeaderMap::new(), BODY, Headers),
        ("no id", without("svix-id"), BODY, Headers),
        ("no time", without("svix-timestamp"), BODY, Headers),
        ("no signature", without("svix-signature"), BODY, Headers),
        ("an empty id", with("svix-id", ""), BODY, Headers),
        ("an id with a dot", with("svix-id", "msg.1"), BODY, Headers),
        ("an id that is not text", not_text, BODY, Headers),
        ("two ids", twice("svix-id", "msg_2"), BODY, Headers),
        (
            "two signatures",
            twice("svix-signature", "v1,x"),
            BODY,
            Headers,
        ),
        ("headers of two kinds", mixed, BODY, Headers),
        ("forged beside genuine", beside, BODY, Signature),
        ("another id", with("svix-id", "msg_other"), BODY, Signature),
        (
            "another time",
            with("svix-timestamp", "1614265331"),
            BODY,
            Signature,
        ),
        (
            "a later time",
            with("svix-timestamp", "1714265330"),
            BODY,
            Time,
        ),
        (
            "a time with a sign",
            with("svix-timestamp", "+1614265330"),
            BODY,
            Headers,
        ),
        (
            "a time in words",
            with("svix-timestamp", "now"),
            BODY,
            Headers,
        ),
        (
            "an endless time",
            with("svix-timestamp", &"9".repeat(40)),
            BODY,
            Headers,
        ),
        ("an empty time", with("svix-timestamp", ""), BODY, Headers),
        (
            "another body",
            genuine.clone(),
            changed.as_bytes(),
            Signature,
        ),
        (
            "a body serialized again",
            genuine.clone(),
            spaced.as_bytes(),
            Signature,
        ),
        ("no body", genuine.clone(), b"", Signature),
        ("a longer body", genuine.clone(), &longer, Signature),
        (
            "another secret",
            other.sign(ID, at(SENT), BODY),
            BODY,
            Signature,
        ),
        ("no version", with("svix-signature", tail), BODY, Signature),
        (
            "another version",
            with("svix-signature", &format!("v2,{tail}")),
            BODY,
            Signature,
        ),
        (
            "nothing after v1",
            with("svix-signature", "v1,"),
            BODY,
            Signature,
        ),
        (
            "half a signature",
            with("svix-signature", &format!("v1,{}", &tail[..20])),
            BODY,
            Signature,
        ),
        (
            "a reversed signature",
            with("svix-signature", &format!("v1,{reversed}")),
            BODY,
            Signature,
        ),
        (
            "invalid base64",
            with("svix-signature", "v1,!!!"),
            BODY,
            Signature,
        ),
        (
            "an empty signature",
            with("svix-signature", ""),
            BODY,
            Signature,
        ),
    ];
    assert!(forged.len() >= 20);
    for (what, headers, body, kind) in forged {
        let error = match secret().verify_at(&headers, body, at(SENT)) {
            Ok(webhook) => panic!("{what} was accepted: {webhook:?}"),
            Err(error) => error,
        };
        assert_eq!(error.kind(), kind, "{what}: {error}");
    }
}

#[test]
fn signed_but_invalid_payloads_have_their_own_error_kind() {
    for body in [
        &b""[..],
        b"null",
        b"[]",
        b"{}",
        b"\xff",
        br#"{"type":7}"#,
        br#"{"type":"user.created"}"#,
        br#"{"type":"user.created","data":null}"#,
        br#"{"type":"user.updated","data":{"id":7}}"#,
    ] {
        let headers = secret().sign(ID, at(SENT), body);
        let error = secret().verify_at(&headers, body, at(SENT)).unwrap_err();
        assert_eq!(error.kind(), WebhookErrorKind::Payload);
        let source = std::error::Error::source(&error).unwrap();
        let source = source.downcast_ref::<clerk_client::Error>().unwrap();
        assert_eq!(source.kind(), ErrorKind::Decode);
    }
    // The specification requires the id of a user, but not of a deleted user.
    let anonymous = br#"{"type":"user.deleted","data":{"deleted":true}}"#;
    let event = WebhookEvent::from_slice(anonymous).unwrap();
    assert_eq!(event.data.event_type(), "user.deleted");
    let wrong =
        br#"{"type":"user.created","data":{"id":"u","email_addresses":[{"created_at":"hush"}]}}"#;
    let error = WebhookEvent::from_slice(wrong).unwrap_err().to_string();
    assert!(
        error.contains("invalid webhook event user.created: "),
        "{error}"
    );
    assert!(error.contains("email_addresses[0].created_at"), "{error}");
    assert!(!error.contains("hush"), "{error}");
}

#[test]
fn webhook_users_equal_response_users() {
    for kind in ["user.created", "user.updated"] {
        let event = json!({
            "object": "event", "type": kind, "instance_id": "ins_1", "timestamp": 1_716_883_200,
            "event_attributes": { "http_request": { "client_ip": "::1", "user_agent": "curl" } },
            "data": full_user(),
        });
        let read = WebhookEvent::from_slice(event.to_string().as_bytes()).unwrap();
        assert_eq!(read.data.event_type(), kind);
        let (WebhookData::UserCreated(user) | WebhookData::UserUpdated(user)) = &read.data else {
            panic!("{read:?}");
        };
        assert_eq!(serde_json::to_value(user).unwrap(), full_user());
        assert_eq!(serde_json::to_value(&read).unwrap(), event);
    }
}

#[test]
fn unknown_events_are_kept() {
    let event = json!({ "object": "event", "type": "session.dreamt", "instance_id": "ins_1", "timestamp": 1, "data": { "id": "sess_1", "n": 0.1 } });
    let read = WebhookEvent::from_slice(event.to_string().as_bytes()).unwrap();
    let WebhookData::Other(other) = &read.data else {
        panic!("{read:?}");
    };
    assert_eq!(&*other.event_type, "session.dreamt");
    assert_eq!(other.data.get::<Value>().unwrap(), event["data"]);
    assert_eq!(serde_json::to_value(&read).unwrap(), event);
}

#[test]
fn malformed_secrets_are_rejected_and_never_printed() {
    for text in [
        "",
        "whsec_",
        "whsec_!!!",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_hushhush\n",
        "sk_test_hush",
    ] {
        let error = WebhookSecret::new(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(!format!("{error} {error:?}").contains("hush"), "{error}");
    }
    assert!(!format!("{:?}", secret()).contains("MfKQ"));
    let event = json!({ "type": "user.created", "data": full_user() });
    let read = WebhookEvent::from_slice(event.to_string().as_bytes()).unwrap();
    assert!(format!("{read:?}").contains("[redacted]"));
    let other = json!({ "type": "x", "data": { "private_metadata": { "salary": "hush" } } });
    let read = WebhookEvent::from_slice(other.to_string().as_bytes()).unwrap();
    assert!(!format!("{read:?}").contains("hush"));
}

#[test]
fn the_text_of_an_error_is_bounded() {
    let long = "ü".repeat(30_000);
    let event = format!(r#"{{"type":"user.created","{long}":0,"data":{{"{long}":{{}}}}}}"#);
    let typed = format!(r#"{{"type":"{long}","data":[]}}"#);
    let sent = SENT.to_string();
    let signed = |body: &str| {
        let headers = secret().sign(ID, at(SENT), body.as_bytes());
        headers["svix-signature"].to_str().unwrap().to_owned()
    };
    let verify = |id: &str, signature: &str, body: &str, now: i64| {
        let result = secret().verify_parts(id, &sent, signature, body.as_bytes(), at(now));
        result.unwrap_err()
    };
    for (error, reason) in [
        (verify(&long, SIGNATURE, "", SENT), "no signature matches"),
        (
            verify(&long, SIGNATURE, "", SENT + 999),
            "the limit is 300 s",
        ),
        (
            verify(ID, &signed(&event), &event, SENT),
            "missing field `id`",
        ),
        (
            verify(ID, &signed(&typed), &typed, SENT),
            "expected a JSON object",
        ),
    ] {
        for text in [error.to_string(), format!("{error:?}")] {
            assert!(
                text.chars().count() < 2_000 && !text.contains('\n'),
                "{}",
                text.len()
            );
            assert!(text.contains(reason), "{text}");
        }
    }
}

//! Only a webhook that was signed with the secret is accepted, whatever its headers and body are.

use clerk_client::Timestamp;
use clerk_client::http::{HeaderMap, HeaderValue};
use clerk_client::webhooks::{WebhookErrorKind, WebhookSecret};

/// Checks a webhook. The data consists of an id, a time, signatures and a body, separated by zero
/// bytes.
pub(crate) fn check(data: &[u8]) {
    let secret = WebhookSecret::new("whsec_c2VjcmV0IG9mIHRoZSB0ZXN0").unwrap();
    let mut parts = data.splitn(4, |byte| *byte == 0);
    let mut part = || parts.next().unwrap_or_default();
    let (id, sent, signatures, body) = (part(), part(), part(), part());
    let now = Timestamp::from_millis(1_700_000_000_000);

    let mut headers = HeaderMap::new();
    for (name, value) in [("id", id), ("timestamp", sent), ("signature", signatures)] {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            let name = format!("webhook-{name}");
            headers.insert(
                clerk_client::http::HeaderName::try_from(name).unwrap(),
                value,
            );
        }
    }
    let forged = secret.verify_at(&headers, body, now);
    super::is_one_line(&forged.expect_err("nobody knows the secret").to_string());

    let id = String::from_utf8_lossy(id);
    let signed = secret.sign(&id, now, body);
    match secret.verify_at(&signed, body, now) {
        Ok(webhook) => assert_eq!(*webhook.message_id, *id),
        Err(error) => {
            super::is_one_line(&error.to_string());
            assert!(matches!(
                error.kind(),
                WebhookErrorKind::Payload | WebhookErrorKind::Headers
            ));
        }
    }
}

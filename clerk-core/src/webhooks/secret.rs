use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;

use crate::client::error::Error;
use crate::client::variable;
use crate::json::redacted::Redacted;
use crate::types::timestamp::Timestamp;
use crate::webhooks::error::{WebhookError, WebhookErrorKind, short};
use crate::webhooks::event::{Webhook, WebhookEvent};

/// The maximum difference between the time of a delivery and the clock, in milliseconds: 5 minutes.
const TOLERANCE: u64 = 5 * 60 * 1000;

/// The signing secret of a webhook endpoint: `whsec_…`, from Clerk's dashboard.
///
/// `Debug` hides the secret.
#[derive(Clone)]
pub struct WebhookSecret(Hmac<Sha256>);

/// The names of an event's headers. Svix, which sends Clerk's webhooks, uses other names than the
/// Standard Webhooks specification.
struct Names {
    id: HeaderName,
    timestamp: HeaderName,
    signature: HeaderName,
}

const NAMES: [Names; 2] = [
    Names {
        id: HeaderName::from_static("svix-id"),
        timestamp: HeaderName::from_static("svix-timestamp"),
        signature: HeaderName::from_static("svix-signature"),
    },
    Names {
        id: HeaderName::from_static("webhook-id"),
        timestamp: HeaderName::from_static("webhook-timestamp"),
        signature: HeaderName::from_static("webhook-signature"),
    },
];

impl WebhookSecret {
    /// The environment variable from which Clerk's SDKs read the secret.
    pub const ENV: &'static str = "CLERK_WEBHOOK_SIGNING_SECRET";

    /// Creates a secret from the text in the dashboard.
    ///
    /// # Errors
    ///
    /// Returns a [`Configuration`](crate::ErrorKind::Configuration) error if the text is not
    /// `whsec_` followed by base64.
    pub fn new(secret: &str) -> Result<Self, Error> {
        let malformed = || {
            Error::configuration(
                "invalid webhook secret: it does not have the form whsec_… in base64; copy it from Clerk's dashboard",
            )
        };
        let encoded = secret.strip_prefix("whsec_").ok_or_else(malformed)?;
        let key = STANDARD.decode(encoded).map_err(|_| malformed())?;
        if key.is_empty() {
            return Err(malformed());
        }
        let mac = Hmac::new_from_slice(&key).map_err(|_| malformed())?;
        Ok(Self(mac))
    }

    /// Reads the secret from the environment variable [`CLERK_WEBHOOK_SIGNING_SECRET`](Self::ENV).
    ///
    /// # Errors
    ///
    /// Returns a [`Configuration`](crate::ErrorKind::Configuration) error if the variable is not
    /// set or its value is malformed.
    pub fn from_env() -> Result<Self, Error> {
        Self::new(&variable::required(Self::ENV)?)
    }

    /// Verifies a request and returns its event.
    ///
    /// This method rejects a request if the time of delivery in its headers differs from the
    /// system's clock by more than 5 minutes. Pass the original bytes of the body, not JSON that
    /// was decoded and encoded again.
    ///
    /// This method does not exist on `wasm32-unknown-unknown`, which has no clock. Use
    /// [`verify_at`](Self::verify_at) or [`verify_parts`](Self::verify_parts) there.
    ///
    /// # Errors
    ///
    /// Returns an error if the request is not an authentic and valid event. Its
    /// [`kind`](WebhookError::kind) gives the reason.
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<Webhook, WebhookError> {
        #[allow(
            clippy::disallowed_methods,
            reason = "no other clock is available here; verify_at takes the time as an argument"
        )]
        self.verify_at(headers, body, std::time::SystemTime::now())
    }

    /// Verifies a request as [`verify`](Self::verify) does, with `now` instead of the system's
    /// clock.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`verify`](Self::verify).
    pub fn verify_at(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: impl Into<Timestamp>,
    ) -> Result<Webhook, WebhookError> {
        let [svix, standard] = &NAMES;
        let is_standard = !headers.contains_key(&svix.id) && headers.contains_key(&standard.id);
        let names = if is_standard { standard } else { svix };
        let id = header(headers, &names.id)?;
        let timestamp = header(headers, &names.timestamp)?;
        let signatures = header(headers, &names.signature)?;
        self.verify_parts(id, timestamp, signatures, body, now)
    }

    /// Verifies a request as [`verify_at`](Self::verify_at) does, without an [`http::HeaderMap`].
    ///
    /// `id`, `timestamp` and `signatures` are the values of the headers `svix-id`, `svix-timestamp`
    /// and `svix-signature`, or of the headers `webhook-…`.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`verify`](Self::verify). The caller must reject
    /// requests with missing or repeated headers.
    pub fn verify_parts(
        &self,
        id: &str,
        timestamp: &str,
        signatures: &str,
        body: &[u8],
        now: impl Into<Timestamp>,
    ) -> Result<Webhook, WebhookError> {
        if id.is_empty() || id.contains('.') {
            // A dot separates id, time and body in the signed text, so the id must have no dot.
            return Err(malformed("id", "it is empty or contains a dot"));
        }
        let sent_at = seconds(timestamp)
            .ok_or_else(|| malformed("timestamp", "it is not a number of seconds"))?;
        let now = now.into();
        let apart = sent_at.as_millis().abs_diff(now.as_millis());
        if apart > TOLERANCE {
            let side = if sent_at < now {
                "ago"
            } else {
                "in the future"
            };
            let message = format!(
                "invalid webhook {:?}: it was sent {} s {side}, and the limit is {} s",
                short(id),
                apart / 1000,
                TOLERANCE / 1000
            );
            return Err(WebhookError::new(WebhookErrorKind::Time, &message));
        }
        let mac = self.mac(id, timestamp, body);
        let fits = |signature: &str| {
            let signature = signature.strip_prefix("v1,").unwrap_or_default();
            let signature = STANDARD.decode(signature).unwrap_or_default();
            mac.clone().verify_slice(&signature).is_ok()
        };
        if !signatures.split(' ').any(fits) {
            let message = format!(
                "invalid webhook {:?}: no signature matches; it is forged or altered, or the secret belongs to another endpoint",
                short(id)
            );
            return Err(WebhookError::new(WebhookErrorKind::Signature, &message));
        }
        let event = WebhookEvent::from_slice(body).map_err(WebhookError::payload)?;
        Ok(Webhook {
            message_id: id.into(),
            sent_at,
            event,
        })
    }

    /// Returns the headers that authenticate an event, for tests of a webhook handler.
    ///
    /// If the message id is not a valid header value, its header is omitted.
    /// [`verify`](Self::verify) rejects an id that is empty or contains a dot.
    #[must_use]
    pub fn sign(&self, message_id: &str, sent_at: impl Into<Timestamp>, body: &[u8]) -> HeaderMap {
        let seconds = (sent_at.into().as_millis() / 1000).to_string();
        let signature = self.mac(message_id, &seconds, body).finalize().into_bytes();
        let signature = format!("v1,{}", STANDARD.encode(signature));
        let [names, _] = &NAMES;
        [
            (&names.id, message_id),
            (&names.timestamp, &seconds),
            (&names.signature, &signature),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.clone(), HeaderValue::from_str(value).ok()?)))
        .collect()
    }

    fn mac(&self, id: &str, sent: &str, body: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        for part in [id.as_bytes(), b".", sent.as_bytes(), b".", body] {
            mac.update(part);
        }
        mac
    }
}

/// Returns the value of a header that must occur exactly once.
fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<&'a str, WebhookError> {
    let mut values = headers.get_all(name).iter();
    let value = values
        .next()
        .ok_or_else(|| malformed(name.as_str(), "it is missing"))?;
    if values.next().is_some() {
        return Err(malformed(name.as_str(), "it occurs more than once"));
    }
    value
        .to_str()
        .map_err(|_| malformed(name.as_str(), "it is not ASCII"))
}

fn malformed(name: &str, why: &str) -> WebhookError {
    let message = format!("invalid webhook header {name}: {why}");
    WebhookError::new(WebhookErrorKind::Headers, &message)
}

/// Parses a whole number of seconds since 1970 that consists of digits only.
fn seconds(text: &str) -> Option<Timestamp> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = text.parse().ok()?;
    Some(Timestamp::from_millis(seconds.checked_mul(1000)?))
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WebhookSecret").field(&Redacted).finish()
    }
}

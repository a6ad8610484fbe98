use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;

use crate::client::error::Error;
use crate::json::redacted::Redacted;
use crate::types::timestamp::Timestamp;
use crate::webhooks::error::{WebhookError, WebhookErrorKind};
use crate::webhooks::event::{Webhook, WebhookEvent};

/// How far the time of an event may be from now, in milliseconds: 5 minutes either way.
const TOLERANCE: u64 = 5 * 60 * 1000;

/// What signs the events of one endpoint: `whsec_…`, from Clerk's dashboard.
///
/// `Debug` shows nothing of it.
#[derive(Clone)]
pub struct WebhookSecret(Hmac<Sha256>);

/// The headers of an event, by Svix's names or by those of the Standard Webhooks.
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
    /// The environment variable that Clerk's SDKs take it from.
    pub const ENV: &'static str = "CLERK_WEBHOOK_SIGNING_SECRET";

    /// A secret as the dashboard shows it.
    ///
    /// # Errors
    ///
    /// A [`Configuration`](crate::ErrorKind::Configuration) error, for what is not `whsec_` and
    /// base 64.
    pub fn new(secret: &str) -> Result<Self, Error> {
        let malformed =
            || Error::configuration("the webhook secret is not of the form whsec_… in base 64");
        let encoded = secret.strip_prefix("whsec_").ok_or_else(malformed)?;
        let key = STANDARD.decode(encoded).map_err(|_| malformed())?;
        if key.is_empty() {
            return Err(malformed());
        }
        let mac = Hmac::new_from_slice(&key).map_err(|_| malformed())?;
        Ok(Self(mac))
    }

    /// The secret in the environment variable [`CLERK_WEBHOOK_SIGNING_SECRET`](Self::ENV).
    ///
    /// # Errors
    ///
    /// A [`Configuration`](crate::ErrorKind::Configuration) error, where it is not set or
    /// malformed.
    pub fn from_env() -> Result<Self, Error> {
        match std::env::var(Self::ENV) {
            Ok(secret) => Self::new(&secret),
            Err(_) => Err(Error::configuration(format!("{} is not set", Self::ENV))),
        }
    }

    /// The event in a request, if this secret signed it within the last 5 minutes by the system's
    /// clock. The body must be the bytes that came, not JSON that was read and written again.
    ///
    /// # Errors
    ///
    /// Says in its [`kind`](WebhookError::kind) what is wrong with the request.
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<Webhook, WebhookError> {
        #[allow(
            clippy::disallowed_methods,
            reason = "nobody else has the time here, and verify_at takes it from its caller"
        )]
        self.verify_at(headers, body, std::time::SystemTime::now())
    }

    /// The same by a clock of the caller's.
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
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

    /// The same for the values of the three headers (`svix-id`, `svix-timestamp` and
    /// `svix-signature`, or `webhook-…`), where they are not in a map of the crate `http`.
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify).
    pub fn verify_parts(
        &self,
        id: &str,
        timestamp: &str,
        signatures: &str,
        body: &[u8],
        now: impl Into<Timestamp>,
    ) -> Result<Webhook, WebhookError> {
        if id.is_empty() || id.contains('.') {
            // A dot would let a part of the id pass for the time.
            return Err(malformed("id", "it is empty, or has a dot in it"));
        }
        let sent_at = seconds(timestamp)
            .ok_or_else(|| malformed("timestamp", "it is not a number of seconds"))?;
        let now = now.into();
        let apart = sent_at.as_millis().abs_diff(now.as_millis());
        if apart > TOLERANCE {
            let side = if sent_at < now { "ago" } else { "ahead" };
            let message = format!(
                "webhook {id:?} was sent {} s {side}, and only {} s are allowed",
                apart / 1000,
                TOLERANCE / 1000
            );
            return Err(WebhookError::new(WebhookErrorKind::Time, message));
        }
        let mac = self.mac(id, timestamp, body);
        let fits = |signature: &str| {
            let signature = signature.strip_prefix("v1,").unwrap_or_default();
            let signature = STANDARD.decode(signature).unwrap_or_default();
            mac.clone().verify_slice(&signature).is_ok()
        };
        if !signatures.split(' ').any(fits) {
            let message = format!(
                "webhook {id:?} has no signature that fits: it is forged or changed, or the secret is of another endpoint"
            );
            return Err(WebhookError::new(WebhookErrorKind::Signature, message));
        }
        let event = WebhookEvent::from_slice(body).map_err(WebhookError::payload)?;
        Ok(Webhook {
            message_id: id.into(),
            sent_at,
            event,
        })
    }

    /// The headers with which this event is genuine: for tests of what receives one.
    ///
    /// An id that no header can have leaves its header out.
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

/// The one value of a header.
fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<&'a str, WebhookError> {
    let mut values = headers.get_all(name).iter();
    let value = values
        .next()
        .ok_or_else(|| malformed(name.as_str(), "it is missing"))?;
    if values.next().is_some() {
        return Err(malformed(name.as_str(), "it is there more than once"));
    }
    value
        .to_str()
        .map_err(|_| malformed(name.as_str(), "it is not text"))
}

fn malformed(name: &str, why: &str) -> WebhookError {
    let message = format!("webhook: the header {name} cannot be read: {why}");
    WebhookError::new(WebhookErrorKind::Headers, message)
}

/// A whole number of seconds since 1970, in digits alone.
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

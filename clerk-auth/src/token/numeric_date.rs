use std::fmt;

use clerk_core::Timestamp;
use serde_core::de::Visitor;
use serde_core::{Deserialize, Deserializer};

/// A time in a claim: seconds since 1970-01-01 UTC, whole or fractional (RFC 7519,
/// NumericDate).
///
/// Times beyond the range of a [`Timestamp`] saturate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct NumericDate(pub(crate) Timestamp);

impl<'de> Deserialize<'de> for NumericDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Seconds;

        impl Visitor<'_> for Seconds {
            type Value = NumericDate;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of seconds")
            }

            fn visit_i64<E>(self, seconds: i64) -> Result<NumericDate, E> {
                Ok(from_millis(seconds.saturating_mul(1_000)))
            }

            fn visit_u64<E>(self, seconds: u64) -> Result<NumericDate, E> {
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
                Ok(from_millis(seconds.saturating_mul(1_000)))
            }

            #[allow(clippy::cast_possible_truncation, reason = "the cast saturates")]
            fn visit_f64<E>(self, seconds: f64) -> Result<NumericDate, E> {
                Ok(from_millis((seconds * 1_000.0).floor() as i64))
            }
        }

        deserializer.deserialize_f64(Seconds)
    }
}

fn from_millis(millis: i64) -> NumericDate {
    NumericDate(Timestamp::from_millis(millis))
}

use std::fmt;

use serde_core::de::{Error, Unexpected, Visitor};
use serde_core::{Deserialize, Deserializer};

/// A whole number. A fraction is truncated. Clerk may send a fraction, because its specification
/// declares some times and counts as `number`, not as `integer`.
pub(crate) struct Whole(pub(crate) i64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WholeVisitor;

        impl Visitor<'_> for WholeVisitor {
            type Value = Whole;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("i64")
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Whole, E> {
                Ok(Whole(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Whole, E> {
                let invalid = |_| E::invalid_value(Unexpected::Unsigned(number), &self);
                i64::try_from(number).map(Whole).map_err(invalid)
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Whole, E> {
                // 2^63 is the first value that is too large, and -2^63 is the smallest that fits.
                const LIMIT: f64 = 9_223_372_036_854_775_808.0;
                if (-LIMIT..LIMIT).contains(&number) {
                    return Ok(Whole(number as i64));
                }
                Err(E::invalid_value(Unexpected::Float(number), &self))
            }
        }

        deserializer.deserialize_i64(WholeVisitor)
    }
}

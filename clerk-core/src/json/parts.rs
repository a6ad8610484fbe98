//! JSON texts, split one level at a time to compare or write them.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The depth to which JSON is split. Deeper values are compared by their text, and do not count as
/// portable.
const MAX_DEPTH: usize = 128;

/// A JSON value, split into the texts of its items.
pub(crate) enum Parts<'a> {
    Null,
    Bool(bool),
    Number(&'a str),
    String(String),
    Array(Vec<&'a RawValue>),
    Object(BTreeMap<String, &'a RawValue>),
}

impl<'a> Parts<'a> {
    /// Splits a JSON text by one level. Returns `None` if a string or key at this level has a lone
    /// surrogate.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        Some(match text.bytes().next()? {
            b'n' => Self::Null,
            b't' => Self::Bool(true),
            b'f' => Self::Bool(false),
            b'"' => Self::String(serde_json::from_str(text).ok()?),
            b'[' => Self::Array(serde_json::from_str(text).ok()?),
            b'{' => Self::Object(serde_json::from_str(text).ok()?),
            _ => Self::Number(text),
        })
    }
}

/// Whether two JSON texts represent the same value. Numbers are compared as exact decimals: 1, 1.0
/// and 1e0 are equal, but 0.1 and 0.10000000000000001 are not. If a key is repeated, its last value
/// counts.
pub(crate) fn are_equal(a: &str, b: &str) -> bool {
    compare(a, b, MAX_DEPTH)
}

fn compare(a: &str, b: &str, depth: usize) -> bool {
    if a == b {
        return true;
    }
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    match (Parts::of(a), Parts::of(b)) {
        (Some(Parts::Number(a)), Some(Parts::Number(b))) => {
            matches!((Decimal::parse(a), Decimal::parse(b)), (Some(a), Some(b)) if a == b)
        }
        (Some(Parts::String(a)), Some(Parts::String(b))) => a == b,
        (Some(Parts::Array(a)), Some(Parts::Array(b))) => {
            let mut pairs = a.iter().zip(&b);
            a.len() == b.len() && pairs.all(|(a, b)| compare(a.get(), b.get(), depth))
        }
        (Some(Parts::Object(a)), Some(Parts::Object(b))) => {
            let mut pairs = a.iter().zip(&b);
            a.len() == b.len()
                && pairs
                    .all(|((key, a), (other, b))| key == other && compare(a.get(), b.get(), depth))
        }
        _ => false,
    }
}

/// Whether formats other than JSON can represent the value of a JSON text exactly.
pub(crate) fn is_portable(text: &str) -> bool {
    fits(text, MAX_DEPTH)
}

fn fits(text: &str, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    match Parts::of(text) {
        Some(Parts::Null | Parts::Bool(_) | Parts::String(_)) => true,
        Some(Parts::Number(text)) => portable_number(text).is_some(),
        Some(Parts::Array(items)) => items.iter().all(|item| fits(item.get(), depth)),
        Some(Parts::Object(entries)) => entries.values().all(|item| fits(item.get(), depth)),
        None => false,
    }
}

/// A number that formats other than JSON can represent.
#[derive(Clone, Copy)]
pub(crate) enum Number {
    I64(i64),
    U64(u64),
    F64(f64),
}

/// Returns a number as a 64-bit integer or as a float. `None` if neither is exact.
pub(crate) fn portable_number(text: &str) -> Option<Number> {
    if let Ok(integer) = text.parse() {
        return Some(Number::I64(integer));
    }
    if let Ok(integer) = text.parse() {
        return Some(Number::U64(integer));
    }
    let float: f64 = text.parse().ok()?;
    let written = format!("{float:e}");
    let is_exact = float.is_finite() && Decimal::parse(&written)? == Decimal::parse(text)?;
    is_exact.then_some(Number::F64(float))
}

/// A decimal number: its significant digits, times ten to the power of the exponent.
#[derive(PartialEq)]
struct Decimal {
    is_negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// Parses a JSON number. `None` if the exponent is out of range.
    fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = whole.trim_start_matches('-').to_owned() + fraction;
        let significant = digits.trim_start_matches('0').trim_end_matches('0');
        if significant.is_empty() {
            return Some(Self {
                is_negative: false,
                digits: String::new(),
                exponent: 0,
            });
        }
        let zeros = digits.len() - digits.trim_end_matches('0').len();
        let shift = i64::try_from(zeros).ok()? - i64::try_from(fraction.len()).ok()?;
        Some(Self {
            is_negative: text.starts_with('-'),
            digits: significant.to_owned(),
            exponent: exponent.parse::<i64>().ok()?.checked_add(shift)?,
        })
    }
}

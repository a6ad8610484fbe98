//! The order of a list.

use clerk_core::Timestamp;

use crate::fake::operations::codes;
use crate::fake::operations::query::{Pairs, first};
use crate::fake::operations::response::ApiError;

/// A value by which objects are ordered: a number such as a time, or a text.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Number(i64),
    Text(Option<String>),
}

impl From<Timestamp> for Key {
    fn from(time: Timestamp) -> Self {
        Self::Number(time.as_millis())
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

/// Returns the property that a value of `order_by` names, and whether the order is descending.
pub(crate) fn split(text: &str) -> (&str, bool) {
    match text.strip_prefix('-') {
        Some(name) => (name, true),
        // A `+` that is not percent-encoded is decoded as a space.
        None => (text.strip_prefix(['+', ' ']).unwrap_or(text), false),
    }
}

/// Sorts objects by the property that `order_by` names, or by `default`. `names` are the allowed
/// properties. `key` returns the value of a property of an object.
///
/// Objects with equal values keep their order. A `-` before the property reverses the whole sorted
/// list, so it also reverses objects with equal values.
pub(crate) fn sort<T>(
    objects: &mut [T],
    query: Pairs<'_>,
    default: &str,
    names: &[&str],
    key: impl Fn(&T, &str) -> Key,
) -> Result<(), ApiError> {
    let (by, is_descending) = split(first(query, "order_by").unwrap_or(default));
    if !names.contains(&by) {
        let message = format!("order_by must be one of {}.", names.join(", "));
        let code = codes::FORM_PARAM_VALUE_INVALID;
        return Err(ApiError::param(code, "order_by", &message));
    }
    objects.sort_by_cached_key(|object| key(object, by));
    if is_descending {
        objects.reverse();
    }
    Ok(())
}

//! The query parameters of a request, and the page of a list that they select.

use serde_core::Serialize;

use crate::fake::operations::codes;
use crate::fake::operations::response::{ApiError, ApiResult, page, value};

/// The maximum number of values that [`filter_values`] accepts.
const MAX_VALUES: usize = 100;
/// The default number of objects in a page.
const DEFAULT_LIMIT: usize = 10;
/// The maximum number of objects in a page.
const MAX_LIMIT: usize = 500;

/// The parameters of a query, decoded.
pub(crate) type Pairs<'a> = &'a [(String, String)];

/// Returns the first value of a parameter, or `None` if it is missing.
pub(crate) fn first<'a>(query: Pairs<'a>, name: &str) -> Option<&'a str> {
    let pair = query.iter().find(|(key, _)| key == name);
    pair.map(|(_, value)| value.as_str())
}

/// Returns all values of a parameter, or an error if it has too many.
fn values<'a>(query: Pairs<'a>, name: &str) -> Result<Vec<&'a str>, ApiError> {
    let pairs = query.iter().filter(|(key, _)| key == name);
    let values: Vec<&str> = pairs.map(|(_, value)| value.as_str()).collect();
    if values.len() > MAX_VALUES {
        let message = format!("{name} should not exceed {MAX_VALUES} items.");
        return Err(ApiError::param(
            codes::FORM_PARAM_ARRAY_SIZE_EXCEEDED,
            name,
            &message,
        ));
    }
    Ok(values)
}

/// Returns the text of a filter. `None` if the filter is missing or blank. Clerk ignores blank
/// filters.
pub(crate) fn filter_text<'a>(query: Pairs<'a>, name: &str) -> Option<&'a str> {
    first(query, name).filter(|text| !is_blank(text))
}

/// Returns the values of a filter, or an error if there are too many. Omits blank values, because
/// Clerk ignores them.
pub(crate) fn filter_values<'a>(query: Pairs<'a>, name: &str) -> Result<Vec<&'a str>, ApiError> {
    let mut values = values(query, name)?;
    values.retain(|value| !is_blank(value));
    Ok(values)
}

/// Returns the values of a filter that may have any number of values. Omits blank values, because
/// Clerk ignores them.
pub(crate) fn all_filter_values<'a>(query: Pairs<'a>, name: &str) -> Vec<&'a str> {
    let pairs = query.iter().filter(|(key, _)| key == name);
    let values = pairs.map(|(_, value)| value.as_str());
    values.filter(|value| !is_blank(value)).collect()
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Creates an error about a parameter of the wrong type.
pub(crate) fn type_error(name: &str, expected: &str) -> ApiError {
    let message = format!("{name} must be {expected}.");
    ApiError::param(codes::FORM_PARAM_TYPE_INVALID, name, &message)
}

/// Creates an error about a parameter whose value is invalid.
fn value_error(name: &str, expected: &str) -> ApiError {
    let message = format!("{name} must be {expected}.");
    ApiError::param(codes::FORM_PARAM_VALUE_INVALID, name, &message)
}

/// Returns the page of a list that `limit` and `offset` select.
pub(crate) fn window<'a, T>(all: &'a [T], query: Pairs<'_>) -> Result<&'a [T], ApiError> {
    let (offset, limit) = bounds(query)?;
    let end = offset.saturating_add(limit).min(all.len());
    Ok(all.get(offset..end).unwrap_or_default())
}

/// Returns a body with the page of a list that `limit` and `offset` select. With `paginated=true`,
/// the body is an object with the page and the length of the list. Otherwise, the body is an array.
pub(crate) fn listed(all: &[impl Serialize], query: Pairs<'_>) -> ApiResult {
    let data = window(all, query)?;
    match first(query, "paginated") {
        None | Some("false") => Ok(value(data)),
        Some("true") => Ok(page(data, all.len())),
        Some(_) => Err(type_error("paginated", "a boolean")),
    }
}

/// Reads `offset` and `limit`. The defaults are 0 and 10.
pub(crate) fn bounds(query: Pairs<'_>) -> Result<(usize, usize), ApiError> {
    let limit = match first(query, "limit") {
        None => DEFAULT_LIMIT,
        Some(text) => match text.parse() {
            Ok(limit @ 1..=MAX_LIMIT) => limit,
            // If the limit is too high, Clerk uses the default.
            Ok(limit) if limit > MAX_LIMIT => DEFAULT_LIMIT,
            _ => return Err(value_error("limit", "an integer from 1 to 500")),
        },
    };
    let offset = match first(query, "offset") {
        None => 0,
        Some(text) => text
            .parse()
            .map_err(|_| value_error("offset", "an integer of at least 0"))?,
    };
    Ok((offset, limit))
}

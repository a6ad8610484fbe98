//! Paths, encoded segment by segment so that no id can reach another endpoint.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use crate::uri::operation::OperationInfo;

/// Everything except RFC 3986's unreserved characters.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

pub(crate) fn encode(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, ENCODED)
}

/// Replaces the parameters of a route, such as `{user_id}`, by `values` in order.
///
/// Returns an error if [`push`] refuses a value, or if a value names an endpoint. A value names an
/// endpoint if another route in `tables` has an equal literal segment at the same place. `lengths`
/// is the result of [`endpoint_lengths`].
pub(crate) fn expand<'a>(
    route: &str,
    values: impl IntoIterator<Item = &'a str>,
    tables: &[&[OperationInfo]],
    lengths: u64,
) -> Result<String, String> {
    let mut path = String::with_capacity(route.len() + 32);
    let mut values = values.into_iter();
    let mut prefix = 1;
    for part in route.split('/').skip(1) {
        match part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'))
        {
            Some(name) => {
                let value = values.next().unwrap_or_default();
                let before = route.get(..prefix).unwrap_or_default();
                if has_length(lengths, value.len()) && is_endpoint(before, value, tables) {
                    return Err(format!(
                        "invalid {name}: {value:?} is an endpoint of the API, not an id"
                    ));
                }
                push(&mut path, name, value)?;
            }
            None => push(&mut path, "path", part)?,
        }
        prefix += part.len() + 1;
    }
    Ok(path)
}

/// Whether a route in `tables` has the literal segment `value` right after `prefix`.
fn is_endpoint(prefix: &str, value: &str, tables: &[&[OperationInfo]]) -> bool {
    let mut routes = tables.iter().copied().flatten().map(OperationInfo::route);
    routes.any(|route| {
        let rest = route.strip_prefix(prefix);
        rest.and_then(|rest| rest.split('/').next()) == Some(value)
    })
}

/// Returns the lengths of the literal segments that other routes have in place of a parameter of
/// `route`.
///
/// The result has one bit for each length, and is computed at compile time. A value of any other
/// length cannot name an endpoint, so [`expand`] does not search the routes for it.
pub(crate) const fn endpoint_lengths(route: &str, mut tables: &[&[OperationInfo]]) -> u64 {
    let mut lengths = 0;
    while let [table, other_tables @ ..] = tables {
        let mut table: &[OperationInfo] = table;
        while let [info, others @ ..] = table {
            lengths |= endpoint_length(route.as_bytes(), info.route_bytes());
            table = others;
        }
        tables = other_tables;
    }
    lengths
}

/// Compares two routes up to their first difference. If `route` has a parameter there, and `other`
/// has a literal segment, returns the bit of the segment's length. Otherwise, returns 0.
const fn endpoint_length(mut route: &[u8], mut other: &[u8]) -> u64 {
    while let ([byte, route_rest @ ..], [other_byte, other_rest @ ..]) = (route, other) {
        if *byte == b'{' && *other_byte != b'{' {
            return bit(segment_length(other));
        }
        if *byte != *other_byte {
            return 0;
        }
        route = route_rest;
        other = other_rest;
    }
    0
}

const fn segment_length(mut text: &[u8]) -> usize {
    let mut length = 0;
    while let [byte, rest @ ..] = text
        && *byte != b'/'
    {
        length += 1;
        text = rest;
    }
    length
}

/// Returns the bit of a length. All lengths from 63 on share one bit.
const fn bit(length: usize) -> u64 {
    1 << if length < 63 { length } else { 63 }
}

fn has_length(lengths: u64, length: usize) -> bool {
    lengths & bit(length) != 0
}

/// Joins the segments of a custom path.
pub(crate) fn join(segments: impl IntoIterator<Item: AsRef<str>>) -> Result<String, String> {
    let mut path = String::with_capacity(64);
    for (segment, number) in segments.into_iter().zip(1..) {
        let name = format!("path segment {number}");
        push(&mut path, &name, segment.as_ref())?;
    }
    if path.is_empty() {
        return Err("invalid path: it has no segments".to_owned());
    }
    Ok(path)
}

/// Appends a segment, percent-encoded. `name` is the name of the segment in errors.
fn push(path: &mut String, name: &str, value: &str) -> Result<(), String> {
    if value.is_empty() {
        return Err(format!("invalid {name}: it is empty"));
    }
    // Percent-encoding does not help here: URL parsers treat %2e%2e as .. too.
    if value == "." || value == ".." {
        return Err(format!("invalid {name}: {value:?} leads to another path"));
    }
    if let Some((at, character)) = value.char_indices().find(|(_, c)| c.is_control()) {
        return Err(format!(
            "invalid {name}: it contains the control character {character:?} at byte {at}"
        ));
    }
    path.push('/');
    path.extend(encode(value));
    Ok(())
}

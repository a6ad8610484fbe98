//! Paths, segment by segment: no id can reach another endpoint.

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

/// Replaces the names in a route by `values`, in their order.
///
/// A value that is a literal segment of a route in `tables`, at the same place, is an endpoint and
/// not an id, and is refused.
pub(crate) fn expand<'a>(
    route: &str,
    values: impl IntoIterator<Item = &'a str>,
    tables: &[&[OperationInfo]],
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
                if is_endpoint(before, value, tables) {
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

/// Whether a route has this literal segment right after `prefix`.
fn is_endpoint(prefix: &str, value: &str, tables: &[&[OperationInfo]]) -> bool {
    let Some(first) = value.as_bytes().first() else {
        return false;
    };
    // Looking at one byte first keeps the price of a call low.
    for table in tables {
        for info in *table {
            let route = info.route();
            if route.as_bytes().get(prefix.len()) == Some(first)
                && let Some(rest) = route.strip_prefix(prefix)
                && rest.split('/').next() == Some(value)
            {
                return true;
            }
        }
    }
    false
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

/// Appends one percent-encoded segment; errors call it `name`.
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

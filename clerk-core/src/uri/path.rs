//! Paths, segment by segment: no id can reach another endpoint.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// What stands where a user's id does, and is an endpoint of its own.
const NOT_USER_IDS: [&str; 3] = ["count", "ban", "unban"];

pub(crate) fn encode(text: &str) -> percent_encoding::PercentEncode<'_> {
    utf8_percent_encode(text, ENCODED)
}

/// Fills the names in a route with values, in their order.
pub(crate) fn fill(route: &str, values: &[&str]) -> Result<String, String> {
    let mut path = String::with_capacity(route.len() + 32);
    let mut values = values.iter();
    for part in route.split('/').skip(1) {
        match part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'))
        {
            Some(name) => {
                let value = values.next().copied().unwrap_or_default();
                if name == "user_id" && NOT_USER_IDS.contains(&value) {
                    return Err(format!(
                        "user_id is {value:?}, which is an endpoint of the API and no user's id"
                    ));
                }
                push(&mut path, name, value)?;
            }
            None => push(&mut path, "the path", part)?,
        }
    }
    Ok(path)
}

/// A path of the caller's segments.
pub(crate) fn join(segments: impl IntoIterator<Item: AsRef<str>>) -> Result<String, String> {
    let mut path = String::with_capacity(64);
    for (segment, number) in segments.into_iter().zip(1..) {
        push(
            &mut path,
            &format!("segment {number} of the path"),
            segment.as_ref(),
        )?;
    }
    if path.is_empty() {
        return Err("the path has no segments".to_owned());
    }
    Ok(path)
}

/// Appends one segment, percent-encoded; `name` is what to call it in an error.
fn push(path: &mut String, name: &str, value: &str) -> Result<(), String> {
    if value.is_empty() {
        return Err(format!("{name} is empty"));
    }
    // Percent-encoding does not help here: URL parsers treat %2e%2e as .. too.
    if value == "." || value == ".." {
        return Err(format!(
            "{name} is {value:?}, which would lead to another path"
        ));
    }
    if let Some((at, character)) = value.char_indices().find(|(_, c)| c.is_control()) {
        return Err(format!(
            "{name} has the control character {character:?} at byte {at}"
        ));
    }
    path.push('/');
    path.extend(encode(value));
    Ok(())
}

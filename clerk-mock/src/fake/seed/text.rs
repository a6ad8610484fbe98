//! The text of a seed, before its fields are read.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write;

use serde_core::de::IgnoredAny;

use crate::fake::seed::seed_error::{SeedError, TOP_LEVEL, invalid};

/// The characters at which an array, an object, an item or a string starts or ends.
const MARKS: [char; 6] = ['{', '}', '[', ']', ',', '"'];

/// An array or an object whose end has not been reached.
enum Open<'a> {
    Array {
        /// The index of the current item.
        at: usize,
    },
    Object {
        names: BTreeSet<Cow<'a, str>>,
        /// The name of the current field.
        name: Cow<'a, str>,
    },
}

/// Returns the strings in JSON, except names, that have the form of generated ids. Returns an error
/// if the JSON is invalid, or if one of its objects repeats a name.
pub(crate) fn check(text: &str) -> Result<BTreeSet<Box<str>>, SeedError> {
    let syntax = serde_json::from_str::<IgnoredAny>(text);
    syntax.map_err(|error| invalid("JSON", error))?;
    let mut ids = BTreeSet::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut rest = text;
    while let Some((at, mark)) = rest.char_indices().find(|(_, mark)| MARKS.contains(mark)) {
        rest = rest.get(at + 1..).unwrap_or_default();
        match mark {
            '{' => open.push(Open::Object {
                names: BTreeSet::new(),
                name: Cow::Borrowed(""),
            }),
            '[' => open.push(Open::Array { at: 0 }),
            '}' | ']' => {
                open.pop();
            }
            ',' => {
                if let Some(Open::Array { at }) = open.last_mut() {
                    *at += 1;
                }
            }
            _ => {
                let (string, after) = split_string(rest);
                rest = after;
                if after.trim_start().starts_with(':') {
                    add_name(&mut open, string)?;
                } else if is_generated(string) {
                    ids.insert(string.into());
                }
            }
        }
    }
    Ok(ids)
}

/// Adds a name to the innermost open object. Returns an error if the object already has the name.
fn add_name<'a>(open: &mut [Open<'a>], string: &'a str) -> Result<(), SeedError> {
    if let Some(Open::Object { names, name }) = open.last_mut() {
        *name = decoded(string);
        if !names.insert(name.clone()) {
            let message = format!("the name {name:?} occurs more than once");
            return Err(invalid(&place(open), message));
        }
    }
    Ok(())
}

/// Whether a text has the form of the ids and secrets that the fake generates: a prefix, an
/// underscore, and 27 letters and digits. The ids of opaque tokens have 32 letters and digits.
fn is_generated(text: &str) -> bool {
    text.rsplit_once('_').is_some_and(|(_, random)| {
        matches!(random.len(), 27 | 32) && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Splits the text after the opening quote of a string into the string and the text after its
/// closing quote.
fn split_string(text: &str) -> (&str, &str) {
    let mut is_escaped = false;
    let end = text.find(|next: char| {
        let is_end = next == '"' && !is_escaped;
        is_escaped = next == '\\' && !is_escaped;
        is_end
    });
    let (string, rest) = text.split_at(end.unwrap_or(text.len()));
    (string, rest.get(1..).unwrap_or_default())
}

/// Decodes the escapes of a string. A string with an invalid escape stays as it is.
fn decoded(string: &str) -> Cow<'_, str> {
    if !string.contains('\\') {
        return Cow::Borrowed(string);
    }
    let decoded = serde_json::from_str::<String>(&format!("\"{string}\""));
    decoded.map_or(Cow::Borrowed(string), Cow::Owned)
}

/// Returns the place of the innermost open object, such as `users[0].public_metadata`.
fn place(open: &[Open<'_>]) -> String {
    let mut place = String::new();
    for around in open.iter().take(open.len().saturating_sub(1)) {
        match around {
            Open::Array { at } => {
                // Writing into a `String` never fails.
                let _ = write!(place, "[{at}]");
            }
            Open::Object { name, .. } => {
                if !place.is_empty() {
                    place.push('.');
                }
                place.push_str(name);
            }
        }
    }
    if place.is_empty() {
        place.push_str(TOP_LEVEL);
    }
    place
}

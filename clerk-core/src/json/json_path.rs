//! The path of a position in a JSON text.

use std::fmt::Write;

/// The maximum depth of decoded values. Only skipped values may be nested deeper.
const MAX_DEPTH: usize = 128;
/// The maximum number of characters of a key in a path.
const MAX_KEY: usize = 64;

/// A container that is open at the current position.
enum Within {
    Array(usize),
    Object(Option<String>),
}

/// Returns the path of the value at which a JSON reader stopped, such as
/// `[3].email_addresses[0].id`. The path is empty for the text as a whole.
///
/// The reader has already parsed the text up to that position, so the text before it is valid.
pub(crate) fn path_at(text: &str, line: usize, column: usize) -> String {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let read = text.as_bytes();
    let read = read.get(..before + column).unwrap_or(read);

    let mut within = Vec::new();
    let mut too_deep: usize = 0;
    let mut awaits_key = false;
    let mut at = 0;
    while let Some(byte) = read.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' if within.len() == MAX_DEPTH => too_deep += 1,
            b'}' | b']' if too_deep > 0 => too_deep -= 1,
            b'"' if too_deep > 0 => at = end_of_string(read, at),
            _ if too_deep > 0 => {}
            b'{' => {
                within.push(Within::Object(None));
                awaits_key = true;
            }
            b'[' => {
                within.push(Within::Array(0));
                awaits_key = false;
            }
            b'}' | b']' => {
                within.pop();
                awaits_key = false;
            }
            b',' => match within.last_mut() {
                Some(Within::Array(number)) => *number += 1,
                Some(Within::Object(_)) => awaits_key = true,
                None => {}
            },
            b'"' => {
                let end = end_of_string(read, at);
                if let (true, Some(Within::Object(key))) = (awaits_key, within.last_mut()) {
                    let quoted = read.get(at - 1..end).unwrap_or_default();
                    *key = serde_json::from_slice(quoted).ok().map(short);
                    awaits_key = false;
                }
                at = end;
            }
            _ => {}
        }
    }

    let mut path = String::new();
    for container in within {
        match container {
            Within::Array(number) => {
                let _ = write!(path, "[{number}]");
            }
            Within::Object(Some(key)) if path.is_empty() => path.push_str(&key),
            Within::Object(Some(key)) => {
                let _ = write!(path, ".{key}");
            }
            Within::Object(None) => {}
        }
    }
    path
}

/// Cuts off the end of a long key.
fn short(mut key: String) -> String {
    if let Some((end, _)) = key.char_indices().nth(MAX_KEY) {
        key.truncate(end);
        key.shrink_to_fit();
    }
    key
}

/// Returns the position after the closing quote of a string whose first character is at `at`.
fn end_of_string(text: &[u8], mut at: usize) -> usize {
    while let Some(byte) = text.get(at) {
        at += match byte {
            b'"' => return at + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    text.len()
}

//! The path of a position in a JSON text.

use std::fmt::Write;

/// A container that is open at the current position.
enum Within {
    Array(usize),
    Object(Option<String>),
}

/// Returns the path of the value at which a JSON reader stopped, such as
/// `[3].email_addresses[0].id`. The path is empty for the text as a whole.
///
/// The reader has parsed the text up to that position, so this part is valid JSON.
pub(crate) fn path_at(text: &str, line: usize, column: usize) -> String {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let read = text.as_bytes();
    let read = read.get(..before + column).unwrap_or(read);

    let mut within = Vec::new();
    let mut awaits_key = false;
    let mut at = 0;
    while let Some(byte) = read.get(at) {
        at += 1;
        match byte {
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
                    *key = serde_json::from_slice(quoted).ok();
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

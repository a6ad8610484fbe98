//! The conversion of bodies to text, and the repair of invalid escapes in JSON.

use std::borrow::Cow;

/// The maximum number of bytes that are not UTF-8: 1/16 of the body, plus 1024.
const INVALID_SHARE: usize = 16;
const INVALID_ALWAYS: usize = 1024;

/// Returns a body as text, without a byte order mark.
///
/// A few bytes that are not UTF-8 are replaced by U+FFFD. A body with many such bytes is an error.
pub(crate) fn from_body(body: &[u8]) -> Result<Cow<'_, str>, String> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    match str::from_utf8(body) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) => replace_invalid(body)
            .map(Cow::Owned)
            .ok_or_else(|| not_utf8(body)),
    }
}

/// Describes why a body is not UTF-8.
#[cold]
pub(crate) fn not_utf8(body: &[u8]) -> String {
    let error = str::from_utf8(body).err();
    let error = error.map(|error| error.to_string()).unwrap_or_default();
    format!("the body is not UTF-8: {error}")
}

#[cold]
fn replace_invalid(body: &[u8]) -> Option<String> {
    let invalid = || body.utf8_chunks().map(|chunk| chunk.invalid().len());
    let replaced: usize = invalid().sum();
    if replaced > body.len() / INVALID_SHARE + INVALID_ALWAYS {
        return None;
    }
    // A replacement may be longer than the bytes that it replaces. `length` is the exact length of
    // the text.
    let replacements = invalid().filter(|length| *length > 0).count();
    let length = body.len() - replaced + replacements * char::REPLACEMENT_CHARACTER.len_utf8();
    let mut text = String::with_capacity(length);
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    Some(text)
}

/// Replaces the escapes of lone surrogates, such as `\ud83d`, by the escape of U+FFFD. Returns
/// `None` if the text has no lone surrogates.
///
/// JavaScript writes a lone surrogate if a string was cut within an emoji.
#[cold]
pub(crate) fn without_lone_surrogates(text: &str) -> Option<String> {
    let mut lone = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('\\')) {
        let escape = at + found;
        at = escape + 2;
        match surrogate(text, escape) {
            Some(Surrogate::High) => match surrogate(text, escape + ESCAPE) {
                Some(Surrogate::Low) => at = escape + 2 * ESCAPE,
                _ => lone.push(escape),
            },
            Some(Surrogate::Low) => lone.push(escape),
            // In JSON, the character after the backslash is one byte long.
            None => {}
        }
    }
    if lone.is_empty() {
        return None;
    }
    let mut repaired = String::with_capacity(text.len());
    let mut copied = 0;
    for escape in lone {
        repaired.push_str(text.get(copied..escape)?);
        repaired.push_str("\\ufffd");
        copied = escape + ESCAPE;
    }
    repaired.push_str(text.get(copied..)?);
    Some(repaired)
}

/// The length of an escape such as `\ud83d`, in bytes.
const ESCAPE: usize = 6;

enum Surrogate {
    High,
    Low,
}

/// Returns the kind of the escaped surrogate at this position. `None` if there is no escaped
/// surrogate.
fn surrogate(text: &str, at: usize) -> Option<Surrogate> {
    let digits = text.get(at..at + ESCAPE)?.strip_prefix("\\u")?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xd800..=0xdbff => Some(Surrogate::High),
        0xdc00..=0xdfff => Some(Surrogate::Low),
        _ => None,
    }
}

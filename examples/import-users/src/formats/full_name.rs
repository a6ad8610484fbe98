//! The full names of users.

/// Splits a full name into a first and a last name. The last name is the last word. A name of one
/// word is a first name.
pub(crate) fn split_name(name: &str) -> (Option<String>, Option<String>) {
    let name = name.trim();
    match name.rsplit_once(char::is_whitespace) {
        Some((first, last)) => (Some(first.trim_end().to_owned()), Some(last.to_owned())),
        None => (Some(name.to_owned()).filter(|name| !name.is_empty()), None),
    }
}

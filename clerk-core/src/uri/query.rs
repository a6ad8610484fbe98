//! Query strings. Keys and values are percent-encoded. A key is repeated for each of its values.
//! Only [`Query::joined`] writes several values after one key.

use std::fmt::Display;

use crate::uri::path::encode;

/// The maximum number of values that Clerk accepts for one filter.
const MAX_VALUES: usize = 100;

/// A query string under construction, without its `?`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query(String);

impl Query {
    pub(crate) fn pair(&mut self, key: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.extend(encode(key));
        self.0.push('=');
        self.0.extend(encode(value));
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Adds a value that needs no check.
    pub(crate) fn value(&mut self, key: &str, value: impl Display) {
        self.pair(key, &value.to_string());
    }

    /// Adds a search text. Returns an error if it is blank, because Clerk would ignore the filter.
    pub(crate) fn text(&mut self, key: &str, text: &str) -> Result<(), String> {
        not_blank(key, text)?;
        self.pair(key, text);
        Ok(())
    }

    /// Adds the values of a filter. Returns an error if there are more than 100. Also returns an
    /// error if there are none, or if one is blank, because Clerk would ignore the filter.
    pub(crate) fn values<T: AsRef<str>>(&mut self, key: &str, values: &[T]) -> Result<(), String> {
        not_empty(key, values.len())?;
        not_too_many(key, values.len())?;
        for value in values {
            self.text(key, value.as_ref())?;
        }
        Ok(())
    }

    /// Adds the values that a filter includes and excludes.
    ///
    /// Clerk includes a value after `+` or without a sign, and excludes a value after `-`. An
    /// included value gets a `+` only if it starts with a sign itself.
    pub(crate) fn signed<T: AsRef<str>>(
        &mut self,
        key: &str,
        include: Option<&[T]>,
        exclude: Option<&[T]>,
    ) -> Result<(), String> {
        for given in [include, exclude].into_iter().flatten() {
            not_empty(key, given.len())?;
        }
        let (include, exclude) = (include.unwrap_or_default(), exclude.unwrap_or_default());
        not_too_many(key, include.len() + exclude.len())?;
        for value in include.iter().map(AsRef::as_ref) {
            not_blank(key, value)?;
            if value.starts_with(['+', '-']) {
                self.pair(key, &format!("+{value}"));
            } else {
                self.pair(key, value);
            }
        }
        for value in exclude.iter().map(AsRef::as_ref) {
            not_blank(key, value)?;
            self.pair(key, &format!("-{value}"));
        }
        Ok(())
    }

    /// Adds one pair with all values that a filter includes and excludes, separated by commas. An
    /// excluded value gets the prefix `-`. Returns an error if a value itself starts with `-` or
    /// contains a comma, because Clerk would read it as other values. Also returns an error if a
    /// list is empty, if a value is blank, or if both lists have more than 100 values in total.
    pub(crate) fn joined<T: AsRef<str>>(
        &mut self,
        key: &str,
        include: Option<&[T]>,
        exclude: Option<&[T]>,
    ) -> Result<(), String> {
        let mut values = Vec::new();
        for (sign, given) in [("", include), ("-", exclude)] {
            let Some(given) = given else { continue };
            not_empty(key, given.len())?;
            for value in given.iter().map(AsRef::as_ref) {
                not_blank(key, value)?;
                if value.starts_with('-') || value.contains(',') {
                    return Err(format!(
                        "invalid {key}: {value:?} starts with - or contains a comma; Clerk would read it as other values"
                    ));
                }
                values.push(format!("{sign}{value}"));
            }
        }
        not_too_many(key, values.len())?;
        if !values.is_empty() {
            self.pair(key, &values.join(","));
        }
        Ok(())
    }
}

fn not_empty(key: &str, count: usize) -> Result<(), String> {
    if count > 0 {
        return Ok(());
    }
    Err(format!(
        "invalid {key}: it has no values, which Clerk would read as no filter at all"
    ))
}

fn not_too_many(key: &str, count: usize) -> Result<(), String> {
    if count <= MAX_VALUES {
        return Ok(());
    }
    Err(format!(
        "invalid {key}: it has {count} values, and Clerk accepts at most {MAX_VALUES}"
    ))
}

fn not_blank(key: &str, value: &str) -> Result<(), String> {
    if !value.trim().is_empty() {
        return Ok(());
    }
    Err(format!(
        "invalid {key}: a value is blank, which Clerk would read as no filter at all"
    ))
}

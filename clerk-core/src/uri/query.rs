//! Query strings: keys are repeated for each value, and everything is percent-encoded.

use std::fmt::Display;

use crate::uri::path::encode;

/// The most values that Clerk takes for one filter.
const MAX_VALUES: usize = 100;
/// The largest page that Clerk gives; it answers more with its default of 10.
const MAX_LIMIT: u32 = 500;

/// A query string in the making, without its `?`.
#[derive(Debug, Default)]
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

    /// A value that stands for itself.
    pub(crate) fn value(&mut self, key: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.pair(key, &value.to_string());
        }
    }

    /// A text to search for: a blank one would match everybody.
    pub(crate) fn text(&mut self, key: &str, text: &Option<impl AsRef<str>>) -> Result<(), String> {
        let Some(text) = text else { return Ok(()) };
        not_blank(key, text.as_ref())?;
        self.pair(key, text.as_ref());
        Ok(())
    }

    /// A filter by many values: an empty one would match everybody.
    pub(crate) fn values(
        &mut self,
        key: &str,
        values: &Option<Vec<impl AsRef<str>>>,
    ) -> Result<(), String> {
        let Some(values) = values else { return Ok(()) };
        not_empty(key, values.len())?;
        not_too_many(key, values.len())?;
        for value in values {
            not_blank(key, value.as_ref())?;
            self.pair(key, value.as_ref());
        }
        Ok(())
    }

    /// A filter by values that users have, and values that they do not have. Clerk reads `+` and
    /// `-` before a value as include and exclude; no sign is include too, so that sign is written
    /// only where the value itself begins like one.
    pub(crate) fn signed<T: AsRef<str>>(
        &mut self,
        key: &str,
        include: &Option<Vec<T>>,
        exclude: &Option<Vec<T>>,
    ) -> Result<(), String> {
        let (included, excluded) = (include.as_deref(), exclude.as_deref());
        for given in [included, excluded].into_iter().flatten() {
            not_empty(key, given.len())?;
        }
        let (included, excluded) = (included.unwrap_or_default(), excluded.unwrap_or_default());
        not_too_many(key, included.len() + excluded.len())?;
        for value in included.iter().map(AsRef::as_ref) {
            not_blank(key, value)?;
            if value.starts_with(['+', '-']) {
                self.pair(key, &format!("+{value}"));
            } else {
                self.pair(key, value);
            }
        }
        for value in excluded.iter().map(AsRef::as_ref) {
            not_blank(key, value)?;
            self.pair(key, &format!("-{value}"));
        }
        Ok(())
    }

    pub(crate) fn limit(&mut self, limit: Option<u32>) -> Result<(), String> {
        match limit {
            Some(limit) if !(1..=MAX_LIMIT).contains(&limit) => Err(format!(
                "limit is {limit}, and must be from 1 to {MAX_LIMIT}"
            )),
            limit => {
                self.value("limit", limit);
                Ok(())
            }
        }
    }
}

fn not_empty(key: &str, count: usize) -> Result<(), String> {
    if count > 0 {
        return Ok(());
    }
    Err(format!(
        "{key} was given without any value, which Clerk would read as no filter at all"
    ))
}

fn not_too_many(key: &str, count: usize) -> Result<(), String> {
    if count <= MAX_VALUES {
        return Ok(());
    }
    Err(format!(
        "{key} has {count} values, and Clerk takes at most {MAX_VALUES}"
    ))
}

fn not_blank(key: &str, value: &str) -> Result<(), String> {
    if !value.trim().is_empty() {
        return Ok(());
    }
    Err(format!(
        "{key} has a blank value, which Clerk would read as no filter at all"
    ))
}

/// Parameters that are written into a query string.
pub(crate) trait Params {
    /// Writes them, or says which of them Clerk would refuse or misread.
    fn write(&self, query: &mut Query) -> Result<(), String>;
}

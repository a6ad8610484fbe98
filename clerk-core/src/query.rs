//! Query strings: keys are repeated for each value, and everything is percent-encoded.

use std::fmt::Display;

use crate::Timestamp;
use crate::path::encode;

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

    pub(crate) fn time(&mut self, key: &str, time: Option<Timestamp>) {
        self.value(key, time.map(Timestamp::as_millis));
    }

    /// A text to search for: an empty one would match everybody.
    pub(crate) fn text(&mut self, key: &str, text: Option<&str>) -> Result<(), String> {
        match text {
            Some(text) if text.trim().is_empty() => Err(blank(key)),
            Some(text) => {
                self.pair(key, text);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// A filter by many values: an empty one would match everybody.
    pub(crate) fn values<'a>(
        &mut self,
        key: &str,
        values: Option<impl ExactSizeIterator<Item = &'a str>>,
    ) -> Result<(), String> {
        let Some(values) = values else { return Ok(()) };
        if values.len() == 0 {
            return Err(format!(
                "{key} was given without any value, which Clerk would read as no filter at all"
            ));
        }
        if values.len() > MAX_VALUES {
            return Err(format!(
                "{key} has {} values, and Clerk takes at most {MAX_VALUES}",
                values.len()
            ));
        }
        for value in values {
            if value.trim().is_empty() {
                return Err(blank(key));
            }
            self.pair(key, value);
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

fn blank(key: &str) -> String {
    format!("{key} has a blank value, which Clerk would read as no filter at all")
}

/// Parameters that are written into a query string.
pub(crate) trait Params {
    /// Writes them, or says which of them Clerk would refuse or misread.
    fn write(&self, query: &mut Query) -> Result<(), String>;
}

//! The fields of a record: a row of a CSV file, or a JSON object.

use std::fmt;

use clerk_client::Timestamp;
use serde_json::{Map, Value};

use crate::row::RowError;
use crate::unique::Unique;

/// The fields of a record. A method that *takes* a field removes it from the record. Errors name
/// the field. Only the error of an invalid time also contains the value, because other values may
/// be passwords.
pub(crate) struct Cells {
    pub(crate) line: u64,
    /// The id of the user in the system that the file comes from. Empty until the id has been read.
    pub(crate) external_id: String,
    fields: Map<String, Value>,
}

impl Cells {
    pub(crate) fn new(line: u64, fields: Value) -> Result<Self, RowError> {
        match fields {
            Value::Object(fields) => Ok(Self {
                line,
                external_id: String::new(),
                fields,
            }),
            _ => Err(RowError::new(line, "not a JSON object")),
        }
    }

    pub(crate) fn error(&self, field: &str, fault: impl fmt::Display) -> RowError {
        RowError::new(self.line, format!("{field} {fault}")).of(&self.external_id)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }

    /// Returns the fields that were not taken.
    pub(crate) fn into_rest(self) -> Map<String, Value> {
        self.fields
    }

    /// Whether a field has a value: neither null nor a blank text.
    pub(crate) fn has(&self, field: &str) -> bool {
        match self.fields.get(field) {
            None | Some(Value::Null) => false,
            Some(Value::String(text)) => !text.trim().is_empty(),
            Some(_) => true,
        }
    }

    /// Returns a text without taking it. `None` if the field is absent, blank or not a string.
    pub(crate) fn peek(&self, field: &str) -> Option<&str> {
        let text = self.fields.get(field)?.as_str()?;
        Some(text).filter(|text| !text.trim().is_empty())
    }

    /// Takes the id of the user, and stores it in `external_id`. Returns an error if the record has
    /// none.
    pub(crate) fn id(&mut self, field: &str) -> Result<(), RowError> {
        let id = self.text(field)?;
        self.external_id = id.ok_or_else(|| self.error(field, "is missing"))?;
        Ok(())
    }

    /// Takes a text. `None` if it is absent or blank. But a password that consists of blanks is
    /// returned, so that Clerk refuses it.
    pub(crate) fn text(&mut self, field: &str) -> Result<Option<String>, RowError> {
        let is_none = |text: &str| text.is_empty() || field != "password" && text.trim().is_empty();
        match self.fields.remove(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text).filter(|text| !is_none(text))),
            Some(_) => Err(self.error(field, "is not a string")),
        }
    }

    /// Takes a list of texts: an array of strings, or one string that contains separators. Leaves
    /// out empty texts.
    pub(crate) fn texts(
        &mut self,
        field: &str,
        separators: &[char],
    ) -> Result<Vec<String>, RowError> {
        let texts = match self.fields.remove(field) {
            None | Some(Value::Null) => Some(Vec::new()),
            Some(Value::String(text)) => {
                let texts = text.split(separators);
                Some(texts.map(|text| text.trim().to_owned()).collect())
            }
            Some(Value::Array(values)) => {
                let texts = values.iter().map(|value| value.as_str().map(str::to_owned));
                texts.collect()
            }
            Some(_) => None,
        };
        let texts: Option<Vec<String>> = texts;
        let mut texts =
            texts.ok_or_else(|| self.error(field, "is not a string, or an array of strings"))?;
        texts.retain(|text| !text.is_empty());
        Ok(texts)
    }

    /// Takes a boolean, or its text as in CSV: `true`, `t`, `false` or `f`. `false` if the field is
    /// absent or empty.
    pub(crate) fn flag(&mut self, field: &str) -> Result<bool, RowError> {
        match self.fields.remove(field) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(Value::String(text)) if ["true", "t"].contains(&text.as_str()) => Ok(true),
            Some(Value::String(text)) if ["false", "f", ""].contains(&text.as_str()) => Ok(false),
            Some(_) => Err(self.error(field, "is neither true nor false")),
        }
    }

    /// Takes a JSON value. A string is parsed as JSON, because CSV has only strings. `None` if the
    /// field is absent or blank.
    pub(crate) fn json(&mut self, field: &str) -> Result<Option<Value>, RowError> {
        match self.fields.remove(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => {
                let json = serde_json::from_str(&text);
                json.map(|Unique(json)| Some(json))
                    .map_err(|error| self.error(field, format!("is not JSON: {error}")))
            }
            json => Ok(json),
        }
    }

    /// Takes a list of JSON values. It is empty if the field is absent or blank.
    pub(crate) fn list(&mut self, field: &str) -> Result<Vec<Value>, RowError> {
        match self.json(field)? {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items),
            Some(_) => Err(self.error(field, "is not an array")),
        }
    }

    /// Takes a time in RFC 3339, in the format of Postgres, or in milliseconds since 1970. `None`
    /// if the field is absent or blank.
    pub(crate) fn time(&mut self, field: &str) -> Result<Option<Timestamp>, RowError> {
        let time = self.peek_time(field);
        self.fields.remove(field);
        time.map(|text| self.parse_time(field, &text)).transpose()
    }

    /// Returns the text of a time without taking it. `None` if the field is absent or blank.
    pub(crate) fn peek_time(&self, field: &str) -> Option<String> {
        let text = match self.fields.get(field)? {
            Value::Null => return None,
            Value::String(text) => text.trim().to_owned(),
            value => value.to_string(),
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// Parses the text of a field as a time.
    pub(crate) fn parse_time(&self, field: &str, text: &str) -> Result<Timestamp, RowError> {
        let time = match text.parse() {
            Ok(millis) if is_millis(millis) => Some(Timestamp::from_millis(millis)),
            Ok(_) => {
                let fault = format!("{text} is not in milliseconds; is it in seconds?");
                return Err(self.error(field, fault));
            }
            Err(_) => Timestamp::parse_rfc3339(&with_minutes(text)),
        };
        time.ok_or_else(|| {
            let known = "RFC 3339 with a time zone, or milliseconds since 1970";
            self.error(field, format!("{text:?} is not a time: write {known}"))
        })
    }
}

/// Whether a number, positive or negative, is so large that it must be milliseconds since 1970. The
/// limit of 10¹¹ is about 3 years in milliseconds, and about 3,000 years in seconds.
fn is_millis(number: i64) -> bool {
    number.unsigned_abs() >= 100_000_000_000
}

/// Completes the offset of a time from Postgres: `+00` becomes `+00:00`, and `+0530` becomes
/// `+05:30`.
fn with_minutes(text: &str) -> String {
    let clock = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (date, clock) = text.split_at(clock);
    let Some((time, offset)) = clock.find(['+', '-']).map(|sign| clock.split_at(sign)) else {
        return text.to_owned();
    };
    match offset.len() {
        3 => format!("{date}{time}{offset}:00"),
        5 => match offset.split_at_checked(3) {
            Some((hours, minutes)) => format!("{date}{time}{hours}:{minutes}"),
            None => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

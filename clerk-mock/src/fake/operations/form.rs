//! Reads the parameters of a request body, and checks them as Clerk does.

use clerk_core::{Metadata, SecretString, Timestamp};
use serde_json::{Map, Value};

use crate::fake::operations::codes::{self, Code};
use crate::fake::operations::response::{ApiError, error, param_error};

/// The maximum size of metadata, in bytes of JSON.
const MAX_METADATA: usize = 8_192;

/// A body that is being read.
///
/// A parameter that cannot be read is `None`. [`finish`](Form::finish) returns all reported errors.
pub(crate) struct Form<'a> {
    body: &'a Map<String, Value>,
    errors: Vec<Value>,
    known: Vec<&'static str>,
}

impl<'a> Form<'a> {
    pub(crate) fn new(body: &'a Map<String, Value>) -> Self {
        Self {
            body,
            errors: Vec::new(),
            known: Vec::new(),
        }
    }

    /// Reports an error about a parameter.
    pub(crate) fn refuse(&mut self, code: Code, name: &str, message: &str) {
        self.errors.push(param_error(code, name, message));
    }

    /// Reports an error that names no parameter, although a parameter is its cause.
    pub(crate) fn refuse_unnamed(&mut self, code: Code, message: &str) {
        self.errors.push(error(code, message));
    }

    /// Whether the parameter is present, even if it is null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.body.contains_key(name)
    }

    /// Whether the parameter is missing or null.
    pub(crate) fn is_null(&self, name: &str) -> bool {
        self.body.get(name).is_none_or(Value::is_null)
    }

    /// Reads a parameter. Returns `None` if it is missing, null or invalid.
    pub(crate) fn value<T>(
        &mut self,
        name: &'static str,
        expected: &str,
        read: impl Fn(&'a Value) -> Option<T>,
    ) -> Option<T> {
        self.known.push(name);
        let value = self.body.get(name).filter(|value| !value.is_null())?;
        let read = read(value);
        if read.is_none() {
            let message = format!("{name} must be {expected}.");
            self.refuse(codes::FORM_PARAM_TYPE_INVALID, name, &message);
        }
        read
    }

    pub(crate) fn text(&mut self, name: &'static str) -> Option<&'a str> {
        self.value(name, "a string", Value::as_str)
    }

    /// Reads a text. Reports an error if it is missing, null or empty.
    pub(crate) fn required(&mut self, name: &'static str) -> Option<&'a str> {
        let text = self.text(name);
        // `text` has already reported a value of the wrong type.
        if text.map_or_else(|| self.is_null(name), str::is_empty) {
            let message = format!("{name} must be included.");
            self.refuse(codes::FORM_PARAM_MISSING, name, &message);
        }
        text.filter(|text| !text.is_empty())
    }

    pub(crate) fn secret(&mut self, name: &'static str) -> Option<SecretString> {
        self.text(name).map(SecretString::from)
    }

    pub(crate) fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.value(name, "a boolean", Value::as_bool)
    }

    pub(crate) fn count(&mut self, name: &'static str) -> Option<i64> {
        let count = |value: &Value| value.as_i64().filter(|count| *count >= 0);
        self.value(name, "an integer of at least 0", count)
    }

    /// Reads an integer of at least 0. It may be written as `60.0`, because its type in Clerk's
    /// specification is a number.
    pub(crate) fn number(&mut self, name: &'static str) -> Option<i64> {
        let is_integer = |number: &f64| *number >= 0.0 && number.fract() == 0.0;
        let number = |value: &Value| {
            value
                .as_f64()
                .filter(is_integer)
                .map(|number| number as i64)
        };
        self.value(name, "an integer of at least 0", number)
    }

    pub(crate) fn texts(&mut self, name: &'static str) -> Option<Vec<&'a str>> {
        self.value(name, "an array of strings", |value| {
            value.as_array()?.iter().map(Value::as_str).collect()
        })
    }

    /// Reads metadata. If it is not an object, the code of the error is `FORM_PARAM_VALUE_INVALID`,
    /// and not `FORM_PARAM_TYPE_INVALID` as for other parameters.
    pub(crate) fn metadata(&mut self, name: &'static str) -> Option<Metadata> {
        let value = self.value(name, "an object", Some)?;
        if !value.is_object() {
            let message = format!("{name} must be an object.");
            self.refuse(codes::FORM_PARAM_VALUE_INVALID, name, &message);
            return None;
        }
        let metadata: Metadata = value.clone().into();
        self.check_size(name, &metadata);
        Some(metadata)
    }

    /// Reports metadata that is too large, if the form has no error about this parameter yet.
    pub(crate) fn check_size(&mut self, name: &str, metadata: &Metadata) {
        let size = serde_json::to_vec(metadata).map_or(0, |json| json.len());
        let is_about = |error: &Value| {
            let param = error.pointer("/meta/param_name");
            param.and_then(Value::as_str) == Some(name)
        };
        if size > MAX_METADATA && !self.errors.iter().any(is_about) {
            let message = format!("{name} must have no more than {MAX_METADATA} bytes of JSON.");
            self.refuse(codes::FORM_PARAM_EXCEEDS_ALLOWED_SIZE, name, &message);
        }
    }

    pub(crate) fn time(&mut self, name: &'static str) -> Option<Timestamp> {
        let text = self.text(name)?;
        let time = Timestamp::parse_rfc3339(text);
        if time.is_none() {
            let message = format!("{name} must be a date and time of RFC 3339.");
            self.refuse(codes::FORM_PARAM_INVALID_TIME, name, &message);
        }
        time
    }

    /// Returns an error if a parameter is invalid or unknown. The error contains all reported
    /// errors.
    pub(crate) fn finish(mut self) -> Result<(), ApiError> {
        for name in self.body.keys() {
            if !self.known.contains(&name.as_str()) {
                let message = format!("{name} is not a valid parameter for this request.");
                self.errors
                    .push(param_error(codes::FORM_PARAM_UNKNOWN, name, &message));
            }
        }
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(ApiError::params(self.errors))
        }
    }
}

/// Reads a body whose only parameter is a required text, such as `password`.
pub(crate) fn required_text<'a>(
    body: &'a Map<String, Value>,
    name: &'static str,
) -> Result<&'a str, ApiError> {
    let mut form = Form::new(body);
    let text = form.required(name);
    form.finish()?;
    Ok(text.unwrap_or_default())
}

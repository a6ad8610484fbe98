//! Parameters of a body, read with the complaints that Clerk would have.

use clerk_core::{Metadata, SecretString, Timestamp};
use serde_json::{Map, Value};

use super::answer::{Refusal, param_error};

/// A body that is being read. A parameter that is wrong is noted, and reads as absent.
pub(super) struct Form<'a> {
    body: &'a Map<String, Value>,
    errors: Vec<Value>,
    known: Vec<&'static str>,
}

impl<'a> Form<'a> {
    pub(super) fn new(body: &'a Map<String, Value>) -> Self {
        Self {
            body,
            errors: Vec::new(),
            known: Vec::new(),
        }
    }

    /// Notes what is wrong with a parameter.
    pub(super) fn refuse(&mut self, code: &str, name: &str, message: &str) {
        self.errors.push(param_error(code, name, message));
    }

    /// Whether the parameter is there, null or not.
    pub(super) fn has(&self, name: &str) -> bool {
        self.body.contains_key(name)
    }

    fn value<T>(
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
            self.refuse("form_param_type_invalid", name, &message);
        }
        read
    }

    pub(super) fn text(&mut self, name: &'static str) -> Option<&'a str> {
        self.value(name, "a string", Value::as_str)
    }

    pub(super) fn secret(&mut self, name: &'static str) -> Option<SecretString> {
        self.text(name).map(SecretString::from)
    }

    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.value(name, "a boolean", Value::as_bool)
    }

    pub(super) fn count(&mut self, name: &'static str) -> Option<i64> {
        let count = |value: &Value| value.as_i64().filter(|count| *count >= 0);
        self.value(name, "an integer of at least 0", count)
    }

    pub(super) fn texts(&mut self, name: &'static str) -> Option<Vec<&'a str>> {
        self.value(name, "an array of strings", |value| {
            value.as_array()?.iter().map(Value::as_str).collect()
        })
    }

    pub(super) fn metadata(&mut self, name: &'static str) -> Option<Metadata> {
        let object = |value: &'a Value| value.is_object().then(|| value.clone().into());
        self.value(name, "an object", object)
    }

    pub(super) fn time(&mut self, name: &'static str) -> Option<Timestamp> {
        let time = |value: &Value| Timestamp::parse_rfc3339(value.as_str()?);
        self.value(name, "a date and time of RFC 3339", time)
    }

    /// All complaints at once, those of parameters that nobody asked for included.
    pub(super) fn finish(mut self) -> Result<(), Refusal> {
        for name in self.body.keys() {
            if !self.known.contains(&name.as_str()) {
                let message = format!("{name} is not a valid parameter for this request.");
                self.errors
                    .push(param_error("form_param_unknown", name, &message));
            }
        }
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Refusal::params(self.errors))
        }
    }
}

use serde_json::Value;

use crate::json::model::model;
use crate::types::metadata::Metadata;

model! {
    /// One thing that Clerk found wrong.
    ClerkError {
        /// What is wrong, in a few words.
        message: String,
        /// What is wrong, in a sentence for the end user.
        long_message: String,
        /// What is wrong, for programs: `form_identifier_exists`, `resource_not_found` …
        code: String,
        /// More about it, such as `param_name`.
        meta: Metadata = optional,
    }
}

impl ClerkError {
    /// The request parameter that is wrong (`meta.param_name`), where Clerk names one.
    #[must_use]
    pub fn param_name(&self) -> Option<String> {
        let meta: Value = self.meta.get().ok()?;
        Some(meta.get("param_name")?.as_str()?.to_owned())
    }
}

model! {
    /// The body of an error answer.
    ClerkErrors {
        /// What Clerk found wrong.
        errors: Vec<ClerkError>,
        /// More about all of it.
        meta: Metadata = optional,
        /// What to quote to Clerk's support.
        clerk_trace_id: Option<String> = optional,
    }
}

impl ClerkErrors {
    /// Reads an error body as far as it can be read: what has another form is left out.
    pub(crate) fn read(body: &[u8]) -> Self {
        let Ok(value) = serde_json::from_slice::<Value>(body) else {
            return Self::default();
        };
        let text = |value: &Value, key: &str| -> String {
            value
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .into()
        };
        let object = |value: &Value| match value.get("meta") {
            Some(meta @ Value::Object(_)) => Metadata::from(meta.clone()),
            _ => Metadata::new(),
        };
        let errors = value.get("errors").and_then(Value::as_array);
        Self {
            errors: errors
                .into_iter()
                .flatten()
                .filter(|error| error.is_object())
                .map(|error| ClerkError {
                    message: text(error, "message"),
                    long_message: text(error, "long_message"),
                    code: text(error, "code"),
                    meta: object(error),
                })
                .collect(),
            meta: object(&value),
            clerk_trace_id: Some(text(&value, "clerk_trace_id")).filter(|id| !id.is_empty()),
        }
    }
}

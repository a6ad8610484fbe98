use serde_json::Value;

use crate::json::model::model;
use crate::types::metadata::Metadata;

model! {
    /// A single error that Clerk reports.
    ClerkError {
        /// A short message.
        message: String,
        /// A message for the end user, as a full sentence.
        long_message: String,
        /// The machine-readable code: `form_identifier_exists`, `resource_not_found` …
        code: String,
        /// Details, such as `param_name`.
        meta: Metadata = optional,
    }
}

impl ClerkError {
    /// Returns the name of the invalid request parameter (`meta.param_name`). `None` if Clerk
    /// names none.
    #[must_use]
    pub fn param_name(&self) -> Option<String> {
        let meta: Value = self.meta.get().ok()?;
        Some(meta.get("param_name")?.as_str()?.to_owned())
    }
}

model! {
    /// The body of an error response.
    ClerkErrors {
        /// The errors.
        errors: Vec<ClerkError>,
        /// Details about the response as a whole.
        meta: Metadata = optional,
        /// The trace id to quote to Clerk's support.
        clerk_trace_id: Option<String> = optional,
    }
}

impl ClerkErrors {
    /// Reads as much of an error body as possible and skips parts with an unexpected form.
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

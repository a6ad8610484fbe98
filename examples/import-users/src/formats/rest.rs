//! The remaining fields of a record. They become private metadata, or are left out.

use serde_json::{Map, Value};

/// The fields of a record that have no counterpart in Clerk.
pub(crate) struct Rest {
    /// The fields that become private metadata.
    pub(crate) kept: Map<String, Value>,
    /// The names of the fields that are left out, such as `identities.access_token`.
    pub(crate) left_out: Vec<String>,
}

impl Rest {
    /// Keeps all fields except secrets and the fields in `dropped`. Fields without a value are
    /// neither kept nor reported.
    pub(crate) fn new(fields: Map<String, Value>, dropped: &[&str]) -> Self {
        let mut left_out = Vec::new();
        let kept = fields.into_iter().filter_map(|(name, value)| {
            if dropped.contains(&name.as_str()) && !is_blank(&value) {
                left_out.push(name);
                return None;
            }
            let value = sift(&name, value, &mut left_out)?;
            Some((name, value))
        });
        let kept = kept.collect();
        left_out.sort();
        left_out.dedup();
        Self { kept, left_out }
    }
}

/// Removes secrets and blank values from the field at `path`.
fn sift(path: &str, value: Value, left_out: &mut Vec<String>) -> Option<Value> {
    if is_blank(&value) {
        return None;
    }
    if is_secret(path) {
        left_out.push(path.to_owned());
        return None;
    }
    let value = match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().filter_map(|(name, value)| {
                let value = sift(&format!("{path}.{name}"), value, left_out)?;
                Some((name, value))
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => {
            let items = items.into_iter();
            Value::Array(
                items
                    .filter_map(|item| sift(path, item, left_out))
                    .collect(),
            )
        }
        value => value,
    };
    Some(value).filter(|value| !is_blank(value))
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// Whether the name of a field says that its value is a secret. Secrets must not become metadata.
fn is_secret(path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or(path).to_lowercase();
    ["token", "secret"].iter().any(|part| name.contains(part))
        || ["password", "hash", "salt", "codes"]
            .iter()
            .any(|end| name.ends_with(end))
}

//! Generates JSON that conforms to a schema.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::document::{Document, object, required};

/// Generates samples, and records the properties and values in them.
pub(crate) struct Sampler<'a> {
    document: &'a Document,
    kind: Kind,
    /// The enumeration values used, each with its place in the JSON.
    pub(crate) values: BTreeSet<(String, String)>,
    /// The places of all properties.
    pub(crate) properties: BTreeSet<String>,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// All properties of the schema. The number selects variants and enumeration values.
    Full(usize),
    /// All properties, with unknown enumeration values.
    UnknownValues(usize),
    /// Only required properties, and null wherever it is allowed.
    Minimal(usize),
}

impl Kind {
    fn number(self) -> usize {
        match self {
            Self::Full(number) | Self::UnknownValues(number) | Self::Minimal(number) => number,
        }
    }
}

/// Whether a property is a time or a count. Such a property is a whole number, although its type is
/// `number`.
fn is_whole(place: &str) -> bool {
    ["_at", ".expiration", ".total_count"]
        .iter()
        .any(|name| place.ends_with(name))
}

impl<'a> Sampler<'a> {
    pub(crate) fn new(document: &'a Document, kind: Kind) -> Self {
        Self {
            document,
            kind,
            values: BTreeSet::new(),
            properties: BTreeSet::new(),
        }
    }

    pub(crate) fn sample(&mut self, schema: &Value) -> Value {
        self.at("", schema, self.kind.number())
    }

    fn at(&mut self, place: &str, schema: &Value, number: usize) -> Value {
        let schema = self.document.schema(schema);
        if self.kind == Kind::Minimal(self.kind.number()) && schema["nullable"] == json!(true) {
            return Value::Null;
        }
        if let Some(variants) = schema["oneOf"].as_array() {
            let variant = &variants[number % variants.len()];
            return self.at(place, variant, number / variants.len());
        }
        let values = texts(&schema);
        if !values.is_empty() {
            return self.value(place, &values, number);
        }
        if let Some(value) = schema["enum"].get(0) {
            return value.clone();
        }
        match schema["type"].as_str() {
            Some("array") => json!([self.at(&format!("{place}[]"), &schema["items"], number)]),
            Some("integer") => json!(1_700_000_000_000_i64 + i64::try_from(place.len()).unwrap()),
            Some("number") if is_whole(place) => json!(1_700_000_000_000_i64),
            Some("number") => json!(12.5),
            Some("boolean") => json!(true),
            Some("string") => match schema["format"].as_str() {
                Some("date-time") => json!("2026-01-31T12:00:00.123456Z"),
                Some("date") => json!("2026-01-31"),
                _ => json!(format!("text of {place}")),
            },
            _ if schema["properties"].is_object() => self.object(place, &schema, number),
            _ if schema["additionalProperties"]["type"] == "string" => json!({ "free": "text" }),
            // These are metadata and other values without a schema.
            _ => json!({ "free": [1, null, 2.5] }),
        }
    }

    fn object(&mut self, place: &str, schema: &Value, number: usize) -> Value {
        let mut sample = Map::new();
        for (name, property) in object(&schema["properties"]) {
            let least = matches!(self.kind, Kind::Minimal(_));
            if least && !required(schema).contains(&name.as_str()) {
                continue;
            }
            let place = format!("{place}.{name}");
            // Most models always write the same value for `object`, and the test reports values
            // that a model does not write. The sample therefore omits this field if the
            // specification lists no value for it.
            if name == "object" && self.document.schema(property)["enum"].is_null() {
                self.properties.insert(place);
                continue;
            }
            sample.insert(name.clone(), self.at(&place, property, number));
            self.properties.insert(place);
        }
        Value::Object(sample)
    }

    fn value(&mut self, place: &str, values: &[&str], number: usize) -> Value {
        // Most models always write the same value for `object`, so this field gets no unknown
        // values.
        let constant = place.ends_with(".object");
        if matches!(self.kind, Kind::UnknownValues(_)) && !constant {
            let value = format!("tomorrow at {place}");
            self.values.insert((place.to_owned(), value.clone()));
            return json!(value);
        }
        let value = values[number % values.len()];
        self.values.insert((place.to_owned(), value.to_owned()));
        json!(value)
    }
}

/// Returns the texts that an enumeration lists. Omits the empty text, because the models read it as
/// null.
fn texts(schema: &Value) -> Vec<&str> {
    let values = schema["enum"].as_array().into_iter().flatten();
    let texts = values.filter_map(Value::as_str);
    texts.filter(|text| !text.is_empty()).collect()
}

/// Returns every enumeration value of a schema, with its place.
pub(crate) fn all_values(document: &Document, schema: &Value) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    collect(document, schema, "", &mut found);
    found
}

fn collect(
    document: &Document,
    schema: &Value,
    place: &str,
    found: &mut BTreeSet<(String, String)>,
) {
    let schema = document.schema(schema);
    for variant in schema["oneOf"].as_array().into_iter().flatten() {
        collect(document, variant, place, found);
    }
    for value in texts(&schema) {
        found.insert((place.to_owned(), value.to_owned()));
    }
    if schema["items"].is_object() {
        collect(document, &schema["items"], &format!("{place}[]"), found);
    }
    for (name, property) in object(&schema["properties"]) {
        collect(document, property, &format!("{place}.{name}"), found);
    }
}

//! An OpenAPI document, with access to its operations and schemas.

use std::env;

use serde_json::{Map, Value, json};

/// An OpenAPI document.
pub(crate) struct Document(Value);

impl Document {
    /// Reads the document whose path is in this environment variable. Returns `None` if the
    /// variable is not set.
    pub(crate) fn from_env(variable: &str) -> Option<Self> {
        let path = env::var(variable).ok()?;
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{variable} is {path}: {error}"));
        let document = serde_norway::from_str(&text)
            .unwrap_or_else(|error| panic!("{variable} is {path}: {error}"));
        Some(Self(document))
    }

    pub(crate) fn from_value(document: Value) -> Self {
        Self(document)
    }

    /// Returns the named schemas.
    pub(crate) fn schemas(&self) -> &Value {
        &self.0["components"]["schemas"]
    }

    /// Returns the API version.
    pub(crate) fn version(&self) -> &str {
        self.0["info"]["version"].as_str().unwrap()
    }

    /// Adds a member to an object, or an item to an array.
    pub(crate) fn add(&mut self, pointer: &str, name: &str, value: Value) {
        let place = self.0.pointer_mut(pointer);
        match place.unwrap_or_else(|| panic!("{pointer} leads nowhere")) {
            Value::Array(items) => items.push(value),
            place => place[name] = value,
        }
    }

    /// Returns the HTTP method, the path and the definition of each operation whose path starts
    /// with `prefix`.
    pub(crate) fn operations(&self, prefix: &str) -> Vec<(String, String, &Value)> {
        let mut found = Vec::new();
        for (path, item) in object(&self.0["paths"]) {
            for (method, operation) in object(item) {
                if path.starts_with(prefix) && operation["operationId"].is_string() {
                    found.push((method.to_uppercase(), path.clone(), operation));
                }
            }
        }
        found
    }

    /// Returns the name, the schema of the body and the example of each webhook whose name starts
    /// with `prefix`.
    pub(crate) fn webhooks(&self, prefix: &str) -> Vec<(&str, &Value, &Value)> {
        object(&self.0["x-webhooks"])
            .iter()
            .filter(|(name, _)| name.starts_with(prefix))
            .map(|(name, hook)| {
                let content = &hook["post"]["requestBody"]["content"]["application/json"];
                (name.as_str(), &content["schema"], &content["example"])
            })
            .collect()
    }

    /// Follows `$ref` to the value that it refers to.
    pub(crate) fn follow<'a>(&'a self, mut value: &'a Value) -> &'a Value {
        while let Some(reference) = value["$ref"].as_str() {
            let pointer = reference.strip_prefix('#').unwrap();
            let target = self.0.pointer(pointer);
            value = target.unwrap_or_else(|| panic!("{reference} leads nowhere"));
        }
        value
    }

    /// Returns a schema with its `allOf` parts merged into it.
    pub(crate) fn schema(&self, schema: &Value) -> Value {
        let mut whole = self.follow(schema).clone();
        for part in whole["allOf"].take().as_array().into_iter().flatten() {
            let part = self.schema(part);
            for (key, value) in object(&part) {
                match (whole.get_mut(key.as_str()), key.as_str()) {
                    (Some(Value::Object(mine)), "properties") => {
                        mine.extend(object(value).clone());
                    }
                    (Some(Value::Array(mine)), "required") => {
                        mine.extend(value.as_array().unwrap().clone());
                    }
                    (Some(Value::Null) | None, _) => {
                        whole[key] = value.clone();
                    }
                    _ => {}
                }
            }
        }
        whole
    }

    /// Returns an object schema with the properties of all its variants. A property is required if
    /// the schema itself or every variant requires it.
    pub(crate) fn union(&self, schema: &Value) -> Value {
        let mut whole = schema.clone();
        let variants = ["anyOf", "oneOf"].map(|key| schema[key].as_array());
        let variants: Vec<_> = variants.into_iter().flatten().flatten().collect();
        let variants: Vec<_> = variants
            .iter()
            .map(|variant| self.schema(variant))
            .collect();
        let mut common: Option<Vec<&str>> = None;
        for variant in &variants {
            for (name, property) in object(&variant["properties"]) {
                let properties = &mut whole["properties"];
                if properties[name].is_null() {
                    properties[name] = property.clone();
                }
            }
            let names = required(variant);
            common = Some(match common {
                Some(common) => common
                    .into_iter()
                    .filter(|name| names.contains(name))
                    .collect(),
                None => names,
            });
        }
        let mut names = required(schema);
        names.extend(common.unwrap_or_default());
        whole["required"] = json!(names);
        whole
    }

    /// Returns the media type and the schema of the body of a request or response.
    pub(crate) fn body<'a>(&'a self, message: &'a Value) -> Option<(&'a str, Value)> {
        let content = self.follow(message)["content"].as_object()?;
        let (media_type, content) = content.iter().next()?;
        Some((media_type, self.schema(&content["schema"])))
    }
}

/// Returns the members of an object. A value that is not an object has none.
pub(crate) fn object(value: &Value) -> &Map<String, Value> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.as_object().unwrap_or(&NONE)
}

/// Returns the required properties of a schema.
pub(crate) fn required(schema: &Value) -> Vec<&str> {
    let names = schema["required"].as_array().into_iter().flatten();
    names.filter_map(Value::as_str).collect()
}

#[test]
fn references_are_followed_and_all_of_is_merged() {
    let document = Document(json!({ "components": { "schemas": {
        "A": { "type": "object", "properties": { "a": { "type": "string" } }, "required": ["a"] },
        "B": { "allOf": [{ "$ref": "#/components/schemas/A" }, { "properties": { "b": {} }, "required": ["b"] }] },
    } } }));
    let schema = document.schema(&json!({ "$ref": "#/components/schemas/B" }));
    assert_eq!(object(&schema["properties"]).len(), 2);
    assert_eq!(required(&schema), ["a", "b"]);
}

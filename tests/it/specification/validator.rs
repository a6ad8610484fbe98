//! Validates responses against the specification with a JSON schema validator.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::document::Document;

/// Validators for the responses and the webhooks of an OpenAPI document, version 3.0 or 3.1.
pub(crate) struct ResponseValidator {
    document: Document,
    schemas: Value,
    /// The validators, by operationId and status. For an event, the key is the event type and 0.
    compiled: Mutex<HashMap<(String, u16), Arc<Compiled>>>,
}

struct Compiled {
    validator: Validator,
    /// Whether the specification describes an array.
    is_array: bool,
}

impl ResponseValidator {
    pub(crate) fn new(document: Document) -> Self {
        let schemas = translated(document.schemas());
        Self {
            document,
            schemas,
            compiled: Mutex::default(),
        }
    }

    /// Returns the violations of the specification in a response of an operation.
    pub(crate) fn check(&self, operation: &str, status: u16, body: &Value) -> Vec<String> {
        if (status, body) == (204, &Value::Null) {
            return Vec::new();
        }
        // With `paginated=true`, the response is a page, but the specification describes an array.
        let described = || self.schema(operation, status);
        let compiled = self.validator(operation, status, described);
        let body = match body.get("data") {
            Some(data) if compiled.is_array => data,
            _ => body,
        };
        let errors = compiled.validator.iter_errors(body);
        errors
            .map(|error| format!("{operation} {status} at {}: {error}", error.instance_path()))
            .collect()
    }

    /// Returns the violations of the specification in the body of an event.
    pub(crate) fn check_event(&self, event_type: &str, body: &Value) -> Vec<String> {
        let described = || {
            let events = self.document.webhooks(event_type);
            let event = events.into_iter().find(|(name, ..)| *name == event_type);
            let Some((_, schema, _)) = event else {
                return json!({ "not": {} });
            };
            // The parts of an `allOf` are merged, because one part may refuse the properties of
            // another.
            let mut schema = self.merged(schema);
            schema["properties"]["data"] = self.merged(&schema["properties"]["data"]);
            schema
        };
        let compiled = self.validator(event_type, 0, described);
        let errors = compiled.validator.iter_errors(body);
        errors
            .map(|error| format!("{event_type} at {}: {error}", error.instance_path()))
            .collect()
    }

    fn merged(&self, schema: &Value) -> Value {
        let mut schema = self.document.schema(schema);
        schema
            .as_object_mut()
            .unwrap()
            .retain(|_, part| !part.is_null());
        schema
    }

    fn validator(
        &self,
        name: &str,
        status: u16,
        described: impl FnOnce() -> Value,
    ) -> Arc<Compiled> {
        let key = (name.to_owned(), status);
        let mut compiled = self.compiled.lock().unwrap();
        let make = || {
            let described = described();
            let is_array = self.document.follow(&described)["type"] == "array";
            let mut schema = translated(&described);
            schema["components"] = json!({ "schemas": self.schemas });
            let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
            let validator = options.build(&schema).unwrap();
            Arc::new(Compiled {
                validator,
                is_array,
            })
        };
        compiled.entry(key).or_insert_with(make).clone()
    }

    /// Returns the schema of the operation's response.
    ///
    /// If the operation has no schema for a status of 400 or above, the schema is that of Clerk's
    /// errors. For other statuses without a schema, the returned schema rejects every body.
    fn schema(&self, id: &str, status: u16) -> Value {
        let operations = self.document.operations("");
        let own = operations
            .iter()
            .find(|(.., operation)| operation["operationId"] == id)
            .map(|(.., operation)| &operation["responses"][status.to_string()])
            .map(|response| self.document.follow(response));
        let own = own.map(|response| &response["content"]["application/json"]["schema"]);
        match own {
            Some(schema) if !schema.is_null() => schema.clone(),
            _ if status >= 400 => json!({ "$ref": "#/components/schemas/ClerkErrors" }),
            _ => json!({ "not": {} }),
        }
    }
}

/// Translates an OpenAPI schema into a JSON schema. Only `nullable` needs a translation.
fn translated(schema: &Value) -> Value {
    match schema {
        Value::Array(items) => items.iter().map(translated).collect(),
        Value::Object(members) => {
            let mut members: serde_json::Map<_, _> = members
                .iter()
                .map(|(name, value)| (name.clone(), translated(value)))
                .collect();
            if members.get("nullable") != Some(&json!(true)) {
                return Value::Object(members);
            }
            members.remove("nullable");
            json!({ "anyOf": [members, { "type": "null" }] })
        }
        other => other.clone(),
    }
}

#[test]
fn schema_violations_are_reported() {
    let document = Document::from_value(json!({
        "paths": { "/users/{id}": { "get": {
            "operationId": "GetUser",
            "responses": { "200": { "content": { "application/json": {
                "schema": { "$ref": "#/components/schemas/User" },
            } } } },
        } } },
        "components": { "schemas": { "User": {
            "type": "object",
            "required": ["id", "name"],
            "properties": {
                "id": { "type": "string" },
                "name": { "type": "string", "nullable": true },
            },
        }, "ClerkErrors": { "type": "object", "required": ["errors"] } } },
    }));
    let responses = ResponseValidator::new(document);
    let count = |status, body| responses.check("GetUser", status, &body).len();
    assert_eq!(count(200, json!({ "id": "u", "name": null })), 0);
    assert_eq!(count(200, json!({ "id": 7, "name": null })), 1);
    assert_eq!(count(200, json!({ "id": "u" })), 1);
    assert_eq!(count(404, json!({ "errors": [] })), 0);
    assert_eq!(count(404, json!({})), 1);
    assert_eq!(count(204, json!({})), 1);
}

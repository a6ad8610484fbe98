//! Whether an answer is one that the specification allows, by a JSON schema validator.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::document::Document;

/// OpenAPI 3.0's schemas, as JSON schemas.
pub(crate) struct Answers {
    document: Document,
    schemas: Value,
    compiled: Mutex<HashMap<(String, u16), Arc<Validator>>>,
}

impl Answers {
    pub(crate) fn new(document: Document) -> Self {
        let schemas = translated(document.schemas());
        Self {
            document,
            schemas,
            compiled: Mutex::default(),
        }
    }

    /// What is wrong with the answer to an operation.
    pub(crate) fn check(&self, operation: &str, status: u16, body: &Value) -> Vec<String> {
        // The page that `paginated=true` asks for is in the SDKs, and not in the specification.
        let body = match operation {
            "GetOAuthAccessToken" => body.get("data").unwrap_or(body),
            _ => body,
        };
        let validator = self.validator(operation, status);
        let errors = validator.iter_errors(body);
        errors
            .map(|error| format!("{operation} {status} at {}: {error}", error.instance_path()))
            .collect()
    }

    fn validator(&self, operation: &str, status: u16) -> Arc<Validator> {
        let key = (operation.to_owned(), status);
        let mut compiled = self.compiled.lock().unwrap();
        let make = || {
            let mut schema = translated(&self.schema(operation, status));
            schema["components"] = json!({ "schemas": self.schemas });
            let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
            Arc::new(options.build(&schema).unwrap())
        };
        compiled.entry(key).or_insert_with(make).clone()
    }

    /// That of the operation's own answer; of Clerk's errors, where it has none for this status.
    fn schema(&self, id: &str, status: u16) -> Value {
        let operations = self.document.operations("/users");
        let own = operations
            .iter()
            .find(|(.., operation)| operation["operationId"] == id)
            .map(|(.., operation)| &operation["responses"][status.to_string()])
            .map(|answer| self.document.follow(answer));
        let own = own.map(|answer| &answer["content"]["application/json"]["schema"]);
        match own {
            Some(schema) if !schema.is_null() => schema.clone(),
            _ if status >= 400 => json!({ "$ref": "#/components/schemas/ClerkErrors" }),
            _ => json!({ "not": {} }),
        }
    }
}

/// `nullable` is OpenAPI's own; the rest is the same.
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
fn what_the_schema_does_not_allow_is_named() {
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
    let answers = Answers::new(document);
    let count = |status, body| answers.check("GetUser", status, &body).len();
    assert_eq!(count(200, json!({ "id": "u", "name": null })), 0);
    assert_eq!(count(200, json!({ "id": 7, "name": null })), 1);
    assert_eq!(count(200, json!({ "id": "u" })), 1);
    assert_eq!(count(404, json!({ "errors": [] })), 0);
    assert_eq!(count(404, json!({})), 1);
    assert_eq!(count(204, json!({})), 1);
}

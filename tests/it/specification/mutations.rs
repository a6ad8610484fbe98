//! Responses that Clerk may send tomorrow, for every operation: each value of a response that the
//! specification allows is null, missing, joined by an unknown one, or of the wrong type.

use std::collections::BTreeSet;
use std::fmt::Write;

use clerk_client::{Error, OperationInfo, Printed};
use futures_util::FutureExt;
use serde_json::{Value, json};

use super::sample::{Kind, Sampler};
use crate::support::client_replying_ok;
use crate::support::samples::{sample_call, sampler};

/// A field of an object, as a pointer to the object and a key.
struct Field {
    object: String,
    key: String,
}

impl Field {
    fn pointer(&self) -> String {
        format!("{}/{}", self.object, self.key)
    }

    /// The path as errors write it: `data[0].id`.
    fn path(&self) -> String {
        let steps = self.pointer();
        steps
            .split('/')
            .skip(1)
            .fold(String::new(), |mut path, step| {
                let dot = if path.is_empty() { "" } else { "." };
                match step.parse::<usize>() {
                    Ok(at) => write!(path, "[{at}]").unwrap(),
                    Err(_) => write!(path, "{dot}{step}").unwrap(),
                }
                path
            })
    }
}

#[test]
fn every_response_survives_its_mutations() {
    let Some(document) = super::specification() else {
        return;
    };
    let (mut fields, mut required) = (0, BTreeSet::new());
    for (_, _, operation) in document.operations("/users") {
        let id = operation["operationId"].as_str().unwrap();
        let info = OperationInfo::try_from(id).unwrap();
        let (_, schema) = document.body(&operation["responses"]["200"]).unwrap();
        let sample = Sampler::new(&document, Kind::Full(3)).sample(&schema);
        let mut found = Vec::new();
        fields_of(&sample, "", &mut found);
        fields += found.len();
        for field in found {
            mutate(&info, &sample, &field, &mut required);
        }
    }
    println!("{fields} fields of responses, each in four mutations");
    // An object without `data` is not a page.
    let expected = [
        ("organization", "id"),
        ("organization_membership", "id"),
        ("page", "data"),
        ("trusted_device", "id"),
        ("user", "id"),
    ];
    let expected = expected.map(|(object, key)| (object.to_owned(), key.to_owned()));
    assert_eq!(required, BTreeSet::from(expected));
}

/// Mutates one field; `required` collects the objects and keys that may not be left out.
fn mutate(
    info: &OperationInfo,
    sample: &Value,
    field: &Field,
    required: &mut BTreeSet<(String, String)>,
) {
    let (path, pointer) = (field.path(), field.pointer());
    let with = |change: &dyn Fn(&mut Value)| {
        let mut mutated = sample.clone();
        change(mutated.pointer_mut(&pointer).unwrap());
        read(info, &mutated)
    };
    let whole = read(info, sample).unwrap();

    let mut missing = sample.clone();
    let object = missing.pointer_mut(&field.object).unwrap();
    object.as_object_mut().unwrap().remove(&field.key);
    let missing = read(info, &missing);
    let null = with(&|value| *value = Value::Null);
    match (&missing, &null) {
        (Ok(missing), Ok(null)) => assert_eq!(missing.json, null.json, "{path}"),
        _ => {
            let object = sample.pointer(&field.object).unwrap();
            let object = object["object"].as_str().unwrap_or("page").to_owned();
            required.insert((object, field.key.clone()));
        }
    }

    let more = with(&|value| {
        if let Some(object) = value.as_object_mut() {
            object.insert("a_field_of_tomorrow".into(), json!([{ "deep": [1, null] }]));
        }
    });
    if !is_free(&field.key) {
        assert_eq!(more.unwrap().json, whole.json, "{path}");
    }

    if with(&|_| ()).is_ok() && sample.pointer(&pointer).unwrap().is_string() {
        with(&|value| *value = json!("a value of tomorrow")).unwrap_or_else(|error| {
            panic!("{}: {path}: {error}", info.operation_id());
        });
    }
    let is_array = sample.pointer(&pointer).unwrap().is_array();
    let wrong = if is_array {
        json!(true)
    } else {
        json!(["a secret"])
    };
    if let Err(error) = with(&|value| *value = wrong.clone()) {
        let error = error.to_string();
        assert!(
            error.contains(&format!("at {path}: expected ")),
            "{path}: {error}"
        );
        assert!(!error.contains("a secret"), "{error}");
    } else {
        // Only a constant may be of any type: it is not read.
        assert_eq!(field.key, "object", "{}: {path}", info.operation_id());
    }
}

/// Whether a value is any JSON, which is kept as it is.
fn is_free(key: &str) -> bool {
    key.ends_with("metadata") || key == "meta"
}

/// Collects the fields of all objects, except for the content of metadata.
fn fields_of(value: &Value, at: &str, found: &mut Vec<Field>) {
    if at.rsplit('/').next().is_some_and(is_free) {
        return;
    }
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let (object, key) = (at.to_owned(), key.clone());
                fields_of(value, &format!("{object}/{key}"), found);
                found.push(Field { object, key });
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                fields_of(item, &format!("{at}/{number}"), found);
            }
        }
        _ => {}
    }
}

fn read(info: &OperationInfo, body: &Value) -> Result<Printed, Error> {
    let clerk = client_replying_ok(body.to_string());
    let call = sample_call(&clerk, info, &sampler("user_1", 0));
    // The double responds at once: no runtime is needed.
    call.send().now_or_never().unwrap()
}

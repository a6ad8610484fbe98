//! Responses that Clerk may send in the future, for every operation. The test makes each field of a
//! valid response in turn null, missing, or of the wrong type. If the field is a string, the test
//! also sets an unknown value. If it is an object, the test also adds an unknown field to it.

use std::collections::BTreeSet;
use std::fmt::Write;

use clerk_client::{Error, OperationInfo, Printed};
use futures_util::FutureExt;
use serde_json::{Value, json};

use super::document::object;
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

    /// Returns the path in the form of error messages, such as `data[0].id`.
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
    let (mut seen, mut differences) = (BTreeSet::new(), Vec::new());
    for (_, _, operation) in super::operations(&document) {
        let info = OperationInfo::try_from(super::id(operation)).unwrap();
        let responses = object(&operation["responses"]).iter();
        let schemas = responses.filter(|(status, _)| status.starts_with('2'));
        for (_, schema) in schemas.filter_map(|(_, response)| document.body(response)) {
            // Many operations return the same model, which is tested only once.
            if !seen.insert(schema.to_string()) {
                continue;
            }
            let sample = Sampler::new(&document, Kind::Full(3)).sample(&schema);
            let mut found = Vec::new();
            fields_of(&sample, "", &mut found);
            fields += found.len();
            for field in found {
                if let Err(difference) = mutate(&info, &sample, &field, &mut required) {
                    differences.push(format!(
                        "{}: {}: {difference}",
                        info.operation_id(),
                        field.path()
                    ));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
    println!("{fields} fields of responses, each in four mutations");
    // A page is recognized by its list, so the list must be present.
    let expected = [
        ("organization", "id"),
        ("organization_membership", "id"),
        ("page", "data"),
        ("page", "m2m_tokens"),
        ("trusted_device", "id"),
        ("user", "id"),
    ];
    let expected = expected.map(|(object, key)| (object.to_owned(), key.to_owned()));
    assert_eq!(required, BTreeSet::from(expected));
}

/// Mutates one field. Returns an error if the client treats a mutation wrongly. `required` collects
/// the objects and keys that must be present.
fn mutate(
    info: &OperationInfo,
    sample: &Value,
    field: &Field,
    required: &mut BTreeSet<(String, String)>,
) -> Result<(), String> {
    let (path, pointer) = (field.path(), field.pointer());
    let with = |change: &dyn Fn(&mut Value)| {
        let mut mutated = sample.clone();
        change(mutated.pointer_mut(&pointer).unwrap());
        read(info, &mutated)
    };
    let whole = read(info, sample).map_err(|error| error.to_string())?;

    let mut missing = sample.clone();
    let object = missing.pointer_mut(&field.object).unwrap();
    object.as_object_mut().unwrap().remove(&field.key);
    let missing = read(info, &missing);
    let null = with(&|value| *value = Value::Null);
    match (&missing, &null) {
        (Ok(missing), Ok(null)) if missing.json == null.json => {}
        (Ok(_), Ok(_)) => return Err("null is not the same as a missing field".to_owned()),
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
    let is_free = is_free(&field.key, sample.pointer(&pointer).unwrap());
    if !is_free && !more.is_ok_and(|more| more.json == whole.json) {
        return Err("an unknown field changes it".to_owned());
    }

    if sample.pointer(&pointer).unwrap().is_string() {
        with(&|value| *value = json!("a value of tomorrow")).map_err(|error| error.to_string())?;
    }
    let is_array = sample.pointer(&pointer).unwrap().is_array();
    let wrong = if is_array {
        json!(true)
    } else {
        json!(["a secret"])
    };
    match with(&|value| *value = wrong.clone()) {
        Err(error) => {
            let error = error.to_string();
            if !error.contains(&format!("at {path}: expected ")) || error.contains("a secret") {
                return Err(error);
            }
        }
        // A wrong type is accepted only for the constant `object`, and for values that may be any
        // JSON.
        Ok(_) if field.key == "object" || is_free => {}
        Ok(_) => return Err(format!("{wrong} is accepted")),
    }
    Ok(())
}

/// Whether a value may be any JSON. The client keeps such values unchanged. The sampler marks them
/// with `free`.
fn is_free(key: &str, value: &Value) -> bool {
    key.ends_with("metadata") || key == "meta" || value.get("free").is_some()
}

/// Collects the fields of all objects, except those inside values that may be any JSON.
fn fields_of(value: &Value, at: &str, found: &mut Vec<Field>) {
    if is_free(at.rsplit('/').next().unwrap_or_default(), value) {
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
    // The test double responds immediately, so no runtime is needed.
    call.send().now_or_never().unwrap()
}

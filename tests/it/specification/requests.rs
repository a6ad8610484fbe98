//! Compares the parameters and request bodies that the client sends with the specification.

use std::collections::{BTreeMap, BTreeSet};

use clerk_client::OperationInfo;
use clerk_client::samples::Sampler;
use serde_json::Value;

use super::Walk;
use super::document::{Document, object, required};
use crate::support::client_replying_ok;
use crate::support::samples::{sample_call, sampler};

/// The names and the texts of what is sent in a query, and in a body.
#[derive(Default)]
struct Sent {
    query: BTreeMap<String, BTreeSet<String>>,
    body: BTreeMap<String, BTreeSet<String>>,
}

/// Returns what the sample calls of these rounds send.
fn sent(info: &OperationInfo, rounds: impl IntoIterator<Item = usize>) -> Sent {
    let mut sent = Sent::default();
    let clerk = client_replying_ok("");
    for round in rounds {
        let call = sample_call(&clerk, info, &sampler("user_1", round));
        let request = call.into_request().unwrap();
        let query = request.uri().query().unwrap_or_default().split('&');
        for (name, value) in query.filter_map(|pair| pair.split_once('=')) {
            let values = sent.query.entry(name.to_owned()).or_default();
            values.insert(value.to_owned());
        }
        let body = request.body();
        match serde_json::from_slice::<Value>(body) {
            Ok(json) => {
                for (name, value) in object(&json) {
                    let values = sent.body.entry(name.clone()).or_default();
                    let items = value
                        .as_array()
                        .map_or(std::slice::from_ref(value), Vec::as_slice);
                    values.extend(items.iter().filter_map(Value::as_str).map(str::to_owned));
                }
            }
            Err(_) => {
                let form = String::from_utf8_lossy(body);
                let names = form.split("form-data; name=\"").skip(1);
                for name in names.filter_map(|rest| rest.split('"').next()) {
                    sent.body.entry(name.to_owned()).or_default();
                }
            }
        }
    }
    sent
}

pub(super) fn walk(walk: &mut Walk, document: &Document, info: &OperationInfo, operation: &Value) {
    let (least, most) = (sent(info, [0]), sent(info, 1..Sampler::ROUNDS));
    let mut query = BTreeSet::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let parameter = document.follow(parameter);
        let name = parameter["name"].as_str().unwrap();
        walk.parameters += 1;
        match parameter["in"].as_str() {
            Some("path") if info.route().contains(&format!("{{{name}}}")) => {}
            Some("query") if most.query.contains_key(name) => {
                query.insert(name.to_owned());
            }
            place => walk.unknown(
                info.operation_id(),
                format!("the parameter {name} in {place:?}"),
            ),
        }
        values(
            walk,
            document,
            info,
            name,
            &parameter["schema"],
            most.query.get(name),
        );
    }
    for name in most.query.keys() {
        // Documented for the operation that has it by its two shapes only.
        if !query.contains(name) && name != "paginated" {
            walk.unknown(
                info.operation_id(),
                format!("the parameter {name} is sent, and not specified"),
            );
        }
    }

    let Some((_, schema)) = document.body(&operation["requestBody"]) else {
        for name in most.body.keys() {
            walk.unknown(
                info.operation_id(),
                format!("{name} is sent, and no body is specified"),
            );
        }
        return;
    };
    let properties = object(&schema["properties"]);
    for (name, property) in properties {
        walk.request_properties += 1;
        if !most.body.contains_key(name) {
            walk.unknown(info.operation_id(), format!("the request property {name}"));
        }
        values(walk, document, info, name, property, most.body.get(name));
    }
    for name in required(&schema) {
        if !least.body.contains_key(name) {
            walk.unknown(
                info.operation_id(),
                format!("the request property {name} is required"),
            );
        }
    }
    for name in most.body.keys() {
        if !properties.contains_key(name) {
            walk.unknown(
                info.operation_id(),
                format!("{name} is sent, and not specified"),
            );
        }
    }
}

/// The values that a parameter or property may have, where they are listed.
fn values(
    walk: &mut Walk,
    document: &Document,
    info: &OperationInfo,
    name: &str,
    schema: &Value,
    sent: Option<&BTreeSet<String>>,
) {
    let schema = document.schema(schema);
    let items = document.schema(&schema["items"]);
    let listed = [&schema, &items].map(|schema| schema["enum"].as_array());
    for value in listed.into_iter().flatten().flatten() {
        walk.values += 1;
        let value = value.as_str().unwrap();
        let known = sent.is_some_and(|sent| sent.contains(value));
        if !known {
            walk.unknown(
                info.operation_id(),
                format!("the value {value:?} of {name} in the request"),
            );
        }
    }
}

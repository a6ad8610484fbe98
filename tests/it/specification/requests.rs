//! Checks the parameters and request bodies that the client sends against the specification.

use std::collections::{BTreeMap, BTreeSet};

use clerk_client::OperationInfo;
use clerk_client::samples::Sampler;
use serde_json::Value;

use super::Walk;
use super::document::{Document, object, required};
use crate::support::client_replying_ok;
use crate::support::samples::{sample_call, sampler};

/// The names and values that are sent in the path, in the query, and in the body.
#[derive(Default)]
struct Sent {
    path: BTreeMap<String, BTreeSet<String>>,
    query: BTreeMap<String, BTreeSet<String>>,
    body: BTreeMap<String, BTreeSet<String>>,
}

/// Returns the names and values that the sample calls of these rounds send. Each round uses
/// different values of enumerations.
fn sent(info: &OperationInfo, rounds: impl IntoIterator<Item = usize>) -> Sent {
    let mut sent = Sent::default();
    let clerk = client_replying_ok("");
    for round in rounds {
        let call = sample_call(&clerk, info, &sampler("user_1", round));
        let request = call.into_request().unwrap();
        let segments = request.uri().path().trim_start_matches("/v1").split('/');
        for (name, segment) in info.route().split('/').zip(segments) {
            if let Some(name) = name.strip_prefix('{') {
                let texts = sent.path.entry(name.trim_end_matches('}').to_owned());
                texts.or_default().insert(segment.to_owned());
            }
        }
        let query = request.uri().query().unwrap_or_default().split('&');
        for (name, value) in query.filter_map(|pair| pair.split_once('=')) {
            let values = sent.query.entry(name.to_owned()).or_default();
            // Some filters are sent as one value with commas.
            values.extend(value.split("%2C").map(str::to_owned));
        }
        let body = request.body();
        match serde_json::from_slice::<Value>(body) {
            Ok(json) => record(&mut sent.body, "", &json),
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

/// Records the texts of a JSON body by their places: `name`, `actor.sub`, `[].url`.
fn record(body: &mut BTreeMap<String, BTreeSet<String>>, place: &str, json: &Value) {
    if !place.is_empty() {
        let texts = body.entry(place.to_owned()).or_default();
        texts.extend(json.as_str().map(str::to_owned));
    }
    for (name, value) in object(json) {
        record(body, &member(place, name), value);
    }
    for item in json.as_array().into_iter().flatten() {
        match item.as_object() {
            Some(_) => record(body, &format!("{place}[]"), item),
            None => record(body, place, item),
        }
    }
}

fn member(place: &str, name: &str) -> String {
    if place.is_empty() {
        return name.to_owned();
    }
    format!("{place}.{name}")
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
            most.query.get(name).or(most.path.get(name)),
        );
    }
    for name in most.query.keys() {
        if !query.contains(name) {
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
    let mut body = Body {
        walk,
        document,
        info,
        least: &least.body,
        most: &most.body,
    };
    body.compare("", &schema);
}

/// A comparison between the schema of an operation's request body and the bodies that are sent.
struct Body<'a> {
    walk: &'a mut Walk,
    document: &'a Document,
    info: &'a OperationInfo,
    least: &'a BTreeMap<String, BTreeSet<String>>,
    most: &'a BTreeMap<String, BTreeSet<String>>,
}

impl Body<'_> {
    fn unknown(&mut self, what: impl AsRef<str>) {
        self.walk.unknown(self.info.operation_id(), what);
    }

    /// Compares the value at a place with its schema, property by property.
    fn compare(&mut self, place: &str, schema: &Value) {
        let items = self.document.schema(&schema["items"]);
        if schema["type"] == "array" && items["properties"].is_object() {
            return self.compare(&format!("{place}[]"), &items);
        }
        let schema = self.document.union(schema);
        let properties = object(&schema["properties"]);
        for (name, property) in properties {
            let place = member(place, name);
            let property = self.document.schema(property);
            self.walk.request_properties += 1;
            if !self.most.contains_key(&place) {
                self.unknown(format!("the request property {place}"));
            }
            let sent = self.most.get(&place);
            values(self.walk, self.document, self.info, &place, &property, sent);
            self.compare(&place, &property);
        }
        let is_sent = place.is_empty() || place == "[]" || self.least.contains_key(place);
        for name in required(&schema) {
            let name = member(place, name);
            if is_sent && !self.least.contains_key(&name) {
                self.unknown(format!("the request property {name} is required"));
            }
        }
        if properties.is_empty() {
            return;
        }
        let below = member(place, "");
        for name in self.most.keys() {
            let own = name.strip_prefix(&below).unwrap_or_default();
            let is_member = !own.is_empty() && !own.contains(['.', '[']);
            if is_member && !properties.contains_key(own) {
                self.unknown(format!("{name} is sent, and not specified"));
            }
        }
    }
}

/// Records each value that the specification lists for a parameter or a property, if the client
/// does not send the value.
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
        let Some(value) = value.as_str() else {
            continue;
        };
        let known = sent.is_some_and(|sent| sent.contains(value));
        if !known {
            walk.unknown(
                info.operation_id(),
                format!("the value {value:?} of {name} in the request"),
            );
        }
    }
}

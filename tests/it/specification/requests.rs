//! Parameters and request bodies, as the specification has them and as the client sends them.

use std::collections::BTreeSet;

use clerk_client::models::OrganizationInvitationStatus;
use clerk_client::requests::CreditAction;
use clerk_client::{IdentificationStatus, OperationInfo};
use serde_json::Value;

use super::Walk;
use super::document::{Document, object, required};
use crate::support::answering_ok;
use crate::users::every_operation::call;
use crate::users::parameter_sets::{CURSOR, LAST};

/// What a client's enumeration makes of a text.
type Read = fn(&str) -> String;

/// The enumerations of parameters and of request bodies.
const ENUMERATIONS: &[(&str, Read)] = &[
    ("action", |text| format!("{:?}", CreditAction::from(text))),
    ("email_address_identification_status", identification_status),
    ("phone_number_identification_status", identification_status),
    ("identification_status", identification_status),
    ("status", |text| {
        format!("{:?}", OrganizationInvitationStatus::from(text))
    }),
];

fn identification_status(text: &str) -> String {
    format!("{:?}", IdentificationStatus::from(text))
}

/// The names that are sent in a query, and in a body.
struct Sent {
    query: BTreeSet<String>,
    body: BTreeSet<String>,
}

fn sent(info: &OperationInfo, rounds: &[usize]) -> Sent {
    let mut sent = Sent {
        query: BTreeSet::new(),
        body: BTreeSet::new(),
    };
    for round in rounds {
        let users = answering_ok("").users();
        let request = call(&users, info, "user_1", *round).request().unwrap();
        let query = request.uri().query().unwrap_or_default().split('&');
        let names = query.filter_map(|pair| Some(pair.split_once('=')?.0.to_owned()));
        sent.query.extend(names);
        let body = request.body();
        match serde_json::from_slice::<Value>(body) {
            Ok(json) => sent.body.extend(object(&json).keys().cloned()),
            Err(_) => {
                let form = String::from_utf8_lossy(body);
                let names = form.split("form-data; name=\"").skip(1);
                sent.body.extend(
                    names
                        .filter_map(|rest| rest.split('"').next())
                        .map(str::to_owned),
                );
            }
        }
    }
    sent
}

pub(super) fn walk(walk: &mut Walk, document: &Document, info: &OperationInfo, operation: &Value) {
    let (least, most) = (sent(info, &[0]), sent(info, &[CURSOR, LAST]));
    let mut query = BTreeSet::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let parameter = document.follow(parameter);
        let name = parameter["name"].as_str().unwrap();
        walk.parameters += 1;
        match parameter["in"].as_str() {
            Some("path") if info.route().contains(&format!("{{{name}}}")) => {}
            Some("query") if most.query.contains(name) => {
                query.insert(name.to_owned());
            }
            place => walk.unknown(info.id(), format!("the parameter {name} in {place:?}")),
        }
        values(walk, document, info, name, &parameter["schema"]);
    }
    for name in &most.query {
        // Documented for the operation that has it by its two shapes only.
        if !query.contains(name) && name != "paginated" {
            walk.unknown(
                info.id(),
                format!("the parameter {name} is sent, and not specified"),
            );
        }
    }

    let Some((_, schema)) = document.body(&operation["requestBody"]) else {
        for name in &most.body {
            walk.unknown(
                info.id(),
                format!("{name} is sent, and no body is specified"),
            );
        }
        return;
    };
    let properties = object(&schema["properties"]);
    for (name, property) in properties {
        walk.request_properties += 1;
        if !most.body.contains(name) {
            walk.unknown(info.id(), format!("the request property {name}"));
        }
        values(walk, document, info, name, property);
    }
    for name in required(&schema) {
        if !least.body.contains(name) {
            walk.unknown(
                info.id(),
                format!("the request property {name} is required"),
            );
        }
    }
    for name in &most.body {
        if !properties.contains_key(name) {
            walk.unknown(info.id(), format!("{name} is sent, and not specified"));
        }
    }
}

/// The values that a parameter or property may have, where they are listed.
fn values(walk: &mut Walk, document: &Document, info: &OperationInfo, name: &str, schema: &Value) {
    let schema = document.schema(schema);
    let items = document.schema(&schema["items"]);
    let listed = [&schema, &items].map(|schema| schema["enum"].as_array());
    for value in listed.into_iter().flatten().flatten() {
        walk.values += 1;
        let value = value.as_str().unwrap();
        let read = ENUMERATIONS.iter().find(|(known, _)| *known == name);
        let known = read.is_some_and(|(_, read)| !read(value).starts_with("Unknown("));
        if !known {
            walk.unknown(
                info.id(),
                format!("the value {value:?} of {name} in the request"),
            );
        }
    }
}

//! Compares the client with Clerk's published specification. If the crates lack an operation, a
//! parameter, a property or an enumeration value, the tests fail and name the missing part.
//!
//! These environment variables contain the paths of Clerk's files. If a variable is not set, the
//! tests that need it are skipped and say so.
//!
//! - `CLERK_SPECIFICATION`: the specification of the Backend API
//! - `CLERK_WEBHOOKS_SPECIFICATION`: the specification of the webhooks
//! - `CLERK_ERROR_CODES`: the catalogue of error codes

pub(crate) mod catalogue;
pub(crate) mod document;
mod mutations;
mod prism;
mod requests;
mod responses;
mod sample;
mod secrets;
pub(crate) mod validator;

use std::collections::BTreeSet;
use std::fmt;

use clerk_client::webhooks::{WebhookData, WebhookEvent};
use clerk_client::{OperationInfo, Printed};
use serde_json::{Value, json};

use self::document::Document;

const SPECIFICATION: &str = "CLERK_SPECIFICATION";
const WEBHOOKS: &str = "CLERK_WEBHOOKS_SPECIFICATION";
/// The operation that the client does not have, because it returns a page of HTML for browsers.
const NO_JSON: [&str; 1] = ["GetPublicInterstitial"];

/// Differences that are not faults of the client.
const EXCEPTIONS: [(&str, &str); 2] = [
    (
        "getM2MTokens 200: the property .m2m_tokens",
        "every list is a `Page`, which is written with `data`",
    ),
    (
        "verifyOAuthAccessToken 200: the property .free",
        "a variant of the response has no schema, so it is whatever the test makes of it",
    ),
];

/// The progress of a comparison: the number of compared parts, and the differences.
#[derive(Default)]
struct Walk {
    /// The number of operations in the specification. `known` is the number that the client has.
    specified: usize,
    known: usize,
    parameters: usize,
    request_properties: usize,
    response_properties: usize,
    values: usize,
    unknown: BTreeSet<String>,
}

impl Walk {
    fn unknown(&mut self, operation: &str, what: impl AsRef<str>) {
        self.unknown
            .insert(format!("{operation}: {}", what.as_ref()));
    }
}

impl fmt::Display for Walk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of {} operations, {} parameters, {} request properties, {} response properties, {} values of enumerations",
            self.known,
            self.specified,
            self.parameters,
            self.request_properties,
            self.response_properties,
            self.values
        )
    }
}

#[test]
fn the_client_covers_the_whole_specification() {
    if let Some(document) = specification() {
        let walk = walk(&document);
        println!("version {}: {walk}", document.version());
        let mut unknown = walk.unknown.clone();
        for (difference, reason) in EXCEPTIONS {
            assert!(
                unknown.remove(difference),
                "no longer an exception: {difference}"
            );
            println!("exception: {difference}: {reason}");
        }
        let unknown: Vec<_> = unknown.iter().map(String::as_str).collect();
        assert!(
            unknown.is_empty(),
            "the specification and the crates differ in {}:\n  {}",
            unknown.len(),
            unknown.join("\n  ")
        );
    }
}

/// Adds unknown parts to the specification, and checks that the comparison reports them.
#[test]
fn additions_to_the_specification_are_reported() {
    let Some(mut document) = specification() else {
        return;
    };
    let user = "/components/schemas/User/properties";
    let get_list = "/paths/~1users/get";
    document.add(user, "mood", json!({ "type": "string" }));
    document.add(
        "/components/schemas/SCIMUserMetadata/properties",
        "mood",
        json!({ "type": "string" }),
    );
    let parameter = json!({ "in": "query", "name": "moon", "schema": { "type": "string" } });
    document.add(&format!("{get_list}/parameters"), "-", parameter);
    let replace = "/paths/~1users~1{user_id}~1metadata/put/requestBody/content/application~1json/schema/properties";
    document.add(replace, "secret_metadata", json!({ "type": "object" }));
    let verification = "/components/schemas/verification_otp/properties";
    document.add(&format!("{verification}/status/enum"), "-", json!("dreamt"));
    let action = "/components/schemas/AdjustCreditBalanceRequest/properties/action/enum";
    document.add(action, "-", json!("forgive"));
    document.add(
        "/paths",
        "/users/{user_id}/dance",
        json!({ "post": { "operationId": "Dance" } }),
    );

    let unknown = walk(&document).unknown;
    for expected in [
        "Dance: the operation POST /users/{user_id}/dance",
        "GetUser 200: the property .mood",
        "GetUser 200: the property .scim.mood",
        "GetUser 200: the value \"dreamt\" of .email_addresses[].verification.status",
        "GetUserList: the parameter moon",
        "ReplaceUserMetadata: the request property secret_metadata",
        "AdjustUserBillingCreditBalance: the value \"forgive\" of action in the request",
    ] {
        assert!(
            unknown.iter().any(|unknown| unknown.starts_with(expected)),
            "{expected}: {unknown:#?}"
        );
    }
}

/// Decodes samples of the schemas of all events, and Clerk's own examples.
#[test]
fn all_webhook_events_are_covered() {
    let Some(document) = from_env(WEBHOOKS) else {
        return;
    };
    let mut walk = Walk::default();
    let read = |event: &Value| -> Result<Printed, String> {
        let event = WebhookEvent::from_slice(event.to_string().as_bytes());
        let event = event.map_err(|error| error.to_string())?;
        Ok(Printed {
            json: serde_json::to_value(&event).unwrap(),
            debug: format!("{event:?}"),
        })
    };
    let events = document.webhooks("");
    for (name, schema, example) in &events {
        let schema = document.schema(schema);
        // The schema allows any string as the type, but decoding needs the name of the event.
        let typed = |sample: &Value| {
            let mut sample = sample.clone();
            sample["type"] = json!(name);
            let mut seen = read(&sample)?;
            seen.json["type"] = json!("text of .type");
            Ok(seen)
        };
        responses::check(&mut walk, &document, name, &schema, typed);
        match read(example) {
            // The specification has examples of most events.
            _ if example.is_null() => {}
            Ok(seen) => assert_eq!(seen.json["data"]["id"], example["data"]["id"]),
            Err(error) => walk.unknown(name, format!("the example: {error}")),
        }
    }
    println!(
        "{} events, {} properties, {} values of enumerations",
        events.len(),
        walk.response_properties,
        walk.values
    );
    assert!(walk.unknown.is_empty(), "{:#?}", walk.unknown);
    let names: BTreeSet<_> = events.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names, WebhookData::EVENT_TYPES.iter().copied().collect());
}

/// Returns bodies that conform to the specification's responses. The list is empty if the
/// specification is not available.
pub(crate) fn sample_bodies() -> Vec<String> {
    let Some(document) = Document::from_env(SPECIFICATION) else {
        return Vec::new();
    };
    let operations = operations(&document).into_iter();
    let schemas =
        operations.filter_map(|(.., operation)| document.body(&operation["responses"]["200"]));
    let samples = schemas.map(|(_, schema)| {
        let kind = sample::Kind::Full(3);
        sample::Sampler::new(&document, kind)
            .sample(&schema)
            .to_string()
    });
    samples.collect()
}

fn specification() -> Option<Document> {
    from_env(SPECIFICATION)
}

fn from_env(variable: &str) -> Option<Document> {
    let document = Document::from_env(variable);
    if document.is_none() {
        println!("skipped: {variable} does not say where the specification is");
    }
    document
}

/// Returns the specification's operations of all tags that the client has, without [`NO_JSON`].
fn operations(document: &Document) -> Vec<(String, String, &Value)> {
    let mut operations = document.operations("/");
    operations.retain(|(.., operation)| !NO_JSON.contains(&id(operation)));
    let known = operations.iter().filter(|(.., operation)| {
        let mut all = OperationInfo::all().iter();
        all.any(|info| info.operation_id() == id(operation))
    });
    let known: BTreeSet<_> = known
        .map(|(_, path, operation)| tag(path, operation))
        .collect();
    let known: BTreeSet<_> = known.into_iter().map(str::to_owned).collect();
    operations.retain(|(_, path, operation)| known.contains(tag(path, operation)));
    operations
}

fn id(operation: &Value) -> &str {
    operation["operationId"].as_str().unwrap()
}

/// Returns the tag to which the client assigns an operation. This is `Users` for all paths below
/// `/users`. For other paths, it is the operation's first tag.
fn tag<'a>(path: &str, operation: &'a Value) -> &'a str {
    if path.starts_with("/users") {
        return "Users";
    }
    operation["tags"][0].as_str().unwrap_or_default()
}

fn walk(document: &Document) -> Walk {
    let mut walk = Walk::default();
    let operations = operations(document);
    walk.specified = operations.len();
    for (method, path, operation) in &operations {
        let id = operation["operationId"].as_str().unwrap();
        let known = OperationInfo::all()
            .iter()
            .find(|info| info.operation_id() == id);
        let Some(info) = known else {
            walk.unknown(id, format!("the operation {method} {path}"));
            continue;
        };
        if (info.method().as_str(), info.route()) != (method, path) {
            let (known, route) = (info.method(), info.route());
            walk.unknown(
                id,
                format!("it is {method} {path}, and not {known} {route}"),
            );
        }
        walk.known += 1;
        requests::walk(&mut walk, document, info, operation);
        responses::walk(&mut walk, document, info, operation);
    }
    for info in OperationInfo::all() {
        let is_this = |operation: &Value| operation["operationId"] == info.operation_id();
        if !operations.iter().any(|(.., operation)| is_this(operation)) {
            walk.unknown(
                info.operation_id(),
                "the specification does not have this operation",
            );
        }
    }
    walk
}

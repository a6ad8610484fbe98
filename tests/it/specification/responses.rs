//! Compares the models with the specification's responses. The test decodes samples of each schema
//! and serializes them again. The result must have every value of the sample.

use std::collections::BTreeSet;

use clerk_client::models::ClerkErrors;
use clerk_client::{OperationInfo, Printed};
use serde_json::Value;

use super::Walk;
use super::document::Document;
use super::sample::{Kind, Sampler, all_values};
use crate::support::samples::{sample_call, sampler};
use crate::support::{client_replying_ok, run};

/// The least number of samples of each kind. No schema has so many variants, so the samples contain
/// each variant at least once.
const MIN_SAMPLES: usize = 12;
/// The greatest number of samples of each kind. They cover every variant, with every value of its
/// enumerations.
const MAX_SAMPLES: usize = 256;
/// The suffix of the path of a property that the specification describes as an enumeration by
/// mistake. A nonce is any string.
const NOT_AN_ENUMERATION: &str = ".nonce";

pub(super) fn walk(walk: &mut Walk, document: &Document, info: &OperationInfo, operation: &Value) {
    for (status, response) in super::document::object(&operation["responses"]) {
        let Some((_, schema)) = document.body(response) else {
            continue;
        };
        let succeeded = status.starts_with('2');
        let read = |sample: &Value| {
            if succeeded {
                read(info, sample)
            } else {
                read_error(sample)
            }
        };
        check(
            walk,
            document,
            &format!("{} {status}", info.operation_id()),
            &schema,
            read,
        );
    }
}

/// Decodes and serializes samples of a schema.
pub(super) fn check(
    walk: &mut Walk,
    document: &Document,
    name: &str,
    schema: &Value,
    read: impl Fn(&Value) -> Result<Printed, String>,
) {
    let (mut properties, mut values) = (BTreeSet::new(), BTreeSet::new());
    let all = all_values(document, schema);
    for number in 0..MAX_SAMPLES {
        if number >= MIN_SAMPLES && values == all {
            break;
        }
        for kind in [
            Kind::Full(number),
            Kind::UnknownValues(number),
            Kind::Minimal(number),
        ] {
            let mut sampler = Sampler::new(document, kind);
            let sample = sampler.sample(schema);
            let seen = match read(&sample) {
                Ok(seen) => seen,
                Err(error) => {
                    walk.unknown(name, error);
                    continue;
                }
            };
            match kind {
                Kind::Full(_) => {
                    lost(walk, name, "", &sample, &seen.json);
                    for (place, value) in &sampler.values {
                        if seen.debug.contains(&format!("Unknown({value:?})")) {
                            walk.unknown(name, format!("the value {value:?} of {place}"));
                        }
                    }
                    properties.append(&mut sampler.properties);
                    values.append(&mut sampler.values);
                }
                Kind::UnknownValues(_) => {
                    lost(walk, name, "", &sample, &seen.json);
                    for (place, value) in &sampler.values {
                        let open = seen.debug.contains(&format!("Unknown({value:?})"));
                        let constant = place.ends_with(".object");
                        if !open && !constant && !place.ends_with(NOT_AN_ENUMERATION) {
                            walk.unknown(name, format!("{place} is an enumeration"));
                        }
                    }
                }
                Kind::Minimal(_) => {}
            }
        }
    }
    for (place, value) in all.difference(&values) {
        walk.unknown(
            name,
            format!("no sample with {value:?} of {place} was decoded"),
        );
    }
    walk.response_properties += properties.len();
    walk.values += values.len();
}

/// Reports the values of the sample that its serialized form lacks or changes.
fn lost(walk: &mut Walk, name: &str, place: &str, sample: &Value, written: &Value) {
    match (sample, written) {
        (Value::Object(sample), Value::Object(written)) => {
            for (key, value) in sample {
                let place = format!("{place}.{key}");
                match written.get(key) {
                    Some(written) => lost(walk, name, &place, value, written),
                    None => walk.unknown(name, format!("the property {place}")),
                }
            }
        }
        (Value::Array(sample), Value::Array(written)) if sample.len() == written.len() => {
            for (value, written) in sample.iter().zip(written) {
                lost(walk, name, &format!("{place}[]"), value, written);
            }
        }
        _ if sample == written => {}
        _ => walk.unknown(name, format!("{place} was {sample}, and became {written}")),
    }
}

fn read(info: &OperationInfo, sample: &Value) -> Result<Printed, String> {
    let clerk = client_replying_ok(sample.to_string());
    let call = sample_call(&clerk, info, &sampler("user_1", 0));
    run(call.send()).map_err(|error| error.to_string())
}

fn read_error(sample: &Value) -> Result<Printed, String> {
    let errors: ClerkErrors =
        serde_json::from_value(sample.clone()).map_err(|error| error.to_string())?;
    Ok(Printed {
        json: serde_json::to_value(&errors).unwrap(),
        debug: format!("{errors:?}"),
    })
}

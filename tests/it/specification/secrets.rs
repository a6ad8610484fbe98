//! Properties whose name sounds secret. Each is hidden from `Debug`, or is listed here with the
//! reason why it may be printed.

use std::collections::BTreeSet;

use clerk_client::OperationInfo;
use serde_json::Value;

use super::document::{Document, object};
use super::sample::{Kind, Sampler};
use super::{operations, specification};
use crate::support::samples::{sample_calls, sampler};
use crate::support::{client_replying_ok, run};

/// Parts of names that sound secret.
const SECRET: [&str; 6] = ["token", "secret", "key", "password", "url", "code"];

/// Properties that may be printed. Each row has a part of the operationId, the ends of the
/// properties' paths, and the reason.
const PRINTED: &[(&str, &[&str], &str)] = &[
    (
        "RedirectURL",
        &[".url"],
        "an address to which the application allows redirects",
    ),
    (
        "",
        &[
            ".key",
            ".creator_role_key",
            ".default_role_key",
            ".dest_role_set_key",
            ".initial_role_set_key",
            ".role_key",
            ".role_set_key",
            ".to_role_key",
        ],
        "the name of a role, a permission, a set of roles, a task or an attribute",
    ),
    ("", &[".provider_key"], "the name of an OAuth provider"),
    (
        "",
        &[".idempotency_key"],
        "it protects nothing: a second request with it has no effect",
    ),
    (
        "",
        &[
            ".avatar_url",
            ".client_image_url",
            ".image_url",
            ".logo_public_url",
            ".logo_url",
            ".profile_image_url",
        ],
        "a picture that anyone may load",
    ),
    (
        "",
        &[
            ".accounts_portal_url",
            ".frontend_api_url",
            ".home_url",
            ".proxy_url",
        ],
        "a public address of the instance",
    ),
    (
        "",
        &[".callback_url", ".redirect_url"],
        "a public address of the application",
    ),
    (
        "",
        &[
            ".acs_url",
            ".auth_url",
            ".authorize_url",
            ".discovery_url",
            ".endpoint_url",
            ".idp_metadata_url",
            ".idp_sso_url",
            ".sp_metadata_url",
            ".token_fetch_url",
            ".token_introspection_url",
            ".token_url",
            ".user_info_url",
        ],
        "a public endpoint of a protocol, which asks for credentials of its own",
    ),
    (
        "",
        &[".external_verification_redirect_url"],
        "the page of a provider, on which the user signs in",
    ),
    (
        "",
        &[".gateway_external_url"],
        "a page of the payment provider, which asks for a sign-in",
    ),
    ("", &[".error.code", ".logs[].code"], "the code of an error"),
    ("", &[".blocked_country_codes"], "countries"),
    ("", &[".promo_code"], "a code from advertising"),
];

#[test]
fn properties_that_sound_secret_are_hidden_or_listed() {
    let Some(document) = specification() else {
        return;
    };
    let mut hidden = BTreeSet::new();
    let mut printed = BTreeSet::new();
    for info in OperationInfo::all() {
        for (place, is_printed) in request(info).into_iter().chain(response(&document, info)) {
            let name = format!("{} {place}", info.operation_id());
            if is_printed {
                &mut printed
            } else {
                &mut hidden
            }
            .insert(name);
        }
    }
    let is_listed = |name: &&String| {
        let mut lists = PRINTED.iter();
        lists.any(|(operation, ends, _)| {
            name.contains(operation) && ends.iter().any(|end| name.ends_with(end))
        })
    };
    let unlisted: Vec<_> = printed.iter().filter(|name| !is_listed(name)).collect();
    println!(
        "{} places hidden, {} printed and listed",
        hidden.len(),
        printed.len()
    );
    assert!(
        unlisted.is_empty(),
        "printed, and not listed: {unlisted:#?}"
    );
    for (operation, ends, reason) in PRINTED {
        for end in *ends {
            let mut printed = printed.iter();
            let is_used = printed.any(|name| name.contains(operation) && name.ends_with(end));
            assert!(is_used, "{operation} {end} ({reason}) is not printed");
        }
    }
}

/// Returns the place of each text with a secret-sounding name in an operation's requests, and
/// whether `Debug` prints the text.
fn request(info: &OperationInfo) -> Vec<(String, bool)> {
    let clerk = client_replying_ok("");
    let sample = |sampler: clerk_client::samples::Sampler| {
        let sampler = sampler.only(info.operation_id());
        let sample = sample_calls(&clerk, &sampler).pop().unwrap();
        let request = sample.call.into_request().ok()?;
        let json = serde_json::from_slice(request.body()).unwrap_or_default();
        Some((sample.arguments, json))
    };
    let (_, json) = sample(sampler("user_1", 1)).unwrap_or_default();
    let mut found = Vec::new();
    for (place, _) in texts("", &json) {
        // Only properties with this name get the planted text, so the text does not occur
        // elsewhere.
        let name = place.rsplit(['.', ']']).next().unwrap_or_default();
        let marked = sampler("user_1", 1).with(name, "planted-text");
        let Some((arguments, json)) = sample(marked) else {
            continue;
        };
        let is_sent = texts("", &json).contains(&(place.clone(), "planted-text".to_owned()));
        if is_sent {
            found.push((
                format!("request{place}"),
                arguments.contains("planted-text"),
            ));
        }
    }
    found
}

/// Returns the place of each text with a secret-sounding name in an operation's responses, and
/// whether `Debug` prints the text.
fn response(document: &Document, info: &OperationInfo) -> Vec<(String, bool)> {
    let operations = operations(document);
    let mut specified = operations.iter().map(|(.., operation)| operation);
    let specified = specified.find(|operation| operation["operationId"] == info.operation_id());
    let mut found = Vec::new();
    for (status, response) in object(&specified.unwrap()["responses"]) {
        let Some((_, schema)) = document.body(response).filter(|_| status.starts_with('2')) else {
            continue;
        };
        for number in 0..12 {
            let sample = Sampler::new(document, Kind::Full(number)).sample(&schema);
            let clerk = client_replying_ok(sample.to_string());
            let sampler = sampler("user_1", 0).only(info.operation_id());
            let call = sample_calls(&clerk, &sampler).pop().unwrap().call;
            let Ok(seen) = run(call.send()) else {
                continue;
            };
            for (place, text) in texts("", &sample) {
                // Texts of enumerations are skipped, because they are no secrets.
                if text.starts_with("text of ") {
                    let is_printed = seen.debug.contains(&format!("{text:?}"));
                    found.push((format!("response{place}"), is_printed));
                }
            }
        }
    }
    found
}

/// Returns the texts with secret-sounding names in a JSON value, each with its place.
fn texts(place: &str, json: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, value) in object(json) {
        let place = format!("{place}.{name}");
        let sounds_secret = SECRET.iter().any(|word| name.contains(word));
        let items = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        for text in items
            .iter()
            .filter_map(Value::as_str)
            .filter(|_| sounds_secret)
        {
            found.push((place.clone(), text.to_owned()));
        }
        found.extend(texts(&place, value));
    }
    for item in json.as_array().into_iter().flatten() {
        found.extend(texts(&format!("{place}[]"), item));
    }
    found
}

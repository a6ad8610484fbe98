//! The paths that list, clear and count the requests in the journal of a world. A world is one
//! instance of Clerk, and its journal is the log of its requests.

use clerk_core::OperationInfo;
use serde_json::{Value, json};

use crate::fake::operations::form::Form;
use crate::fake::operations::query::type_error;
use crate::fake::operations::response::ApiResult;
use crate::requests::recorded_request::RecordedRequest;
use crate::requests::request_matcher::RequestMatcher;
use crate::server::control::call::Call;
use crate::server::journal::entry::Entry;
use crate::server::journal::requests::Journal;

const AN_OPERATION: &str = "the operationId of an operation of Clerk, such as \"CreateUser\"";

/// Lists the requests that match the query, the newest last. With `after`, the limit keeps the
/// oldest of them; otherwise, it keeps the newest.
pub(crate) fn list(call: &Call<'_>) -> ApiResult {
    let names = [
        "after",
        "before",
        "limit",
        "operation",
        "method",
        "path",
        "status",
    ];
    let query = call.query(&names)?;
    let text = |name: &str| query.get(name).and_then(Value::as_str);
    let integer = |name: &str, min: u64, max: u64| match text(name) {
        None => Ok(None),
        Some(text) => match text.parse::<u64>() {
            Ok(number) if (min..=max).contains(&number) => Ok(Some(number)),
            _ => Err(type_error(name, &format!("an integer from {min} to {max}"))),
        },
    };
    let after = integer("after", 0, u64::MAX)?;
    let before = integer("before", 0, u64::MAX)?;
    let limit = integer("limit", 1, Journal::MAX_KEPT as u64)?.unwrap_or(100);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let status = integer("status", 100, 999)?;
    let operation = text("operation").map(|name| {
        let operation = operation(name);
        operation.ok_or_else(|| type_error("operation", AN_OPERATION))
    });
    let operation = operation.transpose()?.map(|of| of.operation_id());

    let world = call.world()?;
    let journal = world.journal();
    let matching = journal.entries().filter(|entry| {
        let request = entry.request();
        after.is_none_or(|after| entry.number() > after)
            && before.is_none_or(|before| entry.number() < before)
            && text("method").is_none_or(|method| request.method().as_str() == method)
            && text("path").is_none_or(|path| request.path() == path)
            && status.is_none_or(|status| entry.status().map(u64::from) == Some(status))
            && operation.is_none_or(|operation| request.operation_id() == Some(operation))
    });
    let requests: Vec<Value> = if after.is_some() {
        matching.take(limit).map(Entry::to_json).collect()
    } else {
        let newest: Vec<&Entry> = matching.rev().take(limit).collect();
        newest.into_iter().rev().map(Entry::to_json).collect()
    };
    Ok(json!({ "requests": requests, "last_number": journal.last_number() }).into())
}

pub(crate) fn clear(call: &Call<'_>) -> ApiResult {
    Ok(json!({ "deleted": call.world()?.journal().clear() }).into())
}

/// Counts the requests in the journal that satisfy the conditions in the body of this call.
pub(crate) fn count(call: &Call<'_>) -> ApiResult {
    let body = call.body()?;
    let mut form = Form::new(&body);
    let times = form.count("times");
    let matcher = matcher(&mut form);
    form.finish()?;
    let world = call.world()?;
    let journal = world.journal();
    let matching = journal
        .entries()
        .filter(|entry| matcher.matches(entry.request()));
    let numbers: Vec<u64> = matching.map(Entry::number).collect();
    // Without an expected number, an explanation is returned only if no request matches.
    let expected = times.and_then(|times| usize::try_from(times).ok());
    let expected = expected.unwrap_or_else(|| numbers.len().max(1));
    let requests: Vec<RecordedRequest> = journal
        .entries()
        .map(|entry| entry.request().clone())
        .collect();
    let explanation = matcher.mismatch(expected, &requests);
    Ok(json!({ "count": numbers.len(), "requests": numbers, "explanation": explanation }).into())
}

fn operation(name: &str) -> Option<OperationInfo> {
    OperationInfo::try_from(name).ok()
}

/// Reads the conditions that a request in the journal must satisfy.
fn matcher(form: &mut Form<'_>) -> RequestMatcher {
    let operation = form.value("operation", AN_OPERATION, |name| operation(name.as_str()?));
    let mut matcher = match operation {
        Some(operation) => RequestMatcher::operation(operation),
        None => RequestMatcher::any(),
    };
    if let Some(path) = form.text("path") {
        matcher = matcher.path(path);
    }
    let query = form.value("query", "an object of strings or arrays of strings", values);
    for (name, values) in query.into_iter().flatten() {
        matcher = matcher.query(name, values);
    }
    let headers = form.value("headers", "an object of strings", |headers| {
        let headers = headers.as_object()?.iter();
        headers
            .map(|(name, value)| Some((name, value.as_str()?)))
            .collect::<Option<Vec<_>>>()
    });
    for (name, value) in headers.into_iter().flatten() {
        matcher = matcher.header(name, value);
    }
    match form.value("json", "JSON", Some) {
        Some(part) => matcher.json(part.clone()),
        None => matcher,
    }
}

/// Reads an object whose values are strings or arrays of strings.
fn values(value: &Value) -> Option<Vec<(&String, Vec<&str>)>> {
    let members = value.as_object()?.iter();
    members
        .map(|(name, value)| Some((name, texts(value)?)))
        .collect()
}

fn texts(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::Array(values) => values.iter().map(Value::as_str).collect(),
        value => Some(vec![value.as_str()?]),
    }
}

//! A planned fault: the requests that get it, and its effect.

use std::time::Duration;

use clerk_core::OperationInfo;
use clerk_core::http::StatusCode;
use serde_json::{Map, Value};

use crate::fake::fake_clerk::FakeClerk;
use crate::fake::faults::fault::Fault;
use crate::fake::faults::fault_plan::FaultPlan;
use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::response::ApiError;

/// The maximum delay in milliseconds: an hour.
pub(crate) const MAX_DELAY: u64 = 3_600_000;

/// The name of a kind of fault, and the function that creates the fault.
type Kind = (&'static str, fn() -> Fault);

/// The faults that lose the request, or that lose or damage the response.
const KINDS: [Kind; 5] = [
    ("not_sent", Fault::not_sent),
    ("response_lost", Fault::response_lost),
    ("response_cut", Fault::response_cut),
    ("invalid_body", Fault::invalid_body),
    ("truncated_body", Fault::truncated_body),
];

/// The fields that describe a response. None of them can be combined with `kind`.
const OF_RESPONSE: [&str; 6] = ["status", "json", "code", "message", "param", "retry_after"];

/// A fault that a test planned over HTTP.
pub(crate) struct PlannedFault {
    /// The body of the request that planned the fault, without its nulls, which have no effect.
    given: Map<String, Value>,
    plan: FaultPlan,
    /// The maximum number of requests that get the fault. `None` if the plan does not set `times`.
    times: Option<usize>,
}

impl PlannedFault {
    /// Injects the fault that the body of a request describes.
    pub(crate) fn inject(body: &Map<String, Value>, fake: &FakeClerk) -> Result<Self, ApiError> {
        let mut form = Form::new(body);
        let expected = "the operationId of an operation of Clerk, such as \"CreateUser\"";
        let operation = form.value("operation", expected, |name| {
            OperationInfo::try_from(name.as_str()?).ok()
        });
        let at_least_one = |value: &Value| {
            let count = usize::try_from(value.as_u64()?).ok()?;
            (count > 0).then_some(count)
        };
        let number = form.value("number", "an integer of at least 1", at_least_one);
        let times = form.value("times", "an integer of at least 1", at_least_one);
        if number.is_some() && times.is_some() {
            refuse(
                &mut form,
                "times",
                "A fault cannot have both number and times.",
            );
        }
        let fault = read_fault(&mut form);
        form.finish()?;
        let plan = fake.inject(operation, fault, move |plan, at| {
            let has_fired = times.is_some_and(|times| plan.fired() >= times);
            if has_fired || number.is_some_and(|number| at >= number) {
                plan.end();
            }
            number.is_none_or(|number| at == number)
                && times.is_none_or(|times| plan.fired() < times)
        });
        let mut given = body.clone();
        given.retain(|_, value| !value.is_null());
        Ok(Self { given, plan, times })
    }

    /// Whether no later request can get the fault.
    pub(crate) fn is_spent(&self) -> bool {
        let fired = self.plan.fired();
        self.plan.has_ended() || self.times.is_some_and(|times| fired >= times)
    }

    /// Ends the fault: later requests do not get it.
    pub(crate) fn end(&self) {
        self.plan.end();
    }

    /// Returns the JSON that planned the fault, with the fault's id and the number of requests that
    /// got the fault.
    pub(crate) fn to_json(&self, id: &str) -> Value {
        let mut json = self.given.clone();
        json.insert("id".to_owned(), id.into());
        json.insert("fired".to_owned(), self.plan.fired().into());
        Value::Object(json)
    }
}

fn refuse(form: &mut Form<'_>, name: &str, message: &str) {
    form.refuse(codes::FORM_PARAM_VALUE_INVALID, name, message);
}

/// Reads a fault: its `kind` or its response, and its delay.
fn read_fault(form: &mut Form<'_>) -> Fault {
    let kind = form.value(
        "kind",
        "not_sent, response_lost, response_cut, invalid_body or truncated_body",
        |kind| {
            let kind = kind.as_str()?;
            KINDS.iter().find(|(name, _)| *name == kind)
        },
    );
    let expected = format!("an integer from 0 to {MAX_DELAY}");
    let delay = form.value("delay_ms", &expected, |delay| {
        delay.as_u64().filter(|delay| *delay <= MAX_DELAY)
    });
    let response = read_response(form);
    let of_response = OF_RESPONSE.iter().find(|name| !form.is_null(name));
    if let (Some(_), Some(name)) = (kind, of_response) {
        let message = format!("{name} cannot be combined with kind.");
        refuse(form, name, &message);
    } else if of_response.is_none() && form.is_null("kind") && form.is_null("delay_ms") {
        refuse(
            form,
            "kind",
            "A fault must have a status, json, kind or delay_ms.",
        );
    }
    let fault = match (kind, response) {
        (Some((_, fault)), _) => fault(),
        (None, Some(response)) => response,
        (None, None) => Fault::delayed(Duration::ZERO),
    };
    fault.delayed_by(Duration::from_millis(delay.unwrap_or_default()))
}

/// Reads the response: any JSON, or an error in Clerk's form.
fn read_response(form: &mut Form<'_>) -> Option<Fault> {
    let status = form.value("status", "an integer from 200 to 599", |status| {
        let status = u16::try_from(status.as_u64()?).ok()?;
        let status = StatusCode::from_u16(status).ok()?;
        (200..600).contains(&status.as_u16()).then_some(status)
    });
    let json = form.value("json", "JSON", Some);
    let retry_after = form.value("retry_after", "an integer of at least 0", Value::as_u64);
    let (code, message) = (form.text("code"), form.text("message"));
    let param = form.text("param");
    let of_error = ["code", "message", "param"];
    let of_error = of_error.into_iter().find(|name| !form.is_null(name));
    match (json, of_error) {
        (Some(json), None) => {
            let status = status.unwrap_or(StatusCode::OK);
            return Some(retried(
                Fault::json(status.as_u16(), json.clone()),
                retry_after,
            ));
        }
        (Some(_), Some(name)) => {
            let message = format!("{name} cannot be combined with json.");
            refuse(form, name, &message);
            return None;
        }
        _ => {}
    }
    let Some(status) = status else {
        if let Some(name) = of_error.or_else(|| retry_after.map(|_| "retry_after")) {
            let message = format!("{name} requires a status.");
            refuse(form, "status", &message);
        }
        return None;
    };
    let status = status.as_u16();
    let mut fault = match code {
        Some(code) => Fault::error(status, code),
        None => Fault::status(status),
    };
    if let Some(message) = message {
        fault = fault.message(message);
    }
    if let Some(param) = param {
        fault = fault.param(param);
    }
    Some(retried(fault, retry_after))
}

/// Adds `Retry-After` to a fault, if the plan sets it.
fn retried(fault: Fault, retry_after: Option<u64>) -> Fault {
    match retry_after {
        Some(seconds) => fault.retry_after(seconds),
        None => fault,
    }
}

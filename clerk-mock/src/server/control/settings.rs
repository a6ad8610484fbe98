//! The paths that return and change the settings of a world. A world is one instance of Clerk.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::instance_settings;
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::state::instance_settings::InstanceSettings;
use crate::server::control::call::Call;
use crate::server::faults::planned_fault::MAX_DELAY;
use crate::server::journal::requests::Journal;
use crate::server::served_world::ServedWorld;

/// The maximum of each number in a rate limit: the number of requests, and the number of seconds.
const MAX_RATE: u64 = 1_000_000;

pub(crate) fn get(call: &Call<'_>) -> ApiResult {
    Ok(shown(&*call.world()?).into())
}

/// Changes the settings that the body contains. Null restores the default.
pub(crate) fn change(call: &Call<'_>) -> ApiResult {
    let body = call.body()?;
    let mut form = Form::new(&body);
    let rate_limit = form.value("rate_limit", "an object", |limit| {
        limit.as_object().map(rate_limit)
    });
    let rate_limit = rate_limit.transpose()?;
    let latency = form.value(
        "latency_ms",
        &format!("an integer from 0 to {MAX_DELAY}"),
        |latency| latency.as_u64().filter(|latency| *latency <= MAX_DELAY),
    );
    let secret_key = form.text("secret_key");
    let kept = form.value(
        "keep_requests",
        &format!("an integer from 0 to {}", Journal::MAX_KEPT),
        |kept| {
            let kept = usize::try_from(kept.as_u64()?).ok()?;
            (kept <= Journal::MAX_KEPT).then_some(kept)
        },
    );
    let changes = ["rate_limit", "latency_ms", "secret_key", "keep_requests"];
    let [changes_limit, changes_latency, changes_key, changes_kept] =
        changes.map(|name| form.has(name));
    let changes_instance = form.has("instance");
    let instance = form.value("instance", "an object", Value::as_object);
    form.finish()?;

    let world = call.world()?;
    if changes_instance {
        let current = world.fake.settings();
        let changed = match instance {
            Some(changes) => instance_settings::read(&current, changes)?,
            None => InstanceSettings::default(),
        };
        world.fake.set_settings(changed);
    }
    if changes_limit {
        world.fake.instance.throttle().limit(rate_limit);
    }
    if changes_latency {
        world
            .fake
            .set_latency(Duration::from_millis(latency.unwrap_or_default()));
    }
    if changes_key {
        world.fake.world().secret_key = secret_key.map(str::to_owned);
    }
    if changes_kept {
        world.journal().keep(kept.unwrap_or(Journal::KEPT));
    }
    Ok(shown(&world).into())
}

fn rate_limit(limit: &Map<String, Value>) -> Result<(usize, Duration), ApiError> {
    let mut form = Form::new(limit);
    let expected = format!("an integer from 1 to {MAX_RATE}");
    let count = |value: &Value| {
        value
            .as_u64()
            .filter(|count| (1..=MAX_RATE).contains(count))
    };
    let requests = form.value("requests", &expected, count);
    let seconds = form.value("seconds", &expected, count);
    for name in ["requests", "seconds"] {
        if form.is_null(name) {
            let message = format!("rate_limit.{name} must be included.");
            form.refuse(codes::FORM_PARAM_MISSING, name, &message);
        }
    }
    form.finish()?;
    let requests = usize::try_from(requests.unwrap_or_default()).unwrap_or(usize::MAX);
    Ok((requests, Duration::from_secs(seconds.unwrap_or_default())))
}

fn shown(world: &ServedWorld) -> Value {
    let throttle = world.fake.instance.throttle();
    let rate_limit = throttle
        .rate_limit()
        .map(|(requests, per)| json!({ "requests": requests, "seconds": seconds(per) }));
    let latency = u64::try_from(throttle.latency().as_millis()).unwrap_or(u64::MAX);
    drop(throttle);
    let secret_key = world.fake.world().secret_key.clone();
    json!({
        "rate_limit": rate_limit,
        "latency_ms": latency,
        "secret_key": secret_key,
        "keep_requests": world.journal().kept(),
        "instance": instance_settings::write(&world.fake.settings()),
    })
}

/// Returns a duration in seconds, with a fraction only if it has one.
fn seconds(duration: Duration) -> Value {
    match duration.subsec_nanos() {
        0 => duration.as_secs().into(),
        _ => duration.as_secs_f64().into(),
    }
}

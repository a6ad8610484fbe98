//! The paths that return and set the time of a world. A world is one instance of Clerk.

use std::time::Duration;

use clerk_core::Timestamp;
use serde_json::{Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::state_json::LAST;
use crate::server::control::call::Call;
use crate::server::served_world::ServedWorld;

/// The maximum of `advance_seconds` and of `step_seconds`: 100 years.
const MAX_ADVANCE: u64 = 3_155_760_000;

pub(crate) fn get(call: &Call<'_>) -> ApiResult {
    Ok(shown(&*call.world()?).into())
}

/// Advances the clock, sets the time, or sets the step. The step is the time by which each change
/// advances the clock.
pub(crate) fn set(call: &Call<'_>) -> ApiResult {
    let body = call.body()?;
    let mut form = Form::new(&body);
    let expected = format!("a number from 0 to {MAX_ADVANCE}");
    let advance = form.value("advance_seconds", &expected, seconds);
    let time = form.time("time");
    let step = form.value("step_seconds", &expected, seconds);
    let fields = ["advance_seconds", "time", "step_seconds"];
    if fields.iter().filter(|field| !form.is_null(field)).count() != 1 {
        let message = "The body must have exactly one of advance_seconds, time and step_seconds.";
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, "advance_seconds", message);
    }
    form.finish()?;
    let world = call.world()?;
    if let Some(advance) = advance {
        if world.fake.time() + advance > LAST {
            let message = "advance_seconds must not set the time beyond the year 9999.";
            let code = codes::FORM_PARAM_VALUE_INVALID;
            return Err(ApiError::param(code, "advance_seconds", message));
        }
        world.fake.clock().advance(advance);
    }
    if let Some(time) = time {
        set_time(&world, time);
    }
    if let Some(step) = step {
        world.fake.set_step(step);
    }
    Ok(shown(&world).into())
}

/// Sets the time. A later time ends the locks and sessions that expire before it. If the time is
/// earlier than the current time, locks and sessions keep their remaining duration.
fn set_time(world: &ServedWorld, time: Timestamp) {
    let now = world.fake.time();
    let ahead = time.as_millis().saturating_sub(now.as_millis());
    match u64::try_from(ahead) {
        Ok(ahead) => world.fake.clock().advance(Duration::from_millis(ahead)),
        Err(_) => world.fake.set_time(time),
    }
}

fn seconds(value: &Value) -> Option<Duration> {
    let seconds = Duration::try_from_secs_f64(value.as_f64()?).ok()?;
    (seconds <= Duration::from_secs(MAX_ADVANCE)).then_some(seconds)
}

fn shown(world: &ServedWorld) -> Value {
    json!({
        "time": world.fake.time().to_string(),
        "virtual": world.is_virtual(),
        "step_seconds": world.fake.world().step.as_secs_f64(),
    })
}

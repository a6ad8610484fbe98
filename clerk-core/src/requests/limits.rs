//! Checks of the limits that Clerk documents for texts and numbers.

use std::ops::RangeInclusive;

/// Refuses a text whose number of characters is not in the range.
pub(crate) fn length(name: &str, text: &str, limits: RangeInclusive<usize>) -> Result<(), String> {
    let length = text.chars().count();
    if limits.contains(&length) {
        return Ok(());
    }
    let (min, max) = limits.into_inner();
    Err(format!(
        "invalid {name}: it has {length} characters; it must have {min} to {max}"
    ))
}

pub(crate) fn range(
    name: &str,
    value: Option<&u32>,
    limits: RangeInclusive<u32>,
) -> Result<(), String> {
    let Some(value) = value.filter(|value| !limits.contains(value)) else {
        return Ok(());
    };
    let (min, max) = limits.into_inner();
    Err(format!(
        "invalid {name}: {value}; it must be {min} to {max}"
    ))
}

/// Refuses a lifetime of 0 seconds.
pub(crate) fn above_zero(name: &str, seconds: Option<&u32>) -> Result<(), String> {
    if seconds == Some(&0) {
        return Err(format!("invalid {name}: 0; it must be above 0"));
    }
    Ok(())
}

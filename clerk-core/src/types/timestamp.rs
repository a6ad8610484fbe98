//! Points in time in Clerk's format.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::{Duration, SystemTime};

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::whole::Whole;

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z. Nearly all of Clerk's times have
/// this form.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use clerk_client::Timestamp;
///
/// let timestamp = Timestamp::from_millis(1_350_717_320_902);
/// assert_eq!(timestamp.to_string(), "2012-10-20T07:15:20.902Z");
/// let since_1970 = Duration::from_millis(1_350_717_320_902);
/// assert_eq!(SystemTime::from(timestamp), SystemTime::UNIX_EPOCH + since_1970);
/// assert_eq!(Timestamp::parse_rfc3339("2012-10-20T09:15:20.902+02:00"), Some(timestamp));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

/// 9999-12-31T23:59:59.999Z, the last millisecond with a four-digit year.
const MAX_RFC3339: i64 = 253_402_300_799_999;
/// 0000-01-01T00:00:00Z, the first millisecond with a four-digit year.
const MIN_RFC3339: i64 = -62_167_219_200_000;

impl Timestamp {
    /// Creates a timestamp from milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Returns the milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Parses an RFC 3339 date and time (`2012-10-20T07:15:20.902Z`, `2012-10-20 09:15:20+02:00`).
    /// Fractions of a millisecond are truncated. Returns `None` if the text is not a valid date and
    /// time.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let mut date = date.splitn(3, '-');
        let year = number(date.next()?, 4)?;
        let month = number(date.next()?, 2)?;
        let day = number(date.next()?, 2)?;
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let (time, rest) = rest.split_at_checked(8)?;
        let mut time = time.splitn(3, ':');
        let hour = number(time.next()?, 2)?;
        let minute = number(time.next()?, 2)?;
        let second = number(time.next()?, 2)?;
        let (millis, zone) = match rest.strip_prefix('.') {
            Some(rest) => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let (fraction, zone) = rest.split_at_checked(digits)?;
                if fraction.is_empty() {
                    return None;
                }
                let millis: String = fraction.chars().chain("000".chars()).take(3).collect();
                (number(&millis, 3)?, zone)
            }
            None => (0, rest),
        };
        let offset_minutes = match zone {
            "Z" | "z" => 0,
            _ => {
                let (sign, zone) = match (zone.strip_prefix('+'), zone.strip_prefix('-')) {
                    (Some(zone), _) => (1, zone),
                    (_, Some(zone)) => (-1, zone),
                    _ => return None,
                };
                let (hours, minutes) = zone.split_once(':')?;
                let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                sign * (hours * 60 + minutes)
            }
        };
        // Second 60 is a leap second. In Unix time, it equals the next second.
        if !(1..=12).contains(&month) || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        if day < 1 || day > days_in_month(year, month) {
            return None;
        }
        let minutes = (days_from_civil(year, month, day) * 24 + hour) * 60 + minute;
        Some(Self(
            (minutes - offset_minutes) * 60_000 + second * 1_000 + millis,
        ))
    }

    /// Whether the year has the four digits that RFC 3339 requires.
    pub(crate) fn fits_rfc3339(self) -> bool {
        (MIN_RFC3339..=MAX_RFC3339).contains(&self.0)
    }
}

/// Formats as RFC 3339 in UTC with milliseconds: `2012-10-20T07:15:20.902Z`. A year before 0000 has
/// a sign, and a year after 9999 has five or more digits. RFC 3339 allows neither.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.0.div_euclid(86_400_000);
        let millis = self.0.rem_euclid(86_400_000);
        let (year, month, day) = civil_from_days(days);
        let (hour, minute) = (millis / 3_600_000, millis / 60_000 % 60);
        let (second, millis) = (millis / 1_000 % 60, millis % 1_000);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z"
        )
    }
}

/// Saturates at the limits of `i64`. Fractions of a millisecond are truncated.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        Self(match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => 0_i64.saturating_add_unsigned(millis(after)),
            Err(before) => 0_i64.saturating_sub_unsigned(millis(before.duration())),
        })
    }
}

/// A time outside the range of the platform's clock becomes 1970-01-01T00:00:00Z.
impl From<Timestamp> for SystemTime {
    fn from(timestamp: Timestamp) -> Self {
        let distance = Duration::from_millis(timestamp.0.unsigned_abs());
        let time = if timestamp.0 < 0 {
            Self::UNIX_EPOCH.checked_sub(distance)
        } else {
            Self::UNIX_EPOCH.checked_add(distance)
        };
        time.unwrap_or(Self::UNIX_EPOCH)
    }
}

/// Saturates at the limits of `i64`. Fractions of a millisecond are truncated.
impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add_unsigned(millis(duration)))
    }
}

/// Saturates at the limits of `i64`. Fractions of a millisecond are truncated.
impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub_unsigned(millis(duration)))
    }
}

/// Returns a duration in milliseconds, at most `u64::MAX`. This maximum is the distance between the
/// limits of `i64`, so adding or subtracting more has no further effect.
fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

crate::json::nullable::nullable!(Timestamp);

/// Reads milliseconds. A fraction is truncated.
impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Whole::deserialize(deserializer).map(|millis| Self(millis.0))
    }
}

fn number(text: &str, digits: usize) -> Option<i64> {
    let all_digits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits { text.parse().ok() } else { None }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Returns the days since 1970-01-01. In this calculation, a year starts in March, so the leap day
/// is its last day.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Returns year, month and day: the inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(feature = "_samples")]
impl crate::samples::Sample for Timestamp {
    fn sample(_: &crate::samples::Sampler, _: &str) -> Self {
        Self::from_millis(1_700_690_400_000)
    }
}

use serde_core::{Serialize, Serializer};

use crate::types::timestamp::Timestamp;

/// A time that is sent as text, such as `2012-10-20T07:15:20.902Z`. If its year is not from 0000 to
/// 9999, the call returns an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rfc3339(pub Timestamp);

impl<T: Into<Timestamp>> From<T> for Rfc3339 {
    fn from(time: T) -> Self {
        Self(time.into())
    }
}

impl Serialize for Rfc3339 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[cfg(feature = "_samples")]
impl crate::samples::Sample for Rfc3339 {
    fn sample(sampler: &crate::samples::Sampler, name: &str) -> Self {
        Self(Timestamp::sample(sampler, name))
    }
}

use serde_core::de::DeserializeOwned;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::model::Optional;
use crate::json::nullable::Nullable;
use crate::json::raw;

/// A field whose value may have an unexpected type. A value of an unexpected type becomes the
/// default, so that the rest of the object is decoded.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Tolerant<T>(pub(crate) T);

impl<'de, T: DeserializeOwned + Default> Nullable<'de> for Tolerant<T> {
    fn read<D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        _key: &'static str,
    ) -> Result<(), D::Error> {
        *self = Self::deserialize(deserializer)?;
        Ok(())
    }
}

impl<'de, T: DeserializeOwned + Default> Deserialize<'de> for Tolerant<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = raw::read(deserializer)?;
        Ok(Self(serde_json::from_str(raw.get()).unwrap_or_default()))
    }
}

impl<T: Serialize> Serialize for Tolerant<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: Optional> Optional for Tolerant<T> {
    fn is_given(&self) -> bool {
        self.0.is_given()
    }
}

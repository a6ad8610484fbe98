//! Metadata as types of the application: the two conversions that can fail.

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

use crate::client::error::{Error, ErrorKind};
use crate::types::metadata::Metadata;

impl Metadata {
    /// From anything that serialises to a JSON object (or to null, the empty one).
    ///
    /// # Errors
    ///
    /// When it serialises to something else, or not at all.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, Error> {
        let raw = serde_json::value::to_raw_value(value).map_err(|error| {
            Error::new(
                ErrorKind::InvalidRequest,
                format!("metadata that is not JSON: {error}"),
            )
        })?;
        let metadata = Self::from_raw(raw);
        metadata
            .check("metadata")
            .map_err(|message| Error::new(ErrorKind::InvalidRequest, message))?;
        Ok(metadata)
    }

    /// Decodes into a type of the caller's.
    ///
    /// # Errors
    ///
    /// When the metadata has not the form of `T`; the error says where, and not what stood there.
    pub fn get<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_str(self.as_json()).map_err(|error| {
            let message = format!(
                "the metadata is not a {}: {} at line {} column {}",
                std::any::type_name::<T>(),
                category(&error),
                error.line(),
                error.column(),
            );
            Error::new(ErrorKind::Decode, message)
        })
    }
}

fn category(error: &serde_json::Error) -> &'static str {
    if error.is_data() {
        "a value is missing or of another type"
    } else {
        "the JSON is malformed"
    }
}

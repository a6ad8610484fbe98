//! The conversions between metadata and types of the application.

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

use crate::client::error::{Error, ErrorKind};
use crate::json::text::without_lone_surrogates;
use crate::types::metadata::Metadata;

impl Metadata {
    /// Serializes a value as metadata: a JSON object. Null becomes the empty object.
    ///
    /// # Errors
    ///
    /// Returns an error if the value cannot be serialized, or becomes neither a JSON object nor
    /// null.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, Error> {
        let raw = serde_json::value::to_raw_value(value).map_err(|error| {
            Error::invalid_request(format!("cannot serialize metadata: {error}"))
        })?;
        let metadata = Self::from_raw(raw);
        metadata.check("metadata").map_err(Error::invalid_request)?;
        Ok(metadata)
    }

    /// Deserializes the metadata into a type of the application. The escape of a lone surrogate,
    /// such as `\ud83d`, becomes U+FFFD.
    ///
    /// # Errors
    ///
    /// Returns an error if the metadata cannot be deserialized into `T`. The message gives the
    /// position in the JSON, never a value.
    pub fn get<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let parse = |text: &str| serde_json::from_str(text);
        let result = parse(self.as_json()).or_else(|error| {
            let repaired = error
                .is_syntax()
                .then(|| without_lone_surrogates(self.as_json()));
            repaired.flatten().map_or(Err(error), |text| parse(&text))
        });
        result.map_err(|error| {
            let problem = if error.is_data() {
                "missing or mistyped value"
            } else {
                "malformed JSON"
            };
            let message = format!(
                "cannot read the JSON object as {}: {problem} at line {} column {}",
                std::any::type_name::<T>(),
                error.line(),
                error.column(),
            );
            Error::new(ErrorKind::Decode, message)
        })
    }
}

use serde_core::de::{DeserializeSeed, IgnoredAny, MapAccess};
use serde_core::{Deserialize, Deserializer};

use crate::json::decode::word;
use crate::json::lenient::{self, Fields, List, Text};
use crate::json::model::model;
use crate::types::metadata::Metadata;

model! {
    /// A single error that Clerk reports.
    ClerkError {
        /// A short message.
        message: String,
        /// A message for the end user, as a full sentence.
        long_message: String,
        /// The machine-readable code: `form_identifier_exists`, `resource_not_found` …
        code: String,
        /// Details, such as `param_name`.
        meta: Metadata = optional,
    }
}

impl ClerkError {
    /// Returns the name of the invalid request parameter (`meta.param_name`). `None` if Clerk
    /// names none.
    #[must_use]
    pub fn param_name(&self) -> Option<String> {
        let mut name = ParamName::default();
        lenient::read(self.meta.as_json().as_bytes(), &mut name);
        name.0
    }
}

model! {
    /// The body of an error response.
    ClerkErrors {
        /// The errors.
        errors: Vec<ClerkError>,
        /// Details about the response as a whole.
        meta: Metadata = optional,
        /// The trace id to quote to Clerk's support; `None` if the body has none.
        clerk_trace_id: Option<String> = optional,
    }
}

impl ClerkErrors {
    /// Reads as much of an error body as possible, and skips values of an unexpected type.
    pub(crate) fn read(body: &[u8]) -> Self {
        let mut errors = Self::default();
        lenient::read(body, &mut errors);
        errors
    }
}

pub(crate) enum Key {
    Errors,
    Meta,
    ClerkTraceId,
    Message,
    LongMessage,
    Code,
    ParamName,
    Other,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        word(deserializer, |key| match key {
            "errors" => Self::Errors,
            "meta" => Self::Meta,
            "clerk_trace_id" => Self::ClerkTraceId,
            "message" => Self::Message,
            "long_message" => Self::LongMessage,
            "code" => Self::Code,
            "param_name" => Self::ParamName,
            _ => Self::Other,
        })
    }
}

impl Fields for ClerkErrors {
    type Key = Key;

    fn read<'de, A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        match key {
            Key::Errors => map.next_value_seed(List(&mut self.errors)),
            Key::Meta => map.next_value_seed(Object(&mut self.meta)),
            Key::ClerkTraceId => {
                let mut id = None;
                map.next_value_seed(Text(&mut id))?;
                self.clerk_trace_id = id.filter(|id| !id.is_empty());
                Ok(())
            }
            _ => map.next_value::<IgnoredAny>().map(drop),
        }
    }
}

impl Fields for ClerkError {
    type Key = Key;

    fn read<'de, A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        let text = match key {
            Key::Message => &mut self.message,
            Key::LongMessage => &mut self.long_message,
            Key::Code => &mut self.code,
            Key::Meta => return map.next_value_seed(Object(&mut self.meta)),
            _ => return map.next_value::<IgnoredAny>().map(drop),
        };
        let mut read = None;
        map.next_value_seed(Text(&mut read))?;
        *text = read.unwrap_or_default();
        Ok(())
    }
}

/// The name of the parameter in the details of an error.
#[derive(Default, PartialEq)]
struct ParamName(Option<String>);

impl Fields for ParamName {
    type Key = Key;

    fn read<'de, A: MapAccess<'de>>(&mut self, key: Key, map: &mut A) -> Result<(), A::Error> {
        match key {
            Key::ParamName => map.next_value_seed(Text(&mut self.0)),
            _ => map.next_value::<IgnoredAny>().map(drop),
        }
    }
}

/// A seed that reads an object with any content. Any other value becomes the empty object.
struct Object<'a>(&'a mut Metadata);

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = Metadata::any(deserializer)?.unwrap_or_default();
        Ok(())
    }
}

use std::fmt;

use serde_core::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde_core::{Deserialize, Deserializer};

use crate::token::members::{Members, Text};

/// The header of a token. Signing keys that the header embeds or links to (`jwk`, `jku`, `x5c`,
/// `x5u`) are ignored.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Header<'de> {
    /// The algorithm of the signature. Empty if the header has none.
    pub(crate) alg: Text<'de>,
    /// The id of the key. `None` if the header has none.
    pub(crate) kid: Option<Text<'de>>,
    /// The type of the token. `None` if the header has none.
    pub(crate) typ: Option<Text<'de>>,
    /// Clerk's category of the token. `None` if the header has none, or if the category is
    /// [`NO_CATEGORY`].
    pub(crate) cat: Option<Text<'de>>,
}

/// The category that some instances give to tokens of all classes. It has no meaning.
const NO_CATEGORY: &str = "cl_I7d4PD111III";

/// The members that change how a token is read (RFC 7515, 7516 and 7797). A header with one of them
/// is refused.
const UNSUPPORTED: [&str; 4] = ["crit", "b64", "zip", "enc"];

impl<'de> Header<'de> {
    /// Reads a header. The error contains no value of the header.
    pub(crate) fn parse(json: &'de [u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(json).map_err(|_| "its header is not UTF-8".to_owned())?;
        let header: Result<Self, _> = serde_json::from_str(text);
        let mut header = header.map_err(|error| {
            if !error.is_data() {
                return "its header is not JSON".to_owned();
            }
            let text = error.to_string();
            let mut unsupported = UNSUPPORTED.iter().filter(|name| text.starts_with(**name));
            match unsupported.next() {
                Some(name) => format!("its header has {name:?}, which is not supported"),
                None => "its header is not an object, repeats a name, or has an alg, kid, typ or cat that is not a string".to_owned(),
            }
        })?;
        if header.cat.as_deref() == Some(NO_CATEGORY) {
            header.cat = None;
        }
        Ok(header)
    }
}

impl<'de> Deserialize<'de> for Header<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct HeaderVisitor;

        impl<'de> Visitor<'de> for HeaderVisitor {
            type Value = Header<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Header<'de>, A::Error> {
                let mut header = Header::default();
                let mut members = Members::new(map);
                while let Some(name) = members.next_name()? {
                    match name {
                        "alg" => header.alg = members.value()?,
                        "kid" => header.kid = Some(members.value()?),
                        "typ" => header.typ = Some(members.value()?),
                        "cat" => header.cat = Some(members.value()?),
                        name if UNSUPPORTED.contains(&name) => {
                            return Err(A::Error::custom(name));
                        }
                        _ => {
                            members.value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(header)
            }
        }

        deserializer.deserialize_map(HeaderVisitor)
    }
}

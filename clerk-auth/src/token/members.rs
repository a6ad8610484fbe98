//! Reads the members of JSON objects, and refuses repeated names.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde_core::de::{Error, MapAccess, Visitor};
use serde_core::{Deserialize, Deserializer};

/// A reader of the members of an object. If a name occurs twice, the reader returns an error.
///
/// If repeated names were accepted, one parser could use the first value and another the second.
pub(crate) struct Members<'de, A> {
    map: A,
    names: Vec<Text<'de>>,
}

/// The number of members for which memory is reserved. A session token without custom claims has
/// fewer.
const RESERVED: usize = 20;

impl<'de, A: MapAccess<'de>> Members<'de, A> {
    pub(crate) fn new(map: A) -> Self {
        let names = Vec::with_capacity(RESERVED);
        Self { map, names }
    }

    /// Returns the next name. At the end, returns `None`, or an error if a name occurs twice. Call
    /// [`value`](Self::value) before the next name.
    pub(crate) fn next_name(&mut self) -> Result<Option<&str>, A::Error> {
        if let Some(name) = self.map.next_key()? {
            self.names.push(name);
            return Ok(self.names.last().map(|name| &**name));
        }
        if has_repeated(&mut self.names, |name| name) {
            return Err(A::Error::custom(REPEATED));
        }
        Ok(None)
    }

    /// Returns the value of the last name.
    pub(crate) fn value<V: Deserialize<'de>>(&mut self) -> Result<V, A::Error> {
        self.map.next_value()
    }
}

/// The message of the error for a repeated name. It does not quote the name.
pub(crate) const REPEATED: &str = "a name occurs twice";

/// Returns whether a name occurs twice. Sorts the members if they are not sorted. The members of
/// Clerk's tokens are already sorted.
pub(crate) fn has_repeated<T>(members: &mut [T], name: impl Fn(&T) -> &str) -> bool {
    if members.is_sorted_by(|one, next| name(one) < name(next)) {
        return false;
    }
    members.sort_unstable_by(|one, other| name(one).cmp(name(other)));
    let mut pairs = members.windows(2);
    pairs.any(|pair| matches!(pair, [one, next] if name(one) == name(next)))
}

/// A text, borrowed if it has no escapes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Text<'de>(pub(crate) Cow<'de, str>);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(TextVisitor)
    }
}

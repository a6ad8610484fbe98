//! Enumerations that the API can extend.

use std::fmt;

/// The content of an `Unknown(..)` variant: an enumeration value that this version of the crate
/// does not know.
///
/// Code outside this crate can create only the empty value, with `Default`. Other values come from
/// decoding an enumeration or converting a text to it. Neither stores a known value as unknown.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Returns the text as Clerk or the caller wrote it. The text is empty if Clerk sent none.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn new(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Defines an enumeration of strings that keeps unknown values.
macro_rules! open_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        ///
        /// A value that this version does not know is kept in `Unknown` and is serialized
        /// unchanged. A value that was absent or null is `Unknown` with an empty text, and is
        /// serialized as null.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$vmeta])* #[doc = concat!("`", $text, "`")] $variant,)+
            /// Any other value.
            Unknown($crate::json::open_enum::UnknownValue),
        }

        impl $name {
            /// Returns the text as Clerk writes it.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(unknown) => unknown.as_str(),
                }
            }
        }

        /// Converts from the text that Clerk uses for the value.
        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    unknown => Self::Unknown($crate::json::open_enum::UnknownValue::new(unknown)),
                }
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<&String> for $name {
            #[inline]
            fn from(text: &String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<&$name> for $name {
            #[inline]
            fn from(value: &$name) -> Self {
                value.clone()
            }
        }

        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $crate::json::word::Word for $name {
            #[inline]
            fn as_word(&self) -> &str {
                self.as_str()
            }
        }

        #[cfg(feature = "_samples")]
        impl $crate::samples::Sample for $name {
            #[inline]
            fn sample(sampler: &$crate::samples::Sampler, _name: &str) -> Self {
                sampler.choose([$(Self::$variant),+])
            }
        }

        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Unknown($crate::json::open_enum::UnknownValue::default())
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde_core::Serialize for $name {
            #[inline]
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    Self::Unknown(unknown) if unknown.as_str().is_empty() => serializer.serialize_none(),
                    value => serializer.serialize_str(value.as_str()),
                }
            }
        }

        $crate::json::nullable::nullable!($name);

        impl<'de> serde_core::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::decode::word(deserializer, |text| Self::from(text))
            }
        }
    };
}

pub(crate) use open_enum;

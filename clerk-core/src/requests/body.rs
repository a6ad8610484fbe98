use std::collections::BTreeMap;

use serde_core::Serialize;

use crate::json::word::Word;
use crate::requests::argument::Argument;
use crate::requests::parts::RequestParts;
use crate::requests::patch::Patch;
use crate::requests::rfc3339::Rfc3339;
use crate::types::metadata::Metadata;
use crate::types::secret::SecretString;

/// The JSON body of a request.
pub(crate) trait Body: Serialize {
    /// The maximum number of bodies that Clerk accepts as one bare array.
    const MAX_BULK: usize = usize::MAX;

    /// Returns an error if Clerk would refuse the body.
    fn check(&self) -> Result<(), String>;

    /// Writes the body. Returns an error if Clerk would refuse it.
    fn write_into(&self, parts: &mut RequestParts) -> Result<(), String> {
        self.check()?;
        parts.json(self)
    }
}

/// The value of a field of a body.
pub(crate) trait BodyField {
    /// Whether the field is sent at all.
    fn is_sent(&self) -> bool {
        true
    }

    /// Returns an error if the value is invalid. `_name` is the name of the field in the error.
    fn check(&self, _name: &str) -> Result<(), String> {
        Ok(())
    }
}

/// Refuses a blank id or enumeration value. An empty enumeration value would be sent as null.
impl<T: Word> BodyField for T {
    fn check(&self, name: &str) -> Result<(), String> {
        not_blank(name, self.as_word())
    }
}

pub(crate) fn not_blank(name: &str, value: &str) -> Result<(), String> {
    if value.trim().is_empty() {
        return Err(format!("invalid {name}: it is blank"));
    }
    Ok(())
}

impl BodyField for Metadata {
    fn check(&self, name: &str) -> Result<(), String> {
        Metadata::check(self, name)
    }
}

impl BodyField for Rfc3339 {
    fn check(&self, name: &str) -> Result<(), String> {
        if self.0.fits_rfc3339() {
            return Ok(());
        }
        let millis = self.0.as_millis();
        Err(format!(
            "invalid {name}: {millis} ms after 1970 is not in the years 0000 to 9999"
        ))
    }
}

macro_rules! unchecked {
    ($($type:ty),* $(,)?) => { $(impl BodyField for $type {})* };
}

unchecked!(bool, u32, i64, String, SecretString, BTreeMap<String, String>);

impl<T: BodyField> BodyField for Vec<T> {
    fn check(&self, name: &str) -> Result<(), String> {
        for (at, value) in self.iter().enumerate() {
            value.check(&format!("{name}[{at}]"))?;
        }
        Ok(())
    }
}

impl<T: BodyField> BodyField for Option<T> {
    fn is_sent(&self) -> bool {
        self.is_some()
    }

    fn check(&self, name: &str) -> Result<(), String> {
        self.as_ref().map_or(Ok(()), |value| value.check(name))
    }
}

impl<T: BodyField> BodyField for Patch<T> {
    fn is_sent(&self) -> bool {
        !matches!(self, Self::Keep)
    }

    fn check(&self, name: &str) -> Result<(), String> {
        match self {
            Self::Keep | Self::Null => Ok(()),
            Self::Set(value) => value.check(name),
        }
    }
}

impl<T: Body> Body for Vec<T> {
    fn check(&self) -> Result<(), String> {
        let (count, max) = (self.len(), T::MAX_BULK);
        if !(1..=max).contains(&count) {
            return Err(format!(
                "invalid body: {count} items; there must be 1 to {max}"
            ));
        }
        for (at, body) in self.iter().enumerate() {
            body.check()
                .map_err(|error| format!("item {at}: {error}"))?;
        }
        Ok(())
    }
}

impl<T: Body> Argument for Vec<T> {
    fn write(&self, parts: &mut RequestParts) -> Result<(), String> {
        self.write_into(parts)
    }
}

/// Defines the type of a body. `new` takes the fields in `required`. All other fields are optional.
///
/// - `field: T` has a setter of the same name. `field / clear_field: T` also has a method
///   `clear_field`, which sends null. `[T]` is a list.
/// - `as "key"` is the name in JSON, if it differs from the name of the field.
/// - `= secret` hides the value from `Debug`.
/// - `Name(check)` adds a check of the whole body. Mark the function `check` as `#[inline]`,
///   so that only applications that use this body compile it.
/// - `bulk 10` sets the maximum number of bodies that one request can send, as a bare array.
macro_rules! body {
    (
        $(#[$meta:meta])*
        $name:ident $(($rule:path))? $(bulk $max:literal)?
        $(required { $($(#[$rmeta:meta])* $required:ident $(as $rkey:literal)?: $rtype:ty,)+ } and)?
        {
            $(
                $(#[$fmeta:meta])*
                $field:ident $(/ $clear:ident)? $(as $key:literal)?: $type:tt $(= $mark:ident)?,
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $name {
            $($($(#[$rmeta])* pub $required: $rtype,)+)?
            $($(#[$fmeta])* pub $field: $crate::requests::body::body!(@type $type $($clear)?),)*
        }

        impl $name {
            $crate::requests::body::body!(@new [$($($required: $rtype,)+)?] [$($field)*]);

            $(
                $crate::requests::body::body!(@set $type $field $(#[$fmeta])*);
                $(
                    #[doc = concat!("Sends null for `", stringify!($field), "`.")]
                    #[must_use]
                    #[inline]
                    pub fn $clear(mut self) -> Self {
                        self.$field = $crate::requests::patch::Patch::Null;
                        self
                    }
                )?
            )*
        }

        $crate::requests::body::body!(@default $name $($($required)+)?);

        $crate::json::model::equal!($name { $($($required)+)? $($field)* });

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::json::model::fmt_fields(f, stringify!($name), &[
                    $($((stringify!($required), &self.$required),)+)?
                    $((stringify!($field), $crate::json::model::debug!(self.$field $($mark)?)),)*
                ])
            }
        }

        impl serde_core::Serialize for $name {
            #[inline]
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut entries = $crate::json::entries::Entries::new(serializer);
                $($(entries.add($crate::json::model::key!($required $($rkey)?), &self.$required);)+)?
                $(if $crate::requests::body::BodyField::is_sent(&self.$field) {
                    entries.add($crate::json::model::key!($field $($key)?), &self.$field);
                })*
                entries.end()
            }
        }

        /// Checks the body as a field of another body.
        impl $crate::requests::body::BodyField for $name {
            #[inline]
            fn check(&self, name: &str) -> Result<(), String> {
                $crate::requests::body::Body::check(self).map_err(|error| format!("{name}: {error}"))
            }
        }

        impl $crate::requests::body::Body for $name {
            $(const MAX_BULK: usize = $max;)?

            #[inline]
            fn check(&self) -> Result<(), String> {
                $($($crate::json::model::tri!($crate::requests::body::BodyField::check(
                    &self.$required, $crate::json::model::key!($required $($rkey)?)
                ));)+)?
                $($crate::json::model::tri!($crate::requests::body::BodyField::check(
                    &self.$field, $crate::json::model::key!($field $($key)?)
                ));)*
                $($crate::json::model::tri!($rule(self));)?
                Ok(())
            }
        }

        impl $crate::requests::argument::Argument for $name {
            #[inline]
            fn write(&self, parts: &mut $crate::requests::parts::RequestParts) -> Result<(), String> {
                $crate::requests::body::Body::write_into(self, parts)
            }
        }

        #[cfg(feature = "_samples")]
        impl $crate::samples::Sample for $name {
            fn sample(sampler: &$crate::samples::Sampler, _name: &str) -> Self {
                let sample = |sampler: &$crate::samples::Sampler| Self {
                    $($($required: sampler.value(stringify!($required)),)+)?
                    $($field: sampler.value(stringify!($field)),)*
                };
                sampler.valid(sample, |sample| $crate::requests::body::Body::check(sample).is_ok())
            }
        }
    };

    (@new [] [$($field:ident)*]) => {
        /// Creates a request with nothing set.
        #[must_use]
        #[inline]
        pub fn new() -> Self {
            Self { $($field: Default::default(),)* }
        }
    };
    (@new [$($required:ident: $rtype:ty,)+] [$($field:ident)*]) => {
        /// Creates a request with the required values, and nothing else set.
        #[must_use]
        #[inline]
        pub fn new($($required: impl Into<$rtype>),+) -> Self {
            Self {
                $($required: $required.into(),)+
                $($field: Default::default(),)*
            }
        }
    };

    (@default $name:ident) => {
        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@default $name:ident $($required:ident)+) => {};

    (@type [$type:ty]) => { Option<Vec<$type>> };
    (@type $type:ty) => { Option<$type> };
    (@type [$type:ty] $clear:ident) => { $crate::requests::patch::Patch<Vec<$type>> };
    (@type $type:tt $clear:ident) => { $crate::requests::patch::Patch<$type> };

    (@set [$type:ty] $field:ident $(#[$meta:meta])*) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        ///
        $(#[$meta])*
        #[must_use]
        #[inline]
        pub fn $field(mut self, values: impl IntoIterator<Item = impl Into<$type>>) -> Self {
            let values: Vec<$type> = values.into_iter().map(Into::into).collect();
            self.$field = values.into();
            self
        }
    };
    (@set bool $field:ident $(#[$meta:meta])*) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        ///
        $(#[$meta])*
        #[must_use]
        #[inline]
        pub fn $field(mut self, value: bool) -> Self {
            self.$field = value.into();
            self
        }
    };
    (@set u32 $field:ident $(#[$meta:meta])*) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        ///
        $(#[$meta])*
        #[must_use]
        #[inline]
        pub fn $field(mut self, value: u32) -> Self {
            self.$field = value.into();
            self
        }
    };
    (@set $type:ident $field:ident $(#[$meta:meta])*) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        ///
        $(#[$meta])*
        #[must_use]
        #[inline]
        pub fn $field(mut self, value: impl Into<$type>) -> Self {
            let value: $type = value.into();
            self.$field = value.into();
            self
        }
    };
}

pub(crate) use body;

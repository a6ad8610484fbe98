use serde_core::Serialize;

use crate::json::open_enum::OpenEnum;
use crate::requests::patch::Patch;
use crate::requests::rfc3339::Rfc3339;
use crate::types::id::{EmailAddressId, PhoneNumberId, Web3WalletId};
use crate::types::metadata::Metadata;
use crate::types::secret::SecretString;

/// The body of a write.
pub(crate) trait Body: Serialize {
    /// Says what Clerk would refuse.
    fn check(&self) -> Result<(), String>;
}

/// A field of a body.
pub(crate) trait BodyField {
    /// Whether it is sent at all.
    fn is_sent(&self) -> bool {
        true
    }

    /// Says what is wrong with its value.
    fn check(&self, _name: &str) -> Result<(), String> {
        Ok(())
    }
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
            "{name} is {millis} ms after 1970, and must be in the years 0000 to 9999"
        ))
    }
}

macro_rules! plain {
    ($($type:ty),* $(,)?) => { $(impl BodyField for $type {})* };
}

plain!(
    bool,
    u32,
    i64,
    String,
    SecretString,
    EmailAddressId,
    PhoneNumberId,
    Web3WalletId,
);

/// A blank value of an enumeration would be sent as null.
impl<T: OpenEnum> BodyField for T {
    fn check(&self, name: &str) -> Result<(), String> {
        if self.as_str().trim().is_empty() {
            return Err(format!("{name} is blank"));
        }
        Ok(())
    }
}

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

/// A body of which every field may be left out, but for those that are `required`: they are what
/// `new` takes.
///
/// `field: T` is set by a method of that name; `field / clear_field: T` may also be null, which
/// the second method sets. `[T]` is a list, and `= secret` hides a value from `Debug`.
macro_rules! body {
    (
        $(#[$meta:meta])*
        $name:ident $(($rule:path))?
        $(required { $($(#[$rmeta:meta])* $required:ident: $rtype:ty,)+ } and)?
        {
            $(
                $(#[$fmeta:meta])*
                $field:ident $(/ $clear:ident)?: $type:tt $(= $mark:ident)?,
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq)]
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
                    pub fn $clear(mut self) -> Self {
                        self.$field = $crate::requests::patch::Patch::Null;
                        self
                    }
                )?
            )*
        }

        $crate::requests::body::body!(@default $name $($($required)+)?);

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name))
                    $($(.field(stringify!($required), &self.$required))+)?
                    $(.field(stringify!($field), $crate::json::model::debug!(self.$field $($mark)?)))*
                    .finish()
            }
        }

        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde_core::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                $($(map.serialize_entry(stringify!($required), &self.$required)?;)+)?
                $(if $crate::requests::body::BodyField::is_sent(&self.$field) {
                    map.serialize_entry(stringify!($field), &self.$field)?;
                })*
                map.end()
            }
        }

        impl $crate::requests::body::Body for $name {
            fn check(&self) -> Result<(), String> {
                $($($crate::requests::body::BodyField::check(
                    &self.$required, stringify!($required)
                )?;)+)?
                $($crate::requests::body::BodyField::check(&self.$field, stringify!($field))?;)*
                $($rule(self)?;)?
                Ok(())
            }
        }
    };

    (@new [] [$($field:ident)*]) => {
        /// One with nothing set.
        #[must_use]
        pub fn new() -> Self {
            Self { $($field: Default::default(),)* }
        }
    };
    (@new [$($required:ident: $rtype:ty,)+] [$($field:ident)*]) => {
        /// One with what it cannot be without, and nothing else set.
        #[must_use]
        pub fn new($($required: impl Into<$rtype>),+) -> Self {
            Self {
                $($required: $required.into(),)+
                $($field: Default::default(),)*
            }
        }
    };

    (@default $name:ident) => {
        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@default $name:ident $($required:ident)+) => {};

    (@type [$type:ty]) => { Option<Vec<$type>> };
    (@type $type:ty) => { Option<$type> };
    (@type $type:tt $clear:ident) => { $crate::requests::patch::Patch<$type> };

    (@set [$type:ty] $field:ident $(#[$meta:meta])*) => {
        $(#[$meta])*
        #[must_use]
        pub fn $field(mut self, values: impl IntoIterator<Item = impl Into<$type>>) -> Self {
            self.$field = Some(values.into_iter().map(Into::into).collect());
            self
        }
    };
    (@set bool $field:ident $(#[$meta:meta])*) => {
        $(#[$meta])*
        #[must_use]
        pub fn $field(mut self, value: bool) -> Self {
            self.$field = value.into();
            self
        }
    };
    (@set u32 $field:ident $(#[$meta:meta])*) => {
        $(#[$meta])*
        #[must_use]
        pub fn $field(mut self, value: u32) -> Self {
            self.$field = value.into();
            self
        }
    };
    (@set $type:ident $field:ident $(#[$meta:meta])*) => {
        $(#[$meta])*
        #[must_use]
        pub fn $field(mut self, value: impl Into<$type>) -> Self {
            let value: $type = value.into();
            self.$field = value.into();
            self
        }
    };
}

pub(crate) use body;

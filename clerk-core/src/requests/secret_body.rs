/// Defines a request body with one secret. A secret string converts into the body.
macro_rules! secret_body {
    ($(#[$meta:meta])* $name:ident { $(#[$fmeta:meta])* $field:ident }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $(#[$fmeta])*
            pub $field: $crate::types::secret::SecretString,
        }

        impl $name {
            /// Creates a request with the secret.
            #[must_use]
            #[inline]
            pub fn new($field: impl Into<$crate::types::secret::SecretString>) -> Self {
                Self { $field: $field.into() }
            }
        }

        impl<T: Into<$crate::types::secret::SecretString>> From<T> for $name {
            #[inline]
            fn from($field: T) -> Self {
                Self::new($field)
            }
        }

        impl serde_core::Serialize for $name {
            #[inline]
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map([(stringify!($field), &self.$field)])
            }
        }

        impl $crate::requests::body::Body for $name {
            #[inline]
            fn check(&self) -> Result<(), String> {
                if self.$field.is_empty() {
                    return Err(concat!("invalid ", stringify!($field), ": it is empty").to_owned());
                }
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
            #[inline]
            fn sample(sampler: &$crate::samples::Sampler, _name: &str) -> Self {
                Self { $field: sampler.value(stringify!($field)) }
            }
        }
    };
}

pub(crate) use secret_body;

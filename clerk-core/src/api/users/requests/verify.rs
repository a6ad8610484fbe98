use serde_core::{Serialize, Serializer};

use crate::requests::argument::Argument;
use crate::requests::body::Body;
use crate::requests::parts::RequestParts;
use crate::types::secret::SecretString;

/// Defines a request body with one secret. A secret converts into the body.
macro_rules! secret_body {
    ($(#[$meta:meta])* $name:ident { $(#[$fmeta:meta])* $field:ident }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $(#[$fmeta])*
            pub $field: SecretString,
        }

        impl<T: Into<SecretString>> From<T> for $name {
            fn from($field: T) -> Self {
                Self { $field: $field.into() }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map([(stringify!($field), &self.$field)])
            }
        }

        impl Body for $name {
            fn check(&self) -> Result<(), String> {
                if self.$field.is_empty() {
                    return Err(concat!("invalid ", stringify!($field), ": it is empty").to_owned());
                }
                Ok(())
            }
        }

        impl Argument for $name {
            fn write(&self, parts: &mut RequestParts) -> Result<(), String> {
                self.write_into(parts)
            }
        }

        #[cfg(feature = "_samples")]
        impl crate::samples::Sample for $name {
            fn sample(sampler: &crate::samples::Sampler, _name: &str) -> Self {
                Self { $field: sampler.value(stringify!($field)) }
            }
        }
    };
}

secret_body! {
    /// The request body of [`verify_password`](crate::UsersApi::verify_password). A password
    /// converts into it.
    VerifyPasswordRequest {
        /// The password to verify.
        password
    }
}

secret_body! {
    /// The request body of [`verify_totp`](crate::UsersApi::verify_totp). A code converts into it.
    VerifyTotpRequest {
        /// The TOTP code or backup code to verify.
        code
    }
}

use serde_core::{Serialize, Serializer};

use crate::requests::body::Body;
use crate::types::secret::SecretString;

/// A body with one secret in it.
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
                    return Err(concat!(stringify!($field), " is empty").to_owned());
                }
                Ok(())
            }
        }
    };
}

secret_body! {
    /// The body of [`verify_password`](crate::UsersApi::verify_password): made from the password.
    VerifyPasswordRequest {
        /// The password to check.
        password
    }
}

secret_body! {
    /// The body of [`verify_totp`](crate::UsersApi::verify_totp): made from the code.
    VerifyTotpRequest {
        /// The TOTP or backup code to check.
        code
    }
}

use serde_core::{Serialize, Serializer};

use crate::requests::body::BodyField;

/// The sign-in strategy that Clerk's components prefer, if the instance requires a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PreferredSignInStrategy {
    /// A password. The value is `password`.
    Password,
    /// A one-time code. The value is `otp`.
    Otp,
    /// No preference. Clerk's default applies. The value is the empty string.
    Default,
}

impl PreferredSignInStrategy {
    /// Returns the value that is sent to Clerk.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Otp => "otp",
            Self::Default => "",
        }
    }
}

// Requests refuse an empty value of an enum that `open_enum!` defines. The value of `Default` is
// empty, so `open_enum!` does not define this enum.
impl Serialize for PreferredSignInStrategy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl BodyField for PreferredSignInStrategy {}

#[cfg(feature = "_samples")]
impl crate::samples::Sample for PreferredSignInStrategy {
    fn sample(sampler: &crate::samples::Sampler, _name: &str) -> Self {
        sampler.choose([Self::Password, Self::Otp, Self::Default])
    }
}

//! Clerk's identifiers, each a type of its own.

/// A string that names one kind of thing.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(Box<str>);

        impl $name {
            /// The text of the id.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether it is the empty string, which stands for an id that a response left out.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.into())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id.into())
            }
        }

        impl From<&String> for $name {
            fn from(id: &String) -> Self {
                Self(id.as_str().into())
            }
        }

        impl From<Box<str>> for $name {
            fn from(id: Box<str>) -> Self {
                Self(id)
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.into()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                &*self.0 == *other
            }
        }

        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        $crate::json::nullable::nullable!($name);

        impl<'de> serde_core::Deserialize<'de> for $name {
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Box::deserialize(deserializer).map(Self)
            }
        }
    };
}

id! {
    /// Names a user: `user_…`.
    UserId
}
id! {
    /// Names an organization: `org_…`.
    OrganizationId
}
id! {
    /// Names a user's membership of an organization: `orgmem_…`.
    OrganizationMembershipId
}
id! {
    /// Names an e-mail address of a user: `idn_…`.
    EmailAddressId
}
id! {
    /// Names a phone number of a user: `idn_…`.
    PhoneNumberId
}
id! {
    /// Names a web3 wallet of a user: `idn_…`.
    Web3WalletId
}
id! {
    /// Names a passkey of a user: `idn_…`.
    PasskeyId
}
id! {
    /// Names a user's account with a provider: `eac_…`.
    ExternalAccountId
}
id! {
    /// Names an OAuth provider as Clerk spells it: `oauth_google`, or `oauth_custom_…` for one that
    /// the instance defines itself.
    OAuthProvider
}
id! {
    /// Names a device that a user trusts.
    TrustedDeviceId
}
id! {
    /// Names an invitation to an organization: `orginv_…`.
    OrganizationInvitationId
}

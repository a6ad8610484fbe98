/// Defines a type of ids: strings that identify objects of one kind.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(Box<str>);

        impl $name {
            /// Returns the text of the id.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether the id is the empty string, which means that a response omitted the id.
            #[must_use]
            #[inline]
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl $crate::json::word::Word for $name {
            #[inline]
            fn as_word(&self) -> &str {
                &self.0
            }
        }

        #[cfg(feature = "_samples")]
        impl $crate::samples::Sample for $name {
            #[inline]
            fn sample(sampler: &$crate::samples::Sampler, name: &str) -> Self {
                sampler.text(name).into()
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            #[inline]
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(id: &str) -> Self {
                Self(id.into())
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(id: String) -> Self {
                Self(id.into())
            }
        }

        impl From<&String> for $name {
            #[inline]
            fn from(id: &String) -> Self {
                Self(id.as_str().into())
            }
        }

        impl From<Box<str>> for $name {
            #[inline]
            fn from(id: Box<str>) -> Self {
                Self(id)
            }
        }

        impl From<&$name> for $name {
            #[inline]
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl From<$name> for String {
            #[inline]
            fn from(id: $name) -> Self {
                id.0.into()
            }
        }

        impl PartialEq<str> for $name {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                &*self.0 == *other
            }
        }

        impl serde_core::Serialize for $name {
            #[inline]
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        $crate::json::nullable::nullable!($name);

        impl<'de> serde_core::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Box::deserialize(deserializer).map(Self)
            }
        }
    };
}

pub(crate) use id;

id! {
    /// The id of a user: `user_…`.
    UserId
}
id! {
    /// The id of an organization: `org_…`.
    OrganizationId
}
id! {
    /// The id of a user's membership of an organization: `orgmem_…`.
    OrganizationMembershipId
}
id! {
    /// The id of an e-mail address of a user: `idn_…`.
    EmailAddressId
}
id! {
    /// The id of a phone number of a user: `idn_…`.
    PhoneNumberId
}
id! {
    /// The id of a web3 wallet of a user: `idn_…`.
    Web3WalletId
}
id! {
    /// The id of a passkey of a user: `idn_…`.
    PasskeyId
}
id! {
    /// The id of a user's account with an OAuth provider: usually `eac_…`.
    ExternalAccountId
}
id! {
    /// An OAuth provider in Clerk's spelling: `oauth_google`, or `oauth_custom_…` for a custom
    /// provider of the instance.
    OAuthProvider
}
id! {
    /// The id of a device that a user trusts.
    TrustedDeviceId
}
id! {
    /// The id of an invitation to an organization: `orginv_…`.
    OrganizationInvitationId
}
id! {
    /// The id of a session of a user: `sess_…`.
    SessionId
}
id! {
    /// The id of an instance: `ins_…`.
    InstanceId
}
id! {
    /// The id of a client (a user's browser or device): `client_…`.
    ClientId
}
id! {
    /// The id of a verification of an e-mail address or phone number.
    VerificationId
}
id! {
    /// The id of a directory, with which an identity provider provisions users.
    DirectoryId
}

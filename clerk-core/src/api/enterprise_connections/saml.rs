//! The SAML types that enterprise connections and SAML connections share.

use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::requests::body::body;
use crate::types::id::id;

id! {
    /// The id of a SAML connection: `samlc_…`.
    SamlConnectionId
}

model! {
    /// The login hint: the information about the user that Clerk sends to the identity provider at
    /// sign-in.
    SamlLoginHint {
        /// The kind of hint.
        mode: SamlLoginHintMode,
        /// The key of the hint in the user's public metadata; `None` if the mode is not
        /// `custom_attribute`.
        source: Option<String> = optional,
    }
}

body! {
    /// The login hint in a request that creates or changes a SAML connection or an enterprise
    /// connection.
    SamlLoginHintRequest
    required {
        /// The kind of hint.
        mode: SamlLoginHintMode,
    } and {
        /// The key of the hint in the user's public metadata, if the mode is `custom_attribute`.
        source: String,
    }
}

open_enum! {
    /// The kind of a [`SamlLoginHint`].
    SamlLoginHintMode {
        /// The user's e-mail address.
        EmailAddress = "email_address",
        /// A value of the user's public metadata.
        CustomAttribute = "custom_attribute",
        /// No hint.
        Off = "off",
    }
}

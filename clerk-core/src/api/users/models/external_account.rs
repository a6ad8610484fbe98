use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::verification::Verification;
use crate::types::id::{ExternalAccountId, OAuthProvider};
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// A user's account with an OAuth provider.
    ExternalAccount {
        /// The type of the account.
        object: ExternalAccountObject,
        /// The id of the account.
        id: ExternalAccountId,
        /// The provider.
        provider: OAuthProvider,
        /// The identification behind the account.
        identification_id: String,
        /// The id of the user at the provider.
        provider_user_id: String,
        /// The scopes that the user granted, separated by spaces.
        approved_scopes: String,
        /// The e-mail address at the provider.
        email_address: String,
        /// Whether the provider verified the e-mail address.
        email_address_verified: Option<bool>,
        /// The first name at the provider.
        first_name: Option<String> = optional,
        /// The last name at the provider.
        last_name: Option<String> = optional,
        /// The URL of the picture at the provider. Deprecated by Clerk in favour of `image_url`.
        avatar_url: Option<String> = optional,
        /// The URL of the picture at the provider.
        image_url: Option<String>,
        /// The username at the provider.
        username: Option<String>,
        /// The phone number at the provider.
        phone_number: Option<String>,
        /// Metadata that the frontend and the backend can read.
        public_metadata: Metadata,
        /// The name of the account.
        label: Option<String>,
        /// The time at which the account was connected.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The verification state; `None` if no verification has started.
        verification: Option<Verification>,
    }
}

open_enum! {
    /// The type of an [`ExternalAccount`].
    ExternalAccountObject {
        ExternalAccount = "external_account",
        FacebookAccount = "facebook_account",
        GoogleAccount = "google_account",
    }
}

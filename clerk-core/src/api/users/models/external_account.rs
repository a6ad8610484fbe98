use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::verification::Verification;
use crate::types::id::{ExternalAccountId, OAuthProvider};
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// A user's account with an OAuth provider.
    ///
    /// To disconnect the account, pass [`account_id`](ExternalAccount::account_id) to
    /// [`delete_external_account`](crate::UsersApi::delete_external_account).
    ///
    /// An optional field is `None` if the account has no such value.
    ExternalAccount {
        /// The type of the account.
        object: ExternalAccountObject,
        /// The id of the account: `eac_…`. For Google and Facebook, this field is the id of the
        /// identification (`idn_…`), and `external_account_id` is the id of the account.
        id: ExternalAccountId,
        /// The id of an account with Google or Facebook: `eac_…`. Clerk's specification does not
        /// mention this field.
        external_account_id: Option<ExternalAccountId> = optional,
        /// The provider.
        provider: OAuthProvider,
        /// The id of the account's identification.
        identification_id: String,
        /// The id of the user at the provider.
        provider_user_id: String,
        /// The scopes that the user granted, separated by spaces.
        approved_scopes: String,
        /// The e-mail address at the provider.
        email_address: String,
        /// Whether the provider verified the e-mail address; `None` if this is unknown.
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
        /// The label of the account.
        label: Option<String>,
        /// The time at which the account was connected.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The verification state; `None` if no verification has started.
        verification: Option<Verification>,
        /// The id of the user at Google. Webhook events and older accounts have the fields
        /// `google_id`, `given_name`, `family_name` and `picture`. Clerk's specification does not
        /// mention these fields.
        google_id: Option<String> = optional,
        /// The first name at Google.
        given_name: Option<String> = optional,
        /// The last name at Google.
        family_name: Option<String> = optional,
        /// The URL of the picture at Google.
        picture: Option<String> = optional,
    }
}

impl ExternalAccount {
    /// Returns the id that [`delete_external_account`](crate::UsersApi::delete_external_account)
    /// accepts: `external_account_id` if it is set and not empty, and `id` otherwise.
    #[must_use]
    pub fn account_id(&self) -> &ExternalAccountId {
        let given = self.external_account_id.as_ref();
        given.filter(|id| !id.is_empty()).unwrap_or(&self.id)
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

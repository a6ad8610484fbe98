//! The operations on sign-ups.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::requests::body::body;
use crate::types::id::{SessionId, UserId, id};
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on sign-ups. [`Clerk::sign_ups`](crate::Clerk::sign_ups) returns this type.
    ///
    /// ```no_run
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::models::SignUpStatus;
    /// use clerk_client::requests::UpdateSignUpRequest;
    ///
    /// let sign_ups = clerk.sign_ups();
    /// let sign_up = sign_ups.get_sign_up("sua_1").await?;
    /// if sign_up.status == SignUpStatus::MissingRequirements {
    ///     let request = UpdateSignUpRequest::new().external_id("customer-4711");
    ///     sign_ups.update_sign_up(&sign_up.id, request).await?;
    /// }
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`get_sign_up`](Self::get_sign_up) | `GetSignUp` | yes |
    /// | [`update_sign_up`](Self::update_sign_up) | `UpdateSignUp` | no |
    ///
    /// # Errors
    ///
    /// - 403: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    SignUpsApi:
        self,
}

operations! {
    /// # Sign-ups
    impl SignUpsApi = "Sign-Ups";

    /// Returns a sign-up.
    GetSignUp: GET "/sign_ups/{id}", idempotent, [403];
    fn get_sign_up(sign_up_id: SignUpId) -> SignUp;

    /// Updates a sign-up. Fields that are not set stay unchanged.
    UpdateSignUp: PATCH "/sign_ups/{id}",
        once = "Call [`get_sign_up`](Self::get_sign_up) to see whether the update took effect.",
        [403 = "the sign-up cannot be updated (`sign_up_cannot_be_updated`), among other causes."];
    fn update_sign_up(sign_up_id: SignUpId, request: UpdateSignUpRequest) -> SignUp;
}

id! {
    /// The id of a sign-up.
    SignUpId
}

body! {
    /// The request body of [`update_sign_up`](crate::api::SignUpsApi::update_sign_up).
    UpdateSignUpRequest {
        /// The id of the user in your own systems. Clerk copies it to the new user.
        external_id / clear_external_id: String,
        /// Whether your custom action for the sign-up has run. An instance can require this action
        /// before Clerk creates the user.
        custom_action / clear_custom_action: bool,
    }
}

model! {
    /// An attempt to sign up.
    ///
    /// An optional field is `None` if the sign-up does not have the value yet.
    SignUp("sign_up_attempt") {
        /// The id of the sign-up.
        id: SignUpId,
        /// The status.
        status: SignUpStatus,
        /// The names of the fields that the instance requires.
        required_fields: Vec<String>,
        /// The names of the fields that the user can leave out.
        optional_fields: Vec<String>,
        /// The names of the required fields that have no value.
        missing_fields: Vec<String>,
        /// The names of the fields that must still be verified.
        unverified_fields: Vec<String>,
        /// The state of the verifications.
        verifications: SignUpVerifications,
        /// The username.
        username: Option<String>,
        /// The e-mail address.
        email_address: Option<String>,
        /// The phone number.
        phone_number: Option<String>,
        /// The address of the web3 wallet.
        web3_wallet: Option<String>,
        /// Whether the sign-up has a password.
        password_enabled: bool,
        /// The first name.
        first_name: Option<String>,
        /// The last name.
        last_name: Option<String>,
        /// Metadata that the frontend can change. Do not trust it.
        unsafe_metadata: Metadata = optional,
        /// Metadata that the frontend and the backend can read.
        public_metadata: Metadata = optional,
        /// Whether your custom action for the sign-up has run. An instance can require this action
        /// before Clerk creates the user.
        custom_action: bool,
        /// The id of the user in your own systems.
        external_id: Option<String>,
        /// The id of the new user's session; `None` if the sign-up is not complete.
        created_session_id: Option<SessionId>,
        /// The id of the new user; `None` if the sign-up is not complete.
        created_user_id: Option<UserId>,
        /// The time of abandonment. Clerk's specification does not define when a sign-up is
        /// abandoned.
        abandon_at: Timestamp,
        /// The time at which the user accepted the legal requirements; `None` if the user did not
        /// accept them.
        legal_accepted_at: Option<Timestamp>,
        /// The preferred language and region, such as `en-US`.
        locale: Option<String>,
        /// The account with an OAuth provider, as JSON. Deprecated by Clerk.
        external_account: Metadata = optional,
    }
}

model! {
    /// The state of the verifications of a [`SignUp`].
    SignUpVerifications {
        /// The verification of the e-mail address; `None` if there is none.
        email_address: Option<Box<SignUpVerification>>,
        /// The verification of the phone number; `None` if there is none.
        phone_number: Option<Box<SignUpVerification>>,
        /// The verification of the web3 wallet; `None` if there is none.
        web3_wallet: Option<Box<SignUpVerification>>,
        /// The verification of the account with an OAuth provider, as JSON.
        external_account: Metadata,
    }
}

model! {
    /// The state of a verification of a [`SignUp`].
    SignUpVerification {
        /// The next step; `None` if the response does not include it.
        next_action: Option<SignUpNextAction> = optional,
        /// The supported strategies, such as `email_code`.
        supported_strategies: Vec<String>,
    }
}

open_enum! {
    /// The status of a [`SignUp`].
    SignUpStatus {
        MissingRequirements = "missing_requirements",
        Complete = "complete",
        Abandoned = "abandoned",
    }
}

open_enum! {
    /// The next step of a [`SignUpVerification`].
    SignUpNextAction {
        /// Clerk must send a code or a link.
        NeedsPrepare = "needs_prepare",
        /// The user must enter the code, or open the link.
        NeedsAttempt = "needs_attempt",
        /// There is no next step. Clerk sends an empty string.
        Nothing = "",
    }
}

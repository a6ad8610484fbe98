//! The operations on phone numbers of users.

use crate::api::operations::{api, operations};
use crate::models::deleted_object::DeletedObject;
use crate::models::phone_number::PhoneNumber;
use crate::models::verification::Verification;
use crate::requests::body::{body, not_blank};
use crate::types::id::{PhoneNumberId, UserId, VerificationId};
use crate::types::secret::SecretString;

api! {
    /// The operations on phone numbers of users.
    /// [`Clerk::phone_numbers`](crate::Clerk::phone_numbers) returns this type.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let fake = clerk_client::mock::FakeClerk::new();
    /// # fake.add(clerk_client::mock::FakeUser::new("user_1"));
    /// # let clerk = fake.client();
    /// use clerk_client::models::VerificationStatus;
    /// use clerk_client::requests::{AttemptPhoneNumberVerificationRequest, CreatePhoneNumberRequest};
    ///
    /// let numbers = clerk.phone_numbers();
    /// let request = CreatePhoneNumberRequest::new("user_1", "+15555550100");
    /// let number = numbers.create_phone_number(request).await?;
    ///
    /// let sent = numbers.prepare_phone_number_verification(&number.id).await?;
    /// // The user enters the code.
    /// let verification_id = sent.id.unwrap_or_default();
    /// let request = AttemptPhoneNumberVerificationRequest::new(verification_id, "424242");
    /// let checked = numbers.attempt_phone_number_verification(&number.id, request).await?;
    /// assert_eq!(checked.status, VerificationStatus::Verified);
    ///
    /// assert!(numbers.delete_phone_number(&number.id).await?.deleted);
    /// # Ok(()) });
    /// ```
    ///
    /// [`replace_user_phone_number`](crate::UsersApi::replace_user_phone_number) replaces all phone
    /// numbers of a user with one new number.
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_phone_number`](Self::create_phone_number) | `CreatePhoneNumber` | no |
    /// | [`get_phone_number`](Self::get_phone_number) | `GetPhoneNumber` | yes |
    /// | [`update_phone_number`](Self::update_phone_number) | `UpdatePhoneNumber` | no |
    /// | [`delete_phone_number`](Self::delete_phone_number) | `DeletePhoneNumber` | yes |
    /// | [`prepare_phone_number_verification`](Self::prepare_phone_number_verification) | `PreparePhoneNumberVerification` | no |
    /// | [`attempt_phone_number_verification`](Self::attempt_phone_number_verification) | `AttemptPhoneNumberVerification` | no |
    ///
    /// # Errors
    ///
    /// - 400 or 403: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    PhoneNumbersApi:
        self,
}

operations! {
    /// # Phone numbers
    impl PhoneNumbersApi = "Phone-Numbers";

    /// Creates a phone number of a user. The number is unverified by default.
    CreatePhoneNumber: POST "/phone_numbers",
        once = "Call [`get_user`](crate::UsersApi::get_user) to see which numbers the user has.",
        [
            400,
            401,
            403 = "Clerk does not support the country code of the number (`unsupported_country_code`), among other causes.",
            404 = "the user does not exist.",
            422,
        ], unsent = "the number is blank.";
    fn create_phone_number(request: CreatePhoneNumberRequest) -> PhoneNumber;

    /// Returns a phone number.
    GetPhoneNumber: GET "/phone_numbers/{phone_number_id}", idempotent, [
        400, 401, 403,
        404 = "the number does not exist.",
    ];
    fn get_phone_number(phone_number_id: PhoneNumberId) -> PhoneNumber;

    /// Updates a phone number. Fields that are not set stay unchanged.
    UpdatePhoneNumber: PATCH "/phone_numbers/{phone_number_id}",
        once = "Call [`get_phone_number`](Self::get_phone_number) to see whether the update took effect.",
        [
            400 = "an unverified number cannot be a second factor (`identification_update_second_factor_unverified`), among other causes.",
            401,
            403,
            404 = "the number does not exist.",
        ];
    fn update_phone_number(phone_number_id: PhoneNumberId, request: UpdatePhoneNumberRequest) -> PhoneNumber;

    /// Deletes a phone number.
    DeletePhoneNumber: DELETE "/phone_numbers/{phone_number_id}", idempotent, [
        400 = "the number is the user's last required identification (`last_required_identification_deletion_failed`), among other causes.",
        401, 403,
        404 = "the number does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the number.",
    ];
    fn delete_phone_number(phone_number_id: PhoneNumberId) -> DeletedObject;

    /// Checks a code that was sent to a phone number, and returns the verification.
    ///
    /// If the code is wrong or expired, the call still succeeds. Check the
    /// [`status`](crate::models::Verification::status) of the returned verification. The correct
    /// code verifies the number, but creates no session. To sign the user in, call
    /// [`create_sign_in_token`](crate::api::SignInTokensApi::create_sign_in_token).
    AttemptPhoneNumberVerification: POST "/phone_numbers/{phone_number_id}/attempt_verification",
        once = "Repeat the call. The error `verification_already_verified` means that the verification has succeeded.",
        [
            400 = "the verification has already succeeded (`verification_already_verified`), among other causes.",
            401,
            403,
            404 = "the number or the verification does not exist.",
            500,
        ], unsent = "the code is blank.";
    fn attempt_phone_number_verification(phone_number_id: PhoneNumberId, request: AttemptPhoneNumberVerificationRequest) -> Verification;

    /// Sends a code to a phone number, and returns the verification.
    ///
    /// Pass the verification's [`id`](crate::models::Verification::id) to
    /// [`attempt_phone_number_verification`](Self::attempt_phone_number_verification).
    PreparePhoneNumberVerification: POST "/phone_numbers/{phone_number_id}/prepare_verification", once, [
        400, 401, 403,
        404 = "the number does not exist.",
        429 = "too many codes were sent to the number (`verification_code_too_many_requests`).",
        500,
    ];
    fn prepare_phone_number_verification(phone_number_id: PhoneNumberId) -> Verification;
}

body! {
    /// The request body of
    /// [`create_phone_number`](crate::api::PhoneNumbersApi::create_phone_number).
    CreatePhoneNumberRequest(has_number)
    required {
        /// The id of the user.
        user_id: UserId,
        /// The number in E.164 format, such as `+15551234567`.
        phone_number: String,
    } and {
        /// Whether the number is verified. Clerk's default is no.
        verified / clear_verified: bool,
        /// Whether the number becomes the user's primary number. By default, only a user's first
        /// number does.
        primary / clear_primary: bool,
        /// Whether the number is reserved for use as a second factor. Only a verified number can be
        /// reserved. The number becomes the default if the user has no other reserved second
        /// factor.
        reserved_for_second_factor / clear_reserved_for_second_factor: bool,
    }
}

#[inline]
fn has_number(request: &CreatePhoneNumberRequest) -> Result<(), String> {
    not_blank("phone_number", &request.phone_number)
}

body! {
    /// The request body of
    /// [`update_phone_number`](crate::api::PhoneNumbersApi::update_phone_number).
    UpdatePhoneNumberRequest {
        /// Whether the number is verified.
        verified / clear_verified: bool,
        /// Whether the number becomes the user's primary number.
        primary / clear_primary: bool,
        /// Whether the number is reserved for use as a second factor. Only a verified number can be
        /// reserved. The number becomes the default if the user has no other reserved second
        /// factor.
        reserved_for_second_factor / clear_reserved_for_second_factor: bool,
    }
}

body! {
    /// The request body of
    /// [`attempt_phone_number_verification`](crate::api::PhoneNumbersApi::attempt_phone_number_verification).
    AttemptPhoneNumberVerificationRequest(has_code)
    required {
        /// The [`id`](crate::models::Verification::id) of the verification.
        verification_id: VerificationId,
        /// The code that Clerk sent to the number.
        code: SecretString,
    } and {}
}

#[inline]
fn has_code(request: &AttemptPhoneNumberVerificationRequest) -> Result<(), String> {
    not_blank("code", request.code.expose())
}

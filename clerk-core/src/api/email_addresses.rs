//! The operations on e-mail addresses of users.

use crate::api::operations::{api, operations};
use crate::models::deleted_object::DeletedObject;
use crate::models::email_address::EmailAddress;
use crate::models::verification::Verification;
use crate::requests::body::{body, not_blank};
use crate::types::id::{EmailAddressId, UserId, VerificationId};
use crate::types::secret::SecretString;

api! {
    /// The operations on e-mail addresses of users.
    /// [`Clerk::email_addresses`](crate::Clerk::email_addresses) returns this type.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let fake = clerk_client::mock::FakeClerk::new();
    /// # fake.add(clerk_client::mock::FakeUser::new("user_1"));
    /// # let clerk = fake.client();
    /// use clerk_client::requests::{CreateEmailAddressRequest, UpdateEmailAddressRequest};
    ///
    /// let addresses = clerk.email_addresses();
    /// let request = CreateEmailAddressRequest::new("user_1", "grace@example.com").verified(true);
    /// let address = addresses.create_email_address(request).await?;
    ///
    /// let request = UpdateEmailAddressRequest::new().primary(true);
    /// let address = addresses.update_email_address(&address.id, request).await?;
    /// assert_eq!(address.email_address, "grace@example.com");
    ///
    /// assert!(addresses.delete_email_address(&address.id).await?.deleted);
    /// # Ok(()) });
    /// ```
    ///
    /// [`replace_user_email_address`](crate::UsersApi::replace_user_email_address) replaces all
    /// e-mail addresses of a user.
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_email_address`](Self::create_email_address) | `CreateEmailAddress` | no |
    /// | [`get_email_address`](Self::get_email_address) | `GetEmailAddress` | yes |
    /// | [`update_email_address`](Self::update_email_address) | `UpdateEmailAddress` | no |
    /// | [`delete_email_address`](Self::delete_email_address) | `DeleteEmailAddress` | yes |
    /// | [`prepare_email_address_verification`](Self::prepare_email_address_verification) | `PrepareEmailAddressVerification` | no |
    /// | [`attempt_email_address_verification`](Self::attempt_email_address_verification) | `AttemptEmailAddressVerification` | no |
    ///
    /// # Errors
    ///
    /// - 400 or 403: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    EmailAddressesApi:
        self,
}

operations! {
    /// # E-mail addresses
    impl EmailAddressesApi = "Email-Addresses";

    /// Creates an e-mail address of a user. The address is unverified by default.
    CreateEmailAddress: POST "/email_addresses",
        once = "Call [`get_user`](crate::UsersApi::get_user) to see which addresses the user has.",
        [400, 401, 403, 404 = "the user does not exist.", 409, 422],
        unsent = "the address is blank.";
    fn create_email_address(request: CreateEmailAddressRequest) -> EmailAddress;

    /// Returns an e-mail address.
    GetEmailAddress: GET "/email_addresses/{email_address_id}", idempotent, [
        400, 401, 403,
        404 = "the address does not exist.",
    ];
    fn get_email_address(email_address_id: EmailAddressId) -> EmailAddress;

    /// Updates an e-mail address. Fields that are not set stay unchanged.
    UpdateEmailAddress: PATCH "/email_addresses/{email_address_id}",
        once = "Call [`get_email_address`](Self::get_email_address) to see whether the update took effect.",
        [400, 401, 403, 404 = "the address does not exist.", 409];
    fn update_email_address(email_address_id: EmailAddressId, request: UpdateEmailAddressRequest) -> EmailAddress;

    /// Deletes an e-mail address.
    DeleteEmailAddress: DELETE "/email_addresses/{email_address_id}", idempotent, [
        400 = "the address is the user's last required identification (`last_required_identification_deletion_failed`), or is linked to another identification (`delete_linked_identification_disallowed`), among other causes.",
        401, 403,
        404 = "the address does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the address.",
        409,
    ];
    fn delete_email_address(email_address_id: EmailAddressId) -> DeletedObject;

    /// Checks a code that was sent to an e-mail address, and returns the verification.
    ///
    /// A wrong or expired code is not an error: check the
    /// [`status`](crate::models::Verification::status) of the verification. The correct code
    /// verifies the address, but creates no session. To sign the user in, call
    /// [`create_sign_in_token`](crate::api::SignInTokensApi::create_sign_in_token).
    AttemptEmailAddressVerification: POST "/email_addresses/{email_address_id}/attempt_verification",
        once = "Repeat the call. The error `verification_already_verified` means that the verification has succeeded.",
        [
            400 = "the verification has already succeeded (`verification_already_verified`), among other causes.",
            401,
            403,
            404 = "the address or the verification does not exist.",
            500,
        ], unsent = "the code is blank.";
    fn attempt_email_address_verification(email_address_id: EmailAddressId, request: AttemptEmailAddressVerificationRequest) -> Verification;

    /// Sends a code to an e-mail address, and returns the verification.
    ///
    /// Pass the verification's [`id`](crate::models::Verification::id) to
    /// [`attempt_email_address_verification`](Self::attempt_email_address_verification).
    PrepareEmailAddressVerification: POST "/email_addresses/{email_address_id}/prepare_verification", once, [
        400, 401, 403,
        404 = "the address does not exist.",
        500,
    ];
    fn prepare_email_address_verification(email_address_id: EmailAddressId) -> Verification;
}

body! {
    /// The request body of
    /// [`create_email_address`](crate::api::EmailAddressesApi::create_email_address).
    CreateEmailAddressRequest(has_address)
    required {
        /// The id of the user.
        user_id: UserId,
        /// The address.
        email_address: String,
    } and {
        /// Whether the address is verified. Clerk's default is no.
        verified / clear_verified: bool,
        /// Whether the address becomes the user's primary address. By default, only a user's first
        /// address does.
        primary / clear_primary: bool,
        /// Whether Clerk notifies the previous primary address if the request changes the user's
        /// primary address. Clerk's default is no.
        notify_primary_email_address_changed / clear_notify_primary_email_address_changed: bool,
    }
}

#[inline]
fn has_address(request: &CreateEmailAddressRequest) -> Result<(), String> {
    not_blank("email_address", &request.email_address)
}

body! {
    /// The request body of
    /// [`update_email_address`](crate::api::EmailAddressesApi::update_email_address).
    UpdateEmailAddressRequest {
        /// Whether the address is verified.
        verified / clear_verified: bool,
        /// Whether the address becomes the user's primary address.
        primary / clear_primary: bool,
        /// Whether Clerk notifies the previous primary address if the request changes the user's
        /// primary address. Clerk's default is no.
        notify_primary_email_address_changed / clear_notify_primary_email_address_changed: bool,
    }
}

body! {
    /// The request body of
    /// [`attempt_email_address_verification`](crate::api::EmailAddressesApi::attempt_email_address_verification).
    AttemptEmailAddressVerificationRequest(has_code)
    required {
        /// The [`id`](crate::models::Verification::id) of the verification.
        verification_id: VerificationId,
        /// The code that Clerk sent to the address.
        code: SecretString,
    } and {}
}

#[inline]
fn has_code(request: &AttemptEmailAddressVerificationRequest) -> Result<(), String> {
    not_blank("code", request.code.expose())
}

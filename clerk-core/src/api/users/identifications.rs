use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::api::users::requests::identification::{
    ReplaceUserEmailAddressRequest, ReplaceUserPhoneNumberRequest,
};
use crate::models::deleted_object::DeletedObject;
use crate::models::email_address::EmailAddress;
use crate::models::phone_number::PhoneNumber;
use crate::types::id::{ExternalAccountId, PasskeyId, UserId, Web3WalletId};

operations! {
    /// # Identifications
    impl UsersApi = "Users";

    /// Replaces all e-mail addresses of a user with one new address, and returns the new address.
    ///
    /// The new address becomes the primary address, and is verified by default. If it is
    /// unverified, the user may no longer be able to sign in.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let address = users.replace_user_email_address("user_1", "grace@example.com").await?;
    /// assert_eq!(address.email_address, "grace@example.com");
    /// # Ok(()) });
    /// ```
    ReplaceUserEmailAddress in "Email-Addresses": PUT "/users/{user_id}/email_address", once = "Call [`get_user`](Self::get_user) to see which addresses the user has.", [
        400 = "an old address is linked to a connected account (`delete_linked_identification_disallowed`), among other causes. Before you repeat the call, delete the connected account with [`delete_external_account`](Self::delete_external_account).",
        401, 403,
        404 = "the user does not exist.",
        422 = "another user has the address (`form_identifier_exists`), or the address is malformed (`form_param_format_invalid`), among other causes. [`for_param`](crate::Error::for_param) returns the errors of one field.",
    ], unsent = "the address is blank.";
    fn replace_user_email_address(user_id: UserId, request: ReplaceUserEmailAddressRequest) -> EmailAddress;

    /// Replaces all phone numbers of a user with one new number, and returns the new number.
    ///
    /// The new number becomes the primary number, and is verified by default. If it is unverified,
    /// the user may no longer be able to sign in. The new number is not a second factor. If an old
    /// number was a second factor, Clerk disables the user's multi-factor authentication.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let number = users.replace_user_phone_number("user_1", "+15555550100").await?;
    /// assert_eq!(number.phone_number, "+15555550100");
    /// # Ok(()) });
    /// ```
    ReplaceUserPhoneNumber in "Phone-Numbers": PUT "/users/{user_id}/phone_number", once = "Call [`get_user`](Self::get_user) to see which numbers the user has.", [
        400, 401,
        403 = "Clerk does not support the country code of the number (`unsupported_country_code`), among other causes.",
        404 = "the user does not exist.",
        422 = "another user has the number (`form_identifier_exists`), or the number is malformed (`form_param_format_invalid`), among other causes. [`for_param`](crate::Error::for_param) returns the errors of one field.",
    ], unsent = "the number is blank.";
    fn replace_user_phone_number(user_id: UserId, request: ReplaceUserPhoneNumberRequest) -> PhoneNumber;

    /// Deletes a passkey of a user. Clerk notifies the user by e-mail.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let deleted = users.user_passkey_delete("user_1", "idn_passkey").await?;
    /// assert!(deleted.deleted);
    /// # Ok(()) });
    /// ```
    #[doc(alias = "delete_user_passkey")]
    UserPasskeyDelete: DELETE "/users/{user_id}/passkeys/{passkey_identification_id}", idempotent, [
        403,
        404 = "the user or the passkey does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the passkey.",
        500,
    ];
    fn user_passkey_delete(user_id: UserId, passkey_id: PasskeyId) -> DeletedObject;

    /// Deletes a web3 wallet of a user.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let deleted = users.user_web3_wallet_delete("user_1", "idn_wallet").await?;
    /// assert!(deleted.deleted);
    /// # Ok(()) });
    /// ```
    #[doc(alias = "delete_user_web3_wallet")]
    UserWeb3WalletDelete: DELETE "/users/{user_id}/web3_wallets/{web3_wallet_identification_id}", idempotent, [
        400, 403,
        404 = "the user or the wallet does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the wallet.",
        500,
    ];
    fn user_web3_wallet_delete(user_id: UserId, web3_wallet_id: Web3WalletId) -> DeletedObject;

    /// Deletes the connection between a user and an account with an OAuth provider. The user can no
    /// longer sign in with the account. The provider keeps the account.
    ///
    /// Pass the id that [`ExternalAccount::account_id`](crate::models::ExternalAccount::account_id)
    /// returns. Clerk does not accept the `id` of an account with Google or Facebook (404,
    /// `external_account_not_found`).
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let user = users.get_user("user_1").await?;
    /// let account = user.external_accounts[0].account_id();
    /// let deleted = users.delete_external_account(&user.id, account).await?;
    /// assert!(deleted.deleted);
    /// # Ok(()) });
    /// ```
    #[doc(alias = "delete_user_external_account")]
    DeleteExternalAccount: DELETE "/users/{user_id}/external_accounts/{external_account_id}", idempotent, [
        400, 403,
        404 = "the user or the connected account does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the connected account.",
        500,
    ];
    fn delete_external_account(user_id: UserId, external_account_id: ExternalAccountId) -> DeletedObject;
}

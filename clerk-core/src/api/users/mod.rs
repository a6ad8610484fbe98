//! The operations on users. An operation's method is named after its operationId, in snake case.

pub(crate) mod account;
pub(crate) mod ban;
pub(crate) mod billing;
pub(crate) mod bulk;
pub(crate) mod find;
pub(crate) mod identifications;
pub(crate) mod listing;
pub(crate) mod lock;
pub(crate) mod metadata;
pub(crate) mod mfa;
pub(crate) mod models;
pub(crate) mod oauth;
pub(crate) mod organizations;
pub(crate) mod pages;
pub(crate) mod password;
pub(crate) mod profile_image;
pub(crate) mod requests;
pub(crate) mod trusted_devices;

use crate::api::operations::api;

api! {
    /// The operations on users. [`Clerk::users`](crate::Clerk::users) returns this type.
    ///
    /// The method of an operation returns a [`Call`](crate::Call). Await the call to send the
    /// request:
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let user = users.get_user("user_1").await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | group | method | Clerk's operation | retried |
    /// |---|---|---|---|
    /// | accounts | [`create_user`](Self::create_user) | `CreateUser` | no |
    /// | | [`get_user`](Self::get_user) | `GetUser` | yes |
    /// | | [`update_user`](Self::update_user) | `UpdateUser` | no |
    /// | | [`delete_user`](Self::delete_user) | `DeleteUser` | yes |
    /// | lists | [`get_user_list`](Self::get_user_list) | `GetUserList` | yes |
    /// | | [`get_users_count`](Self::get_users_count) | `GetUsersCount` | yes |
    /// | bans | [`ban_user`](Self::ban_user) | `BanUser` | no |
    /// | | [`unban_user`](Self::unban_user) | `UnbanUser` | no |
    /// | | [`users_ban`](Self::users_ban) | `UsersBan` | no |
    /// | | [`users_unban`](Self::users_unban) | `UsersUnban` | no |
    /// | locks | [`lock_user`](Self::lock_user) | `LockUser` | no |
    /// | | [`unlock_user`](Self::unlock_user) | `UnlockUser` | no |
    /// | metadata | [`update_user_metadata`](Self::update_user_metadata) | `UpdateUserMetadata` | no |
    /// | | [`replace_user_metadata`](Self::replace_user_metadata) | `ReplaceUserMetadata` | no |
    /// | passwords | [`verify_password`](Self::verify_password) | `VerifyPassword` | no |
    /// | | [`remove_user_password`](Self::remove_user_password) | `RemoveUserPassword` | no |
    /// | | [`set_user_password_compromised`](Self::set_user_password_compromised) | `SetUserPasswordCompromised` | no |
    /// | | [`unset_user_password_compromised`](Self::unset_user_password_compromised) | `UnsetUserPasswordCompromised` | no |
    /// | second factors | [`verify_totp`](Self::verify_totp) | `VerifyTOTP` | no |
    /// | | [`disable_mfa`](Self::disable_mfa) | `DisableMFA` | yes |
    /// | | [`delete_totp`](Self::delete_totp) | `DeleteTOTP` | yes |
    /// | | [`delete_backup_code`](Self::delete_backup_code) | `DeleteBackupCode` | yes |
    /// | identifications | [`replace_user_email_address`](Self::replace_user_email_address) | `ReplaceUserEmailAddress` | no |
    /// | | [`replace_user_phone_number`](Self::replace_user_phone_number) | `ReplaceUserPhoneNumber` | no |
    /// | | [`user_passkey_delete`](Self::user_passkey_delete) | `UserPasskeyDelete` | yes |
    /// | | [`user_web3_wallet_delete`](Self::user_web3_wallet_delete) | `UserWeb3WalletDelete` | yes |
    /// | | [`delete_external_account`](Self::delete_external_account) | `DeleteExternalAccount` | yes |
    /// | profile images | [`set_user_profile_image`](Self::set_user_profile_image) | `SetUserProfileImage` | no |
    /// | | [`delete_user_profile_image`](Self::delete_user_profile_image) | `DeleteUserProfileImage` | yes |
    /// | organizations | [`users_get_organization_memberships`](Self::users_get_organization_memberships) | `UsersGetOrganizationMemberships` | yes |
    /// | | [`users_get_organization_invitations`](Self::users_get_organization_invitations) | `UsersGetOrganizationInvitations` | yes |
    /// | OAuth tokens | [`get_o_auth_access_token`](Self::get_o_auth_access_token) | `GetOAuthAccessToken` | yes |
    /// | trusted devices | [`list_user_trusted_devices`](Self::list_user_trusted_devices) | `ListUserTrustedDevices` | yes |
    /// | | [`revoke_user_trusted_device`](Self::revoke_user_trusted_device) | `RevokeUserTrustedDevice` | yes |
    /// | billing | [`get_user_billing_subscription`](Self::get_user_billing_subscription) | `GetUserBillingSubscription` | yes |
    /// | | [`get_user_billing_credit_balance`](Self::get_user_billing_credit_balance) | `GetUserBillingCreditBalance` | yes |
    /// | | [`adjust_user_billing_credit_balance`](Self::adjust_user_billing_credit_balance) | `AdjustUserBillingCreditBalance` | yes |
    ///
    /// The column *retried* tells whether the client resends a request that Clerk may have
    /// processed. Every operation is retried if Clerk certainly did not process the request. See
    /// [`RetryPolicy`](crate::RetryPolicy).
    ///
    /// # Other methods
    ///
    /// - Page through a whole list: [`list_all_users`](Self::list_all_users),
    ///   [`list_all_organization_memberships`](Self::list_all_organization_memberships),
    ///   [`list_all_organization_invitations`](Self::list_all_organization_invitations),
    ///   [`list_all_oauth_access_tokens`](Self::list_all_oauth_access_tokens).
    /// - Process any number of users: [`get_many`](Self::get_many), [`ban_many`](Self::ban_many),
    ///   [`unban_many`](Self::unban_many).
    /// - Find a user: [`get_user_or_none`](Self::get_user_or_none),
    ///   [`find_user_by_email_address`](Self::find_user_by_email_address),
    ///   [`find_user_by_external_id`](Self::find_user_by_external_id).
    ///
    /// # Errors
    ///
    /// Any operation can fail in these ways.
    ///
    /// - 400, 403 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - The client sends no request if an id is the name of one of Clerk's endpoints, such as
    ///   `count`.
    /// - The client sends no request if a filter is blank, has no values or has more than 100
    ///   values, or if a `limit` is not from 1 to 500.
    UsersApi:
        account,
        ban,
        billing,
        identifications,
        listing,
        lock,
        metadata,
        mfa,
        oauth,
        organizations,
        password,
        profile_image,
        trusted_devices,
}

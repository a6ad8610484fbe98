use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::api::users::models::mfa::{
    DeleteBackupCodeResponse, DeleteTotpResponse, DisableMfaResponse, VerifyTotpResponse,
};
use crate::api::users::requests::verify::VerifyTotpRequest;
use crate::types::id::UserId;

operations! {
    /// # Second factors
    impl UsersApi = "Users";

    /// Disables all second factors of a user. Clerk removes the authenticator app and the backup
    /// codes. Clerk keeps the phone numbers, but they are no longer second factors.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let disabled = users.disable_mfa("user_1").await?;
    /// assert_eq!(disabled.user_id, "user_1");
    /// # Ok(()) });
    /// ```
    #[doc(alias = "disable_user_mfa")]
    DisableMFA: DELETE "/users/{user_id}/mfa", idempotent, [404 = "the user does not exist.", 500];
    fn disable_mfa(user_id: UserId) -> DisableMfaResponse;

    /// Verifies a code of the user's authenticator app, or a backup code. A backup code can be
    /// verified only once.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let verified = users.verify_totp("user_1", "backup-1").await?;
    /// assert_eq!(verified.code_type.as_str(), "backup_code");
    /// # Ok(()) });
    /// ```
    #[doc(alias = "verify_user_totp")]
    VerifyTOTP: POST "/users/{user_id}/verify_totp", once = "If the code is a backup code, Clerk may have used it up. Ask the user for another code.", [
        400 = "the user has no authenticator app (`totp_disabled`).",
        404 = "the user does not exist.",
        422 = "the code is wrong (`totp_incorrect_code`).",
        500,
    ], unsent = "the code is empty.";
    fn verify_totp(user_id: UserId, code: VerifyTotpRequest) -> VerifyTotpResponse;

    /// Removes a user's authenticator app.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let deleted = users.delete_totp("user_1").await?;
    /// assert_eq!(deleted.user_id, "user_1");
    /// # Ok(()) });
    /// ```
    #[doc(alias = "delete_user_totp")]
    DeleteTOTP: DELETE "/users/{user_id}/totp", idempotent, [404 = "the user does not exist.", 500];
    fn delete_totp(user_id: UserId) -> DeleteTotpResponse;

    /// Removes a user's backup codes.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let deleted = users.delete_backup_code("user_1").await?;
    /// assert_eq!(deleted.user_id, "user_1");
    /// # Ok(()) });
    /// ```
    #[doc(alias = "delete_user_backup_codes")]
    DeleteBackupCode: DELETE "/users/{user_id}/backup_code", idempotent, [404 = "the user does not exist.", 500];
    fn delete_backup_code(user_id: UserId) -> DeleteBackupCodeResponse;
}

use crate::api::users::UsersApi;
use crate::api::users::models::mfa::{
    DeleteBackupCodeResponse, DeleteTotpResponse, DisableMfaResponse, VerifyTotpResponse,
};
use crate::api::users::requests::verify::VerifyTotpRequest;
use crate::client::call::Call;
use crate::transport::HttpTransport;
use crate::types::id::UserId;
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Removes all second factors of a user: authenticator app, backup codes, phone numbers.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - No answer, or a 5xx: it is sent again ([`RetryPolicy`](crate::RetryPolicy)); get the user
    ///   to see whether it was done.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/DisableMFA)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// let disabled = users.disable_mfa("user_1").await?;
    /// assert_eq!(disabled.user_id, "user_1");
    /// # Ok(())
    /// # }
    /// ```
    pub fn disable_mfa(&self, user_id: impl Into<UserId>) -> Call<DisableMfaResponse, T> {
        self.call(operation::DISABLE_MFA, &[user_id.into().as_str()])
    }

    /// Checks a code of the user's authenticator app, or a backup code, which is used up by it.
    ///
    /// # Errors
    ///
    /// - 422, `totp_incorrect_code`: the code is wrong.
    /// - 400, `totp_disabled`: the user has no authenticator app.
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - No answer, or a 5xx: it is not sent again, because the code may be used up; ask for
    ///   another one.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/VerifyTOTP)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # let request = clerk_client::CreateUserRequest::new().username("ada").totp_secret("JBSWY3DPEHPK3PXP").backup_codes(["backup-1"]);
    /// # let user = users.create_user(request).await?;
    /// let verified = users.verify_totp(&user.id, "backup-1").await?;
    /// assert_eq!(verified.code_type.as_str(), "backup_code");
    /// # Ok(())
    /// # }
    /// ```
    pub fn verify_totp(
        &self,
        user_id: impl Into<UserId>,
        code: impl Into<VerifyTotpRequest>,
    ) -> Call<VerifyTotpResponse, T> {
        self.call(operation::VERIFY_TOTP, &[user_id.into().as_str()])
            .body(&code.into())
    }

    /// Takes a user's authenticator app away.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - No answer, or a 5xx: it is sent again ([`RetryPolicy`](crate::RetryPolicy)); get the user
    ///   to see whether it was done.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/DeleteTOTP)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # let request = clerk_client::CreateUserRequest::new().username("ada").totp_secret("JBSWY3DPEHPK3PXP");
    /// # let user = users.create_user(request).await?;
    /// let deleted = users.delete_totp(&user.id).await?;
    /// assert_eq!(deleted.user_id, user.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_totp(&self, user_id: impl Into<UserId>) -> Call<DeleteTotpResponse, T> {
        self.call(operation::DELETE_TOTP, &[user_id.into().as_str()])
    }

    /// Takes a user's backup codes away.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - No answer, or a 5xx: it is sent again ([`RetryPolicy`](crate::RetryPolicy)); get the user
    ///   to see whether it was done.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/DeleteBackupCode)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # let request = clerk_client::CreateUserRequest::new().username("ada").backup_codes(["backup-1"]);
    /// # let user = users.create_user(request).await?;
    /// let deleted = users.delete_backup_code(&user.id).await?;
    /// assert_eq!(deleted.user_id, user.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_backup_code(
        &self,
        user_id: impl Into<UserId>,
    ) -> Call<DeleteBackupCodeResponse, T> {
        self.call(operation::DELETE_BACKUP_CODE, &[user_id.into().as_str()])
    }
}

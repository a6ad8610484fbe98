use crate::api::users::UsersApi;
use crate::api::users::models::password::VerifyPasswordResponse;
use crate::api::users::models::user::User;
use crate::api::users::requests::password::{
    RemoveUserPasswordRequest, SetUserPasswordCompromisedRequest,
};
use crate::api::users::requests::verify::VerifyPasswordRequest;
use crate::client::call::Call;
use crate::transport::HttpTransport;
use crate::types::id::UserId;
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Checks a user's password.
    ///
    /// # Errors
    ///
    /// - 422, `incorrect_password`: the password is wrong.
    /// - 400, `no_password_set`: the user has no password.
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - No answer, or a 5xx: it is not sent again, because failed attempts may be counted. It says
    ///   nothing about the password.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/VerifyPassword)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # let request = clerk_client::CreateUserRequest::new().username("ada").password("correct horse");
    /// # let user = users.create_user(request).await?;
    /// assert!(users.verify_password(&user.id, "correct horse").await?.verified);
    /// # Ok(())
    /// # }
    /// ```
    pub fn verify_password(
        &self,
        user_id: impl Into<UserId>,
        password: impl Into<VerifyPasswordRequest>,
    ) -> Call<VerifyPasswordResponse, T> {
        self.call(operation::VERIFY_PASSWORD, &[user_id.into().as_str()])
            .body(&password.into())
    }

    /// Removes a user's password, also where it was their only way to sign in. A user without one stays
    /// as they are.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 400 or 403: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is not sent again; get the user to see whether it was done.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/RemoveUserPassword)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// use clerk_client::RemoveUserPasswordRequest;
    ///
    /// let request = RemoveUserPasswordRequest::new().sign_out_of_other_sessions(true);
    /// let user = users.remove_user_password("user_1", request).await?;
    /// assert!(!user.password_enabled);
    /// # Ok(())
    /// # }
    /// ```
    pub fn remove_user_password(
        &self,
        user_id: impl Into<UserId>,
        request: RemoveUserPasswordRequest,
    ) -> Call<User, T> {
        self.call(operation::REMOVE_USER_PASSWORD, &[user_id.into().as_str()])
            .body(&request)
    }

    /// Marks a user's password as compromised: they have to choose a new one when they next sign in.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 400 or 422: the user has no password (`no_password_set`), or Clerk refuses the request
    ///   otherwise.
    /// - 403: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is not sent again; call it again unless the user has a new
    ///   password by now (`password_last_updated_at`).
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/SetUserPasswordCompromised)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # let request = clerk_client::CreateUserRequest::new().username("ada").password("correct horse");
    /// # let user = users.create_user(request).await?;
    /// use clerk_client::SetUserPasswordCompromisedRequest;
    ///
    /// let request = SetUserPasswordCompromisedRequest::new().revoke_all_sessions(true);
    /// users.set_user_password_compromised(&user.id, request).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_user_password_compromised(
        &self,
        user_id: impl Into<UserId>,
        request: SetUserPasswordCompromisedRequest,
    ) -> Call<User, T> {
        self.call(
            operation::SET_USER_PASSWORD_COMPROMISED,
            &[user_id.into().as_str()],
        )
        .body(&request)
    }

    /// Takes that mark from a user's password again.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 400 or 422: the user has no password (`no_password_set`), or Clerk refuses the request
    ///   otherwise.
    /// - 403: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is not sent again; calling it again also lifts a mark that was set
    ///   meanwhile.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/UnsetUserPasswordCompromised)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # let request = clerk_client::CreateUserRequest::new().username("ada").password("correct horse");
    /// # let user = users.create_user(request).await?;
    /// users.unset_user_password_compromised(&user.id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn unset_user_password_compromised(&self, user_id: impl Into<UserId>) -> Call<User, T> {
        self.call(
            operation::UNSET_USER_PASSWORD_COMPROMISED,
            &[user_id.into().as_str()],
        )
    }
}

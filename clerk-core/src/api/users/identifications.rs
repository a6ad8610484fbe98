use crate::api::users::UsersApi;
use crate::api::users::requests::identification::{
    ReplaceUserEmailAddressRequest, ReplaceUserPhoneNumberRequest,
};
use crate::client::call::Call;
use crate::models::deleted_object::DeletedObject;
use crate::models::email_address::EmailAddress;
use crate::models::phone_number::PhoneNumber;
use crate::transport::HttpTransport;
use crate::types::id::{ExternalAccountId, PasskeyId, UserId, Web3WalletId};
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Gives a user one e-mail address, their primary one, in place of all that they have. What comes
    /// back is the address, not the user.
    ///
    /// It is verified unless the request says otherwise; an unverified one can lock the user out.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 400 or 422: another user has the address (`form_identifier_exists`), or it is malformed;
    ///   [`for_param`](crate::Error::for_param) says what is wrong.
    /// - 400 or 422, too, where an address of this user is linked to a connected account:
    ///   [`delete_external_account`](UsersApi::delete_external_account) comes first.
    /// - 403: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is not sent again; get the user to see what they have.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Email-Addresses#operation/ReplaceUserEmailAddress)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// let address = users.replace_user_email_address("user_1", "ada@example.com").await?;
    /// assert_eq!(&*address.email_address, "ada@example.com");
    /// # Ok(())
    /// # }
    /// ```
    pub fn replace_user_email_address(
        &self,
        user_id: impl Into<UserId>,
        request: impl Into<ReplaceUserEmailAddressRequest>,
    ) -> Call<EmailAddress, T> {
        self.call(
            operation::REPLACE_USER_EMAIL_ADDRESS,
            &[user_id.into().as_str()],
        )
        .body(&request.into())
    }

    /// Gives a user one phone number, their primary one, in place of all that they have. What comes back
    /// is the number, not the user.
    ///
    /// It is verified unless the request says otherwise; an unverified one can lock the user out. It
    /// never serves as a second factor, so a user who had one that did loses it.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 400 or 422: another user has the number (`form_identifier_exists`), or it is malformed;
    ///   [`for_param`](crate::Error::for_param) says what is wrong.
    /// - 403: Clerk refuses the request; [`code`](crate::Error::code) says why:
    ///   `unsupported_country_code` …
    /// - No answer, or a 5xx: it is not sent again; get the user to see what they have.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Phone-Numbers#operation/ReplaceUserPhoneNumber)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// let number = users.replace_user_phone_number("user_1", "+15555550100").await?;
    /// assert_eq!(&*number.phone_number, "+15555550100");
    /// # Ok(())
    /// # }
    /// ```
    pub fn replace_user_phone_number(
        &self,
        user_id: impl Into<UserId>,
        request: impl Into<ReplaceUserPhoneNumberRequest>,
    ) -> Call<PhoneNumber, T> {
        self.call(
            operation::REPLACE_USER_PHONE_NUMBER,
            &[user_id.into().as_str()],
        )
        .body(&request.into())
    }

    /// Deletes a passkey of a user, and tells them so by e-mail.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user, or they have no
    ///   such passkey. With [`attempts`](crate::Error::attempts) above 1, an earlier attempt most
    ///   likely did it.
    /// - 403: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is sent again ([`RetryPolicy`](crate::RetryPolicy)); calling it
    ///   again does no harm.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/UserPasskeyDelete)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # let mut user = User::new("user_2");
    /// # user.passkeys.push({ let mut passkey = clerk_client::models::Passkey::default(); passkey.id = "idn_1".into(); passkey });
    /// # fake.add_user(user);
    /// let deleted = users.user_passkey_delete("user_2", "idn_1").await?;
    /// assert!(deleted.deleted);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "delete_user_passkey")]
    pub fn user_passkey_delete(
        &self,
        user_id: impl Into<UserId>,
        passkey_id: impl Into<PasskeyId>,
    ) -> Call<DeletedObject, T> {
        let (user_id, passkey_id) = (user_id.into(), passkey_id.into());
        let ids = [user_id.as_str(), passkey_id.as_str()];
        self.call(operation::USER_PASSKEY_DELETE, &ids)
    }

    /// Deletes a web3 wallet of a user.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user, or they have no
    ///   such wallet. With [`attempts`](crate::Error::attempts) above 1, an earlier attempt most
    ///   likely did it.
    /// - 400 or 403: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is sent again ([`RetryPolicy`](crate::RetryPolicy)); calling it
    ///   again does no harm.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/UserWeb3WalletDelete)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # let request = clerk_client::CreateUserRequest::new().web3_wallet(["0xabc"]);
    /// # let user = users.create_user(request).await?;
    /// let wallet = &user.web3_wallets[0].id;
    /// let deleted = users.user_web3_wallet_delete(&user.id, wallet).await?;
    /// assert!(deleted.deleted);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "delete_user_web3_wallet")]
    pub fn user_web3_wallet_delete(
        &self,
        user_id: impl Into<UserId>,
        web3_wallet_id: impl Into<Web3WalletId>,
    ) -> Call<DeletedObject, T> {
        let (user_id, web3_wallet_id) = (user_id.into(), web3_wallet_id.into());
        let ids = [user_id.as_str(), web3_wallet_id.as_str()];
        self.call(operation::USER_WEB3_WALLET_DELETE, &ids)
    }

    /// Takes a user's account with an OAuth provider away: they cannot sign in with it any more.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user, or they have no
    ///   such account. With [`attempts`](crate::Error::attempts) above 1, an earlier attempt most
    ///   likely did it.
    /// - 400 or 403: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is sent again ([`RetryPolicy`](crate::RetryPolicy)); calling it
    ///   again does no harm.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/DeleteExternalAccount)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # let mut user = User::new("user_2");
    /// # user.external_accounts.push({ let mut account = clerk_client::models::ExternalAccount::default(); account.id = "eac_1".into(); account });
    /// # fake.add_user(user);
    /// let deleted = users.delete_external_account("user_2", "eac_1").await?;
    /// assert!(deleted.deleted);
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_external_account(
        &self,
        user_id: impl Into<UserId>,
        external_account_id: impl Into<ExternalAccountId>,
    ) -> Call<DeletedObject, T> {
        let (user_id, external_account_id) = (user_id.into(), external_account_id.into());
        let ids = [user_id.as_str(), external_account_id.as_str()];
        self.call(operation::DELETE_EXTERNAL_ACCOUNT, &ids)
    }
}

use crate::api::users::UsersApi;
use crate::api::users::models::trusted_device::TrustedDevice;
use crate::client::call::Call;
use crate::models::page::Page;
use crate::transport::HttpTransport;
use crate::types::id::{TrustedDeviceId, UserId};
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Lists the devices that a user trusts and has not revoked: all of them, in one page.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 403: Clerk refuses the request; [`code`](crate::Error::code) says why.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/ListUserTrustedDevices)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # use clerk_client::models::TrustedDevice;
    /// # fake.add_trusted_device("user_1", TrustedDevice::new("device_1"));
    /// let devices = users.list_user_trusted_devices("user_1").await?;
    /// assert_eq!(devices.data.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_user_trusted_devices(
        &self,
        user_id: impl Into<UserId>,
    ) -> Call<Page<TrustedDevice>, T> {
        self.call(
            operation::LIST_USER_TRUSTED_DEVICES,
            &[user_id.into().as_str()],
        )
    }

    /// Ends the trust in a device of a user, which comes back as it then is.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user, or they trust no
    ///   such device. With [`attempts`](crate::Error::attempts) above 1, an earlier attempt most
    ///   likely did it.
    /// - 403: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is sent again ([`RetryPolicy`](crate::RetryPolicy)); calling it
    ///   again does no harm.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/RevokeUserTrustedDevice)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # use clerk_client::models::TrustedDevice;
    /// # fake.add_trusted_device("user_1", TrustedDevice::new("device_1"));
    /// let device = users.revoke_user_trusted_device("user_1", "device_1").await?;
    /// assert_eq!(device.status.as_str(), "revoked");
    /// # Ok(())
    /// # }
    /// ```
    pub fn revoke_user_trusted_device(
        &self,
        user_id: impl Into<UserId>,
        trusted_device_id: impl Into<TrustedDeviceId>,
    ) -> Call<TrustedDevice, T> {
        let (user_id, trusted_device_id) = (user_id.into(), trusted_device_id.into());
        let ids = [user_id.as_str(), trusted_device_id.as_str()];
        self.call(operation::REVOKE_USER_TRUSTED_DEVICE, &ids)
    }
}

use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::api::users::models::trusted_device::TrustedDevice;
use crate::models::page::Page;
use crate::types::id::{TrustedDeviceId, UserId};

operations! {
    /// # Trusted devices
    impl UsersApi = "Users";

    /// Lists all active trusted devices of a user in one page. Revoked devices are not included.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let devices = users.list_user_trusted_devices("user_1").await?;
    /// assert_eq!(devices.data.len(), 1);
    /// # Ok(()) });
    /// ```
    ListUserTrustedDevices: GET "/users/{user_id}/trusted_devices", idempotent, [
        403,
        404 = "the user does not exist.",
        500,
    ];
    fn list_user_trusted_devices(user_id: UserId) -> Page<TrustedDevice>;

    /// Revokes a device that a user trusts, and returns the revoked device.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let device = users.revoke_user_trusted_device("user_1", "device_1").await?;
    /// assert_eq!(device.status.as_str(), "revoked");
    /// # Ok(()) });
    /// ```
    RevokeUserTrustedDevice: DELETE "/users/{user_id}/trusted_devices/{trusted_device_id}", idempotent, [
        403,
        404 = "the user or the device does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely revoked the device.",
        500,
    ];
    fn revoke_user_trusted_device(user_id: UserId, trusted_device_id: TrustedDeviceId) -> TrustedDevice;
}

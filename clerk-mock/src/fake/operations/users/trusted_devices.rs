//! The operations that list and revoke trusted devices.

use clerk_core::Timestamp;
use clerk_core::models::{TrustedDevice, TrustedDeviceStatus};

use crate::fake::operations::response::{ApiError, ApiResult, page, value};
use crate::fake::operations::users::lookup::{find, find_mut};
use crate::fake::state::world::World;

fn is_active(device: &TrustedDevice) -> bool {
    device.status == TrustedDeviceStatus::Active
}

pub(crate) fn list_user_trusted_devices(world: &World, id: &str) -> ApiResult {
    let devices = find(world, id)?.devices.iter();
    let active: Vec<_> = devices.filter(|device| is_active(device)).collect();
    Ok(page(&active, active.len()))
}

pub(crate) fn revoke_user_trusted_device(
    world: &mut World,
    id: &str,
    device_id: &str,
    now: Timestamp,
) -> ApiResult {
    let mut devices = find_mut(world, id)?.devices.iter_mut();
    let device = devices.find(|device| device.id == *device_id && is_active(device));
    let device = device.ok_or_else(|| ApiError::resource_not_found(device_id))?;
    device.status = TrustedDeviceStatus::Revoked;
    device.revoked_at = Some(now);
    device.updated_at = now;
    Ok(value(device))
}

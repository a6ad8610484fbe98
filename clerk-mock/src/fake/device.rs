//! Devices that users trust.

use clerk_core::Timestamp;
use clerk_core::models::{TrustedDevice, TrustedDeviceStatus};

use super::account::{find, find_mut};
use super::answer::{Outcome, value};
use super::replace::not_found;
use super::route::page;
use super::world::World;

fn is_active(device: &TrustedDevice) -> bool {
    device.status == TrustedDeviceStatus::Active
}

pub(super) fn list(world: &World, id: &str) -> Outcome {
    let devices = find(world, id)?.devices.iter();
    let active: Vec<_> = devices.filter(|device| is_active(device)).collect();
    Ok(page(&active, active.len()))
}

pub(super) fn revoke(world: &mut World, id: &str, device_id: &str, now: Timestamp) -> Outcome {
    let mut devices = find_mut(world, id)?.devices.iter_mut();
    let device = devices.find(|device| device.id == *device_id && is_active(device));
    let device = device.ok_or_else(|| not_found(device_id))?;
    device.status = TrustedDeviceStatus::Revoked;
    device.revoked_at = Some(now);
    device.updated_at = now;
    Ok(value(device))
}

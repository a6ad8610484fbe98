//! The operations on e-mail addresses and phone numbers.

pub(crate) mod deletion;
mod email_addresses;
mod phone_numbers;
mod verification;

use clerk_core::Timestamp;

use crate::fake::operations::body::body;
use crate::fake::operations::response::ApiResult;
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

/// Runs an operation on e-mail addresses or phone numbers. Returns `None` if the request is for
/// another operation.
pub(crate) fn dispatch(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    method: &str,
    segments: &[&str],
) -> Option<ApiResult> {
    let result = match (method, segments) {
        ("POST", ["email_addresses"]) => {
            body(request).and_then(|body| email_addresses::create_email_address(world, &body, now))
        }
        ("GET", ["email_addresses", id]) => email_addresses::get_email_address(world, id),
        ("PATCH", ["email_addresses", id]) => body(request)
            .and_then(|body| email_addresses::update_email_address(world, id, &body, now)),
        ("DELETE", ["email_addresses", id]) => {
            email_addresses::delete_email_address(world, id, now)
        }
        ("POST", ["email_addresses", id, "prepare_verification"]) => {
            email_addresses::prepare_email_address_verification(world, id, now)
        }
        ("POST", ["email_addresses", id, "attempt_verification"]) => {
            body(request).and_then(|body| {
                email_addresses::attempt_email_address_verification(world, id, &body, now)
            })
        }
        ("POST", ["phone_numbers"]) => {
            body(request).and_then(|body| phone_numbers::create_phone_number(world, &body, now))
        }
        ("GET", ["phone_numbers", id]) => phone_numbers::get_phone_number(world, id),
        ("PATCH", ["phone_numbers", id]) => {
            body(request).and_then(|body| phone_numbers::update_phone_number(world, id, &body, now))
        }
        ("DELETE", ["phone_numbers", id]) => phone_numbers::delete_phone_number(world, id, now),
        ("POST", ["phone_numbers", id, "prepare_verification"]) => {
            phone_numbers::prepare_phone_number_verification(world, id, now)
        }
        ("POST", ["phone_numbers", id, "attempt_verification"]) => body(request).and_then(|body| {
            phone_numbers::attempt_phone_number_verification(world, id, &body, now)
        }),
        _ => return None,
    };
    Some(result)
}

//! Verifications by a code. Clerk sends the code to the user, and a backend checks it.

use clerk_core::Timestamp;
use clerk_core::models::{
    Verification, VerificationObject, VerificationStatus, VerificationStrategy,
};
use serde_json::{Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::response::ApiError;
use crate::fake::operations::shelves::shelf::as_model;
use crate::fake::operations::shelves::verifications::VERIFICATIONS;
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::world::World;

/// The code of every verification. Clerk uses it for test e-mail addresses and phone numbers.
pub(crate) const CODE: &str = "424242";

/// The number of wrong codes after which a verification fails.
const MAX_ATTEMPTS: i64 = 3;

/// The lifetime of a code.
const LIFETIME_MILLIS: i64 = 600_000;

/// Starts a verification of an identifier.
pub(crate) fn prepare(
    world: &mut World,
    identifier: &str,
    strategy: &VerificationStrategy,
    now: Timestamp,
) -> Value {
    let verification = json!({
        "id": world.new_id("ver"),
        "object": "verification_otp",
        "identifier": identifier,
        "status": "unverified",
        "strategy": strategy.as_str(),
        "attempts": 0,
        "expires_at": now.as_millis().saturating_add(LIFETIME_MILLIS),
    });
    let Value::Object(verification) = verification else {
        return Value::Null;
    };
    let shown = view(&verification);
    world.shelves.push(VERIFICATIONS.kept, verification);
    shown
}

/// Checks a code, and returns the verification.
///
/// Returns an error if the verification does not exist or was already successful. Also returns an
/// error if the code is correct, but another user has claimed the identifier. A wrong code is no
/// error: the returned verification is then not verified.
pub(crate) fn attempt(
    world: &mut World,
    identifier: &str,
    body: &Object,
    is_claimed: bool,
    now: Timestamp,
) -> Result<Value, ApiError> {
    let mut form = Form::new(body);
    let id = form.required("verification_id").unwrap_or_default();
    let code = form.required("code").unwrap_or_default();
    form.finish()?;
    let mut all = world.shelves.all_mut(VERIFICATIONS.kept).iter_mut();
    let found = all.find(|of| text(of, "id") == id && text(of, "identifier") == identifier);
    let verification = found.ok_or_else(|| ApiError::resource_not_found(id))?;
    if text(verification, "status") == "verified" {
        return Err(ApiError::new(
            codes::VERIFICATION_ALREADY_VERIFIED,
            "This verification has already been verified.",
        ));
    }
    let number = |name: &str| {
        verification
            .get(name)
            .and_then(Value::as_i64)
            .unwrap_or_default()
    };
    let is_over = number("expires_at") <= now.as_millis();
    let attempts = number("attempts").saturating_add(1);
    let status = match text(verification, "status") {
        "unverified" if is_over => "expired",
        "unverified" if code == CODE => "verified",
        "unverified" if attempts >= MAX_ATTEMPTS => "failed",
        status => status,
    };
    if status == "verified" && is_claimed {
        return Err(ApiError::new(
            codes::IDENTIFICATION_CLAIMED,
            "Another user has already verified or reserved this identifier.",
        ));
    }
    let status = Value::from(status);
    verification.extend([
        ("status".to_owned(), status),
        ("attempts".to_owned(), attempts.into()),
    ]);
    Ok(view(verification))
}

/// Returns a verification as Clerk returns it.
fn view(verification: &Object) -> Value {
    let mut shown = verification.clone();
    let end = shown.remove("expires_at").unwrap_or_default();
    shown.insert("expire_at".to_owned(), end);
    as_model::<Verification>(Value::Object(shown))
}

/// Whether a verification was successful.
pub(crate) fn is_verified(verification: &Value) -> bool {
    verification.get("status").and_then(Value::as_str) == Some("verified")
}

/// Returns the verification that an identifier gets for a correct code.
pub(crate) fn by_code(strategy: VerificationStrategy) -> Verification {
    let mut verification = Verification::default();
    verification.object = VerificationObject::Otp;
    verification.status = VerificationStatus::Verified;
    verification.strategy = strategy;
    verification
}

/// Whether an identifier is verified.
pub(crate) fn has_verified(verification: Option<&Verification>) -> bool {
    verification.is_some_and(|of| of.status == VerificationStatus::Verified)
}

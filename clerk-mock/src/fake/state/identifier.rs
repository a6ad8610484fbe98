//! Identifiers of a user: e-mail addresses, phone numbers and web3 wallets.

use clerk_core::Timestamp;
use clerk_core::models::{
    EmailAddress, PhoneNumber, Verification, VerificationObject, VerificationStatus,
    VerificationStrategy, Web3Wallet,
};

pub(crate) fn new_email_address(
    id: String,
    text: &str,
    status: Option<&str>,
    now: Timestamp,
) -> EmailAddress {
    let mut address = EmailAddress::default();
    address.id = id.into();
    address.email_address = text.to_lowercase();
    (address.reserved, address.verification) = created_as(status);
    (address.created_at, address.updated_at) = (now, now);
    address
}

pub(crate) fn new_phone_number(
    id: String,
    text: &str,
    status: Option<&str>,
    now: Timestamp,
) -> PhoneNumber {
    let mut phone = PhoneNumber::default();
    phone.id = id.into();
    phone.phone_number = text.into();
    (phone.reserved, phone.verification) = created_as(status);
    (phone.created_at, phone.updated_at) = (now, now);
    phone
}

pub(crate) fn new_web3_wallet(id: String, address: &str, now: Timestamp) -> Web3Wallet {
    let mut wallet = Web3Wallet::default();
    wallet.id = id.into();
    wallet.web3_wallet = match address.get(..2) {
        Some("0x" | "0X") => address.to_lowercase(),
        // The address of a Solana wallet is in base 58, which distinguishes upper and lower case.
        _ => address.into(),
    };
    wallet.verification = Some(verified());
    (wallet.created_at, wallet.updated_at) = (now, now);
    wallet
}

/// Returns whether an identifier with this status is reserved, and its verification. With
/// `verified` or no status, the identifier is verified.
fn created_as(status: Option<&str>) -> (bool, Option<Verification>) {
    match status {
        Some("reserved") => (true, None),
        Some("unverified") => (false, None),
        _ => (false, Some(verified())),
    }
}

/// Returns a verification by an admin.
pub(crate) fn verified() -> Verification {
    let mut verification = Verification::default();
    verification.object = VerificationObject::Admin;
    verification.status = VerificationStatus::Verified;
    verification.strategy = VerificationStrategy::Admin;
    verification
}

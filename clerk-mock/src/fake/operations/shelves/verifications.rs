//! Verifications of e-mail addresses and phone numbers. Clerk's API has no paths for verifications.

use clerk_core::models::Verification;

use crate::fake::operations::shelves::shelf::Shelf;

pub(crate) static VERIFICATIONS: Shelf =
    Shelf::of::<Verification>("verifications", "verification_otp", "ver", &[]);

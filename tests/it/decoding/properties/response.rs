//! The body of any response decodes to a value or an error, and a value survives encoding and
//! decoding.

use std::fmt::Debug;

use clerk_client::OperationInfo;
use clerk_client::models::{
    ClerkErrors, CommerceCreditBalance, CommerceCreditLedger, CommerceSubscription,
    DeleteBackupCodeResponse, DeleteTotpResponse, DeletedObject, DisableMfaResponse, EmailAddress,
    OAuthAccessToken, OrganizationInvitation, OrganizationMembership, Page, PhoneNumber,
    TotalCount, TrustedDevice, User, VerifyPasswordResponse, VerifyTotpResponse,
};
use clerk_client::transport::{HttpResponse, decode};
use serde::Serialize;
use serde::de::DeserializeOwned;

type Read = fn(&[u8]);

const READS: &[Read] = &[
    read::<User>,
    read::<Vec<User>>,
    read::<TotalCount>,
    read::<DeletedObject>,
    read::<Page<OAuthAccessToken>>,
    read::<Page<OrganizationMembership>>,
    read::<Page<OrganizationInvitation>>,
    read::<Page<TrustedDevice>>,
    read::<TrustedDevice>,
    read::<VerifyPasswordResponse>,
    read::<VerifyTotpResponse>,
    read::<DisableMfaResponse>,
    read::<DeleteTotpResponse>,
    read::<DeleteBackupCodeResponse>,
    read::<CommerceSubscription>,
    read::<CommerceCreditBalance>,
    read::<CommerceCreditLedger>,
    read::<EmailAddress>,
    read::<PhoneNumber>,
    read::<ClerkErrors>,
];

/// Decodes a body. The first byte of the data selects the type, and the rest is the body.
pub(crate) fn check(data: &[u8]) {
    let Some((which, body)) = data.split_first() else {
        return;
    };
    READS[usize::from(*which) % READS.len()](body);
}

fn read<R: DeserializeOwned + Serialize + PartialEq + Debug>(body: &[u8]) {
    let operation = &OperationInfo::all()[0];
    let answer = || HttpResponse::new(body.to_vec().into());
    match decode::<R>(operation, answer()) {
        Ok(value) => {
            let written = serde_json::to_vec(&value).expect("what was read can be written");
            let again = decode::<R>(operation, HttpResponse::new(written.into()));
            let again = again.unwrap_or_else(|error| panic!("{error}\n{value:?}"));
            assert_eq!(again, value);
            let _ = format!("{value:?}");
        }
        Err(error) => {
            super::is_one_line(&error.to_string());
            assert_eq!(error.body(), body, "nothing is lost");
        }
    }
}

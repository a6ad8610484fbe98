//! The table of operations agrees with the README and with the requests that are sent.

use std::collections::BTreeSet;

use clerk_client::mock::Reply;
use clerk_client::{OperationInfo, http::Method};

use crate::support::samples::{path_with, sample_calls, sampler};
use crate::support::{client_replying, run};

const REFERENCE_PAGE: [&str; 14] = [
    "ban_user",
    "create_user",
    "delete_user",
    "disable_mfa",
    "get_o_auth_access_token",
    "get_user",
    "get_user_list",
    "get_users_count",
    "unban_user",
    "update_user",
    "update_user_metadata",
    "users_get_organization_memberships",
    "verify_password",
    "verify_totp",
];

/// The other operations of Clerk's API.
const OTHERS: [&str; 23] = [
    "adjust_user_billing_credit_balance",
    "delete_backup_code",
    "delete_external_account",
    "delete_totp",
    "delete_user_profile_image",
    "get_user_billing_credit_balance",
    "get_user_billing_subscription",
    "list_user_trusted_devices",
    "lock_user",
    "remove_user_password",
    "replace_user_email_address",
    "replace_user_metadata",
    "replace_user_phone_number",
    "revoke_user_trusted_device",
    "set_user_password_compromised",
    "set_user_profile_image",
    "unlock_user",
    "unset_user_password_compromised",
    "user_passkey_delete",
    "user_web3_wallet_delete",
    "users_ban",
    "users_get_organization_invitations",
    "users_unban",
];

#[test]
fn every_operation_of_the_api_is_covered() {
    let names: BTreeSet<_> = OperationInfo::all()
        .iter()
        .map(OperationInfo::method_name)
        .collect();
    assert_eq!(names, REFERENCE_PAGE.into_iter().chain(OTHERS).collect());
}

#[test]
fn requests_match_the_operation_table() {
    let (clerk, requests) = client_replying(|| Reply::bytes(500, ""));
    let calls = sample_calls(&clerk, &sampler("user_1", 0).with_all("an_id"));
    assert_eq!(calls.len(), OperationInfo::all().len());
    for sample in calls {
        let info = sample.operation;
        run(sample.call.send()).err().unwrap();
        let requests = requests.lock().unwrap();
        let last = requests.last().unwrap();
        assert_eq!(last.method(), info.method());
        assert_eq!(last.path(), format!("/v1{}", path_with(&info, "an_id")));
    }
}

/// These operations are retried after a lost response.
#[test]
fn only_these_operations_are_idempotent() {
    let idempotent = OperationInfo::all()
        .iter()
        .filter(|info| info.is_idempotent());
    let names: BTreeSet<_> = idempotent.map(OperationInfo::method_name).collect();
    assert_eq!(
        names,
        BTreeSet::from([
            "get_user_list",
            "get_users_count",
            "get_user",
            "delete_user",
            "delete_user_profile_image",
            "get_user_billing_subscription",
            "get_user_billing_credit_balance",
            "adjust_user_billing_credit_balance",
            "get_o_auth_access_token",
            "users_get_organization_memberships",
            "users_get_organization_invitations",
            "disable_mfa",
            "delete_backup_code",
            "user_passkey_delete",
            "list_user_trusted_devices",
            "revoke_user_trusted_device",
            "user_web3_wallet_delete",
            "delete_totp",
            "delete_external_account",
        ])
    );
    let (clerk, requests) = client_replying(|| Reply::bytes(204, ""));
    run(async {
        for method in [
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ] {
            clerk.request::<()>(method, ["x"]).await.unwrap();
        }
        clerk
            .request::<()>(Method::POST, ["x"])
            .idempotent(true)
            .await
            .unwrap();
    });
    let requests = requests.lock().unwrap();
    let idempotent: Vec<_> = requests
        .iter()
        .map(|request| request.operation().unwrap().is_idempotent())
        .collect();
    assert_eq!(idempotent, [true, false, false, false, false, true]);
}

#[test]
fn the_readme_lists_every_operation() {
    let readme = include_str!("../../../README.md");
    for info in OperationInfo::all() {
        let row = format!(
            "| `{}` | {} | `{}` |",
            info.method_name(),
            info.method(),
            info.route()
        );
        assert!(readme.contains(&row), "the README's table lacks: {row}");
    }
    let rows = readme
        .lines()
        .filter(|line| line.contains("| `/users"))
        .count();
    assert_eq!(rows, OperationInfo::all().len());
}

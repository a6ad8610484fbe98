//! The table of operations agrees with the documentation and with the requests that are sent.

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

/// The operations that are not on users.
const BESIDE_USERS: [&str; 1] = ["get_jwks"];

/// The other operations on users.
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
    let expected = REFERENCE_PAGE.into_iter().chain(OTHERS);
    assert_eq!(names, expected.chain(BESIDE_USERS).collect());
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
            "get_jwks",
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
fn docs_operations_md_lists_every_operation() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operations.md");
    let page = operations_page();
    if std::env::var("CLERK_BLESS").is_ok_and(|bless| bless == "1") {
        std::fs::write(path, page).unwrap();
        return;
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    // A checkout on Windows may have other line ends.
    assert!(
        written.replace("\r\n", "\n") == page,
        "docs/operations.md is outdated; write it with `cargo xtask operations --bless`"
    );
}

/// Returns the text of docs/operations.md.
fn operations_page() -> String {
    let (users, others): (Vec<_>, Vec<_>) = OperationInfo::all().iter().partition(is_on_users);
    let mut page = format!(
        "\
# Operations

<!-- Written by `cargo xtask operations --bless`. -->

The client has a method for each of Clerk's {} operations on users. `clerk.users()` returns the
`UsersApi` that has them, and its documentation groups them by task.

*Retried* tells whether the client resends a request that Clerk may have processed. Every operation
is retried if it certainly was not processed.
",
        users.len()
    );
    page.push_str(&section("Users", "", &users));
    let of_jwks = "\n`clerk.jwks()` has the operation on the keys that verify session tokens.\n";
    page.push_str(&section("JWKS", of_jwks, &others));
    page
}

/// Returns the table of a tag, after `about`.
fn section(tag: &str, about: &str, operations: &[&OperationInfo]) -> String {
    let mut page = format!(
        "
## {tag}
{about}
| method | Clerk's operationId | HTTP | route | retried |
|---|---|---|---|---|
"
    );
    for info in operations {
        let row = format!(
            "| `{}` | `{}` | {} | `{}` | {} |\n",
            info.method_name(),
            info.operation_id(),
            info.method(),
            info.route(),
            retried(info)
        );
        page.push_str(&row);
    }
    page
}

fn is_on_users(info: &&OperationInfo) -> bool {
    info.route().starts_with("/users")
}

#[test]
fn the_documentation_of_users_api_lists_every_operation_once() {
    let source = include_str!("../../../clerk-core/src/api/users/mod.rs");
    let rows: Vec<_> = source
        .lines()
        .filter(|line| line.trim_start().starts_with("/// |") && line.contains("](Self::"))
        .collect();
    let users: Vec<_> = OperationInfo::all().iter().filter(is_on_users).collect();
    for info in &users {
        let method = info.method_name();
        let end = format!(
            "| [`{method}`](Self::{method}) | `{}` | {} |",
            info.operation_id(),
            retried(info)
        );
        let count = rows.iter().filter(|row| row.ends_with(&end)).count();
        assert_eq!(
            count, 1,
            "rows of the table of `UsersApi` that end with: {end}"
        );
    }
    assert_eq!(rows.len(), users.len());
}

/// Returns the "retried" column of an operation.
fn retried(info: &OperationInfo) -> &'static str {
    if info.is_idempotent() { "yes" } else { "no" }
}

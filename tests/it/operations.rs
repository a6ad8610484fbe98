//! The table of operations, the README's, and what goes out: one and the same.

use std::collections::BTreeSet;

use clerk_client::mock::Reply;
use clerk_client::{OperationInfo, http::Method};

use crate::support::{answering, operation, run};

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

#[test]
fn the_reference_page_is_covered() {
    let names: BTreeSet<_> = OperationInfo::all()
        .iter()
        .map(OperationInfo::name)
        .collect();
    assert_eq!(names, REFERENCE_PAGE.into());
}

#[test]
fn what_goes_out_is_what_the_table_says() {
    for info in OperationInfo::all() {
        let (clerk, asked) = answering(|| Reply::bytes(500, ""));
        run(operation(&clerk.users(), info, "user_1")).unwrap_err();
        let asked = asked.lock().unwrap();
        let path = info
            .route()
            .replace("{user_id}", "user_1")
            .replace("{provider}", "oauth_google");
        assert_eq!(asked[0].method(), info.method());
        assert_eq!(asked[0].path(), format!("/v1{path}"));
    }
}

/// What may be sent again when its answer was lost.
#[test]
fn only_these_are_idempotent() {
    let idempotent = OperationInfo::all()
        .iter()
        .filter(|info| info.is_idempotent());
    let names: Vec<_> = idempotent.map(OperationInfo::name).collect();
    assert_eq!(
        names,
        [
            "get_user_list",
            "get_users_count",
            "get_user",
            "delete_user",
            "get_o_auth_access_token",
            "users_get_organization_memberships",
            "disable_mfa",
        ]
    );
    let (clerk, asked) = answering(|| Reply::bytes(204, ""));
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
    let asked = asked.lock().unwrap();
    let idempotent: Vec<_> = asked
        .iter()
        .map(|asked| asked.operation().unwrap().is_idempotent())
        .collect();
    assert_eq!(idempotent, [true, false, false, false, false, true]);
}

#[test]
fn the_readme_lists_them_all() {
    let readme = include_str!("../../README.md");
    for info in OperationInfo::all() {
        let row = format!(
            "| `{}` | {} | `{}` |",
            info.name(),
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

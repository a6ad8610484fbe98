//! The table of operations agrees with the documentation and with the requests that are sent.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clerk_client::mock::Reply;
use clerk_client::{OperationInfo, Tag, http::Method, tags};

use crate::support::samples::{path_with, sample_calls, sampler};
use crate::support::{client_replying, run};

/// The operations that `docs/UsersApi.md` of clerk-rs 0.4.2 lists, by the names of their methods.
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

/// The operations that are idempotent although their method is neither GET nor DELETE. They only
/// verify something, or their body has an idempotency key.
const IDEMPOTENT: [&str; 6] = [
    "AdjustOrganizationBillingCreditBalance",
    "AdjustUserBillingCreditBalance",
    "VerifyClient",
    "verifyApiKey",
    "verifyM2MToken",
    "verifyOAuthAccessToken",
];

/// Abbreviations, each with the spelling that makes it one word in the name of a method.
const WORDS: [(&str, &str); 10] = [
    ("OAuth", "Oauth"),
    ("M2M", "M2m"),
    ("SAML", "Saml"),
    ("SCIM", "Scim"),
    ("JWKS", "Jwks"),
    ("JWT", "Jwt"),
    ("TOTP", "Totp"),
    ("MFA", "Mfa"),
    ("URL", "Url"),
    ("API", "Api"),
];

#[test]
fn the_users_api_has_every_operation_on_users_of_clerk_rs_0_4_2() {
    let tags = tags();
    let users = tags.iter().find(|tag| tag.accessor == "users").unwrap();
    let names = users.operations.iter().map(OperationInfo::method_name);
    let names: BTreeSet<_> = names.collect();
    assert!(names.is_superset(&BTreeSet::from(REFERENCE_PAGE)));
}

#[test]
fn a_method_is_named_like_clerks_operation() {
    for info in OperationInfo::all() {
        // This method has the name `get_o_auth_access_token`, as in clerk-rs.
        if info.operation_id() == "GetOAuthAccessToken" {
            continue;
        }
        assert_eq!(info.method_name(), snake_case(info.operation_id()));
    }
}

fn snake_case(operation_id: &str) -> String {
    let words = WORDS
        .iter()
        .fold(operation_id.to_owned(), |id, (abbreviation, word)| {
            id.replace(abbreviation, word)
        });
    let mut name = String::new();
    for character in words.chars() {
        if character.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(character.to_lowercase());
    }
    name
}

#[test]
fn no_two_operations_have_the_same_name() {
    let all = OperationInfo::all().iter();
    let mut ids: Vec<_> = all.clone().map(OperationInfo::operation_id).collect();
    let mut names: Vec<_> = all.map(OperationInfo::method_name).collect();
    for names in [&mut ids, &mut names] {
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}

#[test]
fn requests_match_the_operation_table() {
    let (clerk, requests) = client_replying(|| Reply::bytes(500, ""));
    let calls = sample_calls(&clerk, &sampler("user_1", 0).with_all("an_id"));
    assert_eq!(calls.len(), OperationInfo::all().len());
    for sample in calls {
        let info = sample.operation;
        let error = run(sample.call.send()).err().unwrap();
        assert!(!error.is_not_sent(), "{error}");
        let requests = requests.lock().unwrap();
        let last = requests.last().unwrap();
        assert_eq!(last.operation().unwrap(), &info);
        assert_eq!(last.method(), info.method());
        let path = last.path().strip_prefix("/v1").unwrap();
        assert!(matches_route(path, &info), "{info:?}: {path}");
    }
}

/// Whether a path has as many segments as an operation's route, and the same literal segments.
fn matches_route(path: &str, info: &OperationInfo) -> bool {
    let sample = path_with(info, "{}");
    let expected: Vec<_> = sample.split('/').collect();
    let segments: Vec<_> = path.split('/').collect();
    let mut pairs = segments.iter().zip(&expected);
    segments.len() == expected.len()
        && pairs.all(|(segment, route)| *route == "{}" || segment == route)
}

/// Idempotent operations are retried after a lost response.
#[test]
fn get_delete_and_these_operations_are_idempotent() {
    for info in OperationInfo::all() {
        let looks = [Method::GET, Method::DELETE].contains(info.method());
        let expected = looks || IDEMPOTENT.contains(&info.operation_id());
        assert_eq!(info.is_idempotent(), expected, "{}", info.operation_id());
    }
}

#[test]
fn a_custom_request_is_idempotent_if_it_is_a_get_or_says_so() {
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
    // A checkout on Windows may have other line endings.
    assert!(
        written.replace("\r\n", "\n") == page,
        "docs/operations.md is outdated; write it with `cargo xtask operations --bless`"
    );
}

/// Returns the text of docs/operations.md.
fn operations_page() -> String {
    let mut page = format!(
        "\
# Operations

<!-- Written by `cargo xtask operations --bless`. -->

The client has a method for each of these {} operations of Clerk's Backend API. The documentation of
each type describes its methods.

*Retried* tells whether the client resends a request that Clerk may have processed. Every operation
is retried if it certainly was not processed.
",
        OperationInfo::all().len()
    );
    for tag in tags() {
        page.push_str(&section(&tag));
    }
    page
}

/// Returns the heading and the table of a tag.
fn section(tag: &Tag) -> String {
    let about = tag.doc.trim().trim_start_matches("Returns ");
    let mut page = format!(
        "
## `{}`

`clerk.{}()` returns {about}

| method | Clerk's operationId | HTTP | route | retried |
|---|---|---|---|---|
",
        tag.api, tag.accessor
    );
    for info in &tag.operations {
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

#[test]
fn the_documentation_of_each_tag_lists_every_operation_once() {
    for tag in tags() {
        let source = std::fs::read_to_string(source_of(&tag)).unwrap();
        let rows: Vec<_> = source
            .lines()
            .filter(|line| line.trim_start().starts_with("/// |") && line.contains("](Self::"))
            .collect();
        for info in &tag.operations {
            let method = info.method_name();
            let link = format!("| [`{method}`](Self::{method})");
            let end = format!(" | `{}` | {} |", info.operation_id(), retried(info));
            let is_row = |row: &&&str| row.contains(&link) && row.ends_with(&end);
            let count = rows.iter().filter(is_row).count();
            assert_eq!(count, 1, "rows of `{}` like: {link}{end}", tag.api);
        }
        assert_eq!(rows.len(), tag.operations.len(), "{}", tag.api);
    }
}

#[test]
fn the_tables_of_tags_list_every_tag_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for file in ["src/lib.rs", "clerk-core/src/api/mod.rs"] {
        let page = std::fs::read_to_string(root.join(file)).unwrap();
        for tag in tags() {
            let link = format!("[`{0}`](Clerk::{0})", tag.accessor);
            assert_eq!(page.matches(&link).count(), 1, "{file}: {link}");
        }
    }
}

/// Returns the file that defines the type of a tag.
fn source_of(tag: &Tag) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../clerk-core/src/api");
    let file = folder.join(format!("{}.rs", tag.accessor));
    if file.exists() {
        return file;
    }
    folder.join(tag.accessor).join("mod.rs")
}

/// Returns the "retried" column of an operation.
fn retried(info: &OperationInfo) -> &'static str {
    if info.is_idempotent() { "yes" } else { "no" }
}

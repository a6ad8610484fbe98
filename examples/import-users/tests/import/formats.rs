//! Imports of sample exports of Clerk, Auth0, Supabase and Firebase.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::imported::{HASH_CONFIG, Imported, assert_refused, assert_user};
use crate::{lines, sibling};

#[tokio::test(flavor = "multi_thread")]
async fn an_export_of_clerk_keeps_unverified_addresses_unverified() {
    let imported = Imported::new("clerk", "clerk.csv", &[]).await;
    assert_refused(
        &imported,
        &[
            (4, "Clerk does not support the hasher rot13"),
            (5, "has no e-mail address, phone number or username"),
            (6, "That email address is taken"),
            (7, "external_id \"user_ada\" occurs more than once"),
        ],
    );
    assert!(
        imported.printed.starts_with("7 rows: 3 created"),
        "{}",
        imported.printed
    );
    let users = imported.users();
    assert_eq!(users.len(), 3);
    assert_user(
        &users["user_ada"],
        json!({
            "emails": ["ada@example.com", "lovelace@example.com", "draft@example.com reserved"],
            "phones": ["+15555550100"],
            "username": "countess",
            "name": ["Ada", "Lovelace"],
            "hasher": "bcrypt",
        }),
    );
    assert_user(
        &users["user_grace"],
        json!({
            "emails": ["hopper@example.com reserved"],
            "phones": ["+15555550101 reserved"],
            "totp_secret": "JBSWY3DPEHPK3PXP",
            "hasher": null,
        }),
    );
    assert_user(&users["user_zoe"], json!({ "name": ["Zoë", "O'Neill 🦀"] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_two_exports_of_auth0_are_imported_together() {
    let hashes = ["--password-hashes", "samples/auth0-hashes.jsonl"];
    let imported = Imported::new("auth0", "auth0.jsonl", &hashes).await;
    assert_refused(
        &imported,
        &[
            (4, "passwordHash is neither bcrypt nor argon2"),
            (5, "has no e-mail address, phone number or username"),
            (6, "occurs more than once"),
            (7, "user_id is missing"),
            (8, "the private metadata has a key \"auth0\" already"),
        ],
    );
    let unused = "Password hashes of users who are not in the file: 1. They are not imported.\n";
    assert!(imported.printed.starts_with(unused), "{}", imported.printed);
    // The token of an identity provider must not become metadata.
    assert!(
        imported.printed.contains("identities.access_token (1)"),
        "{}",
        imported.printed
    );
    assert!(!format!("{:?}", imported.users()).contains("ya29"));
    let users = imported.users();
    assert_eq!(users.len(), 3);
    assert_user(
        &users["auth0|5f7c1a0000000000000000a1"],
        json!({
            "emails": ["ada@example.com"],
            "phones": ["+15555550100 reserved"],
            "name": ["Ada", "Lovelace"],
            "hasher": "bcrypt",
            "created_at": 1_614_834_367_000_i64,
            "unsafe": { "theme": "dark" },
            "private": {
                "plan": "pro",
                "auth0": {
                    "identities": [{
                        "connection": "Username-Password-Authentication",
                        "isSocial": false,
                        "provider": "auth0",
                        "user_id": "5f7c1a0000000000000000a1",
                    }],
                    "last_login": "2024-01-02T03:04:05.000Z",
                    "logins_count": 12,
                    "name": "Ada Lovelace",
                    "nickname": "ada",
                },
            },
        }),
    );
    assert_user(
        &users["google-oauth2|100000000000000000002"],
        json!({ "name": ["Grace Brewster", "Hopper"], "hasher": null }),
    );
    assert_user(
        &users["auth0|5f7c1a0000000000000000a3"],
        json!({
            "emails": ["renée@exämple.com reserved"],
            "username": "renee",
            "name": [null, null],
            "banned": true,
        }),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn auth0s_password_hashes_are_an_export_too() {
    let imported = Imported::new("auth0", "auth0-hashes.jsonl", &[]).await;
    assert_refused(
        &imported,
        &[(2, "passwordHash is neither bcrypt nor argon2")],
    );
    let users = imported.users();
    let ids: Vec<_> = users.keys().map(String::as_str).collect();
    let expected = [
        "auth0|5f7c1a0000000000000000a1",
        "auth0|5f7c1a0000000000000000a6",
        "auth0|euclid",
    ];
    assert_eq!(ids, expected);
    assert_user(
        &users["auth0|5f7c1a0000000000000000a6"],
        json!({
            "emails": ["ivy@example.com"],
            "phones": ["+15555550106 reserved"],
            "username": "ivy_6",
        }),
    );
    assert_user(
        &users["auth0|euclid"],
        json!({ "emails": ["euclid@example.com reserved"] }),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_of_supabase_keeps_bans_and_skips_deleted_users() {
    let id = |number: &str| format!("00000000-0000-4000-8000-00000000000{number}");
    let imported = Imported::new("supabase", "supabase.csv", &[]).await;
    assert_refused(
        &imported,
        &[
            (7, "deleted_at is set"),
            (8, "has no e-mail address, phone number or username"),
            (9, "encrypted_password is neither bcrypt nor argon2"),
            (10, "That email address is taken"),
            (11, "occurs more than once"),
        ],
    );
    let codes = lines(&sibling(&imported.file, ".refused.jsonl"));
    assert_eq!(codes[0]["errors"][0]["code"], json!("row_skipped"));
    let summary =
        "10 rows: 5 created, 0 already existed, 0 imported before, 4 refused, 1 skipped, 0 left.";
    let left_out = "aud (5), confirmation_token (1), instance_id (5), role (5).";
    let printed = &imported.printed;
    assert!(
        printed.starts_with(summary) && printed.contains(left_out),
        "{printed}"
    );
    let users = imported.users();
    assert_eq!(users.len(), 5);
    assert_user(
        &users[&id("1")],
        json!({
            "emails": ["ada@example.com"],
            "name": ["Ada", "Lovelace"],
            "hasher": "bcrypt",
            "created_at": 1_705_314_600_123_i64,
            "unsafe": { "full_name": "Ada Lovelace", "theme": "dark" },
            "public": { "provider": "email", "providers": ["email"] },
            "private": { "supabase": {
                "email_confirmed_at": "2024-01-15 10:31:00+00",
                "is_anonymous": "false",
                "is_sso_user": "false",
                "last_sign_in_at": "2024-02-01 00:00:00+00",
            } },
        }),
    );
    assert_user(
        &users[&id("2")],
        json!({ "emails": ["grace@example.com reserved"], "name": ["Grace", "Hopper"] }),
    );
    assert_user(
        &users[&id("3")],
        json!({ "emails": [], "phones": ["+15555550103"] }),
    );
    assert_user(&users[&id("4")], json!({ "banned": true }));
    let ban = &users[&id("4")]["private"]["supabase"]["banned_until"];
    assert_eq!(ban, &json!("2999-01-01 00:00:00+00"));
    assert_user(
        &users[&id("5")],
        json!({ "banned": false, "name": ["Σωκράτης", null] }),
    );

    let imported = Imported::new("supabase", "supabase.json", &[]).await;
    let expected = [
        (27, "deleted_at is set"),
        (32, "created_at \"yesterday\" is not a time"),
    ];
    assert_refused(&imported, &expected);
    assert_user(
        &imported.users()[&id("1")],
        json!({ "created_at": 1_705_314_600_123_i64, "name": ["Ada", "Lovelace"], "hasher": "bcrypt" }),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn both_exports_of_firebase_import_the_same_users() {
    let mut results = Vec::new();
    for (sample, numbers) in [
        ("firebase.json", [37, 42, 50, 56, 63]),
        ("firebase.csv", [4, 5, 6, 7, 8]),
    ] {
        let imported = Imported::new("firebase", sample, &HASH_CONFIG).await;
        let reasons = [
            "has no e-mail address, phone number or username",
            "passwordHash is redacted",
            "occurs more than once",
            "That email address is taken",
            "createdAt 1705314600 is not in milliseconds",
        ];
        let expected: Vec<_> = numbers.into_iter().zip(reasons).collect();
        assert_refused(&imported, &expected);
        results.push(imported.users());
    }
    for users in &results {
        assert_eq!(users.len(), 3);
        let ada = &users["Fb0000000000000000000000Ada1"];
        assert_user(
            ada,
            json!({
                "emails": ["ada@example.com"],
                "name": ["Ada", "Lovelace"],
                "hasher": "scrypt_firebase",
                "digest": "bG9uZyBlbm91Z2ggc2NyeXB0IGhhc2g/+A==$c2FsdDE=$ZXhhbXBsZSBzaWduZXIga2V5$Bw==$8$14",
                "created_at": 1_705_314_600_000_i64,
                "public": { "role": "admin" },
            }),
        );
        assert_eq!(
            ada["private"]["firebase"]["displayName"],
            json!("Ada Lovelace")
        );
        assert_user(
            &users["Fb00000000000000000000Grace2"],
            json!({ "emails": ["grace@example.com reserved"], "banned": true, "hasher": null }),
        );
        assert_user(
            &users["Fb0000000000000000000Phone03"],
            json!({ "emails": [], "phones": ["+15555550103"] }),
        );
    }
    let grace = |users: &BTreeMap<String, Value>| {
        users["Fb00000000000000000000Grace2"]["private"]["firebase"].clone()
    };
    assert_eq!(
        grace(&results[0])["providerUserInfo"][0]["rawId"],
        "100000000000000000002"
    );
    assert_eq!(grace(&results[1])["google.rawId"], "100000000000000000002");
}

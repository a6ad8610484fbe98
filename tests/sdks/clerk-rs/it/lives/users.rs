//! The lifecycle of a user.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;

use crate::sdk::{Sdk, UserFilter, ids, many, refused};
use crate::world::serve;

pub(crate) async fn live<S: Sdk>() {
    let server = serve().await;
    let clerk = S::new(&server.url());

    let ada = clerk
        .create_user(json!({
            "email_address": ["ada@example.com"],
            "phone_number": ["+15555550100"],
            "username": "ada_l",
            "first_name": "Ada",
            "password": "correct horse battery staple",
            "external_id": "rs-1",
            "public_metadata": { "role": "analyst", "engine": { "mill": 1, "store": 2 } },
        }))
        .await
        .unwrap();
    let id = ada["id"].as_str().unwrap();
    assert!(id.starts_with("user_"));
    let email = &ada["email_addresses"][0];
    assert_eq!(email["email_address"], "ada@example.com");
    assert_eq!(email["verification"]["status"], "verified");
    assert_eq!(ada["primary_email_address_id"], email["id"]);
    assert_eq!(ada["phone_numbers"][0]["phone_number"], "+15555550100");
    assert_eq!(ada["password_enabled"], true);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let created = u128::from(ada["created_at"].as_u64().unwrap());
    assert!(created.abs_diff(now.as_millis()) < 60_000);
    let again = json!({ "email_address": ["ada@example.com"] });
    refused(
        clerk.create_user(again).await,
        422,
        "form_identifier_exists",
    );

    let got = clerk.get_user(id).await.unwrap();
    assert_eq!(got["username"], "ada_l");
    let metadata = json!({ "role": "analyst", "engine": { "mill": 1, "store": 2 } });
    assert_eq!(got["public_metadata"], metadata);
    refused(
        clerk.get_user("user_nobody").await,
        404,
        "resource_not_found",
    );

    find(&clerk, id).await;
    change(&clerk, id).await;
    verify(&clerk, id).await;

    let memberships = clerk.users_get_organization_memberships("user_grace").await;
    let memberships = memberships.unwrap();
    assert_eq!(memberships["total_count"], 2);
    for (place, organization, role) in [
        (0, "org_navy", "org:admin"),
        (1, "org_univac", "org:member"),
    ] {
        let membership = &memberships["data"][place];
        assert_eq!(membership["organization"]["id"], organization);
        assert_eq!(membership["role"], role);
    }
    let tokens = clerk.get_o_auth_access_token("user_grace", "oauth_google");
    let tokens = tokens.await.unwrap();
    assert_eq!(tokens[0]["token"], "ya29.made-up");
    assert_eq!(tokens[0]["scopes"], json!(["openid", "email"]));

    let deleted = clerk.delete_user(id).await.unwrap();
    assert_eq!(
        (&deleted["id"], &deleted["deleted"]),
        (&json!(id), &json!(true))
    );
    refused(clerk.get_user(id).await, 404, "resource_not_found");
    refused(clerk.delete_user(id).await, 404, "resource_not_found");
    let all = clerk.get_users_count(UserFilter::default()).await.unwrap();
    assert_eq!(all["total_count"], 1);
}

/// Finds the user by filters that both versions of clerk-rs have.
async fn find(clerk: &impl Sdk, id: &str) {
    let all = UserFilter::default;
    for filter in [
        UserFilter {
            email_address: many(["ada@example.com", "nobody@example.com"]),
            ..all()
        },
        UserFilter {
            phone_number: many(["+15555550100"]),
            ..all()
        },
        UserFilter {
            username: many(["ada_l"]),
            ..all()
        },
        UserFilter {
            external_id: many(["rs-1"]),
            ..all()
        },
        UserFilter {
            user_id: many([id, "user_nobody"]),
            ..all()
        },
        UserFilter {
            user_id: many(["-user_grace"]),
            ..all()
        },
        UserFilter {
            query: Some("da@exam"),
            ..all()
        },
    ] {
        let list = clerk.get_user_list(filter.clone(), Some(5), "+created_at");
        assert_eq!(ids(&list.await.unwrap()), [id]);
        let count = clerk.get_users_count(filter).await.unwrap();
        assert_eq!(count["total_count"], 1);
    }
    let ordered = clerk.get_user_list(all(), None, "+created_at").await;
    assert_eq!(ids(&ordered.unwrap()), ["user_grace", id]);
    let newest = clerk.get_user_list(all(), Some(1), "-created_at").await;
    assert_eq!(ids(&newest.unwrap()), [id]);
    let unknown = clerk.get_user_list(all(), None, "+height").await;
    refused(unknown, 422, "form_param_value_invalid");
}

/// Changes, bans and unbans the user.
async fn change(clerk: &impl Sdk, id: &str) {
    let names = json!({ "last_name": "Lovelace", "username": "countess" });
    let changed = clerk.update_user(id, names).await.unwrap();
    assert_eq!(changed["first_name"], "Ada");
    assert_eq!(changed["last_name"], "Lovelace");
    assert_eq!(changed["username"], "countess");
    let unset = clerk.update_user(id, json!({ "username": "" })).await;
    assert_eq!(unset.unwrap()["username"], json!(null));
    let taken = json!({ "username": "x" });
    refused(
        clerk.update_user(id, taken).await,
        422,
        "form_username_invalid_length",
    );

    let merged = json!({
        "public_metadata": { "role": null, "engine": { "store": 3 } },
        "private_metadata": { "plan": "pro" },
    });
    let merged = clerk.update_user_metadata(id, merged).await.unwrap();
    assert_eq!(
        merged["public_metadata"],
        json!({ "engine": { "mill": 1, "store": 3 } })
    );
    assert_eq!(merged["private_metadata"], json!({ "plan": "pro" }));

    assert_eq!(clerk.ban_user(id).await.unwrap()["banned"], true);
    assert_eq!(clerk.unban_user(id).await.unwrap()["banned"], false);
}

/// Verifies the password of the user, and the second factor of another user.
async fn verify(clerk: &impl Sdk, id: &str) {
    let right = json!({ "password": "correct horse battery staple" });
    let right = clerk.verify_password(id, right).await.unwrap();
    assert_eq!(right["verified"], true);
    let wrong = clerk
        .verify_password(id, json!({ "password": "wrong" }))
        .await;
    refused(wrong, 422, "incorrect_password");

    let code = json!({ "code": "a-code-for-once" });
    let once = clerk.verify_totp("user_grace", code.clone()).await.unwrap();
    assert_eq!(
        once,
        json!({ "verified": true, "code_type": "backup_code" })
    );
    let twice = clerk.verify_totp("user_grace", code).await;
    refused(twice, 422, "totp_incorrect_code");
    let disabled = clerk.disable_mfa("user_grace").await.unwrap();
    assert_eq!(disabled["user_id"], "user_grace");
}

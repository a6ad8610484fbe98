//! Forward compatibility. The tests make each field of a response in turn null, missing, or of the
//! wrong type, and add unknown fields and values.

use std::fmt::{Debug, Write};

use clerk_client::models::{
    CommerceCreditBalance, CommerceCreditLedger, CommerceSubscription, DeleteBackupCodeResponse,
    DeleteTotpResponse, DeletedObject, DisableMfaResponse, EmailAddress, OAuthAccessToken,
    OrganizationInvitation, OrganizationMembership, Page, PhoneNumber, TotalCount, TrustedDevice,
    VerifyPasswordResponse, VerifyTotpResponse,
};
use clerk_client::{Metadata, User};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::{client_replying_ok, full_membership, full_user, run};

/// The path of a JSON value: keys and array indices.
type Path = Vec<String>;

/// Collects the paths of all values below `value`, except those inside metadata.
fn paths(value: &Value, at: &Path, found: &mut Vec<Path>) {
    let below = |key: String| {
        let mut path = at.clone();
        path.push(key);
        path
    };
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(at, item)| (at.to_string(), item))
            .collect(),
        _ => return,
    };
    if at
        .last()
        .is_some_and(|key| key.ends_with("metadata") || key == "meta")
    {
        return;
    }
    for (key, child) in children {
        let path = below(key);
        found.push(path.clone());
        paths(child, &path, found);
    }
}

fn pointer(path: &Path) -> String {
    path.iter().fold(String::new(), |mut pointer, key| {
        write!(pointer, "/{key}").unwrap();
        pointer
    })
}

/// Decodes from text and from a `Value`. Both must return the same user, or both must fail.
fn decode(value: &Value) -> Result<User, String> {
    let from_text =
        serde_json::from_str::<User>(&value.to_string()).map_err(|error| error.to_string());
    let from_value =
        serde_json::from_value::<User>(value.clone()).map_err(|error| error.to_string());
    assert_eq!(from_text.is_ok(), from_value.is_ok(), "{value}");
    if let (Ok(text), Ok(value)) = (&from_text, &from_value) {
        assert_eq!(text, value);
    }
    from_text
}

/// Whether a `User` needs the value at this path.
///
/// Four types have a required id: `User`, `Organization`, `OrganizationMembership` and
/// `TrustedDevice`. The first three occur in a user. `other_responses_are_as_tolerant_as_users`
/// tests the id of a `TrustedDevice`.
fn is_required(path: &Path) -> bool {
    let pointer = pointer(path);
    [
        "/id",
        "/organization_memberships/0/id",
        "/organization_memberships/0/organization/id",
    ]
    .contains(&pointer.as_str())
}

fn all_paths() -> Vec<Path> {
    let mut found = Vec::new();
    paths(&full_user(), &Vec::new(), &mut found);
    assert!(found.len() > 200, "{}", found.len());
    found
}

#[test]
fn a_full_user_round_trips() {
    let user = decode(&full_user()).unwrap();
    assert_eq!(serde_json::to_value(&user).unwrap(), full_user());
}

#[test]
fn fields_except_required_ids_may_be_null_or_missing() {
    for path in all_paths() {
        // Array elements are not fields.
        if path.last().unwrap().parse::<usize>().is_ok() {
            continue;
        }
        let mut null = full_user();
        *null.pointer_mut(&pointer(&path)).unwrap() = Value::Null;
        let mut missing = full_user();
        let parent = pointer(&path[..path.len() - 1].to_vec());
        missing
            .pointer_mut(&parent)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(path.last().unwrap());

        let (null, missing) = (decode(&null), decode(&missing));
        if is_required(&path) {
            assert!(null.is_err() && missing.is_err(), "{path:?} is required");
        } else {
            assert_eq!(null, missing, "{path:?}: null and missing decode alike");
            assert!(null.is_ok(), "{path:?}: {null:?}");
        }
    }
}

#[test]
fn unknown_fields_are_ignored() {
    let objects = all_paths().into_iter().chain([Vec::new()]);
    for path in objects {
        let mut user = full_user();
        let Some(object) = user.pointer_mut(&pointer(&path)).unwrap().as_object_mut() else {
            continue;
        };
        object.insert("a_field_of_tomorrow".into(), json!([{ "deep": [1, null] }]));
        decode(&user).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    }
}

#[test]
fn the_last_of_repeated_keys_wins() {
    let cases = [
        (r#""username":"a","username":"b""#, r#""username":"b""#),
        (r#""username":"a","username":null"#, ""),
        (r#""banned":true,"banned":null"#, ""),
        (r#""created_at":1,"created_at":null"#, ""),
        (
            r#""private_metadata":{"a":1},"private_metadata":{"b":2}"#,
            r#""private_metadata":{"b":2}"#,
        ),
        (r#""private_metadata":{"a":1},"private_metadata":null"#, ""),
        (
            r#""scim":{"directory_id":"d"},"scim":{"external_id":"e"}"#,
            r#""scim":{"external_id":"e"}"#,
        ),
        (r#""scim":{"directory_id":"d"},"scim":null"#, ""),
        (
            r#""email_addresses":[{"id":"1"},{"id":"2"}],"email_addresses":[{"id":"3"}]"#,
            r#""email_addresses":[{"id":"3"}]"#,
        ),
        (
            r#""email_addresses":[{"id":"1"}],"email_addresses":null"#,
            "",
        ),
        (
            r#""email_addresses":[{"verification":{"status":"verified"},"verification":{"strategy":"admin"}}]"#,
            r#""email_addresses":[{"verification":{"strategy":"admin"}}]"#,
        ),
        (
            r#""organization_memberships":[{"id":"m","organization":{"id":"o","name":"n"},"organization":{"id":"p"}}]"#,
            r#""organization_memberships":[{"id":"m","organization":{"id":"p"}}]"#,
        ),
    ];
    let user = |fields: &str| {
        let comma = if fields.is_empty() { "" } else { "," };
        let text = format!(r#"{{"id":"user_1"{comma}{fields}}}"#);
        serde_json::from_str::<User>(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
    };
    for (repeated, last) in cases {
        assert_eq!(user(repeated), user(last), "{repeated}");
    }
}

#[test]
fn unknown_strings_are_kept_and_serialized_back() {
    for path in all_paths() {
        let mut user = full_user();
        let value = user.pointer_mut(&pointer(&path)).unwrap();
        if !value.is_string() {
            continue;
        }
        *value = json!("a value of tomorrow");
        let decoded = decode(&user).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        let written = serde_json::to_value(&decoded).unwrap();
        // Most models always write the same value for `object`, whatever value they read.
        let is_constant = path.last().unwrap() == "object"
            && !pointer(&path).contains("verification")
            && !pointer(&path).contains("external_accounts");
        if !is_constant {
            assert_eq!(written, user, "{path:?}");
        }
    }
}

#[test]
fn errors_name_the_field_with_the_wrong_type() {
    for path in all_paths() {
        if path.last().unwrap() == "object"
            && !pointer(&path).contains("verification")
            && path[0] != "external_accounts"
        {
            continue;
        }
        let mut user = full_user();
        let value = user.pointer_mut(&pointer(&path)).unwrap();
        // Every array becomes a boolean, and every other field becomes an array. Both are wrong
        // types.
        *value = if value.is_array() {
            json!(true)
        } else {
            json!(["a secret"])
        };
        let clerk = client_replying_ok(user.to_string());
        let error = run(clerk.users().get_user("user_1"))
            .unwrap_err()
            .to_string();

        let place = path
            .iter()
            .fold(String::new(), |place, key| match key.parse::<usize>() {
                Ok(at) => format!("{place}[{at}]"),
                Err(_) if place.is_empty() => key.clone(),
                Err(_) => format!("{place}.{key}"),
            });
        assert!(
            error.starts_with("GetUser: 200 OK, but the body could not be decoded: "),
            "{error}"
        );
        assert!(
            error.contains(&format!("at {place}: expected ")),
            "{place}: {error}"
        );
        assert!(!error.contains("a secret"), "{error}");
    }
}

#[test]
fn errors_name_optional_metadata_that_is_the_last_field() {
    let claims = |claims: &str| {
        let clerk = client_replying_ok(format!(r#"{{"id":"ak_1","claims":{claims}}}"#));
        run(clerk.api_keys().get_api_key("ak_1")).map(|key| key.claims)
    };
    let error = claims(r#"["a secret"]"#).unwrap_err().to_string();
    assert!(
        error.contains(": at claims: expected a JSON object"),
        "{error}"
    );
    assert!(!error.contains("a secret"), "{error}");
    assert_eq!(claims("null").unwrap(), None);
    assert_eq!(claims("{}").unwrap(), Some(Metadata::new()));
    let full = Metadata::from(json!({ "a": 1 }));
    assert_eq!(claims(r#"{"a":1}"#).unwrap(), Some(full));
}

#[test]
fn arrays_do_not_decode_as_objects() {
    serde_json::from_str::<User>(r#"["user_1"]"#).unwrap_err();
}

/// Tests some of the other response types, each from a value with all fields.
#[test]
fn other_responses_are_as_tolerant_as_users() {
    let verified = json!({ "verified": true });
    let page = json!({ "data": [full_membership()], "total_count": 3 });
    let token = json!({
        "object": "oauth_access_token", "external_account_id": "eac_1", "provider_user_id": "1",
        "token": "t", "expires_at": 5, "provider": "oauth_google", "public_metadata": { "a": 1 },
        "label": "l", "scopes": ["s"], "id_token": "i", "token_secret": "s",
    });
    assert_tolerant::<OrganizationMembership>(&full_membership(), &["/id", "/organization/id"]);
    assert_tolerant::<Page<OrganizationMembership>>(
        &page,
        &["/data/0/id", "/data/0/organization/id"],
    );
    assert_tolerant::<OAuthAccessToken>(&token, &[]);
    assert_tolerant::<EmailAddress>(&full_user()["email_addresses"][0], &[]);
    assert_tolerant::<PhoneNumber>(&full_user()["phone_numbers"][0], &[]);
    let device = json!({
        "object": "trusted_device", "id": "d", "platform": "ios", "app_identifier": "com.example",
        "name": "Ada's", "algorithm": "ES256", "status": "revoked", "created_at": 1,
        "updated_at": 2, "last_used_at": 3, "revoked_at": 4,
    });
    assert_tolerant::<TrustedDevice>(&device, &["/id"]);
    let person = json!({ "user_id": "u", "first_name": "A", "last_name": "L", "image_url": "i", "has_image": true, "identifier": "a@b" });
    let organization =
        json!({ "id": "o", "name": "Acme", "slug": "acme", "image_url": "i", "has_image": true });
    let invitation = json!({
        "object": "organization_invitation", "id": "i", "email_address": "a@b", "role": "org:admin",
        "role_name": "Admin", "organization_id": "o", "inviter_id": "u",
        "public_inviter_data": person, "status": "pending", "public_metadata": { "a": 1 },
        "private_metadata": { "b": 2 }, "url": "https://x", "expires_at": 1, "created_at": 2,
        "updated_at": 3, "public_organization_data": organization,
    });
    assert_tolerant::<OrganizationInvitation>(&invitation, &[]);
    let money = json!({ "amount": 1, "amount_formatted": "$0.01", "currency": "USD", "currency_symbol": "$" });
    let entry = json!({
        "object": "commerce_credit_ledger", "id": "e", "payer_id": "p", "amount": money,
        "source_type": "grant", "source_id": "g", "note": "n", "created_at": "2026-01-31T12:00:00Z",
    });
    assert_tolerant::<CommerceCreditLedger>(&entry, &[]);
    let balance = json!({ "object": "commerce_credit_balance", "balance": money });
    assert_tolerant::<CommerceCreditBalance>(&balance, &[]);
    assert_tolerant::<CommerceSubscription>(&subscription(&money), &[]);
    assert_tolerant::<DeleteTotpResponse>(&json!({ "user_id": "u" }), &[]);
    assert_tolerant::<DeleteBackupCodeResponse>(&json!({ "user_id": "u" }), &[]);
    assert_tolerant::<DeletedObject>(
        &json!({ "object": "user", "id": "u", "slug": "s", "deleted": true, "external_id": "e" }),
        &[],
    );
    assert_tolerant::<TotalCount>(&json!({ "object": "total_count", "total_count": 3 }), &[]);
    assert_tolerant::<DisableMfaResponse>(&json!({ "user_id": "u" }), &[]);
    assert_tolerant::<VerifyPasswordResponse>(&verified, &[]);
    assert_tolerant::<VerifyTotpResponse>(&json!({ "verified": true, "code_type": "totp" }), &[]);

    let empty: Page<OAuthAccessToken> = serde_json::from_str(r#"{"data":null}"#).unwrap();
    assert_eq!((empty.data.len(), empty.total_count), (0, None));
    for wrong in ["{}", r#"{"errors":[]}"#, "null", "3", r#"{"data":{}}"#] {
        serde_json::from_str::<Page<OAuthAccessToken>>(wrong).unwrap_err();
    }
}

/// Asserts that `full` round-trips, and that unknown fields are ignored. Also asserts that a value
/// without a `required` field is an error, and that any other field may be null or missing.
fn assert_tolerant<T: DeserializeOwned + Serialize + PartialEq + Debug>(
    full: &Value,
    required: &[&str],
) {
    let decode = |value: &Value| serde_json::from_str::<T>(&value.to_string());
    let whole = decode(full).unwrap();
    assert_eq!(serde_json::to_value(&whole).unwrap(), *full);
    let mut more = full.clone();
    more["a_field_of_tomorrow"] = json!([{ "deep": null }]);
    assert_eq!(decode(&more).unwrap(), whole);
    let mut found = Vec::new();
    paths(full, &Vec::new(), &mut found);
    for path in found {
        let at = pointer(&path);
        let mut null = full.clone();
        *null.pointer_mut(&at).unwrap() = Value::Null;
        // Array elements are not fields.
        if path.last().unwrap().parse::<usize>().is_ok() {
            continue;
        }
        let decoded = decode(&null);
        assert_eq!(
            decoded.is_err(),
            required.contains(&at.as_str()),
            "{at}: {decoded:?}"
        );
        let (parent, key) = at.rsplit_once('/').unwrap();
        let mut missing = full.clone();
        missing
            .pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(key);
        // `data` distinguishes a page from other objects, so it may be null but not missing.
        if at != "/data" || !full["data"].is_array() {
            assert_eq!(decode(&missing).ok(), decoded.ok(), "{at}");
        }
    }
}

/// Returns a subscription with one item that has all fields.
fn subscription(money: &Value) -> Value {
    let tier = json!({ "quantity": 1, "fee_per_block": money, "total": money });
    let seats = json!([{ "name": "seats", "block_size": 1, "tiers": [tier] }]);
    let totals = json!({
        "subtotal": money, "base_fee": money, "tax_total": money, "grand_total": money,
        "per_unit_totals": seats,
        "credits": {
            "proration": { "amount": money, "cycle_days_remaining": 1, "cycle_days_total": 2, "cycle_remaining_percent": 0.5 },
            "payer": { "remaining_balance": money, "applied_amount": money },
            "total": money,
        },
        "discounts": {
            "proration": { "amount": money, "cycle_days_passed": 1, "cycle_days_total": 2, "cycle_passed_percent": 0.5 },
            "total": money,
        },
    });
    let item = json!({
        "object": "commerce_subscription_item", "id": "i", "instance_id": "ins", "status": "active",
        "credit": { "amount": money, "cycle_remaining_percent": 0.25 }, "credits": null,
        "plan_id": "p", "price_id": "pr", "plan": null, "plan_period": "annual",
        "lifetime_paid": money, "next_payment": { "amount": money, "date": 1, "per_unit_totals": seats, "totals": totals },
        "payer_id": "p", "is_free_trial": true, "period_start": 1, "period_end": 2,
        "proration_date": "2026-01-31", "canceled_at": 3, "past_due_at": 4, "ended_at": 5,
        "created_at": 6, "updated_at": 7, "seats": { "quantity": 2, "tiers": [tier] }, "totals": totals,
    });
    json!({
        "object": "commerce_subscription", "id": "s", "instance_id": "ins", "status": "past_due",
        "payer_id": "p", "created_at": 1, "updated_at": 2, "active_at": 3, "past_due_at": 4,
        "subscription_items": [item],
        "next_payment": { "date": 5, "amount": money, "per_unit_totals": seats, "totals": totals },
        "eligible_for_free_trial": true,
    })
}

//! Rejected request bodies.

use serde_json::json;

use super::{assert_first_error, request, seeded_fake};

#[test]
fn invalid_bodies_are_rejected_and_change_nothing() {
    let create = "/v1/users";
    let ada = "/v1/users/user_ada";
    for (method, path, body, status, code, param) in [
        (
            "POST",
            create,
            json!({ "email_address": ["ADA@example.com"] }),
            422,
            "form_identifier_exists",
            "email_address",
        ),
        (
            "POST",
            create,
            json!({ "username": "ADA_L" }),
            422,
            "form_identifier_exists",
            "username",
        ),
        (
            "POST",
            create,
            json!({ "external_id": "1815" }),
            422,
            "form_identifier_exists",
            "external_id",
        ),
        (
            "POST",
            create,
            json!({ "phone_number": ["+15555550100"] }),
            422,
            "form_identifier_exists",
            "phone_number",
        ),
        (
            "POST",
            create,
            json!({ "phone_number": ["15555550100"] }),
            422,
            "form_param_format_invalid",
            "phone_number",
        ),
        (
            "POST",
            create,
            json!({ "email_address": ["ada"] }),
            422,
            "form_param_format_invalid",
            "email_address",
        ),
        (
            "POST",
            create,
            json!({ "email_address": "a@b.c" }),
            422,
            "form_param_type_invalid",
            "email_address",
        ),
        (
            "POST",
            create,
            json!({ "first_name": 7 }),
            422,
            "form_param_type_invalid",
            "first_name",
        ),
        (
            "POST",
            create,
            json!({ "age": 7 }),
            422,
            "form_param_unknown",
            "age",
        ),
        (
            "POST",
            create,
            json!({ "password": "short" }),
            422,
            "form_password_length_too_short",
            "password",
        ),
        (
            "POST",
            create,
            json!({ "password_digest": "x" }),
            422,
            "form_conditional_param_missing",
            "password_hasher",
        ),
        (
            "POST",
            create,
            json!({ "created_at": "yesterday" }),
            422,
            "form_param_invalid_time",
            "created_at",
        ),
        (
            "POST",
            create,
            json!({ "public_metadata": [] }),
            422,
            "form_param_value_invalid",
            "public_metadata",
        ),
        (
            "PATCH",
            ada,
            json!({ "primary_email_address_id": "idn_nobody" }),
            422,
            "form_param_value_invalid",
            "primary_email_address_id",
        ),
        (
            "POST",
            "/v1/users/ban",
            json!({ "user_ids": [] }),
            422,
            "form_param_value_invalid",
            "user_ids",
        ),
        (
            "POST",
            "/v1/users/ban",
            json!({ "user_ids": ["user_ada", "user_nobody"] }),
            404,
            "resource_not_found",
            "",
        ),
        (
            "POST",
            "/v1/users/user_ada/verify_password",
            json!({}),
            422,
            "form_param_missing",
            "password",
        ),
        (
            "POST",
            "/v1/users/user_ada/verify_password",
            json!({ "password": "x" }),
            400,
            "no_password_set",
            "",
        ),
        (
            "POST",
            "/v1/users/user_ada/verify_totp",
            json!({ "code": "123456" }),
            400,
            "totp_disabled",
            "",
        ),
        (
            "POST",
            "/v1/users/user_ada/billing/credits",
            json!({ "amount": 0, "action": "increase", "idempotency_key": "k" }),
            422,
            "invalid_credit_amount",
            "",
        ),
        (
            "POST",
            "/v1/users/user_ada/billing/credits",
            json!({ "amount": -5, "action": "increase", "idempotency_key": "k" }),
            422,
            "invalid_credit_amount",
            "",
        ),
        (
            "POST",
            "/v1/users/user_ada/billing/credits",
            json!({ "amount": null, "action": "increase", "idempotency_key": "k" }),
            422,
            "form_param_missing",
            "amount",
        ),
        (
            "POST",
            "/v1/users/user_ada/profile_image",
            json!({}),
            400,
            "form_param_missing",
            "",
        ),
        (
            "PUT",
            "/v1/users/user_ada/email_address",
            json!({}),
            422,
            "form_param_missing",
            "email_address",
        ),
    ] {
        let fake = seeded_fake();
        let before = fake.to_json()["users"].take();
        let text = body.to_string();
        let (got, response, _) = request(method, path).body(&text).send(&fake);
        let what = format!("{method} {path} {text}: {response}");
        assert_first_error(&response, got, (status, code, param), &what);
        assert_eq!(fake.to_json()["users"], before, "{what}: the state changed");
    }
}

#[test]
fn all_invalid_parameters_are_reported() {
    let body =
        json!({ "first_name": 7, "email_address": ["ada@example.com"], "age": 1 }).to_string();
    let (status, response, _) = request("POST", "/v1/users")
        .body(&body)
        .send(&seeded_fake());
    let errors = response["errors"].as_array().unwrap();
    let params: Vec<_> = errors
        .iter()
        .map(|error| error["meta"]["param_name"].as_str().unwrap())
        .collect();
    assert_eq!(
        (status, params),
        (422, vec!["first_name", "email_address", "age"])
    );
}

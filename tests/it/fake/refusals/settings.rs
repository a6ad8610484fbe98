//! Requests that the settings of an instance refuse or allow.

use clerk_client::mock::{FakeClerk, FakeUser, InstanceSettings};
use clerk_client::operations;
use serde_json::{Value, json};

use super::{assert_first_error, request, seeded_fake};

#[test]
fn settings_change_what_is_refused() {
    /// A change of the settings, a request, and the status, code and parameter of its refusal.
    type Row<'a> = (
        fn(&mut InstanceSettings),
        &'a str,
        &'a str,
        &'a Value,
        (u16, &'a str, &'a str),
    );
    let create = json!({ "email_address": ["new@example.com"], "password": "long enough" });
    let banned = json!({ "banned": true });
    let organizations = "/v1/organizations";
    let engines = json!({ "name": "Engines", "slug": "engines" });
    let cases: Vec<Row<'_>> = vec![
        (
            |of| of.phone_number_required = true,
            "POST",
            "/v1/users",
            &create,
            (422, "form_data_missing", "phone_number"),
        ),
        (
            |of| of.email_address_required = true,
            "DELETE",
            "/v1/email_addresses/idn_email_ada_1",
            &Value::Null,
            (400, "last_required_identification_deletion_failed", ""),
        ),
        (
            |of| of.phone_number_required = true,
            "DELETE",
            "/v1/phone_numbers/idn_phone_ada_1",
            &Value::Null,
            (400, "last_required_identification_deletion_failed", ""),
        ),
        (
            |of| of.username_required = true,
            "POST",
            "/v1/users",
            &create,
            (422, "form_data_missing", "username"),
        ),
        (
            |of| of.password_min_length = 20,
            "POST",
            "/v1/users",
            &create,
            (422, "form_password_length_too_short", "password"),
        ),
        (
            |of| of.password_needs_number = true,
            "POST",
            "/v1/users",
            &create,
            (422, "form_password_no_number", "password"),
        ),
        (
            |of| of.password_needs_uppercase = true,
            "POST",
            "/v1/users",
            &create,
            (422, "form_password_no_uppercase", "password"),
        ),
        (
            |of| of.max_users = Some(2),
            "POST",
            "/v1/users",
            &create,
            (403, "user_quota_exceeded", ""),
        ),
        (
            |of| of.organizations_enabled = false,
            "GET",
            organizations,
            &Value::Null,
            (403, "organization_not_enabled_in_instance", ""),
        ),
        (
            |of| of.organizations_enabled = false,
            "GET",
            "/v1/users/user_ada/organization_memberships",
            &Value::Null,
            (403, "organization_not_enabled_in_instance", ""),
        ),
        (
            |of| of.organizations_enabled = false,
            "GET",
            "/v1/users/user_ada/organization_invitations",
            &Value::Null,
            (403, "organization_not_enabled_in_instance", ""),
        ),
        (
            |of| of.organizations_enabled = false,
            "GET",
            "/v1/role_sets",
            &Value::Null,
            (403, "organization_not_enabled_in_instance", ""),
        ),
        (
            |of| of.organization_slugs_enabled = false,
            "POST",
            organizations,
            &engines,
            (403, "organization_slugs_disabled", ""),
        ),
        (
            |of| of.organization_domains_enabled = false,
            "GET",
            "/v1/organization_domains",
            &Value::Null,
            (403, "organization_domains_not_enabled", ""),
        ),
        (
            |of| of.oauth_providers = Some(vec!["google".into()]),
            "GET",
            "/v1/users/user_ada/oauth_access_tokens/oauth_github",
            &Value::Null,
            (404, "oauth_token_provider_not_enabled", ""),
        ),
        (
            |of| of.operations_outside_plan.push(operations::BanUser),
            "POST",
            "/v1/users/user_ada/ban",
            &Value::Null,
            (402, "unsupported_subscription_plan_features", ""),
        ),
        (
            |of| of.operations_outside_plan.push(operations::BanUser),
            "POST",
            "/v1/users",
            &banned,
            (402, "unsupported_subscription_plan_features", ""),
        ),
    ];
    for (change, method, path, body, expected) in cases {
        let fake = seeded_fake();
        let text = body.to_string();
        let send = |fake: &FakeClerk| request(method, path).body(&text).send(fake);
        let (status, response, _) = send(&fake.clone());
        assert_eq!(status, 200, "by default: {method} {path}: {response}");
        let mut settings = fake.settings();
        change(&mut settings);
        fake.set_settings(settings.clone());
        // The settings are part of snapshots and of the state as JSON.
        let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
        for fake in [&fake, &fake.clone(), &again] {
            assert_eq!(fake.settings(), settings);
            let (status, response, _) = send(fake);
            let what = format!("{method} {path}: {response}");
            assert_first_error(&response, status, expected, &what);
        }
    }
}

#[test]
fn settings_relax_rules_and_requests_skip_requirements() {
    let fake = FakeClerk::new();
    let mut settings = fake.settings();
    settings.username_min_length = 1;
    settings.username_special_characters = true;
    settings.leaked_passwords_refused = false;
    settings.email_address_required = true;
    settings.password_required = true;
    fake.set_settings(settings);
    for (body, expected) in [
        (
            json!({ "skip_user_requirement": true }),
            (422, "form_data_missing", "password"),
        ),
        (
            json!({ "skip_password_requirement": true }),
            (422, "form_data_missing", "email_address"),
        ),
    ] {
        let create = request("POST", "/v1/users");
        let (status, response, _) = create.body(&body.to_string()).send(&fake);
        assert_first_error(&response, status, expected, &body.to_string());
    }
    for body in [
        json!({ "skip_user_requirement": true, "skip_password_requirement": true }),
        json!({ "username": "ü.", "email_address": ["a@example.com"], "password": "password" }),
    ] {
        let create = request("POST", "/v1/users");
        let (status, response, _) = create.body(&body.to_string()).send(&fake);
        assert_eq!(status, 200, "{response}");
    }
}

#[test]
fn all_required_identifiers_of_a_user_except_the_last_can_be_deleted() {
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada").email_address("ada@example.com");
    fake.add(ada.email_address("countess@example.com"));
    let mut settings = fake.settings();
    settings.email_address_required = true;
    settings.phone_number_required = true;
    fake.set_settings(settings);
    for (number, expected) in [(1, 200), (2, 400)] {
        let path = format!("/v1/email_addresses/idn_email_ada_{number}");
        let (status, response, _) = request("DELETE", &path).send(&fake);
        assert_eq!(status, expected, "{response}");
    }
    assert_eq!(fake.user("user_ada").unwrap().email_addresses.len(), 1);
}

#[test]
fn a_seed_with_invalid_settings_names_the_setting() {
    for (settings, message) in [
        (
            json!({ "password_length": 8 }),
            "password_length is not a valid parameter",
        ),
        (
            json!({ "max_users": -1 }),
            "max_users must be an integer of at least 0",
        ),
        (json!({ "operations_outside_plan": ["BanUsr"] }), "BanUsr"),
    ] {
        let seed = json!({ "instance_settings": settings }).to_string();
        let error = FakeClerk::from_json(&seed).unwrap_err().to_string();
        assert!(error.contains("instance_settings"), "{error}");
        assert!(error.contains(message), "{error}");
    }
}

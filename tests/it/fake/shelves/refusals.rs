//! Requests that the fake refuses.

use clerk_client::mock::FakeClerk;
use serde_json::json;

use super::super::refusals::{assert_first_error, request};

/// Requests that are refused. Each row has the method, the path and the body of a request, and the
/// status, the code and the parameter of the error.
#[rustfmt::skip]
const REFUSALS: &[(&str, &str, &str, u16, &str, &str)] = &[
    ("POST", "redirect_urls", "{}", 422, "form_param_missing", "url"),
    ("POST", "redirect_urls", r#"{"url":"nowhere"}"#, 422, "form_param_format_invalid", "url"),
    ("POST", "redirect_urls", r#"{"url":"://a.example"}"#, 422, "form_param_format_invalid", "url"),
    ("POST", "redirect_urls", r#"{"url":"https://"}"#, 422, "form_param_format_invalid", "url"),
    ("POST", "redirect_urls", r#"{"url":"https://a.example/b c"}"#, 422, "form_param_format_invalid", "url"),
    ("POST", "redirect_urls", r#"{"url":7}"#, 422, "form_param_type_invalid", "url"),
    ("POST", "redirect_urls", r#"{"url":"https://a.example"}"#, 400, "duplicate_record", "url"),
    ("POST", "redirect_urls", r#"{"url":"https://b.example","x":1}"#, 422, "form_param_unknown", "x"),
    ("GET", "redirect_urls/ru_2", "", 404, "resource_not_found", ""),
    ("GET", "redirect_urls?limit=0", "", 422, "form_param_value_invalid", "limit"),
    ("POST", "jwt_templates", r#"{"name":"a"}"#, 422, "form_param_missing", "claims"),
    ("POST", "jwt_templates", r#"{"name":"a","claims":{"sub":"x"}}"#, 400, "jwt_template_reserved_claim", "claims"),
    ("POST", "jwt_templates", r#"{"name":"a","claims":{},"custom_signing_key":true}"#, 422, "form_conditional_param_missing", "signing_algorithm"),
    ("POST", "jwt_templates", r#"{"name":"a","claims":{},"lifetime":29}"#, 422, "form_param_value_invalid", "lifetime"),
    ("POST", "jwt_templates", r#"{"name":"a","claims":{},"lifetime":315360001}"#, 422, "form_param_value_invalid", "lifetime"),
    ("POST", "jwt_templates", r#"{"name":"a","claims":{},"allowed_clock_skew":301}"#, 422, "form_param_value_invalid", "allowed_clock_skew"),
    ("PATCH", "jwt_templates/jtmp_1", r#"{"name":"a"}"#, 422, "form_param_missing", "claims"),
    ("PATCH", "jwt_templates/jtmp_1", r#"{"claims":{}}"#, 422, "form_param_missing", "name"),
    ("PATCH", "jwt_templates/jtmp_1", r#"{"name":"a","claims":{},"lifetime":0}"#, 422, "form_param_value_invalid", "lifetime"),
    ("POST", "domains", r#"{"name":"a.example","is_satellite":false}"#, 422, "form_param_value_invalid", "is_satellite"),
    ("POST", "domains", r#"{"name":"https://a.example","is_satellite":true}"#, 422, "form_param_format_invalid", "name"),
    ("POST", "domains", r#"{"name":"a.example/b","is_satellite":true}"#, 422, "form_param_format_invalid", "name"),
    ("POST", "domains", r#"{"name":"a b.example","is_satellite":true}"#, 422, "form_param_format_invalid", "name"),
    ("PATCH", "domains/dmn_fake", r#"{"name":"https://a.example"}"#, 422, "form_param_format_invalid", "name"),
    ("PATCH", "domains/dmn_2", "{}", 404, "resource_not_found", ""),
    ("POST", "allowlist_identifiers", r#"{"notify":true}"#, 422, "form_param_missing", "identifier"),
    ("POST", "invitations", r#"{"email_address":"ada@example.com"}"#, 422, "form_identifier_exists", "email_address"),
    ("POST", "invitations", r#"{"email_address":"ada"}"#, 422, "form_param_format_invalid", "email_address"),
    ("POST", "invitations", r#"{"email_address":"b@example.com","expires_in_days":366}"#, 422, "form_param_value_invalid", "expires_in_days"),
    ("POST", "invitations", r#"{"email_address":"b@example.com","template_slug":"other"}"#, 422, "form_param_value_invalid", "template_slug"),
    ("POST", "invitations", r#"{"email_address":"b@example.com","public_metadata":"a"}"#, 422, "form_param_value_invalid", "public_metadata"),
    ("POST", "invitations/bulk", "[]", 422, "form_param_value_invalid", ""),
    ("POST", "invitations/bulk", "{}", 400, "request_body_invalid", ""),
    ("GET", "invitations?status=gone", "", 422, "form_param_value_invalid", "status"),
    ("GET", "waitlist_entries?status=expired", "", 422, "form_param_value_invalid", "status"),
    ("GET", "invitations?order_by=name", "", 422, "form_param_value_invalid", "order_by"),
    ("POST", "waitlist_entries/bulk", r#"[{"email_address":"a@b.c"},{"email_address":"A@b.c"}]"#, 422, "form_param_duplicate", "email_address"),
    ("POST", "waitlist_entries/wle_2/reject", "", 404, "resource_not_found", ""),
    ("POST", "waitlist_entries/wle_1/invite", "", 409, "waitlist_entry_locked", ""),
    ("POST", "waitlist_entries/wle_1/reject", "", 409, "waitlist_entry_locked", ""),
    ("DELETE", "waitlist_entries/wle_1", "", 409, "waitlist_entry_locked", ""),
    ("POST", "oauth_applications", r#"{"name":"a","redirect_uris":["b"]}"#, 422, "form_param_format_invalid", "redirect_uris"),
    ("POST", "oauth_applications", r#"{"name":"a","redirect_uris":["https://b.example","http://"]}"#, 422, "form_param_format_invalid", "redirect_uris"),
    ("PATCH", "oauth_applications/oa_1", r#"{"name":""}"#, 422, "form_param_missing", "name"),
    ("PATCH", "oauth_applications/oa_2", r#"{"consent_screen_enabled":false}"#, 422, "oauth_application_consent_screen_cannot_be_disabled", ""),
    ("PUT", "oauth_applications/oa_1/logo", "", 400, "form_param_missing", ""),
    ("POST", "machines", r#"{"name":"a","scoped_machines":["mch_2"]}"#, 422, "form_resource_not_found", "scoped_machines"),
    ("POST", "machines", r#"{"name":"a","default_token_ttl":0}"#, 422, "form_param_value_invalid", "default_token_ttl"),
    ("PATCH", "machines/mch_1", r#"{"default_token_ttl":0}"#, 422, "form_param_value_invalid", "default_token_ttl"),
    ("PATCH", "machines/mch_1", r#"{"default_token_ttl":315360001}"#, 422, "form_param_value_invalid", "default_token_ttl"),
    ("POST", "machines/mch_2/secret_key/rotate", r#"{"previous_token_ttl":0}"#, 404, "resource_not_found", ""),
    ("POST", "machines/mch_1/secret_key/rotate", r#"{"previous_token_ttl":28801}"#, 422, "form_param_value_invalid", "previous_token_ttl"),
    ("POST", "machines/mch_1/secret_key/rotate", r#"{"previous_token_ttl":null}"#, 422, "form_param_missing", "previous_token_ttl"),
    ("POST", "sign_in_tokens", r#"{"user_id":"user_2"}"#, 404, "resource_not_found", ""),
    ("POST", "sign_in_tokens", r#"{"user_id":"user_ada","expires_in_seconds":0}"#, 422, "form_param_value_invalid", "expires_in_seconds"),
    ("POST", "sign_in_tokens", r#"{"user_id":"user_ada","org_id":"org_1"}"#, 403, "not_a_member_in_organization", ""),
    ("POST", "actor_tokens", r#"{"user_id":"user_2","actor":{"sub":"a"}}"#, 422, "form_resource_not_found", "user_id"),
    ("POST", "actor_tokens", r#"{"user_id":"user_ada","actor":{}}"#, 422, "form_param_missing", "actor.sub"),
    ("POST", "agents/tasks", r#"{"on_behalf_of":{"user_id":"user_ada"},"permissions":"*","agent_name":"a","task_description":"b","redirect_url":"https://"}"#, 422, "form_param_format_invalid", "redirect_url"),
    ("POST", "agents/tasks/agt_2/revoke", "", 404, "agent_task_not_found", ""),
    ("POST", "saml_connections", r#"{"name":"a","provider":"saml_okta"}"#, 422, "form_param_missing", "domains"),
    ("POST", "enterprise_connections", r#"{"name":"a","provider":"saml_okta","domains":[]}"#, 422, "form_param_missing", "domains"),
    ("POST", "enterprise_connections", r#"{"name":"a","provider":"saml_okta","domains":["b.c","localhost"]}"#, 422, "form_param_format_invalid", "domains"),
    ("PATCH", "saml_connections/samlc_1", r#"{"login_hint":{"mode":"username"}}"#, 422, "form_param_value_invalid", "login_hint"),
    ("PATCH", "saml_connections/samlc_1", r#"{"login_hint":{}}"#, 422, "form_param_value_invalid", "login_hint"),
    ("PATCH", "enterprise_connections/ec_1", r#"{"saml":{"login_hint":{"mode":"username"}}}"#, 422, "form_param_value_invalid", "login_hint"),
    ("PATCH", "enterprise_connections/ec_1", r#"{"custom_attributes":[{"name":"","key":"a"}]}"#, 422, "form_param_missing", "custom_attributes"),
    ("PATCH", "enterprise_connections/ec_1", r#"{"custom_attributes":[{"name":"A","key":"a","sso_path":7}]}"#, 400, "request_body_invalid", ""),
    ("PATCH", "enterprise_connections/ec_1", r#"{"saml":{"force_authn":"yes"}}"#, 400, "request_body_invalid", ""),
    ("POST", "enterprise_connections", r#"{"name":"a","provider":"oidc_custom","domains":["b.c"],"oidc":{"client_id":7}}"#, 400, "request_body_invalid", ""),
    ("PATCH", "saml_connections/samlc_1", r#"{"attribute_mapping":{"user_id":7}}"#, 400, "request_body_invalid", ""),
    ("PATCH", "directories/dir_1", r#"{"attribute_mapping":{"first_name":7}}"#, 400, "request_body_invalid", ""),
    ("PATCH", "enterprise_connections/ec_1", r#"{"custom_attributes":[{"name":"A"}]}"#, 422, "form_param_missing", "custom_attributes"),
    ("PATCH", "enterprise_connections/ec_1", r#"{"custom_attributes":[{"name":"A","key":"_a"}]}"#, 422, "form_param_format_invalid", "custom_attributes"),
    ("PATCH", "enterprise_connections/ec_1", r#"{"custom_attributes":[{"name":"A","key":"a b"}]}"#, 422, "form_param_format_invalid", "custom_attributes"),
    ("PATCH", "enterprise_connections/ec_1", r#"{"custom_attributes":[{"name":"A","key":"a","scim_path":"b","directory_path":"c"}]}"#, 422, "form_param_value_invalid", "custom_attributes"),
    ("POST", "enterprise_connections", r#"{"name":"a","provider":"ldap","domains":["b.c"]}"#, 422, "form_param_value_invalid", "provider"),
    ("POST", "saml_connections", r#"{"name":"a","provider":"saml_okta","domains":["b.c"],"organization_id":"org_2"}"#, 404, "resource_not_found", ""),
    ("PATCH", "saml_connections/samlc_1", r#"{"organization_id":"org_2"}"#, 404, "resource_not_found", ""),
    ("POST", "enterprise_connections", r#"{"name":"a","provider":"saml_okta","domains":["b.c"],"organization_id":"org_2"}"#, 404, "resource_not_found", ""),
    ("POST", "enterprise_connections", r#"{"name":"a","provider":"saml_okta","domains":["b.c"],"active":true}"#, 422, "saml_connection_cant_be_activated", ""),
    ("POST", "enterprise_connections", r#"{"name":"a","provider":"saml_okta","domains":["b.c"],"active":true,"saml":{"idp_metadata":null,"force_authn":true}}"#, 422, "saml_connection_cant_be_activated", ""),
    ("PATCH", "enterprise_connections/ec_1", r#"{"organization_id":"org_2"}"#, 404, "resource_not_found", ""),
    ("POST", "directories", r#"{"enterprise_connection_id":"ec_2","provider":"okta"}"#, 422, "form_resource_not_found", "enterprise_connection_id"),
    ("POST", "role_sets", r#"{"name":"a","roles":["org:a"],"default_role_key":"org:b","creator_role_key":"org:a"}"#, 422, "form_param_value_invalid", "default_role_key"),
    ("POST", "role_sets/rset_fake/roles", r#"{"role_keys":[]}"#, 422, "form_param_value_invalid", "role_keys"),
    ("POST", "role_sets/rset_fake/roles", r#"{"role_keys":["org:admin","org:admin","org:admin","org:admin","org:admin","org:admin","org:admin","org:admin","org:admin","org:admin","org:admin"]}"#, 422, "form_param_value_invalid", "role_keys"),
    ("PATCH", "role_sets/rset_fake", r#"{"type":"custom"}"#, 422, "form_param_value_invalid", "type"),
    ("PATCH", "instance", r#"{"support_email":"nobody"}"#, 422, "form_param_format_invalid", "support_email"),
    ("PATCH", "instance/organization_settings", r#"{"domains_enrollment_modes":["enterprise_sso"]}"#, 422, "form_param_value_invalid", "domains_enrollment_modes"),
    ("PATCH", "instance/communication", r#"{"blocked_country_codes":["DE","fr"]}"#, 422, "form_param_format_invalid", "blocked_country_codes"),
    ("PATCH", "instance/communication", r#"{"blocked_country_codes":["DE","DE"]}"#, 422, "form_param_duplicate", "blocked_country_codes"),
    ("PATCH", "beta_features/instance_settings", r#"{"from_email_address":"no.reply"}"#, 422, "form_param_format_invalid", "from_email_address"),
    ("PATCH", "instance/restrictions", r#"{"waitlist":true}"#, 422, "form_param_unknown", "waitlist"),
];

#[test]
fn requests_about_objects_are_refused_as_clerk_does() {
    let seed = json!({
        "users": [{ "id": "user_ada", "email_address": ["ada@example.com"] }],
        "objects": {
            "redirect_urls": [{ "id": "ru_1", "url": "https://a.example" }],
            "jwt_templates": [{ "id": "jtmp_1", "name": "db", "claims": {} }],
            "oauth_applications": [
                { "id": "oa_1", "name": "CLI" },
                { "id": "oa_2", "name": "MCP", "dynamically_registered": true },
            ],
            "machines": [{ "id": "mch_1", "name": "worker" }],
            "saml_connections": [
                { "id": "samlc_1", "name": "Okta", "provider": "saml_okta", "domains": ["a.example"] },
            ],
            "enterprise_connections": [
                { "id": "ec_1", "name": "Okta", "provider": "saml_okta", "domains": ["a.example"] },
            ],
            "directories": [{ "id": "dir_1", "provider": "okta" }],
            "waitlist_entries": [
                { "id": "wle_1", "email_address": "bob@example.com", "is_locked": true },
            ],
        },
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let before = fake.to_json();
    for (method, path, body, status, code, param) in REFUSALS {
        let (got, answer, _) = request(method, &format!("/v1/{path}"))
            .body(body)
            .send(&fake);
        assert_first_error(
            &answer,
            got,
            (*status, code, param),
            &format!("{method} {path} {body}"),
        );
    }
    let mut after = fake.to_json();
    let kinds = after["objects"].as_object_mut().unwrap();
    kinds.retain(|kind, objects| before["objects"].get(kind).is_some() || *objects != json!([]));
    assert_eq!(after["objects"], before["objects"]);
    assert_eq!(after["settings"], before["settings"]);
}

#[test]
fn a_jwt_template_has_the_shortest_and_the_longest_lifetime() {
    let fake = FakeClerk::new();
    for (lifetime, skew) in [(30_i64, 0_i64), (315_360_000, 300)] {
        let body = json!({
            "name": lifetime.to_string(),
            "claims": {},
            "lifetime": lifetime,
            "allowed_clock_skew": skew,
        });
        let create = request("POST", "/v1/jwt_templates");
        let (status, template, _) = create.body(&body.to_string()).send(&fake);
        assert_eq!(status, 200, "{template}");
        assert_eq!(template["lifetime"], lifetime);
        assert_eq!(template["allowed_clock_skew"], skew);
    }
}

#[test]
fn a_name_of_a_machine_has_up_to_255_characters() {
    let fake = FakeClerk::new();
    let send = |method: &str, path: &str, length: usize| {
        let body = json!({ "name": "é".repeat(length) }).to_string();
        let (status, answer, _) = request(method, path).body(&body).send(&fake);
        (status, answer)
    };
    let (status, machine) = send("POST", "/v1/machines", 255);
    assert_eq!(status, 200);
    let path = format!("/v1/machines/{}", machine["id"].as_str().unwrap());
    for (method, path) in [("POST", "/v1/machines"), ("PATCH", path.as_str())] {
        let (status, answer) = send(method, path, 256);
        let expected = (422, "form_param_max_length_exceeded", "name");
        assert_first_error(&answer, status, expected, method);
    }
}

#[test]
fn texts_of_an_application_and_the_blocked_countries_have_a_maximum_length() {
    let seed = json!({ "objects": { "oauth_applications": [{ "id": "oa_1", "name": "CLI" }] } });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let text = |start: &str, length: usize| json!(format!("{start}{}", "é".repeat(length)));
    let codes = |count: usize| {
        let letters = || ('A'..='Z').map(String::from);
        let all = letters().flat_map(|one| letters().map(move |other| one.clone() + &other));
        json!(all.take(count).collect::<Vec<_>>())
    };
    let application = "oauth_applications/oa_1";
    let countries = "instance/communication";
    let (long, many) = (
        "form_param_max_length_exceeded",
        "form_param_array_size_exceeded",
    );
    for (path, name, longest, longer, code) in [
        (application, "name", text("", 256), text("", 257), long),
        (
            application,
            "scopes",
            text("", 1_024),
            text("", 1_025),
            long,
        ),
        (
            application,
            "callback_url",
            text("a://", 1_020),
            text("a://", 1_021),
            long,
        ),
        (
            countries,
            "blocked_country_codes",
            codes(250),
            codes(251),
            many,
        ),
    ] {
        let path = format!("/v1/{path}");
        let send = |value: serde_json::Value| {
            let body = json!({ name: value }).to_string();
            let (status, answer, _) = request("PATCH", &path).body(&body).send(&fake);
            (status, answer)
        };
        assert_eq!(send(longest).0, 200, "{name}");
        let (status, answer) = send(longer);
        assert_first_error(&answer, status, (422, code, name), name);
    }
}

#[test]
fn redirect_urls_are_the_same_only_if_their_paths_have_the_same_case() {
    let fake = FakeClerk::new();
    let create = |url: &str| {
        let body = json!({ "url": url }).to_string();
        request("POST", "/v1/redirect_urls")
            .body(&body)
            .send(&fake)
            .0
    };
    for (url, expected) in [
        ("https://a.example/Callback?To=B", 200),
        ("HTTPS://A.example/Callback?To=B", 400),
        ("https://a.example/callback?To=B", 200),
        ("https://a.example/Callback?to=b", 200),
        ("https://a.example", 200),
        ("https://A.example", 400),
        ("myapp://callback/A", 200),
        ("MyApp://callback/A", 400),
        ("myapp://callback/a", 200),
    ] {
        assert_eq!(create(url), expected, "{url}");
    }
}

//! Enterprise connections and SAML connections.

use clerk_client::mock::FakeClerk;
use serde_json::{Value, json};

use super::super::refusals::request;

/// Sends a request that must succeed, and returns the response.
fn send(fake: &FakeClerk, method: &str, path: &str, body: &Value) -> Value {
    let body = body.to_string();
    let (status, response, _) = request(method, path).body(&body).send(fake);
    assert!(status < 300, "{method} {path} {body}: {response}");
    response
}

/// Creates an object, and returns its path.
fn created(fake: &FakeClerk, path: &str, body: &Value) -> String {
    let object = send(fake, "POST", path, body);
    format!("{path}/{}", object["id"].as_str().unwrap())
}

#[test]
fn null_in_an_update_keeps_what_a_connection_must_have() {
    let fake = FakeClerk::new();
    fake.add_organization(clerk_client::models::Organization::new("org_1"));
    let body = json!({
        "name": "Okta",
        "provider": "saml_okta",
        "domains": ["example.com"],
        "organization_id": "org_1",
    });
    for (kind, names) in [
        ("enterprise_connections", &["organization_id", "saml"][..]),
        ("saml_connections", &["allow_subdomains"]),
    ] {
        let path = created(&fake, &format!("/v1/{kind}"), &body);
        let active = json!({ "active": true, "disable_additional_identifications": true });
        let before = send(&fake, "PATCH", &path, &active);
        let shared = [
            "name",
            "domains",
            "active",
            "disable_additional_identifications",
        ];
        for name in shared.iter().chain(names) {
            let after = send(&fake, "PATCH", &path, &json!({ *name: null }));
            assert_eq!(after, before, "{kind} {name}");
        }
    }
}

#[test]
fn an_update_keeps_the_settings_of_the_provider_that_it_does_not_have() {
    let fake = FakeClerk::new();
    let path = "/v1/enterprise_connections";
    for (provider, name, shown, [kept, changed]) in [
        (
            "saml_okta",
            "saml",
            "saml_connection",
            ["idp_entity_id", "idp_sso_url"],
        ),
        (
            "oidc_custom",
            "oidc",
            "oauth_config",
            ["client_id", "auth_url"],
        ),
    ] {
        let url = "https://idp.example";
        let body = json!({
            "name": provider,
            "provider": provider,
            "domains": ["example.com"],
            name: { kept: "looms", changed: url },
        });
        let path = created(&fake, path, &body);
        let changes = json!({ name: { changed: "https://login.example" } });
        let after = send(&fake, "PATCH", &path, &changes);
        assert_eq!(after[shown][kept], "looms");
        assert_eq!(after[shown][changed], "https://login.example");
        let after = send(&fake, "PATCH", &path, &json!({ name: { changed: null } }));
        assert_eq!(after[shown][kept], "looms");
        assert_eq!(after[shown][changed], Value::Null);
    }
}

#[test]
fn domains_of_an_enterprise_connection_are_in_lower_case() {
    let fake = FakeClerk::new();
    let body = json!({ "name": "Okta", "provider": "saml_okta", "domains": ["Example.COM"] });
    let path = created(&fake, "/v1/enterprise_connections", &body);
    let domains = |body: Value| send(&fake, "PATCH", &path, &body)["domains"].clone();
    assert_eq!(domains(json!({})), json!(["example.com"]));
    let changes = json!({ "domains": ["a.example", "B.example"] });
    assert_eq!(domains(changes), json!(["a.example", "b.example"]));
    // An empty array changes nothing.
    assert_eq!(
        domains(json!({ "domains": [] })),
        json!(["a.example", "b.example"])
    );
}

#[test]
fn an_active_enterprise_connection_is_created_with_metadata_of_its_provider() {
    let fake = FakeClerk::new();
    for (provider, settings) in [
        (
            "saml_okta",
            json!({ "idp_metadata_url": "https://idp.example" }),
        ),
        ("oidc_custom", Value::Null),
    ] {
        let body = json!({
            "name": provider,
            "provider": provider,
            "domains": ["example.com"],
            "active": true,
            "saml": settings,
        });
        let connection = send(&fake, "POST", "/v1/enterprise_connections", &body);
        assert_eq!(connection["active"], true);
    }
}

#[test]
fn the_activation_of_an_enterprise_connection_removes_verified_organization_domains() {
    let fake = FakeClerk::new();
    fake.add_organization(clerk_client::models::Organization::new("org_1"));
    let domains = "/v1/organizations/org_1/domains";
    for (name, verified) in [
        ("a.example", true),
        ("b.example", false),
        ("c.example", true),
    ] {
        let mode = "manual_invitation";
        let body = json!({ "name": name, "enrollment_mode": mode, "verified": verified });
        send(&fake, "POST", domains, &body);
    }
    let names = || {
        let page = send(
            &fake,
            "GET",
            "/v1/organization_domains?order_by=name",
            &Value::Null,
        );
        let all = page["data"].as_array().unwrap().iter();
        let names = all.map(|domain| domain["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>().join(" ")
    };
    let body = json!({
        "name": "Okta",
        "provider": "saml_okta",
        "domains": ["A.example", "b.example"],
    });
    let path = created(&fake, "/v1/enterprise_connections", &body);
    for (active, expected) in [
        (false, "a.example b.example c.example"),
        (true, "b.example c.example"),
    ] {
        send(&fake, "PATCH", &path, &json!({ "active": active }));
        assert_eq!(names(), expected, "{active}");
    }
}

/// Clerk's JavaScript SDK sends a list of certificates in `idp_certificates`, which the
/// specification omits.
#[test]
fn a_connection_has_the_certificates_of_its_provider() {
    let fake = FakeClerk::new();
    let shown = |certificate: &str| json!([{ "certificate": certificate, "issued_at": null, "expires_at": null }]);
    let body = json!({
        "name": "Okta",
        "provider": "saml_okta",
        "domains": ["example.com"],
        "active": true,
        "saml": { "idp_certificates": ["first"] },
    });
    let connections = "/v1/enterprise_connections";
    let connection = send(&fake, "POST", connections, &body);
    let certificates = &connection["saml_connection"]["idp_certificates"];
    assert_eq!(*certificates, shown("first"));
    let path = format!("{connections}/{}", connection["id"].as_str().unwrap());
    let changes = json!({ "saml": { "idp_certificates": ["second"] } });
    let connection = send(&fake, "PATCH", &path, &changes);
    let certificates = &connection["saml_connection"]["idp_certificates"];
    assert_eq!(*certificates, shown("second"));

    let body = json!({
        "name": "Okta",
        "provider": "saml_okta",
        "domains": ["example.org"],
        "idp_certificates": ["first"],
    });
    let path = created(&fake, "/v1/saml_connections", &body);
    let connection = send(&fake, "GET", &path, &Value::Null);
    assert_eq!(connection["idp_certificates"], shown("first"));
    let changes = json!({ "idp_certificates": ["second"] });
    let connection = send(&fake, "PATCH", &path, &changes);
    assert_eq!(connection["idp_certificates"], shown("second"));
}

/// According to Clerk's JavaScript SDK, Clerk ignores `sync_user_attributes` in the request that
/// creates a connection, and `provider` in an update.
#[test]
fn an_enterprise_connection_ignores_what_only_another_request_can_set() {
    let fake = FakeClerk::new();
    let body = json!({
        "name": "Okta",
        "provider": "saml_okta",
        "domains": ["example.com"],
        "sync_user_attributes": false,
    });
    let path = created(&fake, "/v1/enterprise_connections", &body);
    for (changes, is_synced) in [
        (json!({ "provider": "saml_google" }), true),
        (json!({ "provider": null }), true),
        (json!({ "sync_user_attributes": false }), false),
    ] {
        let connection = send(&fake, "PATCH", &path, &changes);
        assert_eq!(connection["provider"], "saml_okta", "{changes}");
        assert_eq!(connection["sync_user_attributes"], is_synced, "{changes}");
    }
}

#[test]
fn the_path_of_a_custom_attribute_has_two_names() {
    let fake = FakeClerk::new();
    let body = json!({ "name": "Okta", "provider": "saml_okta", "domains": ["example.com"] });
    let path = created(&fake, "/v1/enterprise_connections", &body);
    for name in ["scim_path", "directory_path"] {
        let attribute = json!({ "name": "Title", "key": "title", name: "title" });
        let body = json!({ "custom_attributes": [attribute, { "name": "Age", "key": "age" }] });
        let connection = send(&fake, "PATCH", &path, &body);
        let [title, age] = [0_usize, 1].map(|at| &connection["custom_attributes"][at]);
        for shown in ["scim_path", "directory_path"] {
            assert_eq!(title[shown], "title", "{name}");
            assert_eq!(age.get(shown), None, "{name}");
        }
    }
}

#[test]
fn the_domain_of_a_saml_connection_is_the_first_of_its_domains() {
    let fake = FakeClerk::new();
    let path = "/v1/saml_connections";
    let body = json!({ "name": "Okta", "provider": "saml_okta", "domain": "a.example" });
    let path = created(&fake, path, &body);
    for (changes, domains) in [
        (json!({}), json!(["a.example"])),
        (json!({ "domain": "b.example" }), json!(["b.example"])),
        (
            json!({ "domains": ["c.example", "d.example"] }),
            json!(["c.example", "d.example"]),
        ),
        (json!({ "domain": null }), json!(["c.example", "d.example"])),
        (
            json!({ "domain": "d.example" }),
            json!(["d.example", "c.example"]),
        ),
        // An empty array changes nothing.
        (json!({ "domains": [] }), json!(["d.example", "c.example"])),
        (
            json!({ "domain": "e.example", "domains": ["f.example", "g.example"] }),
            json!(["e.example", "f.example", "g.example"]),
        ),
    ] {
        let connection = send(&fake, "PATCH", &path, &changes);
        assert_eq!(connection["domains"], domains, "{changes}");
        assert_eq!(connection["domain"], domains[0], "{changes}");
    }
}

#[test]
fn an_empty_id_removes_the_organization_of_a_saml_connection_only() {
    let fake = FakeClerk::new();
    fake.add_organization(clerk_client::models::Organization::new("org_1"));
    let body = json!({
        "name": "Okta",
        "provider": "saml_okta",
        "domains": ["example.com"],
        "organization_id": "org_1",
    });
    // There is no way to unlink an enterprise connection from its organization.
    for (kind, expected) in [
        ("saml_connections", Value::Null),
        ("enterprise_connections", json!("org_1")),
    ] {
        let path = created(&fake, &format!("/v1/{kind}"), &body);
        let connection = send(&fake, "PATCH", &path, &json!({ "organization_id": "" }));
        assert_eq!(connection["organization_id"], expected, "{kind}");
    }
}

#[test]
fn a_directory_in_a_seed_gets_the_name_of_its_connection() {
    let connection = json!({
        "id": "ec_1",
        "name": "Okta",
        "provider": "saml_okta",
        "domains": ["example.com"],
    });
    let directory =
        json!({ "id": "dir_1", "enterprise_connection_id": "ec_1", "provider": "okta" });
    let seed = json!({ "objects": {
        "directories": [directory],
        "enterprise_connections": [connection],
    } });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let directory = send(&fake, "GET", "/v1/directories/dir_1", &Value::Null);
    assert_eq!(directory["enterprise_connection_id"], "ec_1");
    assert_eq!(directory["name"], "Okta");
    let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
    assert_eq!(again.to_json(), fake.to_json());
}

#[test]
fn a_directory_can_be_updated_after_its_connection_is_deleted() {
    let fake = FakeClerk::new();
    let body = json!({ "name": "Okta", "provider": "saml_okta", "domains": ["example.com"] });
    let connection = created(&fake, "/v1/enterprise_connections", &body);
    let id = connection.rsplit('/').next().unwrap();
    let body = json!({ "enterprise_connection_id": id, "provider": "okta" });
    let path = created(&fake, "/v1/directories", &body);
    send(&fake, "DELETE", &connection, &Value::Null);

    let directory = send(&fake, "PATCH", &path, &json!({ "enabled": false }));
    assert_eq!(directory["enterprise_connection_id"], Value::Null);
    assert_eq!(directory["enabled"], false);
}

//! The settings of organizations, and what they change.

use clerk_client::mock::{FakeClerk, FakeUser};
use serde_json::{Value, json};

use crate::fake::refusals::{assert_first_error, request};

/// Creates an organization, and returns it.
fn created(fake: &FakeClerk, name: &str) -> Value {
    let body = json!({ "name": name }).to_string();
    let (status, response, _) = request("POST", "/v1/organizations").body(&body).send(fake);
    assert_eq!(status, 200, "{response}");
    response
}

#[test]
fn a_new_organization_follows_the_settings_of_organizations() {
    let fake = FakeClerk::new();
    let path = "/v1/instance/organization_settings";
    for changes in [
        json!({}),
        json!({ "admin_delete_enabled": false, "max_allowed_memberships": 7 }),
    ] {
        let body = changes.to_string();
        let (status, settings, _) = request("PATCH", path).body(&body).send(&fake);
        assert_eq!(status, 200, "{settings}");
        let engines = created(&fake, "Engines");
        for name in ["admin_delete_enabled", "max_allowed_memberships"] {
            assert_eq!(engines[name], settings[name], "{name} after {changes}");
        }
    }
}

#[test]
fn a_new_organization_gets_no_slug_if_slugs_are_disabled() {
    let fake = FakeClerk::new();
    let mut settings = fake.settings();
    settings.organization_slugs_enabled = false;
    fake.set_settings(settings);
    let engines = created(&fake, "Engines");
    assert!(engines["slug"].is_null(), "{engines}");
    fake.add(FakeUser::new("user_ada").member_of("org_looms", "org:admin"));
    assert_eq!(fake.organization("org_looms").unwrap().slug, None);
    // In a fake that is created from the saved state, the organization has no slug either.
    let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
    assert_eq!(again.to_json(), fake.to_json());
    assert_eq!(
        again
            .organization(engines["id"].as_str().unwrap())
            .unwrap()
            .slug,
        None
    );
}

#[test]
fn the_settings_of_organizations_say_what_the_instance_enables() {
    let fake = FakeClerk::new();
    for enabled in [true, false] {
        let mut settings = fake.settings();
        settings.organizations_enabled = enabled;
        settings.organization_domains_enabled = enabled;
        settings.organization_slugs_enabled = enabled;
        fake.set_settings(settings);
        let get = request("GET", "/v1/instance/organization_settings");
        let (_, shown, _) = get.send(&fake);
        let shown = ["enabled", "domains_enabled", "slug_disabled"].map(|name| &shown[name]);
        assert_eq!(shown, [enabled, enabled, !enabled]);
    }
}

#[test]
fn an_organization_has_up_to_ten_domains_and_an_instance_up_to_ten_custom_roles() {
    let fake = FakeClerk::new();
    let engines = created(&fake, "Engines");
    let domains = format!(
        "/v1/organizations/{}/domains",
        engines["id"].as_str().unwrap()
    );
    for number in 1..=11 {
        let name = format!("{number}.example");
        for (path, body, code) in [
            (
                domains.as_str(),
                json!({ "name": name, "enrollment_mode": "manual_invitation" }),
                "organization_domain_quota_exceeded",
            ),
            (
                "/v1/organization_roles",
                json!({ "name": name, "key": format!("org:role_{number}") }),
                "organization_instance_roles_quota_exceeded",
            ),
        ] {
            let body = body.to_string();
            let (status, response, _) = request("POST", path).body(&body).send(&fake);
            if number <= 10 {
                assert_eq!(status, 200, "{response}");
            } else {
                assert_first_error(&response, status, (403, code, ""), path);
            }
        }
    }
    let looms = created(&fake, "Looms");
    let path = format!(
        "/v1/organizations/{}/domains",
        looms["id"].as_str().unwrap()
    );
    let body = json!({ "name": "looms.example", "enrollment_mode": "manual_invitation" });
    let (status, response, _) = request("POST", &path).body(&body.to_string()).send(&fake);
    assert_eq!(status, 200, "{response}");
}

#[test]
fn a_domain_enrolls_users_automatically_only_if_the_settings_enable_the_mode() {
    let fake = FakeClerk::new();
    let engines = created(&fake, "Engines");
    let domains = format!(
        "/v1/organizations/{}/domains",
        engines["id"].as_str().unwrap()
    );
    let path = "/v1/instance/organization_settings";
    let modes = json!({ "domains_enrollment_modes": ["automatic_suggestion"] }).to_string();
    let (status, settings, _) = request("PATCH", path).body(&modes).send(&fake);
    assert_eq!(status, 200, "{settings}");
    let send = |method: &str, path: &str, body: Value| {
        let (status, response, _) = request(method, path).body(&body.to_string()).send(&fake);
        (status, response)
    };
    for (number, mode) in [
        "manual_invitation",
        "enterprise_sso",
        "automatic_suggestion",
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("{number}.example");
        let body = json!({ "name": name, "enrollment_mode": mode });
        let (status, domain) = send("POST", &domains, body);
        assert_eq!((status, &domain["enrollment_mode"]), (200, &json!(mode)));
        let expected = (403, "organization_domain_enrollment_mode_not_enabled", "");
        let refused = json!({ "name": "other.example", "enrollment_mode": "automatic_invitation" });
        let (status, response) = send("POST", &domains, refused);
        assert_first_error(&response, status, expected, "create");
        let one = format!("{domains}/{}", domain["id"].as_str().unwrap());
        let refused = json!({ "enrollment_mode": "automatic_invitation" });
        let (status, response) = send("PATCH", &one, refused);
        assert_first_error(&response, status, expected, "update");
    }
}

#[test]
fn a_request_that_changes_the_settings_of_organizations_enables_and_disables_them() {
    let fake = FakeClerk::new();
    let path = "/v1/instance/organization_settings";
    for enabled in [false, true] {
        let body = json!({
            "enabled": enabled,
            "domains_enabled": enabled,
            "slug_disabled": !enabled,
        });
        let patch = request("PATCH", path);
        let (status, shown, _) = patch.body(&body.to_string()).send(&fake);
        assert_eq!(status, 200, "{shown}");
        let names = ["enabled", "domains_enabled", "slug_disabled"];
        assert_eq!(names.map(|name| &shown[name]), [enabled, enabled, !enabled]);
        let settings = fake.settings();
        assert_eq!(settings.organizations_enabled, enabled);
        assert_eq!(settings.organization_domains_enabled, enabled);
        assert_eq!(settings.organization_slugs_enabled, enabled);
        let (status, list, _) = request("GET", "/v1/organizations").send(&fake);
        assert_eq!(status, if enabled { 200 } else { 403 }, "{list}");
        let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
        assert_eq!(again.to_json(), fake.to_json());
        assert_eq!(again.settings(), settings);
    }
    // Null, and a body without the settings, change nothing.
    for body in [r#"{ "enabled": null, "slug_disabled": null }"#, "{}"] {
        let (_, shown, _) = request("PATCH", path).body(body).send(&fake);
        assert_eq!([&shown["enabled"], &shown["slug_disabled"]], [true, false]);
    }
    // `FakeClerk::set_settings` changes the same settings.
    let mut settings = fake.settings();
    settings.organizations_enabled = false;
    fake.set_settings(settings);
    let (_, shown, _) = request("GET", path).send(&fake);
    assert_eq!(shown["enabled"], false);
}

#[test]
fn a_new_organization_gets_the_initial_role_set_with_its_roles() {
    let fake = FakeClerk::new();
    let send = |method: &str, path: &str, body: Value| {
        let (status, response, _) = request(method, path).body(&body.to_string()).send(&fake);
        assert_eq!(status, 200, "{response}");
        response
    };
    let settings = "/v1/instance/organization_settings";
    let default = "role_set:default";
    assert_eq!(created(&fake, "Engines")["role_set_key"], default);
    let shown = send("PATCH", settings, json!({}));
    assert_eq!(shown["initial_role_set_key"], default);
    let role = json!({
        "name": "Accountant",
        "key": "org:accountant",
        "include_in_initial_role_set": true,
    });
    let role = send("POST", "/v1/organization_roles", role);
    let (_, set, _) = request("GET", "/v1/role_sets/role_set:default").send(&fake);
    assert_eq!(set["roles"].as_array().unwrap().len(), 3);
    assert_eq!(set["roles"][2]["id"], role["id"]);

    let small = json!({
        "name": "Small",
        "type": "initial",
        "roles": ["org:admin"],
        "default_role_key": "org:admin",
        "creator_role_key": "org:admin",
    });
    send("POST", "/v1/role_sets", small);
    assert_eq!(created(&fake, "Looms")["role_set_key"], "role_set:small");
    let shown = send("PATCH", settings, json!({}));
    assert_eq!(shown["initial_role_set_key"], "role_set:small");
}

#[test]
fn the_creator_of_an_organization_gets_the_role_in_the_settings() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let send = |method: &str, path: &str, body: Value| {
        let (status, response, _) = request(method, path).body(&body.to_string()).send(&fake);
        (status, response)
    };
    let path = "/v1/instance/organization_settings";
    let roles = "/v1/organization_roles";
    let (_, guest) = send(
        "POST",
        roles,
        json!({ "name": "Guest", "key": "org:guest" }),
    );
    let permissions = ["memberships_read", "memberships_manage", "profile_delete"];
    let owner = json!({
        "name": "Owner",
        "key": "org:owner",
        "permissions": permissions.map(|name| format!("perm_sys_{name}")),
    });
    let (_, owner) = send("POST", roles, owner);
    for (name, id, expected) in [
        (
            "creator_role_id",
            json!("role_0"),
            (404, "resource_not_found", ""),
        ),
        (
            "domains_default_role_id",
            json!("role_0"),
            (404, "resource_not_found", ""),
        ),
        (
            "creator_role_id",
            guest["id"].clone(),
            (422, "organization_missing_creator_role_permissions", ""),
        ),
    ] {
        let (status, response) = send("PATCH", path, json!({ name: id }));
        assert_first_error(&response, status, expected, name);
    }
    let changes = json!({ "creator_role_id": owner["id"], "domains_default_role_id": guest["id"] });
    let (_, shown) = send("PATCH", path, changes);
    let names = ["creator_role", "domains_default_role"];
    assert_eq!(names.map(|name| &shown[name]), ["org:owner", "org:guest"]);
    let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
    assert_eq!(again.to_json(), fake.to_json());
    let (_, shown, _) = request("GET", path).send(&again);
    assert_eq!(names.map(|name| &shown[name]), ["org:owner", "org:guest"]);

    let engines = json!({ "name": "Engines", "created_by": "user_ada" });
    let (_, engines) = send("POST", "/v1/organizations", engines);
    let id = engines["id"].as_str().unwrap();
    let members = format!("/v1/organizations/{id}/memberships");
    let (_, page, _) = request("GET", &members).send(&fake);
    assert_eq!(page["data"][0]["role"], "org:owner");

    let of_role = |role: &Value| format!("{roles}/{}", role["id"].as_str().unwrap());
    for (role, code) in [
        (&owner, "organization_role_default_creator_role"),
        (&guest, "organization_role_domain_default_role"),
    ] {
        let (status, response) = send("DELETE", &of_role(role), Value::Null);
        assert_first_error(&response, status, (422, code, ""), code);
    }
    send("PATCH", &of_role(&owner), json!({ "key": "org:boss" }));
    let (_, shown) = send("PATCH", path, json!({ "domains_default_role_id": null }));
    assert_eq!(names.map(|name| &shown[name]), ["org:boss", "org:member"]);
}

#[test]
fn a_role_with_the_permissions_of_creators_can_be_the_role_of_creators() {
    let fake = FakeClerk::new();
    let send = |method: &str, path: &str, body: Value| {
        let (status, role, _) = request(method, path).body(&body.to_string()).send(&fake);
        assert_eq!(status, 200, "{method} {path}: {role}");
        role
    };
    let roles = "/v1/organization_roles";
    let ids = ["memberships_read", "memberships_manage", "profile_delete"];
    let ids = ids.map(|name| format!("perm_sys_{name}"));
    let owner = json!({ "name": "Owner", "key": "org:owner", "permissions": ids });
    let owner = send("POST", roles, owner);
    assert_eq!(owner["is_creator_eligible"], true);

    let path = format!("{roles}/{}", owner["id"].as_str().unwrap());
    let one = format!("{path}/permissions/{}", ids[0]);
    let without = send("DELETE", &one, Value::Null);
    assert_eq!(without["is_creator_eligible"], false);
    let with = send("POST", &one, Value::Null);
    assert_eq!(with["is_creator_eligible"], true);
    let none = send("PATCH", &path, json!({ "permissions": [] }));
    assert_eq!(none["is_creator_eligible"], false);
    let (_, found, _) = request("GET", &path).send(&fake);
    assert_eq!(found["is_creator_eligible"], false);
}

#[test]
fn the_creator_of_an_organization_gets_the_creator_role_of_its_role_set() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let send = |method: &str, path: &str, body: Value| {
        let (status, response, _) = request(method, path).body(&body.to_string()).send(&fake);
        assert_eq!(status, 200, "{method} {path}: {response}");
        response
    };
    let role_of_creator = |role_set: Option<&str>| {
        let body = json!({ "name": "A", "created_by": "user_ada", "role_set_key": role_set });
        let organization = send("POST", "/v1/organizations", body);
        let id = organization["id"].as_str().unwrap();
        let members = format!("/v1/organizations/{id}/memberships");
        let (_, page, _) = request("GET", &members).send(&fake);
        page["data"][0]["role"].as_str().unwrap().to_owned()
    };
    let set = json!({
        "name": "Large",
        "roles": ["org:owner", "org:member"],
        "default_role_key": "org:member",
        "creator_role_key": "org:owner",
    });
    send("POST", "/v1/role_sets", set);
    assert_eq!(role_of_creator(None), "org:admin");
    assert_eq!(role_of_creator(Some("role_set:default")), "org:admin");
    assert_eq!(role_of_creator(Some("role_set:large")), "org:owner");
    // No request has created this role. The fake added it when the creator got it.
    let (_, page, _) = request("GET", "/v1/organization_roles?query=org:owner").send(&fake);
    assert_eq!(page["total_count"], 1);

    let initial = json!({ "type": "initial" });
    send("PATCH", "/v1/role_sets/role_set:large", initial);
    assert_eq!(role_of_creator(None), "org:owner");
    assert_eq!(role_of_creator(Some("role_set:default")), "org:admin");
    let settings = "/v1/instance/organization_settings";
    let shown = send("PATCH", settings, json!({}));
    assert_eq!(shown["creator_role"], "org:owner");
}

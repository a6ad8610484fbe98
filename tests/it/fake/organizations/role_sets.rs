//! Role sets, and the members of the organizations that have them.

use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::Organization;
use serde_json::{Value, json};

use crate::fake::refusals::{assert_first_error, request};

/// Sends a request that must succeed, and returns the response.
fn send(fake: &FakeClerk, method: &str, path: &str, body: &Value) -> Value {
    let body = body.to_string();
    let (status, response, _) = request(method, path).body(&body).send(fake);
    assert_eq!(status, 200, "{method} {path} {body}: {response}");
    response
}

/// Asserts the role of Ada in each of her two organizations, and the role set of the first one.
fn assert_state(fake: &FakeClerk, roles: [&str; 2], role_set: &str) {
    for (id, role) in ["org_engines", "org_looms"].into_iter().zip(roles) {
        let path = format!("/v1/organizations/{id}/memberships");
        let (_, page, _) = request("GET", &path).send(fake);
        assert_eq!(page["data"][0]["role"], role, "{id}");
    }
    let engines = fake.organization("org_engines").unwrap();
    assert_eq!(engines.role_set_key.as_deref(), Some(role_set));
}

#[test]
fn members_and_organizations_follow_their_role_set() {
    let fake = FakeClerk::new();
    for (name, other) in [("Small", "org:guest"), ("Large", "org:member")] {
        let set = json!({
            "name": name,
            "roles": ["org:admin", other],
            "default_role_key": other,
            "creator_role_key": "org:admin",
        });
        send(&fake, "POST", "/v1/role_sets", &set);
    }
    let mut engines = Organization::new("org_engines");
    engines.role_set_key = Some("role_set:small".into());
    fake.add_organization(engines);
    let ada = FakeUser::new("user_ada").member_of("org_engines", "org:guest");
    fake.add(ada.member_of("org_looms", "org:guest"));

    let key = json!({ "key": "role_set:tiny" });
    send(&fake, "PATCH", "/v1/role_sets/role_set:small", &key);
    assert_state(&fake, ["org:guest", "org:guest"], "role_set:tiny");

    let roles = json!({ "role_key": "org:guest", "to_role_key": "org:visitor" });
    let path = "/v1/role_sets/role_set:tiny/roles/replace";
    send(&fake, "POST", path, &roles);
    assert_state(&fake, ["org:visitor", "org:guest"], "role_set:tiny");
    // No request has created this role. The fake added it when the member got it.
    let (_, page, _) = request("GET", "/v1/organization_roles?query=org:visitor").send(&fake);
    assert_eq!(page["total_count"], 1);

    let path = "/v1/role_sets/role_set:tiny/replace";
    let name = "reassignment_mappings";
    let mut body = json!({ "dest_role_set_key": "role_set:large" });
    for (mappings, code) in [
        (
            json!({}),
            "organization_role_set_reassignment_mappings_missing",
        ),
        (
            json!({ "org:visitor": "org:king" }),
            "organization_role_set_reassignment_mappings_invalid",
        ),
        (json!({ "org:visitor": 7 }), "form_param_type_invalid"),
    ] {
        body[name] = mappings;
        let text = body.to_string();
        let (status, response, _) = request("POST", path).body(&text).send(&fake);
        assert_first_error(&response, status, (422, code, name), &text);
        assert_state(&fake, ["org:visitor", "org:guest"], "role_set:tiny");
    }
    body[name] = json!({ "org:visitor": "org:member" });
    send(&fake, "POST", path, &body);
    assert_state(&fake, ["org:member", "org:guest"], "role_set:large");
}

#[test]
fn a_deleted_role_leaves_the_role_sets_that_can_do_without_it() {
    let fake = FakeClerk::new();
    let role = json!({ "name": "Guest", "key": "org:guest" });
    let role = send(&fake, "POST", "/v1/organization_roles", &role);
    for (name, default) in [("Large", "org:member"), ("Small", "org:guest")] {
        let set = json!({
            "name": name,
            "roles": ["org:admin", "org:member", "org:guest"],
            "default_role_key": default,
            "creator_role_key": "org:admin",
        });
        send(&fake, "POST", "/v1/role_sets", &set);
    }
    let id = role["id"].as_str().unwrap();
    let path = format!("/v1/organization_roles/{id}");
    send(&fake, "DELETE", &path, &json!({}));
    for (set, is_member) in [("large", false), ("small", true)] {
        let path = format!("/v1/role_sets/role_set:{set}");
        let (_, set, _) = request("GET", &path).send(&fake);
        let mut roles = set["roles"].as_array().unwrap().iter();
        assert_eq!(
            roles.any(|role| role["key"] == "org:guest"),
            is_member,
            "{set}"
        );
    }
}

#[test]
fn a_deleted_role_of_a_revoked_invitation_is_not_restored_with_the_state() {
    let fake = FakeClerk::new();
    fake.add_organization(Organization::new("org_engines"));
    let role = json!({ "name": "Guest", "key": "org:guest" });
    let role = send(&fake, "POST", "/v1/organization_roles", &role);
    let invitations = "/v1/organizations/org_engines/invitations";
    let body = json!({ "email_address": "ada@example.com", "role": "org:guest" });
    let invitation = send(&fake, "POST", invitations, &body);
    let id = invitation["id"].as_str().unwrap();
    let path = format!("{invitations}/{id}/revoke");
    send(&fake, "POST", &path, &json!({}));
    let id = role["id"].as_str().unwrap();
    let path = format!("/v1/organization_roles/{id}");
    send(&fake, "DELETE", &path, &json!({}));
    let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
    assert_eq!(again.to_json(), fake.to_json());
}

#[test]
fn a_role_that_gets_a_key_of_its_role_set_is_in_the_set_once() {
    let fake = FakeClerk::new();
    let role = |key: &str| {
        let role = json!({ "name": "Guest", "key": key });
        let role = send(&fake, "POST", "/v1/organization_roles", &role);
        let id = role["id"].as_str().unwrap();
        format!("/v1/organization_roles/{id}")
    };
    let (guest, visitor) = (role("org:guest"), role("org:visitor"));
    let set = json!({
        "name": "Small",
        "roles": ["org:visitor", "org:admin", "org:guest"],
        "default_role_key": "org:guest",
        "creator_role_key": "org:visitor",
    });
    send(&fake, "POST", "/v1/role_sets", &set);
    let keys = || {
        let (_, set, _) = request("GET", "/v1/role_sets/role_set:small").send(&fake);
        let roles = set["roles"].as_array().unwrap().iter();
        let roles = roles.chain([&set["default_role"], &set["creator_role"]]);
        let keys = roles.map(|role| role["key"].as_str().unwrap().to_owned());
        keys.collect::<Vec<_>>().join(" ")
    };
    // The set keeps the deleted role, because this role is the default role of the set.
    send(&fake, "DELETE", &guest, &json!({}));
    let before = "org:visitor org:admin org:guest org:guest org:visitor";
    for (key, expected) in [
        ("org:visitor", before),
        ("org:guest", "org:admin org:guest org:guest org:guest"),
    ] {
        send(&fake, "PATCH", &visitor, &json!({ "key": key }));
        assert_eq!(keys(), expected, "{key}");
    }
}

#[test]
fn a_role_set_changes_when_another_one_becomes_the_initial_one() {
    let fake = FakeClerk::new();
    let show = |key: &str| {
        request("GET", &format!("/v1/role_sets/{key}"))
            .send(&fake)
            .1
    };
    let set = json!({
        "name": "Small",
        "roles": ["org:admin", "org:member"],
        "default_role_key": "org:member",
        "creator_role_key": "org:admin",
    });
    send(&fake, "POST", "/v1/role_sets", &set);
    fake.clock().advance(Duration::from_secs(60));
    let initial = json!({ "type": "initial" });
    let small = send(&fake, "PATCH", "/v1/role_sets/role_set:small", &initial);
    let previous = show("role_set:default");
    assert_eq!(previous["type"], "custom");
    assert_eq!(previous["updated_at"], small["updated_at"]);
    assert_ne!(previous["updated_at"], previous["created_at"]);

    fake.clock().advance(Duration::from_secs(60));
    let mut large = set;
    (large["name"], large["type"]) = (json!("Large"), json!("initial"));
    let large = send(&fake, "POST", "/v1/role_sets", &large);
    assert_eq!(show("role_set:small")["updated_at"], large["updated_at"]);
    // The default role set was no longer the initial one, so it did not change.
    assert_eq!(show("role_set:default"), previous);
}

#[test]
fn a_new_role_whose_key_is_in_the_initial_role_set_is_not_added_again() {
    for count in [1, 10] {
        let fake = FakeClerk::new();
        let others = (1..count).map(|number| format!("org:role_{number}"));
        let keys: Vec<String> = others.chain(["org:guest".to_owned()]).collect();
        let set = json!({
            "name": "Small",
            "type": "initial",
            "roles": keys,
            "default_role_key": "org:guest",
            "creator_role_key": "org:guest",
        });
        send(&fake, "POST", "/v1/role_sets", &set);
        let role = json!({
            "name": "Guest",
            "key": "org:guest",
            "include_in_initial_role_set": true,
        });
        let role = send(&fake, "POST", "/v1/organization_roles", &role);
        let (_, set, _) = request("GET", "/v1/role_sets/role_set:small").send(&fake);
        let roles = set["roles"].as_array().unwrap();
        assert_eq!(roles.len(), count);
        assert_eq!(roles[count - 1]["id"], role["id"]);
    }
}

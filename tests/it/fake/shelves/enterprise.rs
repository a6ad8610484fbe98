//! Role sets, and the directories of enterprise connections.

use clerk_client::requests::{
    AddRolesToRoleSetRequest, AttributeMappingChanges, CreateDirectoryRequest,
    CreateEnterpriseConnectionRequest, CreateRoleSetRequest, ReplaceRoleInRoleSetRequest,
    ReplaceRoleSetRequest, UpdateDirectoryRequest,
};
use serde_json::Value;

use super::super::checked::checked;
use super::super::refusals::request;
use super::{code, fake_with_ada};
use crate::support::run;

#[test]
fn a_role_set_has_other_roles_after_each_change() {
    let clerk = checked(&fake_with_ada());
    let sets = clerk.role_sets();
    run(async {
        let create = |name: &str| {
            CreateRoleSetRequest::new(name, "org:member", "org:admin", ["org:admin", "org:member"])
        };
        let keys = |set: &clerk_client::models::RoleSet| {
            set.roles
                .iter()
                .map(|role| role.key.clone())
                .collect::<Vec<_>>()
        };
        let set = sets.create_role_set(create("Small")).await.unwrap();
        assert_eq!(set.key, "role_set:small");
        assert_eq!(
            code(sets.create_role_set(create("small").key(&set.key)).await),
            "form_already_exists"
        );

        let request = AddRolesToRoleSetRequest::new(["org:guest"]);
        let more = sets
            .add_roles_to_role_set("role_set:small", request)
            .await
            .unwrap();
        assert_eq!(keys(&more), ["org:admin", "org:member", "org:guest"]);
        let request = ReplaceRoleInRoleSetRequest::new("org:member", "org:guest");
        let fewer = sets
            .replace_role_in_role_set(&set.id, request)
            .await
            .unwrap();
        assert_eq!(keys(&fewer), ["org:admin", "org:guest"]);
        assert_eq!(fewer.default_role.unwrap().key, "org:guest");

        let other = sets.create_role_set(create("Large")).await.unwrap();
        let request = ReplaceRoleSetRequest::new(&other.key);
        assert!(
            sets.replace_role_set(&set.id, request)
                .await
                .unwrap()
                .deleted
        );
        assert_eq!(code(sets.get_role_set(&set.id).await), "resource_not_found");
    });
}

#[test]
fn a_role_set_gets_a_key_that_no_other_role_set_has() {
    let clerk = checked(&fake_with_ada());
    let sets = clerk.role_sets();
    run(async {
        let mut keys = Vec::new();
        // The first role set of an instance has the key `role_set:default`.
        for name in ["Default", "default", "Large"] {
            let request =
                CreateRoleSetRequest::new(name, "org:member", "org:member", ["org:member"]);
            let set = sets.create_role_set(request).await.unwrap();
            assert_eq!(sets.get_role_set(&set.key).await.unwrap(), set);
            keys.push(set.key);
        }
        let expected = ["role_set:default_2", "role_set:default_3", "role_set:large"];
        assert_eq!(keys, expected);
    });
}

#[test]
fn a_connection_has_one_directory_whose_attribute_mapping_is_merged() {
    let clerk = checked(&fake_with_ada());
    run(async {
        let request = CreateEnterpriseConnectionRequest::new(
            "Okta",
            "saml_okta",
            vec!["example.com".to_owned()],
        );
        let connections = clerk.enterprise_connections();
        let connection = connections
            .create_enterprise_connection(request)
            .await
            .unwrap();
        let create = || CreateDirectoryRequest::new(&connection.id, "okta");
        let directory = clerk
            .directories()
            .create_directory(create())
            .await
            .unwrap();
        let again = clerk.directories().create_directory(create()).await;
        assert_eq!(
            code(again),
            "scim_directory_enterprise_connection_already_used"
        );

        let changes = |changes| UpdateDirectoryRequest::new().attribute_mapping(changes);
        let set = AttributeMappingChanges::new()
            .set("first_name", "name.givenName")
            .set("a", "b");
        clerk
            .directories()
            .update_directory(&directory.id, changes(set))
            .await
            .unwrap();
        let removed = AttributeMappingChanges::new().remove("a");
        clerk
            .directories()
            .update_directory(&directory.id, changes(removed))
            .await
            .unwrap();
        let found = clerk
            .scim_directories()
            .get_scim_directory(&directory.id)
            .await
            .unwrap();
        let mapping: Vec<_> = found.attribute_mapping.into_iter().collect();
        assert_eq!(
            mapping,
            [("first_name".to_owned(), "name.givenName".to_owned())]
        );

        let rotated = clerk
            .directories()
            .rotate_directory_api_key(&directory.id)
            .await
            .unwrap();
        assert!(rotated.api_key.is_some());
        assert_ne!(rotated.api_key, directory.api_key);
    });
}

/// Clerk's JavaScript SDK sends flags that the specification omits.
#[test]
fn a_connection_keeps_the_flags_of_the_javascript_sdk() {
    let fake = fake_with_ada();
    let flags = |of: &Value| {
        ["authenticatable", "disable_jit_provisioning"].map(|name| of[name].as_bool().unwrap())
    };
    let body = r#"{"name":"Okta","provider":"saml_okta","domains":["example.com"]}"#;
    let (_, plain, _) = request("POST", "/v1/enterprise_connections")
        .body(body)
        .send(&fake);
    assert_eq!(flags(&plain), [true, false]);
    let changes = r#""authenticatable":false,"disable_jit_provisioning":true"#;
    let body = body.replacen('{', &format!("{{{changes},"), 1);
    let created = request("POST", "/v1/enterprise_connections")
        .body(&body)
        .send(&fake);
    assert_eq!((created.0, flags(&created.1)), (201, [false, true]));
    let path = format!(
        "/v1/enterprise_connections/{}",
        created.1["id"].as_str().unwrap()
    );
    let body = r#"{"authenticatable":true}"#;
    let (_, updated, _) = request("PATCH", &path).body(body).send(&fake);
    assert_eq!(flags(&updated), [true, true]);
}

//! The creation, the update and the deletion of stored objects.

use clerk_client::mock::FakeClerk;
use serde_json::{Value, json};

use super::super::refusals::request;

#[test]
fn a_null_keeps_what_an_object_must_have() {
    let seed = json!({ "objects": { "oauth_applications": [{
        "id": "oa_1",
        "name": "CLI",
        "redirect_uris": ["cli://callback"],
        "scopes": "email",
        "consent_screen_enabled": false,
        "pkce_required": true,
        "public": true,
    }] } });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    for (path, names) in [
        (
            "oauth_applications/oa_1",
            &["name", "consent_screen_enabled", "pkce_required", "public"][..],
        ),
        (
            "role_sets/role_set:default",
            &[
                "name",
                "key",
                "type",
                "default_role_key",
                "creator_role_key",
            ],
        ),
    ] {
        let path = format!("/v1/{path}");
        let (_, before, _) = request("GET", &path).send(&fake);
        let nulls: serde_json::Map<_, _> = names
            .iter()
            .map(|name| ((*name).to_owned(), Value::Null))
            .collect();
        let body = Value::from(nulls).to_string();
        let (status, after, _) = request("PATCH", &path).body(&body).send(&fake);
        assert_eq!(status, 200, "{after}");
        assert_eq!(after, before, "{path}");
    }
    for body in [
        r#"{ "name": null, "proxy_url": "https://example.com/__clerk" }"#,
        r#"{ "name": null, "proxy_url": null }"#,
    ] {
        let update = request("PATCH", "/v1/domains/dmn_fake");
        let (status, domain, _) = update.body(body).send(&fake);
        assert_eq!(status, 200, "{domain}");
        assert_eq!(domain["name"], "fake.example.com");
        assert_eq!(domain["proxy_url"].is_null(), body.ends_with("null }"));
    }
}

#[test]
fn a_url_may_be_only_the_scheme_of_an_application() {
    let fake = FakeClerk::new();
    for (path, body) in [
        ("redirect_urls", json!({ "url": "myapp://" })),
        (
            "oauth_applications",
            json!({ "name": "App", "redirect_uris": ["myapp://"] }),
        ),
    ] {
        let path = format!("/v1/{path}");
        let create = request("POST", &path);
        let (status, created, _) = create.body(&body.to_string()).send(&fake);
        assert_eq!(status, 200, "{path}: {created}");
    }
}

#[test]
fn objects_keep_their_ids_and_their_order_after_others_are_deleted() {
    let objects: Vec<Value> = (1..=4)
        .map(|number| json!({ "id": format!("mch_{number}"), "name": format!("{number}") }))
        .collect();
    let seed = json!({ "objects": { "machines": objects } }).to_string();
    let fake = FakeClerk::from_json(&seed).unwrap();
    for id in ["mch_1", "mch_3"] {
        let path = format!("/v1/machines/{id}");
        assert_eq!(request("DELETE", &path).send(&fake).0, 200, "{id}");
        assert_eq!(request("GET", &path).send(&fake).0, 404, "{id}");
    }
    let update = request("PATCH", "/v1/machines/mch_4").body(r#"{ "name": "last" }"#);
    assert_eq!(update.send(&fake).0, 200);
    let scope = request("POST", "/v1/machines/mch_2/scopes");
    let scope = scope.body(r#"{ "to_machine_id": "mch_4" }"#);
    assert_eq!(scope.send(&fake).0, 200);
    let (_, page, _) = request("GET", "/v1/machines").send(&fake);
    let machines = page["data"].as_array().unwrap().iter();
    let names: Vec<_> = machines.map(|of| (&of["id"], &of["name"])).collect();
    let expected = [
        (&json!("mch_4"), &json!("last")),
        (&json!("mch_2"), &json!("2")),
    ];
    assert_eq!(names, expected);
    assert_eq!(page["data"][1]["scoped_machines"][0]["name"], "last");
}

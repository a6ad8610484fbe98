//! Settings, snapshots and lists.

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::requests::{
    CreateRedirectUrlRequest, UpdateInstanceAuthConfigRequest, UpdateInstanceCommunicationRequest,
    UpdateInstanceOAuthApplicationSettingsRequest, UpdateInstanceOrganizationSettingsRequest,
    UpdateInstanceProtectRequest, UpdateInstanceRequest, UpdateInstanceRestrictionsRequest,
};
use serde_json::{Value, json};

use super::super::checked::checked;
use super::super::refusals::request;
use super::fake_with_ada;
use crate::support::run;

#[test]
fn settings_stay_as_they_were_set() {
    let clerk = checked(&fake_with_ada());
    let settings = clerk.instance_settings();
    run(async {
        assert!(
            settings
                .get_instance()
                .await
                .unwrap()
                .allowed_origins
                .is_empty()
        );
        let request = UpdateInstanceRequest::new().allowed_origins(["http://localhost:3000"]);
        settings.update_instance(request).await.unwrap();
        let instance = settings.get_instance().await.unwrap();
        assert_eq!(instance.allowed_origins, ["http://localhost:3000"]);

        let request = UpdateInstanceRestrictionsRequest::new().allowlist(true);
        settings
            .update_instance_restrictions(request)
            .await
            .unwrap();
        let request = UpdateInstanceRestrictionsRequest::new().blocklist(true);
        let both = settings
            .update_instance_restrictions(request)
            .await
            .unwrap();
        assert!(both.allowlist && both.blocklist);

        let request = UpdateInstanceProtectRequest::new().rules_enabled(true);
        let updated = settings.update_instance_protect(request).await.unwrap();
        assert_eq!(settings.get_instance_protect().await.unwrap(), updated);
        let request = UpdateInstanceCommunicationRequest::new().blocked_country_codes(["DE"]);
        let updated = settings
            .update_instance_communication(request)
            .await
            .unwrap();
        assert_eq!(
            settings.get_instance_communication().await.unwrap(),
            updated
        );
        let request =
            UpdateInstanceOrganizationSettingsRequest::new().max_allowed_memberships(7u32);
        let updated = settings
            .update_instance_organization_settings(request)
            .await
            .unwrap();
        assert_eq!(updated.max_allowed_memberships, 7);
        let read = settings.get_instance_organization_settings().await.unwrap();
        assert_eq!(read, updated);
        let request = UpdateInstanceOAuthApplicationSettingsRequest::new();
        let request = request.oauth_jwt_access_tokens(true);
        let updated = settings
            .update_instance_oauth_application_settings(request)
            .await
            .unwrap();
        let read = settings
            .get_instance_oauth_application_settings()
            .await
            .unwrap();
        assert_eq!(read, updated);
        let request = UpdateInstanceAuthConfigRequest::new().progressive_sign_up(true);
        let beta = clerk
            .beta_features()
            .update_instance_auth_config(request)
            .await
            .unwrap();
        assert!(beta.progressive_sign_up);
    });
}

#[test]
fn objects_and_settings_are_part_of_a_snapshot() {
    let fake = fake_with_ada();
    run(async {
        let clerk = fake.client();
        let request = CreateRedirectUrlRequest::new("https://example.com/welcome");
        let url = clerk
            .redirect_urls()
            .create_redirect_url(request)
            .await
            .unwrap();
        let request = UpdateInstanceRestrictionsRequest::new().allowlist(true);
        clerk
            .instance_settings()
            .update_instance_restrictions(request)
            .await
            .unwrap();

        let restored = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
        assert_eq!(restored.to_json(), fake.to_json());
        for copy in [fake.clone(), restored] {
            let urls = copy.client().redirect_urls();
            assert_eq!(urls.get_redirect_url(&url.id).await.unwrap(), url);
            urls.delete_redirect_url(&url.id).await.unwrap();
            let request = UpdateInstanceRestrictionsRequest::new().blocklist(true);
            let settings = copy.client().instance_settings();
            let both = settings
                .update_instance_restrictions(request)
                .await
                .unwrap();
            assert!(both.allowlist && both.blocklist);
        }
        clerk
            .redirect_urls()
            .get_redirect_url(&url.id)
            .await
            .unwrap();

        let fake = FakeClerk::from_json(
            r#"{ "objects": { "machines": [{ "id": "mch_1", "name": "worker" }] } }"#,
        );
        let machine = fake
            .unwrap()
            .client()
            .machines()
            .get_machine("mch_1")
            .await
            .unwrap();
        assert_eq!(machine.name, "worker");
    });
    let fake = FakeClerk::from_json(r#"{ "objects": { "domains": [] } }"#).unwrap();
    let domains = run(async { fake.client().domains().list_domains().await });
    assert!(domains.unwrap().data.is_empty());
    for (invalid, place) in [
        (
            r#"{ "objects": { "planets": [{}] } }"#,
            "objects.planets[0]: ",
        ),
        (
            r#"{ "objects": { "machines": [{ "name": 7 }] } }"#,
            "objects.machines[0]: ",
        ),
        (
            r#"{ "settings": { "instance/restrictions": { "allowlist": "yes" } } }"#,
            "settings.instance/restrictions: ",
        ),
        (r#"{ "settings": { "moon": {} } }"#, "settings.moon: "),
    ] {
        let error = FakeClerk::from_json(invalid).unwrap_err().to_string();
        assert!(error.contains(place), "{error}");
    }
}

#[test]
fn objects_are_listed_in_pages_from_the_newest_to_the_oldest() {
    let fake = FakeClerk::new();
    for number in 1..=12 {
        let body = format!(r#"{{ "url": "https://example.com/{number}" }}"#);
        request("POST", "/v1/redirect_urls").body(&body).send(&fake);
    }
    let urls = |query: &str| {
        let (_, body, _) = request("GET", &format!("/v1/redirect_urls{query}")).send(&fake);
        let total = body["total_count"].as_i64();
        let urls = body.as_array().or(body["data"].as_array()).unwrap();
        let number = |url: &Value| {
            url["url"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap()
                .to_owned()
        };
        (urls.iter().map(number).collect::<Vec<_>>(), total)
    };
    let (first, total) = urls("");
    assert_eq!((first.len(), first[0].as_str(), total), (10, "12", None));
    let (last, total) = urls("?paginated=true&offset=10&limit=500");
    assert_eq!(
        (last, total),
        (vec!["2".to_owned(), "1".to_owned()], Some(12))
    );
}

#[test]
fn a_domain_of_a_seed_keeps_its_frontend_api_until_it_is_renamed() {
    let api = "https://shop.example.com/__clerk";
    let domain = json!({ "id": "dmn_1", "name": "shop.example.com", "frontend_api_url": api });
    let seed = json!({ "objects": { "domains": [domain] } });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    for (body, expected) in [
        ("{}", api),
        (
            r#"{ "name": "looms.example" }"#,
            "https://clerk.looms.example",
        ),
    ] {
        let (_, domain, _) = request("PATCH", "/v1/domains/dmn_1").body(body).send(&fake);
        assert_eq!(domain["frontend_api_url"], expected, "{body}");
    }
}

#[test]
fn objects_of_a_seed_are_listed_by_their_time_of_creation() {
    let objects = [("1", 2_000), ("2", 3_000), ("3", 1_000), ("4", 2_000)];
    let objects = objects.map(|(id, time)| json!({ "id": id, "name": id, "created_at": time }));
    let seed = json!({ "objects": {
        "machines": objects,
        "directories": objects,
        "invitations": objects,
        "waitlist_entries": objects,
    } });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    for query in [
        "machines",
        "machines?order_by=-created_at",
        "directories",
        "invitations?paginated=true",
        "waitlist_entries",
    ] {
        let (_, body, _) = request("GET", &format!("/v1/{query}")).send(&fake);
        let found = body["data"].as_array().unwrap().iter();
        let found: Vec<_> = found.map(|of| of["id"].as_str().unwrap()).collect();
        assert_eq!(found, ["2", "4", "1", "3"], "{query}");
    }
}

#[test]
fn machines_are_found_by_a_part_of_the_name_or_by_the_whole_id() {
    let machines = json!([
        { "id": "mch_1", "name": "Printer" },
        { "id": "mch_12", "name": "worker" },
    ]);
    let seed = json!({ "objects": { "machines": machines } });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    for (query, names) in [
        ("mch_1", &["Printer"][..]),
        ("mch_12", &["worker"]),
        ("mch_", &[]),
        ("MCH_1", &[]),
        ("print", &["Printer"]),
        ("ER", &["worker", "Printer"]),
        ("", &["worker", "Printer"]),
    ] {
        let path = format!("/v1/machines?query={query}");
        let (_, body, _) = request("GET", &path).send(&fake);
        let found: Vec<_> = body["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|machine| machine["name"].as_str().unwrap())
            .collect();
        assert_eq!(found, names, "{query}");
    }
}

#[test]
fn an_object_is_found_by_a_part_of_its_name_or_by_its_whole_id() {
    let seed = json!({ "objects": {
        "oauth_applications": [
            { "id": "oa_1", "name": "Printer", "client_id": "Client1" },
            { "id": "oa_2", "name": "Scanner", "client_id": "Client12" },
        ],
        "saml_connections": [
            { "id": "samlc_1", "name": "Okta", "provider": "saml_okta", "domain": "looms.example" },
        ],
        "role_sets": [
            { "id": "rset_1", "name": "Small", "key": "role_set:few", "roles": ["org:admin"] },
            { "id": "rset_12", "name": "Large", "key": "role_set:many", "roles": ["org:admin"] },
        ],
    } });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    for (query, names) in [
        ("oauth_applications?name_query=Client1", &["Printer"][..]),
        ("oauth_applications?name_query=Client", &[]),
        ("oauth_applications?name_query=oa_1", &[]),
        ("oauth_applications?name_query=SCAN", &["Scanner"]),
        ("saml_connections?query=OKTA", &["Okta"]),
        ("saml_connections?query=looms", &[]),
        ("saml_connections?query=samlc_1", &[]),
        ("role_sets?query=rset_1", &["Small"]),
        ("role_sets?query=rset_", &[]),
        ("role_sets?query=set:FEW", &["Small"]),
        ("role_sets?query=large", &["Large"]),
    ] {
        let (_, body, _) = request("GET", &format!("/v1/{query}")).send(&fake);
        let found = body["data"].as_array().unwrap().iter();
        let found: Vec<_> = found.map(|of| of["name"].as_str().unwrap()).collect();
        assert_eq!(found, names, "{query}");
    }
}

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
fn a_plus_before_the_order_may_be_encoded_or_not() {
    let machines = json!([{ "id": "mch_1", "name": "b" }, { "id": "mch_2", "name": "a" }]);
    let seed = json!({ "objects": { "machines": machines } });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    for (order, first) in [
        ("name", "a"),
        ("%2Bname", "a"),
        ("+name", "a"),
        ("-name", "b"),
    ] {
        let path = format!("/v1/machines?order_by={order}");
        let (_, body, _) = request("GET", &path).send(&fake);
        assert_eq!(body["data"][0]["name"], first, "{order}");
    }
    let fake = FakeClerk::new();
    for name in ["b", "a"] {
        let id = format!("user_{name}");
        fake.add(FakeUser::new(id).username(name));
    }
    for (order, first) in [("%2Busername", "a"), ("+username", "a"), ("-username", "b")] {
        let path = format!("/v1/users?order_by={order}");
        let (_, body, _) = request("GET", &path).send(&fake);
        assert_eq!(body[0]["username"], first, "{order}");
    }
}

#[test]
fn saml_connections_are_included_or_excluded_by_their_organizations() {
    let connections = [("A", Some("org_1")), ("B", Some("org_2")), ("C", None)];
    let connections = connections.map(|(name, organization)| {
        json!({ "name": name, "provider": "saml_okta", "organization_id": organization })
    });
    let seed = json!({ "objects": { "saml_connections": connections } });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    for (query, names) in [
        ("organization_id=org_1", &["A"][..]),
        (
            "organization_id=%2Borg_1&organization_id=org_2",
            &["B", "A"],
        ),
        ("organization_id=-org_1", &["C", "B"]),
        ("organization_id=org_1&organization_id=-org_1", &[]),
        ("organization_id=org_0", &[]),
    ] {
        let path = format!("/v1/saml_connections?{query}");
        let (_, body, _) = request("GET", &path).send(&fake);
        let found = body["data"].as_array().unwrap().iter();
        let found: Vec<_> = found.map(|of| of["name"].as_str().unwrap()).collect();
        assert_eq!(found, names, "{query}");
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

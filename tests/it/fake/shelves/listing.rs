//! Lists of stored objects.

use clerk_client::mock::{FakeClerk, FakeUser};
use serde_json::{Value, json};

use super::super::refusals::request;

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

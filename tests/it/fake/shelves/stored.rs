//! Stored objects and settings in snapshots and seeds.

use clerk_client::mock::FakeClerk;
use clerk_client::requests::{CreateRedirectUrlRequest, UpdateInstanceRestrictionsRequest};
use serde_json::json;

use super::super::refusals::request;
use super::fake_with_ada;
use crate::support::run;

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
        (r#"{ "objects": { "planets": [{}] } }"#, "objects.planets: "),
        (r#"{ "objects": { "planets": [] } }"#, "objects.planets: "),
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
fn an_error_about_a_long_id_of_a_seed_is_short() {
    let id = "m".repeat(1 << 20);
    let machine = json!({ "id": id, "name": "worker" });
    let seed = json!({ "objects": { "machines": [machine, machine] } });
    let error = FakeClerk::from_json(&seed.to_string()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("objects.machines[1]: duplicate id \"mmm"),
        "{text:.200}"
    );
    assert!(text.len() < 200, "{}", text.len());
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

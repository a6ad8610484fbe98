//! The values that objects of a seed get if the seed omits them.

use clerk_client::mock::FakeClerk;
use serde_json::{Value, json};

use crate::fake::refusals::request;

#[test]
fn organizations_of_a_seed_get_the_initial_role_set_of_the_seed() {
    let seed = json!({
        "organizations": [{ "id": "org_1" }, { "id": "org_2", "role_set_key": "role_set:few" }],
        "users": [{ "id": "user_ada", "organizations": { "org_3": "org:admin" } }],
        "objects": { "role_sets": [
            { "key": "role_set:few", "name": "Few", "roles": ["org:admin"] },
            { "key": "role_set:all", "name": "All", "roles": ["org:admin"], "type": "initial" },
        ] },
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    for (id, expected) in [("org_1", "all"), ("org_2", "few"), ("org_3", "all")] {
        let organization = fake.organization(id).unwrap();
        let key = organization.role_set_key;
        assert_eq!(key, Some(format!("role_set:{expected}")), "{id}");
    }
}

#[test]
fn a_new_object_does_not_get_the_generated_id_of_an_object_of_a_seed() {
    // The ids that the JSON omits are generated from a new fake's random seed. The JSON then sets
    // the same random seed, which must not repeat these ids.
    let random_seed = FakeClerk::new().to_json()["random_seed"].take();
    let wallet = format!("0x{:040}", 7);
    let seed = json!({
        "users": [{ "id": "user_ada", "web3_wallet": [wallet] }],
        "random_seed": random_seed,
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let body = json!({ "user_id": "user_ada", "email_address": "ada@example.com" }).to_string();
    let create = request("POST", "/v1/email_addresses").body(&body);
    let (status, created, _) = create.send(&fake);
    assert_eq!(status, 200, "{created}");
    let ada = fake.user("user_ada").unwrap();
    assert_ne!(created["id"], ada.web3_wallets[0].id.as_str());

    let sessions = ["sess_1", "sess_2"].map(|id| json!({ "id": id, "user_id": "user_ada" }));
    let seed = json!({
        "users": [{ "id": "user_ada" }],
        "sessions": sessions,
        "random_seed": random_seed,
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let _ = fake.sign_in("user_ada");
    let (_, clients, _) = request("GET", "/v1/clients").send(&fake);
    assert_eq!(clients.as_array().unwrap().len(), 3);
}

#[test]
fn an_object_without_an_id_does_not_get_an_id_that_a_later_object_states() {
    let token = json!({ "kind": "api_key", "subject": "user_ada" });
    for (seed, object, place, names) in [
        (
            r#"{"users": OBJECTS}"#,
            json!({}),
            "/users/0/user",
            &["id"][..],
        ),
        (
            r#"{"objects": {"machines": OBJECTS}}"#,
            json!({ "name": "Engine" }),
            "/objects/machines/0",
            &["id"][..],
        ),
        (
            r#"{"machine_tokens": OBJECTS}"#,
            token,
            "/machine_tokens/0",
            &["id", "secret"][..],
        ),
    ] {
        let read = |objects: Value| {
            let seed = seed.replace("OBJECTS", &objects.to_string());
            FakeClerk::from_json(&seed).unwrap().to_json()
        };
        let state = read(json!([object]));
        let mut later = object.clone();
        for name in names {
            later[*name] = state.pointer(place).unwrap()[*name].clone();
        }
        let state = read(json!([object, later]));
        for name in names {
            let [first, second] = [place, &place.replace('0', "1")]
                .map(|place| &state.pointer(place).unwrap()[*name]);
            assert_eq!(second, &later[*name], "{seed}");
            assert_ne!(first, second, "{seed}");
        }
    }
}

//! API keys and M2M tokens.

use std::time::Duration;

use clerk_client::mock::FakeClerk;
use clerk_client::requests::{
    ApiKeyListParams, CreateApiKeyRequest, CreateM2mTokenRequest, CreateMachineRequest,
    M2mTokenListParams, RevokeApiKeyRequest, RevokeM2mTokenRequest, UpdateApiKeyRequest,
};
use clerk_client::{Clerk, Error, SecretKey};
use serde_json::{Value, json};

use super::checked::{checked, checked_with};
use super::refusals::{assert_first_error, request};
use crate::support::run;

const USER: &str = "user_2xhFjEI5X2qWRvtV13BzSj8H6Dk";

fn code(result: Result<impl Sized, Error>) -> String {
    let error = result.err().expect("it is refused");
    error.code().unwrap_or_default().to_owned()
}

#[test]
fn an_api_key_is_valid_until_it_expires_or_is_revoked() {
    let fake = FakeClerk::new();
    let clerk = checked(&fake);
    let keys = clerk.api_keys();
    run(async {
        let request = CreateApiKeyRequest::new("reports", USER)
            .scopes(["reports:read"])
            .claims(json!({ "team": 7 }))
            .seconds_until_expiration(60u32);
        let key = keys.create_api_key(request).await.unwrap();
        let secret = key.secret.clone().expect("the creation returns the secret");
        assert_eq!(
            keys.get_api_key_secret(&key.id).await.unwrap().secret,
            secret
        );
        let verified = keys.verify_api_key(&secret).await.unwrap();
        assert_eq!(keys.get_api_key(&key.id).await.unwrap(), verified);
        assert_eq!((verified.secret, verified.expired), (None, false));

        let request = UpdateApiKeyRequest::new()
            .description("monthly")
            .scopes(["reports:write"]);
        let updated = keys.update_api_key(&key.id, request).await.unwrap();
        assert_eq!(updated.description.as_deref(), Some("monthly"));
        assert_eq!(updated.scopes, ["reports:write"]);

        fake.clock().advance(Duration::from_secs(60));
        assert_eq!(
            code(keys.verify_api_key(&secret).await),
            "resource_not_found"
        );
        assert!(keys.get_api_key(&key.id).await.unwrap().expired);
        let of_user = || ApiKeyListParams::new(USER);
        assert!(keys.get_api_keys(of_user()).await.unwrap().data.is_empty());
        let all = keys
            .get_api_keys(of_user().include_invalid(true))
            .await
            .unwrap();
        assert_eq!(all.data[0].id, key.id);

        let request = RevokeApiKeyRequest::new().revocation_reason("lost");
        let revoked = keys.revoke_api_key(&key.id, request).await.unwrap();
        assert!(revoked.revoked);
        assert_eq!(revoked.revocation_reason.as_deref(), Some("lost"));
        keys.delete_api_key(&key.id).await.unwrap();
        assert_eq!(code(keys.get_api_key(&key.id).await), "resource_not_found");
    });
}

#[test]
fn a_machine_creates_tokens_with_its_own_secret_key() {
    let fake = FakeClerk::new();
    let clerk = checked(&fake);
    run(async {
        let machines = clerk.machines();
        let printer = machines
            .create_machine(CreateMachineRequest::new("printer"))
            .await
            .unwrap();
        let request = CreateMachineRequest::new("worker").scoped_machines([&printer.id]);
        let worker = machines.create_machine(request).await.unwrap();
        let with_key_of = async |id: &str| {
            let key = machines.get_machine_secret_key(id).await.unwrap().secret;
            checked_with(&fake, SecretKey::machine(key.expose()).unwrap())
        };
        let machine: Clerk = with_key_of(worker.id.as_str()).await;
        let verifier = with_key_of(printer.id.as_str()).await.m2m_tokens();

        let tokens = machine.m2m_tokens();
        let created = tokens
            .create_m2m_token(CreateM2mTokenRequest::new())
            .await
            .unwrap();
        assert_eq!(
            (&created.subject, created.scopes.as_slice()),
            (&worker.id, &[printer.id][..])
        );
        let secret = created.token.expect("the creation returns the token");
        assert_eq!(
            verifier.verify_m2m_token(&secret).await.unwrap().id,
            created.id
        );
        let all = || M2mTokenListParams::new(&worker.id);
        let listed = clerk.m2m_tokens().get_m2m_tokens(all()).await.unwrap();
        assert_eq!(
            (listed.data[0].id.clone(), listed.total_count),
            (created.id.clone(), Some(1))
        );

        let request = RevokeM2mTokenRequest::new();
        clerk
            .m2m_tokens()
            .revoke_m2m_token(&created.id, request)
            .await
            .unwrap();
        assert_eq!(
            code(verifier.verify_m2m_token(&secret).await),
            "resource_not_found"
        );
        assert!(tokens.get_m2m_tokens(all()).await.unwrap().data.is_empty());
        let with_revoked = tokens.get_m2m_tokens(all().revoked(true)).await.unwrap();
        assert_eq!(with_revoked.data.len(), 1);

        // An operation on machines refuses a machine's key. The creation of M2M tokens requires a
        // machine's key, and refuses the secret key of the instance.
        assert_eq!(
            code(machine.machines().get_machine(&worker.id).await),
            "clerk_key_invalid"
        );
        let refused = clerk
            .m2m_tokens()
            .create_m2m_token(CreateM2mTokenRequest::new())
            .await;
        assert_eq!(code(refused), "clerk_key_invalid");
    });
}

#[test]
fn tokens_are_part_of_a_snapshot() {
    let fake = FakeClerk::new();
    run(async {
        let keys = fake.client().api_keys();
        let key = keys
            .create_api_key(CreateApiKeyRequest::new("reports", USER))
            .await
            .unwrap();
        let restored = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
        assert_eq!(restored.to_json(), fake.to_json());
        let found = restored
            .client()
            .api_keys()
            .verify_api_key(key.secret.unwrap())
            .await;
        assert_eq!(found.unwrap().id, key.id);
    });
    let written =
        r#"{ "machine_tokens": [{ "kind": "api_key", "subject": "user_1", "secret": "ak_1" }] }"#;
    let fake = FakeClerk::from_json(written).unwrap();
    let found = run(async { fake.client().api_keys().verify_api_key("ak_1").await });
    assert_eq!(found.unwrap().subject, "user_1");
    FakeClerk::from_json(r#"{ "machine_tokens": [{ "kind": "key", "subject": "user_1" }] }"#)
        .unwrap_err();
}

/// If the time grew with the square of the number of tokens or objects, the test would take
/// minutes.
#[test]
fn many_tokens_and_objects_are_part_of_a_snapshot() {
    const COUNT: usize = 30_000;
    let token = |n: usize| {
        let (id, secret) = (format!("mt_{n}"), format!("secret {n}"));
        json!({ "kind": "m2m_token", "subject": "mch_1", "id": id, "secret": secret })
    };
    let url = |n: usize| json!({ "id": format!("ru_{n}"), "url": format!("https://a{n}.test") });
    let state = |tokens: Vec<Value>, urls: Vec<Value>| {
        let state = json!({ "machine_tokens": tokens, "objects": { "redirect_urls": urls } });
        FakeClerk::from_json(&state.to_string())
    };
    let numbers = || (0..COUNT).rev();
    let fake = state(numbers().map(token).collect(), numbers().map(url).collect());
    let written = fake.unwrap().to_json();
    let tokens = written["machine_tokens"].as_array().unwrap();
    let urls = written["objects"]["redirect_urls"].as_array().unwrap();
    assert_eq!((tokens.len(), urls.len()), (COUNT, COUNT));
    for (at, number) in numbers().enumerate() {
        assert_eq!(tokens[at]["id"], format!("mt_{number}"));
        assert_eq!(urls[at]["id"], format!("ru_{number}"));
    }
    let twice = state(vec![token(1), token(2), token(1)], Vec::new()).unwrap_err();
    assert!(twice.to_string().contains("machine_tokens[2]"), "{twice}");
    let twice = state(Vec::new(), vec![url(1), url(2), url(1)]).unwrap_err();
    assert!(
        twice
            .to_string()
            .contains("objects.redirect_urls[2]: duplicate id"),
        "{twice}"
    );
}

#[test]
fn numbers_are_accepted_as_floats() {
    let fake = FakeClerk::new();
    let body = r#"{"name":"abc","subject":"user_1","seconds_until_expiration":60.0}"#;
    let (status, key, _) = request("POST", "/v1/api_keys").body(body).send(&fake);
    let created = key["created_at"].as_i64().unwrap();
    assert_eq!(
        (status, &key["expiration"]),
        (200, &json!(created + 60_000))
    );
    for (query, status) in [
        ("limit=10.0&offset=0.0", 200),
        ("limit=101.0", 400),
        ("limit=1.5", 400),
    ] {
        let path = format!("/v1/api_keys?subject=user_1&{query}");
        let (got, ..) = request("GET", &path).send(&fake);
        assert_eq!(got, status, "{query}");
    }
    let body = r#"{"name":"abc","subject":"user_1","seconds_until_expiration":0.5}"#;
    let (status, ..) = request("POST", "/v1/api_keys").body(body).send(&fake);
    assert_eq!(status, 400);
}

#[test]
fn requests_about_tokens_are_refused_with_a_400() {
    let seed =
        r#"{ "machine_tokens": [{ "kind": "api_key", "subject": "user_1", "id": "ak_1" }] }"#;
    let fake = FakeClerk::from_json(seed).unwrap();
    for (method, path, body, status, code, param) in [
        (
            "POST",
            "api_keys",
            r#"{"subject":"user_1"}"#,
            400,
            "form_param_missing",
            "name",
        ),
        (
            "POST",
            "api_keys",
            r#"{"name":"ab","subject":"user_1"}"#,
            400,
            "form_param_min_length_exceeded",
            "name",
        ),
        (
            "POST",
            "api_keys",
            r#"{"name":" abc","subject":"user_1"}"#,
            400,
            "form_param_format_invalid",
            "name",
        ),
        (
            "POST",
            "api_keys",
            r#"{"name":"abc","subject":"user_1","type":"ab"}"#,
            400,
            "form_param_value_invalid",
            "type",
        ),
        (
            "POST",
            "api_keys",
            r#"{"name":"abc","subject":"bob"}"#,
            400,
            "form_param_format_invalid",
            "subject",
        ),
        (
            "POST",
            "api_keys",
            r#"{"name":"abc","subject":"user_1","created_by":"org_1"}"#,
            400,
            "form_param_format_invalid",
            "created_by",
        ),
        (
            "PATCH",
            "api_keys/ak_1",
            r#"{"subject":""}"#,
            400,
            "form_param_format_invalid",
            "subject",
        ),
        (
            "POST",
            "api_keys",
            r#"{"name":"abc","subject":"user_1","x":1}"#,
            400,
            "form_param_unknown",
            "x",
        ),
        (
            "POST",
            "api_keys",
            r#"{"name":"abc","subject":"user_1","seconds_until_expiration":0}"#,
            400,
            "form_param_value_invalid",
            "seconds_until_expiration",
        ),
        ("GET", "api_keys", "", 400, "form_param_missing", "subject"),
        (
            "GET",
            "api_keys?subject=user_1&limit=101",
            "",
            400,
            "form_param_type_invalid",
            "limit",
        ),
        (
            "GET",
            "api_keys?subject=user_1&limit=0",
            "",
            400,
            "form_param_type_invalid",
            "limit",
        ),
        (
            "GET",
            "m2m_tokens?subject=mch_1&limit=ten",
            "",
            400,
            "form_param_type_invalid",
            "limit",
        ),
        (
            "GET",
            "m2m_tokens?subject=mch_1&revoked=1",
            "",
            400,
            "form_param_type_invalid",
            "revoked",
        ),
        ("GET", "api_keys/ak_2", "", 404, "resource_not_found", ""),
        (
            "POST",
            "m2m_tokens/mt_2/revoke",
            "{}",
            404,
            "resource_not_found",
            "",
        ),
        ("POST", "m2m_tokens", "{}", 401, "clerk_key_invalid", ""),
    ] {
        let (got, answer, _) = request(method, &format!("/v1/{path}"))
            .body(body)
            .send(&fake);
        let what = format!("{method} {path} {body}");
        assert_first_error(&answer, got, (status, code, param), &what);
    }
}

#[test]
fn the_refusal_of_a_subject_names_each_start_that_is_accepted() {
    let fake = FakeClerk::new();
    let create = |subject: &str| {
        let body = json!({ "name": "abc", "subject": subject }).to_string();
        let (status, answer, _) = request("POST", "/v1/api_keys").body(&body).send(&fake);
        (status, answer)
    };
    let (status, refused) = create("bob");
    let expected = (400, "form_param_format_invalid", "subject");
    let error = assert_first_error(&refused, status, expected, "bob");
    let message = error["long_message"].as_str().unwrap();
    for start in ["user_", "org_", "mch_", "scim_"] {
        assert_eq!(create(&format!("{start}1")).0, 200, "{start}");
        assert!(message.contains(start), "{message}");
    }
}

#[test]
fn a_description_of_an_api_key_has_up_to_255_characters() {
    let fake = FakeClerk::new();
    let create = |length: usize| {
        let description = "é".repeat(length);
        let body = json!({ "name": "abc", "subject": "user_1", "description": description });
        let body = body.to_string();
        let (status, key, _) = request("POST", "/v1/api_keys").body(&body).send(&fake);
        (status, key)
    };
    let (status, key) = create(255);
    assert_eq!(status, 200);
    let expected = (400, "form_param_max_length_exceeded", "description");
    let (status, answer) = create(256);
    assert_first_error(&answer, status, expected, "a creation");

    let path = format!("/v1/api_keys/{}", key["id"].as_str().unwrap());
    let body = json!({ "description": "é".repeat(256) }).to_string();
    let (status, answer, _) = request("PATCH", &path).body(&body).send(&fake);
    assert_first_error(&answer, status, expected, "an update");
    let (_, kept, _) = request("GET", &path).send(&fake);
    assert_eq!(kept["description"], key["description"]);
}

#[test]
fn api_keys_are_listed_by_their_type() {
    let fake = FakeClerk::new();
    for (name, key_type) in [("default", None), ("scim", Some("scim_key"))] {
        let body = json!({ "name": name, "subject": "user_1", "type": key_type }).to_string();
        let (status, key, _) = request("POST", "/v1/api_keys").body(&body).send(&fake);
        assert_eq!(status, 200, "{key}");
        assert_eq!(key["type"], key_type.unwrap_or("api_key"));
    }
    let restored = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
    assert_eq!(restored.to_json(), fake.to_json());
    for (query, name) in [("", "default"), ("&type=scim_key", "scim")] {
        let path = format!("/v1/api_keys?subject=user_1{query}");
        let (_, page, _) = request("GET", &path).send(&restored);
        assert_eq!(page["total_count"], 1, "{query}");
        assert_eq!(page["data"][0]["name"], name, "{query}");
    }
}

//! M2M tokens, and the secret keys of machines.

use std::time::Duration;

use clerk_client::api::M2mTokensApi;
use clerk_client::mock::FakeClerk;
use clerk_client::requests::{
    CreateM2mTokenRequest, M2mTokenListParams, RevokeM2mTokenRequest, RotateMachineSecretKeyRequest,
};
use clerk_client::{Error, SecretKey};
use serde_json::json;

use super::checked::{checked, checked_with};
use super::refusals::{assert_first_error, request};
use crate::support::run;

const PRINTER: &str = "mch_2xhFjEI5X2qWRvtV13BzSj8H6Da";
const WORKER: &str = "mch_2xhFjEI5X2qWRvtV13BzSj8H6Db";

/// Returns a fake with two machines. The worker can access the printer.
fn fake_with_machines() -> FakeClerk {
    let printer = json!({ "id": PRINTER, "name": "printer", "secret_key": "ak_printer" });
    let worker = json!({
        "id": WORKER,
        "name": "worker",
        "secret_key": "ak_worker",
        "scoped_machines": [PRINTER],
        "default_token_ttl": 600,
    });
    let seed = json!({ "objects": { "machines": [printer, worker] } });
    FakeClerk::from_json(&seed.to_string()).unwrap()
}

/// Returns a client of the operations on M2M tokens, with the secret key of a machine.
fn tokens_with(fake: &FakeClerk, key: &str) -> M2mTokensApi {
    checked_with(fake, SecretKey::machine(key).unwrap()).m2m_tokens()
}

/// Returns the status and the code with which a call was refused.
fn refusal(result: Result<impl Sized, Error>) -> (u16, String) {
    let error = result.err().expect("it is refused");
    let status = error.status().expect("the fake responded").as_u16();
    (status, error.code().unwrap_or_default().to_owned())
}

#[test]
fn a_machine_manages_its_own_tokens_and_verifies_those_that_grant_access_to_it() {
    let fake = fake_with_machines();
    let printer = tokens_with(&fake, "ak_printer");
    let worker = tokens_with(&fake, "ak_worker");
    let not_found = (404, "resource_not_found".to_owned());
    run(async {
        let request = CreateM2mTokenRequest::new();
        let created = worker.create_m2m_token(request).await.unwrap();
        let secret = created.token.clone().unwrap();
        let verified = printer.verify_m2m_token(&secret).await.unwrap();
        assert_eq!(verified.id, created.id);
        assert_eq!(
            refusal(worker.verify_m2m_token(&secret).await),
            not_found,
            "the worker is not in its own scope"
        );

        let list = || M2mTokenListParams::new(WORKER);
        let listed = worker.get_m2m_tokens(list()).await.unwrap();
        assert_eq!(listed.data[0].id, created.id);
        assert_eq!(
            refusal(printer.get_m2m_tokens(list()).await),
            (403, "authorization_invalid".to_owned())
        );

        let request = RevokeM2mTokenRequest::new;
        let refused = printer.revoke_m2m_token(&created.id, request()).await;
        assert_eq!(refusal(refused), not_found);
        printer.verify_m2m_token(&secret).await.unwrap();
        let revoked = worker.revoke_m2m_token(&created.id, request()).await;
        assert!(revoked.unwrap().revoked);
    });
}

#[test]
fn the_key_of_a_machine_is_accepted_for_m2m_tokens_only() {
    let fake = fake_with_machines();
    for (path, status, code) in [
        ("/v1/m2m_tokens/mt_0/revoke", 404, "resource_not_found"),
        ("/m2m_tokens/mt_0/revoke", 404, "resource_not_found"),
        ("/v1/users/m2m_tokens/ban", 401, "clerk_key_invalid"),
        ("/v1/users/ban", 401, "clerk_key_invalid"),
    ] {
        let post = request("POST", path).header("authorization", "Bearer ak_worker");
        let (got, body, _) = post.body("{}").send(&fake);
        assert_first_error(&body, got, (status, code, ""), path);
    }
}

#[test]
fn an_equal_token_that_lasts_long_enough_is_returned_again() {
    let fake = fake_with_machines();
    let worker = tokens_with(&fake, "ak_worker");
    run(async {
        let create = async |claim: u8, least: u32| {
            let claims = json!({ "job": claim });
            let request = CreateM2mTokenRequest::new().claims(claims);
            let request = request.min_remaining_ttl_seconds(least);
            worker.create_m2m_token(request).await.unwrap()
        };
        let first = create(1, 500).await;
        fake.clock().advance(Duration::from_secs(100));
        let again = create(1, 500).await;
        assert_eq!((&again.id, &again.token), (&first.id, &first.token));
        assert!(again.token.is_some());
        assert_eq!(again.created_at, first.created_at);
        assert_ne!(create(2, 500).await.id, first.id, "other claims");
        let longer = create(1, 501).await;
        assert_ne!(longer.id, first.id, "the first token expires too early");

        let request = RevokeM2mTokenRequest::new();
        worker.revoke_m2m_token(&longer.id, request).await.unwrap();
        assert_eq!(create(1, 500).await.id, first.id);
        let request = RevokeM2mTokenRequest::new();
        worker.revoke_m2m_token(&first.id, request).await.unwrap();
        let next = create(1, 0).await;
        assert!(![&first.id, &longer.id].contains(&&next.id), "revoked");
        fake.clock().advance(Duration::from_secs(600));
        assert_ne!(create(1, 0).await.id, next.id, "expired");

        let request = CreateM2mTokenRequest::new().claims(json!({ "job": 1 }));
        let plain = worker.create_m2m_token(request.clone()).await.unwrap();
        let other = worker.create_m2m_token(request).await.unwrap();
        assert_ne!(plain.id, other.id, "without min_remaining_ttl_seconds");
    });
}

#[test]
fn a_remaining_time_that_a_new_token_would_not_have_is_refused() {
    let fake = fake_with_machines();
    for (body, status) in [
        (r#"{"min_remaining_ttl_seconds":599}"#, 201),
        (r#"{"min_remaining_ttl_seconds":600}"#, 400),
        (
            r#"{"min_remaining_ttl_seconds":60,"seconds_until_expiration":60}"#,
            400,
        ),
        (
            r#"{"min_remaining_ttl_seconds":600,"seconds_until_expiration":601}"#,
            201,
        ),
        (
            r#"{"min_remaining_ttl_seconds":600,"seconds_until_expiration":null}"#,
            201,
        ),
    ] {
        let request = request("POST", "/v1/m2m_tokens");
        let request = request.header("authorization", "Bearer ak_worker");
        let (got, answer, _) = request.body(body).send(&fake);
        if status == 400 {
            let expected = (400, "form_param_value_invalid", "min_remaining_ttl_seconds");
            assert_first_error(&answer, got, expected, body);
        } else {
            assert_eq!(got, status, "{body}");
        }
    }
}

#[test]
fn a_token_that_would_expire_at_once_is_refused() {
    let fake = fake_with_machines();
    let create = request("POST", "/v1/m2m_tokens").header("authorization", "Bearer ak_worker");
    let body = r#"{"seconds_until_expiration":0}"#;
    let (status, answer, _) = create.body(body).send(&fake);
    let expected = (400, "form_param_value_invalid", "seconds_until_expiration");
    assert_first_error(&answer, status, expected, body);
}

#[test]
fn a_previous_key_of_a_machine_is_valid_as_long_as_its_rotation_said() {
    let fake = fake_with_machines();
    let machines = checked(&fake).machines();
    let list = async |fake: &FakeClerk, key: &str| {
        let tokens = tokens_with(fake, key);
        let listed = tokens.get_m2m_tokens(M2mTokenListParams::new(WORKER));
        listed.await.map(|page| page.data.len())
    };
    let refused = (401, "clerk_key_invalid".to_owned());
    run(async {
        let rotate = async |seconds: u32| {
            let request = RotateMachineSecretKeyRequest::new(seconds);
            let rotated = machines.rotate_machine_secret_key(WORKER, request);
            rotated.await.unwrap().secret
        };
        let second = rotate(60).await;
        assert_eq!(list(&fake, "ak_worker").await.unwrap(), 0);
        assert_eq!(list(&fake, second.expose()).await.unwrap(), 0);
        let third = rotate(0).await;
        assert_eq!(refusal(list(&fake, second.expose()).await), refused);
        assert_eq!(list(&fake, third.expose()).await.unwrap(), 0);

        // Setting the time does not shorten the remaining duration of a previous key.
        fake.set_time(fake.time() + Duration::from_secs(3_600));
        fake.clock().advance(Duration::from_secs(59));
        assert_eq!(list(&fake, "ak_worker").await.unwrap(), 0);
        let restored = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
        assert_eq!(list(&restored, "ak_worker").await.unwrap(), 0);
        fake.clock().advance(Duration::from_secs(1));
        assert_eq!(refusal(list(&fake, "ak_worker").await), refused);
        assert_eq!(list(&fake, third.expose()).await.unwrap(), 0);
    });
}

#[test]
fn a_previous_key_of_a_machine_is_not_returned() {
    let fake = fake_with_machines();
    let one = format!("/v1/machines/{WORKER}");
    let key = format!("{one}/secret_key");
    let rotate = format!("{key}/rotate");
    for (method, path, body) in [
        ("POST", rotate.as_str(), r#"{"previous_token_ttl":60}"#),
        ("GET", "/v1/machines", ""),
        ("GET", one.as_str(), ""),
        ("PATCH", one.as_str(), r#"{"name":"clerk"}"#),
        ("GET", key.as_str(), ""),
    ] {
        let (status, answer, _) = request(method, path).body(body).send(&fake);
        assert_eq!(status, 200, "{method} {path}");
        let text = answer.to_string();
        assert!(!text.contains("ak_worker"), "{method} {path}: {text}");
        assert!(!text.contains("previous"), "{method} {path}: {text}");
    }
    assert!(!format!("{fake:?}").contains("ak_worker"));
}

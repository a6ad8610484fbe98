//! Machines, and the keys and tokens with which programs authenticate.

use clerk_client::mock::Reply;
use clerk_client::models::{AgentTask, ApiKey, M2mToken, Machine, VerifiedOAuthAccessToken};
use clerk_client::requests::{
    AgentTaskPermissions, AgentTaskUser, ApiKeyListParams, CreateAdminPortalLinkTokenRequest,
    CreateAgentTaskRequest, CreateApiKeyRequest, CreateM2mTokenRequest, CreateMachineRequest,
    M2mTokenListParams, RotateMachineSecretKeyRequest, UpdateApiKeyRequest, UpdateMachineRequest,
    UpdateOAuthApplicationRequest,
};
use clerk_client::{Call, ErrorKind, UserId};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::{client_replying, client_replying_ok, run};

fn read<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

#[test]
fn a_page_of_m2m_tokens_has_its_tokens_and_their_number() {
    let body = json!({ "m2m_tokens": [{ "id": "mt_1", "subject": "mch_1" }], "total_count": 3 });
    let clerk = client_replying_ok(body.to_string());
    let params = M2mTokenListParams::new("mch_1");
    let page = run(clerk.m2m_tokens().get_m2m_tokens(params)).unwrap();
    assert_eq!(page.data[0].id, "mt_1");
    assert_eq!(page.total_count, Some(3));
}

#[test]
fn api_keys_are_listed_in_pages_of_at_most_100() {
    let (clerk, requests) = client_replying(|| Reply::bytes(200, r#"{"data":[],"total_count":0}"#));
    let mut pager = clerk.api_keys().list_all(ApiKeyListParams::new("user_1"));
    run(pager.next_page()).unwrap();
    let request = requests.lock().unwrap().pop().unwrap();
    assert_eq!(request.query_values("subject"), ["user_1"]);
    assert_eq!(request.query_values("limit"), ["100"]);

    let params = ApiKeyListParams::new("user_1").limit(101);
    let refused = clerk.api_keys().get_api_keys(params).into_request();
    let error = refused.unwrap_err().to_string();
    assert!(error.contains("101; it must be 1 to 100"), "{error}");
}

#[test]
fn a_key_acts_for_any_kind_of_subject() {
    let user_id = UserId::from("user_1");
    let of_user = CreateApiKeyRequest::new("export", &user_id);
    assert_eq!(of_user.subject, user_id.as_str());
    let machine: Machine = read(json!({ "id": "mch_1" }));
    let of_machine = CreateApiKeyRequest::new("export", machine.id);
    assert_eq!(of_machine.subject, "mch_1");
}

/// Returns the error message of a call that is refused before it is sent.
fn refusal<R>(call: Call<R>) -> String {
    let error = call.into_request().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    error.to_string()
}

#[test]
fn keys_beyond_clerks_limits_are_refused() {
    let keys = client_replying_ok("{}").api_keys();
    let create = |name: &str, subject: &str| CreateApiKeyRequest::new(name, subject);
    let key = || create("export", "user_1");
    let long = UpdateApiKeyRequest::new().description("é".repeat(256));
    for (refusal, says) in [
        (
            refusal(keys.create_api_key(create("ab", "user_1"))),
            "invalid name: \"ab\"",
        ),
        (
            refusal(keys.create_api_key(create("abc ", "user_1"))),
            "no white space at its ends",
        ),
        (
            refusal(keys.create_api_key(create("abc", " "))),
            "invalid subject: it is blank",
        ),
        (
            refusal(keys.create_api_key(key().kind("ab"))),
            "invalid type: it has 2 characters; it must have 3 to 25",
        ),
        (
            refusal(keys.create_api_key(key().seconds_until_expiration(0u32))),
            "invalid seconds_until_expiration: 0; it must be above 0",
        ),
        (
            refusal(keys.update_api_key("ak_1", long)),
            "invalid description: it has 256 characters; it must have 0 to 255",
        ),
        (
            refusal(keys.get_api_keys(ApiKeyListParams::new(""))),
            "subject",
        ),
        (
            refusal(keys.get_api_keys(ApiKeyListParams::new("user_1").kind("ab"))),
            "invalid type: \"ab\"; it must have at least 3 characters",
        ),
        (
            refusal(keys.get_api_key("verify")),
            "is an endpoint of the API",
        ),
    ] {
        assert!(refusal.contains(says), "{refusal}");
    }
}

#[test]
fn machines_beyond_clerks_limits_are_refused() {
    let machines = client_replying_ok("{}").machines();
    let many = CreateMachineRequest::new("mail").scoped_machines(vec!["mch_1"; 151]);
    let update = UpdateMachineRequest::new().default_token_ttl(0);
    let rotate = RotateMachineSecretKeyRequest::new(28_801_u32);
    for (refusal, says) in [
        (
            refusal(machines.create_machine(CreateMachineRequest::new(""))),
            "invalid name: it has 0 characters; it must have 1 to 255",
        ),
        (
            refusal(machines.create_machine(many)),
            "invalid scoped_machines: it has 151 machines; it must have up to 150",
        ),
        (
            refusal(machines.update_machine("mch_1", update)),
            "invalid default_token_ttl: 0; it must be 1 to 315360000",
        ),
        (
            refusal(machines.rotate_machine_secret_key("mch_1", rotate)),
            "invalid previous_token_ttl: 28801; it must be 0 to 28800",
        ),
    ] {
        assert!(refusal.contains(says), "{refusal}");
    }
}

#[test]
fn tokens_beyond_clerks_limits_are_refused() {
    let clerk = client_replying_ok("{}");
    let (m2m, links) = (clerk.m2m_tokens(), clerk.admin_portal_link_tokens());
    let least = CreateM2mTokenRequest::new()
        .seconds_until_expiration(60u32)
        .min_remaining_ttl_seconds(60);
    let link = CreateAdminPortalLinkTokenRequest::new();
    for (refusal, says) in [
        (
            refusal(clerk.api_keys().verify_api_key("")),
            "invalid secret: it is empty",
        ),
        (
            refusal(m2m.verify_m2m_token("")),
            "invalid token: it is empty",
        ),
        (
            refusal(clerk.oauth_access_tokens().verify_oauth_access_token("")),
            "invalid access_token: it is empty",
        ),
        (
            refusal(m2m.create_m2m_token(least)),
            "60; it must be below seconds_until_expiration, which is 60",
        ),
        (
            refusal(links.create_admin_portal_link_token(link.clone().scopes(["a", ""]))),
            "invalid scopes[1]: it is blank",
        ),
        (
            refusal(links.create_admin_portal_link_token(link.seconds_until_expiration(86_401))),
            "invalid seconds_until_expiration: 86401; it must be 1 to 86400",
        ),
    ] {
        assert!(refusal.contains(says), "{refusal}");
    }
}

#[test]
fn a_task_without_an_agent_or_a_user_is_refused() {
    let tasks = client_replying_ok("{}").agent_tasks();
    for (agent, user, says) in [
        (
            " ",
            UserId::from("user_1").into(),
            "invalid agent_name: it is blank",
        ),
        (
            "assistant",
            UserId::from("").into(),
            "invalid on_behalf_of.user_id: it is blank",
        ),
        (
            "assistant",
            AgentTaskUser::Identifier(String::new()),
            "invalid on_behalf_of.identifier: it is blank",
        ),
    ] {
        let refusal = refusal(tasks.create_agent_task(task(user, agent)));
        assert!(refusal.contains(says), "{refusal}");
    }
}

fn task(user: AgentTaskUser, agent: &str) -> CreateAgentTaskRequest {
    let (all, url) = (AgentTaskPermissions::All, "https://example.com");
    CreateAgentTaskRequest::new(user, all, agent, "Book a table", url)
}

#[test]
fn a_task_names_its_user_by_id_or_by_identifier() {
    for (user, expected) in [
        (
            UserId::from("user_1").into(),
            json!({ "user_id": "user_1" }),
        ),
        (
            AgentTaskUser::Identifier("ada@example.com".to_owned()),
            json!({ "identifier": "ada@example.com" }),
        ),
    ] {
        let request = task(user, "assistant");
        let body = serde_json::to_value(&request).unwrap();
        assert_eq!(body["on_behalf_of"], expected);
        assert_eq!(body["permissions"], "*");
    }
}

#[test]
fn nullable_lists_can_be_cleared() {
    let request = UpdateOAuthApplicationRequest::new();
    let body = |request| serde_json::to_value::<UpdateOAuthApplicationRequest>(request).unwrap();
    assert_eq!(body(request.clone()), json!({}));
    let set = request.clone().redirect_uris(["https://a.example"]);
    assert_eq!(body(set), json!({ "redirect_uris": ["https://a.example"] }));
    let cleared = request.clear_redirect_uris();
    assert_eq!(body(cleared), json!({ "redirect_uris": null }));
}

#[test]
fn only_a_valid_access_token_is_active() {
    let token = json!({
        "object": "clerk_idp_oauth_access_token", "id": "oat_1", "client_id": "client_1",
        "subject": "user_1", "scopes": ["read"], "revoked": false, "expired": false,
    });
    assert!(read::<VerifiedOAuthAccessToken>(token.clone()).is_active());
    for flag in ["revoked", "expired"] {
        let mut invalid = token.clone();
        invalid[flag] = json!(true);
        assert!(!read::<VerifiedOAuthAccessToken>(invalid).is_active());
    }
    for invalid in [json!({ "active": false }), json!({})] {
        assert!(!read::<VerifiedOAuthAccessToken>(invalid).is_active());
    }
}

#[test]
fn keys_and_tokens_are_returned_and_not_printed() {
    let key: ApiKey = read(json!({ "id": "ak_1", "secret": "hush" }));
    let token: M2mToken = read(json!({ "id": "mt_1", "token": "hush" }));
    let machine: Machine = read(json!({ "id": "mch_1", "secret_key": "hush" }));
    let task: AgentTask = read(json!({ "agent_task_id": "1", "url": "https://a.example/hush" }));
    assert_eq!(key.secret.as_ref().unwrap().expose(), "hush");
    let printed = format!("{key:?} {token:?} {machine:?} {task:?}");
    assert!(!printed.contains("hush"), "{printed}");
}

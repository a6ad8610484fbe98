//! Machines, and objects with secrets.

use clerk_client::mock::{FakeMachineToken, FakeUser};
use clerk_client::models::OAuthApplication;
use clerk_client::requests::{
    AgentTaskPermissions, CreateActorTokenRequest, CreateAgentTaskRequest, CreateMachineRequest,
    CreateMachineScopeRequest, CreateOAuthApplicationRequest, CreateSignInTokenRequest,
    RotateMachineSecretKeyRequest, UpdateOAuthApplicationRequest,
};
use clerk_client::{Metadata, SecretString, UserId};
use serde_json::json;

use super::super::checked::checked;
use super::super::refusals::request;
use super::{code, fake_with_ada};
use crate::support::run;

#[test]
fn a_secret_is_in_the_response_to_the_creation_only() {
    let clerk = checked(&fake_with_ada());
    run(async {
        let applications = clerk.oauth_applications();
        let request = CreateOAuthApplicationRequest::new("CLI");
        let created = applications
            .create_oauth_application(request)
            .await
            .unwrap();
        let found = applications
            .get_oauth_application(&created.id)
            .await
            .unwrap();
        assert_eq!(found.client_secret, None);
        let rotated = applications
            .rotate_oauth_application_secret(&created.id)
            .await
            .unwrap();
        assert!(rotated.client_secret.is_some());
        assert_ne!(rotated.client_secret, created.client_secret);
        let request = CreateOAuthApplicationRequest::new("App").public(true);
        let public = applications
            .create_oauth_application(request)
            .await
            .unwrap();
        let rotated = applications
            .rotate_oauth_application_secret(&public.id)
            .await
            .unwrap();
        assert_eq!(rotated.client_secret, None);

        let machines = clerk.machines();
        let machine = machines
            .create_machine(CreateMachineRequest::new("worker"))
            .await
            .unwrap();
        assert_eq!(
            machines.get_machine(&machine.id).await.unwrap().secret_key,
            None
        );
        let key = machines.get_machine_secret_key(&machine.id).await.unwrap();
        assert_eq!(Some(&key.secret), machine.secret_key.as_ref());
        let request = RotateMachineSecretKeyRequest::new(60u32);
        let rotated = machines
            .rotate_machine_secret_key(&machine.id, request)
            .await
            .unwrap();
        assert_ne!(rotated.secret, key.secret);
        let key = machines.get_machine_secret_key(&machine.id).await.unwrap();
        assert_eq!(rotated.secret, key.secret);

        let tokens = clerk.sign_in_tokens();
        let request = CreateSignInTokenRequest::new("user_ada");
        let token = tokens.create_sign_in_token(request).await.unwrap();
        assert!(
            token
                .token
                .as_ref()
                .is_some_and(|token| !SecretString::is_empty(token))
        );
        let revoked = tokens.revoke_sign_in_token(&token.id).await.unwrap();
        assert_eq!((revoked.status.as_str(), revoked.token), ("revoked", None));
        let again = tokens.revoke_sign_in_token(&token.id).await;
        assert_eq!(code(again), "sign_in_token_cannot_be_revoked_code");
    });
}

#[test]
fn the_callback_url_is_the_first_of_the_redirect_uris() {
    let clerk = checked(&fake_with_ada());
    let uris = |application: &OAuthApplication| {
        let uris = application.redirect_uris.join(" ");
        assert!(uris.starts_with(&application.callback_url));
        uris
    };
    run(async {
        let applications = clerk.oauth_applications();
        let request = CreateOAuthApplicationRequest::new("CLI");
        let request = request.callback_url("https://example.com/1");
        let created = applications
            .create_oauth_application(request)
            .await
            .unwrap();
        assert_eq!(uris(&created), "https://example.com/1");
        let update = async |request| {
            let updated = applications.update_oauth_application(&created.id, request);
            uris(&updated.await.unwrap())
        };
        let request = UpdateOAuthApplicationRequest::new();
        let two = ["https://example.com/2", "https://example.com/3"];
        assert_eq!(
            update(request.clone().redirect_uris(two)).await,
            two.join(" ")
        );
        let request = request.callback_url("https://example.com/4");
        assert_eq!(
            update(request).await,
            "https://example.com/4 https://example.com/3"
        );
        let request = UpdateOAuthApplicationRequest::new();
        let listed = request.clone().callback_url("https://example.com/3");
        assert_eq!(
            update(listed).await,
            "https://example.com/3 https://example.com/4"
        );

        // A request with `redirect_uris` and `callback_url` stores the URIs of both, even if
        // `redirect_uris` equals the stored list.
        let stored = ["https://example.com/3", "https://example.com/4"];
        let both = request
            .redirect_uris(stored)
            .callback_url("https://example.com/5");
        assert_eq!(
            update(both).await,
            "https://example.com/5 https://example.com/3 https://example.com/4"
        );
        let both = CreateOAuthApplicationRequest::new("Web")
            .redirect_uris(two)
            .callback_url("https://example.com/1");
        let created = applications.create_oauth_application(both).await.unwrap();
        assert_eq!(
            uris(&created),
            "https://example.com/1 https://example.com/2 https://example.com/3"
        );
    });
}

#[test]
fn a_sign_in_token_is_for_an_organization_of_the_user() {
    let fake = fake_with_ada();
    fake.add(FakeUser::new("user_bob").member_of("org_1", "org:member"));
    let clerk = checked(&fake);
    let tokens = clerk.sign_in_tokens();
    let create = |user: &str| {
        let request = CreateSignInTokenRequest::new(user).org_id("org_1");
        tokens.create_sign_in_token(request)
    };
    run(async {
        let token = create("user_bob").await.unwrap();
        assert_eq!(token.user_id, "user_bob");
        let refused = create("user_ada").await;
        assert_eq!(code(refused), "not_a_member_in_organization");
        let mut settings = fake.settings();
        settings.organizations_enabled = false;
        fake.set_settings(settings);
        let refused = create("user_bob").await;
        assert_eq!(code(refused), "organization_not_enabled_in_instance");
    });
}

#[test]
fn tokens_for_another_user_are_created_and_revoked() {
    let clerk = checked(&fake_with_ada());
    run(async {
        let actors = clerk.actor_tokens();
        let actor: Metadata = json!({ "sub": "user_support" }).into();
        let request = CreateActorTokenRequest::new("user_ada", actor);
        let token = actors.create_actor_token(request).await.unwrap();
        let revoked = actors.revoke_actor_token(&token.id).await.unwrap();
        assert_eq!(revoked.status.as_str(), "revoked");
        let again = actors.revoke_actor_token(&token.id).await;
        assert_eq!(code(again), "actor_token_cannot_be_revoked_code");

        let agents = clerk.agent_tasks();
        let task = |of: &str| {
            let user = UserId::from(of);
            let url = "https://example.com/agent";
            let everything = AgentTaskPermissions::All;
            CreateAgentTaskRequest::new(user, everything, "helper", "Sorts the mail.", url)
        };
        let first = agents.create_agent_task(task("user_ada")).await.unwrap();
        let second = agents.create_agent_task(task("user_ada")).await.unwrap();
        assert_eq!(first.agent_id, second.agent_id);
        assert_ne!(first.agent_task_id, second.agent_task_id);
        let unknown = agents.create_agent_task(task("user_2")).await;
        assert_eq!(code(unknown), "agent_task_subject_not_found");
        agents
            .revoke_agent_task(&first.agent_task_id)
            .await
            .unwrap();
        let again = agents.revoke_agent_task(&first.agent_task_id).await;
        assert_eq!(code(again), "agent_task_cannot_be_revoked");

        let testing = clerk.testing_tokens().create_testing_token().await.unwrap();
        assert!(!testing.token.is_empty());
    });
}

#[test]
fn an_agent_acts_for_one_user_who_is_named_by_an_id_or_a_verified_identifier() {
    let fake = fake_with_ada();
    let bob = FakeUser::new("user_bob").unverified_email_address("bob@example.com");
    fake.add(bob.username("bob_b").phone_number("+15555550100"));
    let (unknown, invalid) = ("agent_task_subject_not_found", "form_param_value_invalid");
    let (site, app) = ("https://example.com/agent", "myapp://agent");
    for (subject, url, expected) in [
        (json!({ "user_id": "user_ada" }), site, ""),
        (json!({ "identifier": "ADA@example.com" }), site, ""),
        (json!({ "user_id": "user_ada" }), "HTTPS://example.com", ""),
        (json!({ "identifier": "+15555550100" }), site, ""),
        (
            json!({ "identifier": "bob_b" }),
            "http://localhost:3000",
            "",
        ),
        (json!({ "identifier": "bob@example.com" }), site, unknown),
        (
            json!({ "user_id": "user_ada", "identifier": "ada@example.com" }),
            site,
            invalid,
        ),
        (
            json!({ "user_id": "user_ada" }),
            app,
            "form_param_format_invalid",
        ),
    ] {
        let body = json!({
            "on_behalf_of": subject,
            "permissions": "*",
            "agent_name": "helper",
            "task_description": "Sorts the mail.",
            "redirect_url": url,
        });
        let create = request("POST", "/v1/agents/tasks");
        let (_, response, _) = create.body(&body.to_string()).send(&fake);
        let code = response["errors"][0]["code"].as_str().unwrap_or_default();
        assert_eq!(code, expected, "{body}: {response}");
    }
}

#[test]
fn a_machine_has_the_scopes_that_it_was_given() {
    let clerk = checked(&fake_with_ada());
    let machines = clerk.machines();
    run(async {
        let printer = machines
            .create_machine(CreateMachineRequest::new("printer"))
            .await
            .unwrap();
        let request = CreateMachineRequest::new("worker").scoped_machines([&printer.id]);
        let worker = machines.create_machine(request).await.unwrap();
        assert_eq!(worker.scoped_machines[0].name, "printer");

        let scope = || CreateMachineScopeRequest::new(&printer.id);
        let again = machines.create_machine_scope(&worker.id, scope()).await;
        assert_eq!(code(again), "conflict");
        machines
            .delete_machine_scope(&worker.id, &printer.id)
            .await
            .unwrap();
        let gone = machines.delete_machine_scope(&worker.id, &printer.id).await;
        assert_eq!(code(gone), "resource_not_found");
        machines
            .create_machine_scope(&worker.id, scope())
            .await
            .unwrap();
        machines.delete_machine(&printer.id).await.unwrap();
        assert!(
            machines
                .get_machine(&worker.id)
                .await
                .unwrap()
                .scoped_machines
                .is_empty()
        );
    });
}

#[test]
fn an_application_revokes_its_own_tokens_only() {
    let fake = fake_with_ada();
    let clerk = checked(&fake);
    let applications = clerk.oauth_applications();
    run(async {
        let mut created = Vec::new();
        for name in ["CLI", "TUI"] {
            let request = CreateOAuthApplicationRequest::new(name);
            created.push(
                applications
                    .create_oauth_application(request)
                    .await
                    .unwrap(),
            );
        }
        let token = FakeMachineToken::new("user_2xhFjEI5X2qWRvtV13BzSj8H6Dk")
            .client_id(&created[0].client_id);
        let token = fake.add_oauth_application_token(token);
        let revoke =
            |at: usize| applications.revoke_oauth_application_token(&created[at].id, token.clone());
        assert_eq!(code(revoke(1).await), "resource_not_found");
        revoke(0).await.unwrap();
        let tokens = clerk.oauth_access_tokens();
        assert_eq!(
            code(tokens.verify_oauth_access_token(token.clone()).await),
            "resource_not_found"
        );
    });
}

//! Objects that the fake keeps, and the settings of the instance.

mod connections;
mod coverage;
mod enterprise;
mod life;
mod listing;
mod refusals;
mod sdks;
mod secrets;
mod settings;
mod sign_up;
mod stored;

use clerk_client::Error;
use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::requests::*;
use serde_json::json;

use super::checked::checked;
use crate::support::run;

fn fake_with_ada() -> FakeClerk {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").email_address("ada@example.com"));
    fake
}

fn code(result: Result<impl Sized, Error>) -> String {
    let error = result.err().expect("it is refused");
    error.code().unwrap_or_default().to_owned()
}

/// Creates, lists, reads, changes and deletes an object.
macro_rules! life {
    (
        $clerk:ident.$tag:ident: $create:ident($request:expr), $list:ident $params:tt
        $(, $get:ident)? $(; $update:ident($changes:expr))? => $delete:ident
    ) => {{
        let api = $clerk.$tag();
        let created = api.$create($request).await.unwrap();
        let listed = api.$list $params.await.unwrap();
        assert_eq!(listed.total_count, Some(1), stringify!($list));
        assert_eq!(listed.data[0].id, created.id, stringify!($list));
        $(assert_eq!(api.$get(&created.id).await.unwrap(), listed.data[0], stringify!($get));)?
        $(
            let changed = api.$update(&created.id, $changes).await.unwrap();
            assert_eq!(changed.id, created.id, stringify!($update));
            let listed = api.$list $params.await.unwrap();
            assert_eq!(listed.data, [changed], stringify!($update));
            assert_ne!(listed.data[0], created, stringify!($update));
        )?
        let deleted = api.$delete(&created.id).await.unwrap();
        assert!(deleted.deleted, stringify!($delete));
        let again = api.$delete(&created.id).await.unwrap_err();
        assert_eq!(again.code(), Some("resource_not_found"), stringify!($delete));
        assert!(api.$list $params.await.unwrap().data.is_empty(), stringify!($delete));
    }};
}

#[test]
#[allow(deprecated, reason = "SAML connections are kept, too")]
fn each_kind_of_object_lives_from_its_creation_to_its_deletion() {
    let clerk = checked(&fake_with_ada());
    run(async {
        life!(clerk.redirect_urls:
            create_redirect_url(CreateRedirectUrlRequest::new("https://example.com/welcome")),
            list_redirect_urls(PageParams::new()), get_redirect_url => delete_redirect_url);
        life!(clerk.jwt_templates:
            create_jwt_template(CreateJwtTemplateRequest::new("hasura", json!({ "a": 1 }))),
            list_jwt_templates(PageParams::new()), get_jwt_template;
            update_jwt_template(UpdateJwtTemplateRequest::new("hasura", json!({ "a": 2 })))
            => delete_jwt_template);
        life!(clerk.allowlist_blocklist:
            create_allowlist_identifier(CreateAllowlistIdentifierRequest::new("a@example.com")),
            list_allowlist_identifiers(PageParams::new()) => delete_allowlist_identifier);
        life!(clerk.allowlist_blocklist:
            create_blocklist_identifier(CreateBlocklistIdentifierRequest::new("+15555550100")),
            list_blocklist_identifiers() => delete_blocklist_identifier);
        life!(clerk.waitlist_entries:
            create_waitlist_entry(CreateWaitlistEntryRequest::new("bob@example.com")),
            list_waitlist_entries(WaitlistEntryListParams::new()) => delete_waitlist_entry);
        life!(clerk.oauth_applications:
            create_oauth_application(
                CreateOAuthApplicationRequest::new("CLI").redirect_uris(["https://example.com/cb"])),
            list_oauth_applications(OAuthApplicationListParams::new()), get_oauth_application;
            update_oauth_application(UpdateOAuthApplicationRequest::new().scopes("email"))
            => delete_oauth_application);
        life!(clerk.machines:
            create_machine(CreateMachineRequest::new("worker")),
            list_machines(MachineListParams::new()), get_machine;
            update_machine(UpdateMachineRequest::new().name("printer")) => delete_machine);
        life!(clerk.saml_connections:
            create_saml_connection(CreateSamlConnectionRequest::new(
                "Okta", "saml_okta", vec!["example.com".to_owned()])),
            list_saml_connections(SamlConnectionListParams::new()), get_saml_connection;
            update_saml_connection(UpdateSamlConnectionRequest::new().active(true))
            => delete_saml_connection);
        let connection = CreateEnterpriseConnectionRequest::new(
            "Okta",
            "saml_okta",
            vec!["example.com".to_owned()],
        );
        life!(clerk.enterprise_connections:
            create_enterprise_connection(connection.clone()),
            list_enterprise_connections(EnterpriseConnectionListParams::new()),
            get_enterprise_connection;
            update_enterprise_connection(UpdateEnterpriseConnectionRequest::new().active(true))
            => delete_enterprise_connection);
        let connections = clerk.enterprise_connections();
        let connection = connections
            .create_enterprise_connection(connection)
            .await
            .unwrap();
        life!(clerk.directories:
            create_directory(CreateDirectoryRequest::new(&connection.id, "okta")),
            list_directories(PageParams::new()), get_directory;
            update_directory(UpdateDirectoryRequest::new().enabled(false)) => delete_directory);
        life!(clerk.scim_directories:
            create_scim_directory(CreateScimDirectoryRequest::new(&connection.id, "okta")),
            list_scim_directories(PageParams::new()), get_scim_directory;
            update_scim_directory(UpdateDirectoryRequest::new().name("People"))
            => delete_scim_directory);
    });
}

#[test]
fn an_instance_has_a_primary_domain_and_satellites() {
    let clerk = checked(&fake_with_ada());
    let domains = clerk.domains();
    run(async {
        let request = AddDomainRequest::new("shop.example.com", true);
        let shop = domains.add_domain(request.clone()).await.unwrap();
        assert_eq!(
            code(domains.add_domain(request).await),
            "form_already_exists"
        );
        let listed = domains.list_domains().await.unwrap();
        assert_eq!((listed.total_count, &listed.data[0]), (Some(2), &shop));
        let primary = &listed.data[1];
        let refused = domains.delete_domain(&primary.id).await;
        assert_eq!(code(refused), "operation_not_allowed_on_primary_domain");

        let request = UpdateDomainRequest::new().name("store.example.com");
        let updated = domains.update_domain(&shop.id, request).await.unwrap();
        assert_eq!(updated.frontend_api_url, "https://clerk.store.example.com");
        assert_eq!(updated.accounts_portal_url, None);
        let request = UpdateDomainRequest::new().name("looms.example");
        let updated = domains.update_domain(&primary.id, request).await.unwrap();
        assert_eq!(updated.frontend_api_url, "https://clerk.looms.example");
        let portal = updated.accounts_portal_url.as_deref();
        assert_eq!(portal, Some("https://accounts.looms.example"));
        domains.delete_domain(&shop.id).await.unwrap();
        assert_eq!(
            code(domains.delete_domain(&shop.id).await),
            "resource_not_found"
        );
    });
}

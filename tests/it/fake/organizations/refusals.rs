//! Requests that are refused, and the code, status and parameter of the errors.

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::Organization;
use serde_json::{Value, json};

use crate::fake::refusals::{assert_first_error, request};

fn fake() -> FakeClerk {
    let fake = FakeClerk::new();
    let mut engines = Organization::new("org_engines");
    engines.slug = Some("engines".into());
    fake.add_organization(engines);
    let mut full = Organization::new("org_full");
    full.max_allowed_memberships = 1;
    fake.add_organization(full);
    let ada = FakeUser::new("user_ada").email_address("ada@example.com");
    let ada = ada.member_of("org_engines", "org:admin");
    fake.add(ada.member_of("org_full", "org:accountant"));
    fake.add(FakeUser::new("user_alan").member_of("org_engines", "org:member"));
    let mut limited = clerk_client::models::User::new("user_limited");
    limited.create_organizations_limit = Some(1);
    fake.add(limited);
    for (path, body) in [
        (
            "/v1/organizations",
            json!({ "name": "Looms", "created_by": "user_limited" }),
        ),
        (
            "/v1/organizations/org_engines/invitations",
            json!({ "email_address": "joan@example.com", "role": "org:member" }),
        ),
        (
            "/v1/organizations/org_engines/domains",
            json!({ "name": "engines.example", "enrollment_mode": "manual_invitation" }),
        ),
    ] {
        let (status, response, _) = request("POST", path).body(&body.to_string()).send(&fake);
        assert_eq!(status, 200, "{response}");
    }
    fake
}

fn assert_refused(
    fake: &FakeClerk,
    method: &str,
    path: &str,
    body: &Value,
    expected: (u16, &str, &str),
) {
    let path = format!("/v1/{path}");
    let text = body.to_string();
    let (status, response, _) = request(method, &path).body(&text).send(fake);
    assert_first_error(
        &response,
        status,
        expected,
        &format!("{method} {path} {body}: {response}"),
    );
}

#[test]
fn refusals_about_organizations_have_clerks_codes() {
    let fake = fake();
    for (method, path, body, expected) in [
        (
            "POST",
            "organizations",
            json!({}),
            (422, "form_param_missing", "name"),
        ),
        (
            "POST",
            "organizations",
            json!({ "name": "a".repeat(257) }),
            (422, "form_param_max_length_exceeded", "name"),
        ),
        (
            "POST",
            "organizations",
            json!({ "name": "https://example.com" }),
            (422, "form_param_format_invalid", "name"),
        ),
        (
            "POST",
            "organizations",
            json!({ "name": "E", "slug": "engines" }),
            (422, "form_identifier_exists", "slug"),
        ),
        (
            "POST",
            "organizations",
            json!({ "name": "E", "slug": "En gines" }),
            (422, "form_param_format_invalid", "slug"),
        ),
        (
            "POST",
            "organizations",
            json!({ "name": "E", "created_by": "user_0" }),
            (400, "organization_creator_not_found", ""),
        ),
        (
            "POST",
            "organizations",
            json!({ "name": "E", "created_by": "user_limited" }),
            (403, "organization_quota_exceeded", ""),
        ),
        (
            "PATCH",
            "organizations/org_full",
            json!({ "slug": "engines" }),
            (422, "form_identifier_exists", "slug"),
        ),
        (
            "GET",
            "organizations?order_by=slug",
            json!(null),
            (422, "form_param_value_invalid", "order_by"),
        ),
        (
            "GET",
            "organizations/org_0",
            json!(null),
            (404, "resource_not_found", ""),
        ),
        (
            "DELETE",
            "organizations/org_0",
            json!(null),
            (404, "resource_not_found", ""),
        ),
        (
            "PUT",
            "organizations/org_engines/logo",
            json!(null),
            (400, "form_param_missing", ""),
        ),
        (
            "GET",
            "organizations/org_engines/billing/credits",
            json!(null),
            (501, "fake_not_modelled", ""),
        ),
    ] {
        assert_refused(&fake, method, path, &body, expected);
    }
}

#[test]
fn refusals_about_members_and_invitations_have_clerks_codes() {
    let fake = fake();
    let member = |user: &str, role: &str| json!({ "user_id": user, "role": role });
    let invite = |email: &str| json!({ "email_address": email, "role": "org:member" });
    let invite_by = |inviter: &str| {
        let email = "new@example.com";
        json!({ "email_address": email, "role": "org:member", "inviter_user_id": inviter })
    };
    let members = "organizations/org_engines/memberships";
    let invitations = "organizations/org_engines/invitations";
    let bulk = "organizations/org_engines/invitations/bulk";
    for (method, path, body, expected) in [
        (
            "POST",
            members,
            member("user_0", "org:member"),
            (404, "resource_not_found", ""),
        ),
        (
            "POST",
            members,
            member("user_limited", "org:king"),
            (404, "resource_not_found", ""),
        ),
        (
            "POST",
            members,
            json!({ "user_id": "user_ada" }),
            (422, "form_param_missing", "role"),
        ),
        (
            "POST",
            members,
            member("user_alan", "org:admin"),
            (400, "already_a_member_in_organization", ""),
        ),
        (
            "POST",
            "organizations/org_full/memberships",
            member("user_alan", "org:member"),
            (403, "organization_membership_quota_exceeded", ""),
        ),
        (
            "PATCH",
            "organizations/org_engines/memberships/user_limited",
            json!({ "role": "org:admin" }),
            (404, "resource_not_found", ""),
        ),
        (
            "DELETE",
            "organizations/org_engines/memberships/user_limited",
            json!(null),
            (404, "resource_not_found", ""),
        ),
        (
            "POST",
            invitations,
            invite("ADA@example.com"),
            (400, "already_a_member_in_organization", ""),
        ),
        (
            "POST",
            invitations,
            invite("Joan@example.com"),
            (400, "organization_invitation_not_unique", ""),
        ),
        (
            "POST",
            "organizations/org_full/invitations",
            invite("new@example.com"),
            (403, "organization_membership_quota_exceeded", ""),
        ),
        (
            "POST",
            invitations,
            invite("joan"),
            (422, "form_param_format_invalid", "email_address"),
        ),
        (
            "POST",
            invitations,
            invite_by("user_alan"),
            (403, "missing_organization_permission", ""),
        ),
        (
            "POST",
            invitations,
            invite_by("user_limited"),
            (403, "not_a_member_in_organization", ""),
        ),
        (
            "POST",
            bulk,
            json!([]),
            (422, "form_param_array_size_exceeded", "body"),
        ),
        (
            "POST",
            bulk,
            json!([invite("a@example.com"), invite("A@example.com")]),
            (400, "organization_invitation_not_unique", ""),
        ),
        (
            "GET",
            "organizations/org_engines/invitations?status=lost",
            json!(null),
            (422, "form_param_value_invalid", "status"),
        ),
        (
            "POST",
            "organizations/org_engines/invitations/orginv_0/revoke",
            json!({}),
            (404, "resource_not_found", ""),
        ),
    ] {
        assert_refused(&fake, method, path, &body, expected);
    }
    // The refused bulk request created no invitation.
    let (_, sent, _) = request("GET", &format!("/v1/{invitations}")).send(&fake);
    assert_eq!(sent["total_count"], 1);
    let id = sent["data"][0]["id"].as_str().unwrap();
    let revoke = format!("{invitations}/{id}/revoke");
    request("POST", &format!("/v1/{revoke}")).send(&fake);
    let expected = (404, "organization_invitation_not_pending", "");
    assert_refused(&fake, "POST", &revoke, &json!({}), expected);
}

#[test]
fn refusals_about_roles_and_domains_have_clerks_codes() {
    let fake = fake();
    let role = |key: &str| json!({ "name": "R", "key": key });
    let domain = |name: &str| json!({ "name": name, "enrollment_mode": "manual_invitation" });
    let roles = "organization_roles";
    let permissions = "organization_permissions";
    let reads = "role_admin/permissions/perm_sys_memberships_read";
    for (method, path, body, expected) in [
        (
            "POST",
            roles,
            role("admin"),
            (422, "form_param_format_invalid", "key"),
        ),
        (
            "POST",
            roles,
            role("org:admin"),
            (422, "form_identifier_exists", "key"),
        ),
        (
            "POST",
            roles,
            json!({ "name": "R", "key": "org:r", "permissions": ["perm_0"] }),
            (404, "resource_not_found", ""),
        ),
        (
            "DELETE",
            "organization_roles/role_admin",
            json!(null),
            (422, "organization_role_default_creator_role", ""),
        ),
        (
            "DELETE",
            "organization_roles/role_member",
            json!(null),
            (422, "organization_role_domain_default_role", ""),
        ),
        (
            "POST",
            &format!("organization_roles/{reads}"),
            json!(null),
            (409, "organization_role_permission_association_exists", ""),
        ),
        (
            "DELETE",
            &format!("organization_roles/{reads}"),
            json!(null),
            (422, "organization_missing_creator_role_permissions", ""),
        ),
        (
            "DELETE",
            "organization_roles/role_member/permissions/perm_sys_domains_read",
            json!(null),
            (
                404,
                "organization_role_permission_association_not_found",
                "",
            ),
        ),
        (
            "POST",
            permissions,
            role("org:bills"),
            (422, "form_param_format_invalid", "key"),
        ),
        (
            "POST",
            permissions,
            role("org:sys_bills:pay"),
            (422, "form_param_value_invalid", "key"),
        ),
        (
            "DELETE",
            "organization_permissions/perm_sys_domains_read",
            json!(null),
            (403, "organization_system_permission_not_modifiable", ""),
        ),
        (
            "POST",
            "organizations/org_engines/domains",
            domain("engines.example"),
            (
                422,
                "organization_domain_already_exists_same_organization",
                "name",
            ),
        ),
        (
            "POST",
            "organizations/org_full/domains",
            domain("engines.example"),
            (422, "organization_domain_already_exists", "name"),
        ),
        (
            "POST",
            "organizations/org_full/domains",
            domain("gmail.com"),
            (422, "organization_domain_common", "name"),
        ),
        (
            "POST",
            "organizations/org_full/domains",
            domain("engines..example"),
            (422, "form_param_format_invalid", "name"),
        ),
        (
            "POST",
            "organizations/org_full/domains",
            domain("."),
            (422, "form_param_format_invalid", "name"),
        ),
        (
            "DELETE",
            "organizations/org_full/domains/orgdmn_0",
            json!(null),
            (404, "resource_not_found", ""),
        ),
    ] {
        assert_refused(&fake, method, path, &body, expected);
    }
}

#[test]
fn a_blank_filter_of_organizations_is_no_filter() {
    let fake = fake();
    let all =
        |path: &str| request("GET", &format!("/v1/{path}")).send(&fake).1["total_count"].clone();
    for (path, filters) in [
        ("organizations", "query=%20&user_id=&organization_id=%20"),
        ("organization_roles", "query=%20"),
        ("organization_permissions", "query=%20"),
        ("organization_invitations", "query=%20&status="),
        (
            "organization_domains",
            "organization_id=&domains=&verified=&enrollment_mode=",
        ),
        ("organizations/org_engines/memberships", "role=&user_id="),
        (
            "organizations/org_engines/invitations",
            "status=&email_address=%20",
        ),
    ] {
        let expected = all(path);
        assert!(
            expected.as_i64().is_some_and(|count| count > 0),
            "{path}: {expected}"
        );
        assert_eq!(
            all(&format!("{path}?{filters}")),
            expected,
            "{path}?{filters}"
        );
    }
}

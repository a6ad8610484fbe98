//! Rejected credentials, versions, routes, bodies and queries.

use clerk_client::models::Organization;
use serde_json::json;

use super::{assert_first_error, request, seeded_fake};

#[test]
fn invalid_requests_are_rejected_with_code_and_trace_id() {
    let over_a_hundred = format!("/v1/users?{}", "user_id=a&".repeat(101));
    for (request, status, code, param) in [
        (
            request("GET", "/v1/users").header("authorization", ""),
            401,
            "authorization_header_format_invalid",
            "",
        ),
        (
            request("GET", "/v1/users").header("authorization", "Bearer pk_test_1"),
            401,
            "clerk_key_invalid",
            "",
        ),
        (
            request("GET", "/v1/users").header("clerk-api-version", "2020-01-01"),
            400,
            "api_version_invalid",
            "",
        ),
        (
            request("GET", "/v1/users?__clerk_api_version=2026-05-12")
                .header("clerk-api-version", "2026-05-12"),
            400,
            "api_version_invalid",
            "",
        ),
        (request("GET", "/v1/dances"), 404, "resource_not_found", ""),
        (
            request("PUT", "/v1/users/user_ada"),
            404,
            "resource_not_found",
            "",
        ),
        (
            request("GET", "/v1/users/user_nobody"),
            404,
            "resource_not_found",
            "",
        ),
        (
            request("POST", "/v1/users").body("{"),
            400,
            "request_body_invalid",
            "",
        ),
        (
            request("POST", "/v1/users").body("[]"),
            400,
            "request_body_invalid",
            "",
        ),
        (
            request("POST", "/v1/users")
                .body("{}")
                .header("content-type", "text/plain"),
            415,
            "unsupported_content_type",
            "",
        ),
        (
            request("GET", "/v1/users?limit=10.0"),
            422,
            "form_param_value_invalid",
            "limit",
        ),
        (
            request("GET", "/v1/users?offset=-1"),
            422,
            "form_param_value_invalid",
            "offset",
        ),
        (
            request("GET", "/v1/users?order_by=age"),
            422,
            "form_param_value_invalid",
            "order_by",
        ),
        (
            request("GET", "/v1/users?order_by=%2B-created_at"),
            422,
            "form_param_value_invalid",
            "order_by",
        ),
        (
            request("GET", "/v1/organizations?order_by=--created_at"),
            422,
            "form_param_value_invalid",
            "order_by",
        ),
        (
            request(
                "GET",
                "/v1/organization_domains?enrollment_mode=--enterprise_sso",
            ),
            422,
            "form_param_value_invalid",
            "enrollment_mode",
        ),
        (
            request(
                "GET",
                "/v1/users/user_ada/oauth_access_tokens/oauth_google?paginated=yes",
            ),
            422,
            "form_param_type_invalid",
            "paginated",
        ),
        (
            request("GET", "/v1/users?banned=yes"),
            422,
            "form_param_type_invalid",
            "banned",
        ),
        (
            request("GET", "/v1/users?created_at_before=today"),
            422,
            "form_param_type_invalid",
            "created_at_before",
        ),
        (
            request("GET", "/v1/users?provider=oauth_google"),
            422,
            "form_conditional_param_missing",
            "provider_user_id",
        ),
        (
            request("GET", "/v1/users?starting_after=user_nobody"),
            422,
            "form_param_value_invalid",
            "starting_after",
        ),
        (
            request("GET", "/v1/users?starting_after=user_ada&order_by=username"),
            422,
            "form_param_value_invalid",
            "starting_after",
        ),
        (
            request("GET", "/v1/users?starting_after=user_ada&offset=1"),
            422,
            "form_param_value_invalid",
            "starting_after",
        ),
        (
            request("GET", "/v1/organization_domains?query="),
            422,
            "form_param_value_invalid",
            "query",
        ),
        (
            request("GET", "/v1/organization_domains?query=%20%09"),
            422,
            "form_param_value_invalid",
            "query",
        ),
        (
            request("GET", &over_a_hundred),
            422,
            "form_param_array_size_exceeded",
            "user_id",
        ),
        (
            request(
                "GET",
                "/v1/users/user_ada/organization_invitations?status=lost",
            ),
            422,
            "form_param_value_invalid",
            "status",
        ),
    ] {
        let fake = seeded_fake();
        let (got, body, trace) = request.send(&fake);
        let what = format!("{} {}: {body}", request.method, request.path);
        let error = assert_first_error(&body, got, (status, code, param), &what);
        assert!(!error["message"].as_str().unwrap().is_empty(), "{what}");
        assert!(
            !error["long_message"].as_str().unwrap().is_empty(),
            "{what}"
        );
        assert_eq!(
            body["clerk_trace_id"].as_str().map(str::to_owned),
            trace,
            "{what}"
        );
        assert!(trace.is_some_and(|trace| trace.len() == 32), "{what}");
    }
}

#[test]
fn a_required_key_is_enforced() {
    let fake = seeded_fake();
    fake.require_key("sk_test_right");
    let with = |key| {
        request("GET", "/v1/users")
            .header("authorization", key)
            .send(&fake)
            .0
    };
    assert_eq!(with("Bearer sk_test_wrong"), 401);
    assert_eq!(with("Bearer sk_test_right"), 200);
}

#[test]
fn older_api_versions_accept_metadata_in_an_update() {
    let fake = seeded_fake();
    fake.add_organization(Organization::new("org_engines"));
    let body = json!({ "public_metadata": { "role": "analyst" } }).to_string();
    for path in ["/v1/users/user_ada", "/v1/organizations/org_engines"] {
        let patch = |version| request("PATCH", path).header("clerk-api-version", version);
        let (status, updated, _) = patch("2025-11-10").body(&body).send(&fake);
        assert_eq!(
            (status, &updated["public_metadata"]),
            (200, &json!({ "role": "analyst" })),
            "{path}"
        );
        let (status, refused, _) = patch("2026-05-12").body(&body).send(&fake);
        let unknown = (422, "form_param_unknown", "public_metadata");
        assert_first_error(&refused, status, unknown, path);
    }
}

#[test]
fn a_request_without_a_version_has_the_oldest() {
    let fake = seeded_fake();
    fake.add_organization(Organization::new("org_engines"));
    let body = json!({ "public_metadata": { "role": "analyst" } }).to_string();
    for path in ["/v1/users/user_ada", "/v1/organizations/org_engines"] {
        let (status, updated, _) = request("PATCH", path).body(&body).send(&fake);
        assert_eq!(status, 200, "{updated}");
        assert_eq!(updated["public_metadata"], json!({ "role": "analyst" }));
    }
}

#[test]
fn a_version_after_the_newest_known_one_is_treated_like_it() {
    let fake = seeded_fake();
    for (version, expected) in [("2031-01-01", 200), ("2031-13-01", 400), ("9999", 400)] {
        let get = request("GET", "/v1/users").header("clerk-api-version", version);
        let (status, ..) = get.send(&fake);
        assert_eq!(status, expected, "{version}");
    }
}

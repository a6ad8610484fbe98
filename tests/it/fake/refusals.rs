//! Rejected requests: status, code, parameter and trace id, as Clerk sends them.

use clerk_client::http::{Method, Request};
use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::transport::HttpTransport;
use clerk_client::transport::bytes::Bytes;
use futures_util::FutureExt;
use serde_json::{Value, json};

struct RawRequest<'a> {
    method: &'a str,
    path: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    body: &'a str,
}

fn request<'a>(method: &'a str, path: &'a str) -> RawRequest<'a> {
    RawRequest {
        method,
        path,
        headers: vec![
            ("authorization", "Bearer sk_test_1"),
            ("content-type", "application/json; charset=utf-8"),
        ],
        body: "",
    }
}

impl<'a> RawRequest<'a> {
    fn header(mut self, name: &'a str, value: &'a str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value));
        self
    }

    fn body(mut self, body: &'a str) -> Self {
        self.body = body;
        self
    }

    /// Sends it, and returns status, body and trace id.
    fn send(&self, fake: &FakeClerk) -> (u16, Value, Option<String>) {
        let method: Method = self.method.parse().unwrap();
        let mut request = Request::builder().method(method).uri(self.path);
        for (name, value) in &self.headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Bytes::from(self.body.to_owned())).unwrap();
        let response = fake.send(request).now_or_never().unwrap().unwrap();
        let body = serde_json::from_slice(response.body()).unwrap();
        let trace = response.headers().get("clerk-trace-id");
        let trace = trace.map(|trace| trace.to_str().unwrap().to_owned());
        (response.status().as_u16(), body, trace)
    }
}

/// Asserts the status, code and parameter of the first error, and returns it.
fn assert_first_error<'a>(
    body: &'a Value,
    status: u16,
    expected: (u16, &str, &str),
    what: &str,
) -> &'a Value {
    let error = &body["errors"][0];
    let param = error["meta"]["param_name"].as_str().unwrap_or_default();
    let got = (status, error["code"].as_str().unwrap_or_default(), param);
    assert_eq!(got, expected, "{what}");
    error
}

fn seeded_fake() -> FakeClerk {
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada").email_address("ada@example.com");
    fake.add(
        ada.username("ada")
            .external_id("1815")
            .phone_number("+15555550100"),
    );
    fake.add(FakeUser::new("user_alan"));
    fake
}

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
            request("GET", "/v1/users").header("clerk-api-version", "2031-01-01"),
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
        (
            request("GET", "/v1/organizations"),
            404,
            "resource_not_found",
            "",
        ),
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
            request("GET", "/v1/users?limit=501"),
            422,
            "form_param_type_invalid",
            "limit",
        ),
        (
            request("GET", "/v1/users?limit=10.0"),
            422,
            "form_param_type_invalid",
            "limit",
        ),
        (
            request("GET", "/v1/users?offset=-1"),
            422,
            "form_param_type_invalid",
            "offset",
        ),
        (
            request("GET", "/v1/users?order_by=age"),
            422,
            "form_param_value_invalid",
            "order_by",
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
            request("GET", &over_a_hundred),
            422,
            "form_param_value_invalid",
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
fn invalid_bodies_are_rejected_and_change_nothing() {
    let create = "/v1/users";
    let ada = "/v1/users/user_ada";
    for (method, path, body, status, code, param) in [
        (
            "POST",
            create,
            json!({ "email_address": ["ADA@example.com"] }),
            422,
            "form_identifier_exists",
            "email_address",
        ),
        (
            "POST",
            create,
            json!({ "username": "ADA" }),
            422,
            "form_identifier_exists",
            "username",
        ),
        (
            "POST",
            create,
            json!({ "external_id": "1815" }),
            422,
            "form_identifier_exists",
            "external_id",
        ),
        (
            "POST",
            create,
            json!({ "phone_number": ["+15555550100"] }),
            422,
            "form_identifier_exists",
            "phone_number",
        ),
        (
            "POST",
            create,
            json!({ "phone_number": ["15555550100"] }),
            422,
            "form_param_format_invalid",
            "phone_number",
        ),
        (
            "POST",
            create,
            json!({ "email_address": ["ada"] }),
            422,
            "form_param_format_invalid",
            "email_address",
        ),
        (
            "POST",
            create,
            json!({ "email_address": "a@b.c" }),
            422,
            "form_param_type_invalid",
            "email_address",
        ),
        (
            "POST",
            create,
            json!({ "first_name": 7 }),
            422,
            "form_param_type_invalid",
            "first_name",
        ),
        (
            "POST",
            create,
            json!({ "age": 7 }),
            422,
            "form_param_unknown",
            "age",
        ),
        (
            "POST",
            create,
            json!({ "password": "short" }),
            422,
            "form_password_length_too_short",
            "password",
        ),
        (
            "POST",
            create,
            json!({ "password_digest": "x" }),
            422,
            "form_conditional_param_missing",
            "password_hasher",
        ),
        (
            "POST",
            create,
            json!({ "created_at": "yesterday" }),
            422,
            "form_param_type_invalid",
            "created_at",
        ),
        (
            "POST",
            create,
            json!({ "public_metadata": [] }),
            422,
            "form_param_type_invalid",
            "public_metadata",
        ),
        (
            "PATCH",
            ada,
            json!({ "public_metadata": {} }),
            422,
            "form_param_unknown",
            "public_metadata",
        ),
        (
            "PATCH",
            ada,
            json!({ "primary_email_address_id": "idn_nobody" }),
            422,
            "form_param_value_invalid",
            "primary_email_address_id",
        ),
        (
            "POST",
            "/v1/users/ban",
            json!({ "user_ids": [] }),
            422,
            "form_param_value_invalid",
            "user_ids",
        ),
        (
            "POST",
            "/v1/users/ban",
            json!({ "user_ids": ["user_ada", "user_nobody"] }),
            404,
            "resource_not_found",
            "",
        ),
        (
            "POST",
            "/v1/users/user_ada/verify_password",
            json!({}),
            422,
            "form_param_missing",
            "password",
        ),
        (
            "POST",
            "/v1/users/user_ada/verify_password",
            json!({ "password": "x" }),
            400,
            "no_password_set",
            "",
        ),
        (
            "POST",
            "/v1/users/user_ada/verify_totp",
            json!({ "code": "123456" }),
            400,
            "totp_disabled",
            "",
        ),
        (
            "POST",
            "/v1/users/user_ada/billing/credits",
            json!({ "amount": 0, "action": "increase", "idempotency_key": "k" }),
            422,
            "form_param_value_invalid",
            "amount",
        ),
        (
            "POST",
            "/v1/users/user_ada/profile_image",
            json!({}),
            400,
            "form_param_missing",
            "file",
        ),
        (
            "PUT",
            "/v1/users/user_ada/email_address",
            json!({}),
            422,
            "form_param_missing",
            "email_address",
        ),
    ] {
        let fake = seeded_fake();
        let before = fake.to_json()["users"].take();
        let text = body.to_string();
        let (got, response, _) = request(method, path).body(&text).send(&fake);
        let what = format!("{method} {path} {text}: {response}");
        assert_first_error(&response, got, (status, code, param), &what);
        assert_eq!(fake.to_json()["users"], before, "{what}: the state changed");
    }
}

#[test]
fn all_invalid_parameters_are_reported() {
    let body =
        json!({ "first_name": 7, "email_address": ["ada@example.com"], "age": 1 }).to_string();
    let (status, response, _) = request("POST", "/v1/users")
        .body(&body)
        .send(&seeded_fake());
    let errors = response["errors"].as_array().unwrap();
    let params: Vec<_> = errors
        .iter()
        .map(|error| error["meta"]["param_name"].as_str().unwrap())
        .collect();
    assert_eq!(
        (status, params),
        (422, vec!["first_name", "email_address", "age"])
    );
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
    let body = json!({ "public_metadata": { "role": "analyst" } }).to_string();
    let patch = request("PATCH", "/v1/users/user_ada").header("clerk-api-version", "2025-11-10");
    let (status, user, _) = patch.body(&body).send(&fake);
    assert_eq!(
        (status, &user["public_metadata"]),
        (200, &json!({ "role": "analyst" }))
    );
}

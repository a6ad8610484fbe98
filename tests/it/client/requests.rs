//! Request bodies and headers: their serialization and their validation.

use std::time::{Duration, SystemTime};

use clerk_client::mock::Reply;
use clerk_client::requests::{
    CreateUserRequest, IdentificationStatus, PasswordHasher, Patch,
    RevokeOAuthApplicationTokenRequest, UpdateUserMetadataRequest, UpdateUserRequest,
    VerifyApiKeyRequest, VerifyClientRequest, VerifyM2mTokenRequest, VerifyPasswordRequest,
    VerifyTotpRequest,
};
use clerk_client::{ErrorKind, Metadata, Timestamp};
use serde_json::{Value, json};

use crate::support::samples::{sample_call, sampler};
use crate::support::{client_replying, run};

fn body(request: &impl serde::Serialize) -> Value {
    serde_json::to_value(request).unwrap()
}

#[test]
fn unset_fields_are_not_sent() {
    assert_eq!(body(&CreateUserRequest::new()), json!({}));
    assert_eq!(body(&UpdateUserRequest::new()), json!({}));
    assert_eq!(body(&UpdateUserMetadataRequest::new()), json!({}));
}

#[test]
fn updates_send_set_fields_and_explicit_nulls() {
    let request = UpdateUserRequest::new()
        .first_name("Ada")
        .clear_last_name()
        .clear_username()
        .create_organizations_limit(0)
        .delete_self_enabled(false)
        .backup_codes(["1"])
        .primary_email_address_id("idn_1")
        .legal_accepted_at(SystemTime::UNIX_EPOCH + Duration::from_millis(1_350_717_320_902));
    assert_eq!(
        body(&request),
        json!({
            "first_name": "Ada", "last_name": null, "username": null,
            "create_organizations_limit": 0, "delete_self_enabled": false, "backup_codes": ["1"],
            "primary_email_address_id": "idn_1", "legal_accepted_at": "2012-10-20T07:15:20.902Z",
        })
    );
    assert_eq!(request.username, Patch::Null);
    assert_eq!(request.locale, Patch::Keep);
}

/// The list of nullable fields comes from the specification.
#[test]
fn every_nullable_field_of_an_update_can_be_cleared() {
    let request = UpdateUserRequest::new()
        .clear_external_id()
        .clear_first_name()
        .clear_last_name()
        .clear_locale()
        .clear_primary_email_address_id()
        .clear_notify_primary_email_address_changed()
        .clear_primary_phone_number_id()
        .clear_primary_web3_wallet_id()
        .clear_username()
        .clear_profile_image_id()
        .clear_password()
        .clear_skip_password_checks()
        .clear_sign_out_of_other_sessions()
        .clear_totp_secret()
        .clear_delete_self_enabled()
        .clear_create_organization_enabled()
        .clear_legal_accepted_at()
        .clear_skip_legal_checks()
        .clear_create_organizations_limit()
        .clear_created_at()
        .clear_bypass_client_trust();
    let body = body(&request);
    let fields = body.as_object().unwrap();
    assert_eq!(fields.len(), 21);
    assert!(fields.values().all(Value::is_null));
}

#[test]
fn create_requests_are_serialized_as_clerk_expects() {
    let request = CreateUserRequest::new()
        .email_address(["a@b.c", "d@e.f"])
        .email_address_identification_status([
            IdentificationStatus::Verified,
            IdentificationStatus::Reserved,
        ])
        .password_digest("$2a$")
        .password_hasher(PasswordHasher::Bcrypt)
        .created_at(Timestamp::from_millis(0))
        .public_metadata(json!({ "big": 18_446_744_073_709_551_615_u64 }))
        .private_metadata(
            Metadata::from_serialize(
                &[("k", 1)]
                    .into_iter()
                    .collect::<std::collections::BTreeMap<_, _>>(),
            )
            .unwrap(),
        )
        .unsafe_metadata(Value::Null)
        .banned(false);
    assert_eq!(
        body(&request),
        json!({
            "email_address": ["a@b.c", "d@e.f"],
            "email_address_identification_status": ["verified", "reserved"],
            "password_digest": "$2a$", "password_hasher": "bcrypt",
            "created_at": "1970-01-01T00:00:00.000Z",
            "public_metadata": { "big": 18_446_744_073_709_551_615_u64 },
            "private_metadata": { "k": 1 }, "unsafe_metadata": {}, "banned": false,
        })
    );
}

#[test]
fn a_request_with_one_secret_is_created_by_new_or_from_the_secret() {
    let created = VerifyPasswordRequest::new("correct horse");
    assert_eq!(created, VerifyPasswordRequest::from("correct horse"));
    assert_eq!(body(&created), json!({ "password": "correct horse" }));
    let others = [
        body(&VerifyTotpRequest::new("123456")),
        body(&VerifyApiKeyRequest::new("ak_1")),
        body(&VerifyM2mTokenRequest::new("mt_1")),
        body(&VerifyClientRequest::new("jwt")),
        body(&RevokeOAuthApplicationTokenRequest::new("oat_1")),
    ];
    assert_eq!(
        json!(others),
        json!([
            { "code": "123456" }, { "secret": "ak_1" }, { "token": "mt_1" }, { "token": "jwt" },
            { "token": "oat_1" },
        ])
    );
}

#[test]
fn invalid_requests_are_not_sent() {
    let (clerk, requests) = client_replying(|| Reply::bytes(200, r#"{"id":"u"}"#));
    let new = CreateUserRequest::new;
    let reserved = IdentificationStatus::Reserved;
    for (request, named) in [
        (
            new().email_address_identification_status([reserved.clone()]),
            "it has 1 items, but email_address has 0",
        ),
        (
            new()
                .phone_number(["+1", "+2"])
                .phone_number_identification_status([reserved]),
            "it has 1 items, but phone_number has 2",
        ),
        (
            new().public_metadata(json!([1])),
            "public_metadata: it is an array; it must be a JSON object",
        ),
        (
            new().private_metadata(json!("secret text")),
            "private_metadata: it is a string; it must be a JSON object",
        ),
        (
            new().created_at(Timestamp::from_millis(i64::MAX)),
            "created_at: 9223372036854775807 ms",
        ),
    ] {
        let error = run(clerk.users().create_user(request)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        let shown = error.to_string();
        assert!(
            shown.contains(named) && !shown.contains("secret text"),
            "{shown}"
        );
    }
    let users = clerk.users();
    run(async {
        users.verify_password("u", "").await.unwrap_err();
        users.verify_totp("u", "").await.unwrap_err();
        let numbers = UpdateUserMetadataRequest::new().unsafe_metadata(json!(5));
        users.update_user_metadata("u", numbers).await.unwrap_err();
        // An empty list of statuses is valid.
        let none: [IdentificationStatus; 0] = [];
        let request = new()
            .email_address(["a"])
            .email_address_identification_status(none);
        users.create_user(request).await.unwrap();
    });
    assert_eq!(requests.lock().unwrap().len(), 1);
    Metadata::from_serialize(&[1]).unwrap_err();
}

#[test]
fn every_operation_sends_the_same_headers() {
    for info in clerk_client::OperationInfo::all() {
        let (clerk, requests) = client_replying(|| Reply::bytes(500, ""));
        run(sample_call(&clerk, info, &sampler("user_1", 0)).send())
            .err()
            .unwrap();
        let requests = requests.lock().unwrap();
        let request = &requests[0];
        assert_eq!(
            request.header("authorization").unwrap(),
            format!("Bearer {}", crate::support::KEY)
        );
        assert!(request.request().headers()["authorization"].is_sensitive());
        assert_eq!(request.header("clerk-api-version"), Some("2026-05-12"));
        assert_eq!(request.header("accept"), Some("application/json"));
        assert!(
            request
                .header("user-agent")
                .unwrap()
                .starts_with("clerk-client-rust/")
        );
        assert_eq!(request.operation(), Some(info));
        assert_eq!(request.request().uri().host(), Some("api.clerk.com"));
        // An image is sent as a multipart form, and any other body as JSON. A request without a
        // body has no content type.
        let content_type = request.header("content-type");
        let is_image = ["/profile_image", "/logo"].iter();
        let is_image = is_image.clone().any(|end| info.route().ends_with(end));
        if is_image && !request.body().is_empty() {
            assert!(content_type.unwrap().starts_with("multipart/form-data; "));
        } else if request.body().is_empty() {
            assert_eq!(content_type, None, "{}", info.operation_id());
        } else {
            assert_eq!(content_type, Some("application/json"));
            assert!(
                request.json().is_object() || request.json().is_array(),
                "{}: the body is neither an object nor an array",
                info.operation_id()
            );
        }
    }
}

#[test]
fn a_patch_tells_absent_null_and_set_apart() {
    #[derive(serde::Deserialize)]
    struct Form {
        #[serde(default)]
        name: Patch<String>,
    }
    for (text, expected) in [
        ("{}", Patch::Keep),
        (r#"{"name":null}"#, Patch::Null),
        (r#"{"name":"Ada"}"#, Patch::Set("Ada".to_owned())),
    ] {
        let form: Form = serde_json::from_str(text).unwrap();
        assert_eq!(form.name, expected);
    }
    assert_eq!(Patch::from(Some(1)), Patch::Set(1));
    assert_eq!(Patch::<u8>::from(None), Patch::Keep);
}

#[test]
fn an_absent_patch_without_a_default_is_an_error() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Form {
        name: Patch<String>,
    }
    let error = serde_json::from_str::<Form>("{}").unwrap_err();
    assert!(
        error.to_string().contains("missing field `name`"),
        "{error}"
    );
    // For an untagged enum, serde decodes from buffered values.
    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(untagged)]
    enum Request {
        Form(Form),
    }
    for (text, name) in [
        (r#"{"name":null}"#, Patch::Null),
        (r#"{"name":"Ada"}"#, Patch::Set("Ada".to_owned())),
    ] {
        let request: Request = serde_json::from_str(text).unwrap();
        assert_eq!(request, Request::Form(Form { name }));
    }
    assert!(serde_json::from_str::<Request>("{}").is_err());
}

//! `or_none`, and the responses that mean that an object does not exist.

use clerk_client::mock::Reply;
use serde_json::json;

use crate::support::{client_replying, run};

/// Clerk's codes of responses with status 404.
const CODES: &[&str] = &[
    "actor_token_subject_not_found",
    "agent_task_not_found",
    "agent_task_subject_not_found",
    "checkout_not_found",
    "commerce_statement_not_found",
    "discount_not_found",
    "easie_connection_active_not_found",
    "easie_connection_not_found",
    "external_account_not_found",
    "feature_not_found",
    "feature_permission_not_found",
    "image_not_found",
    "invoice_not_found",
    "machine_not_found",
    "management_token_subject_not_found",
    "oauth_token_provider_not_enabled",
    "organization_invitation_not_found",
    "organization_invitation_not_pending",
    "organization_not_found_or_unauthorized",
    "organization_role_permission_association_not_found",
    "passkey_not_registered",
    "payee_not_found",
    "payer_not_found",
    "payment_method_not_found",
    "payment_not_found",
    "payment_source_not_found",
    "plan_not_found",
    "primary_identification_not_found",
    "product_not_found",
    "resource_not_found",
    "saml_connection_active_not_found",
    "saml_jit_provisioning_disabled",
    "sign_in_no_identification_for_user",
    "sign_up_if_missing_transfer",
    "subscription_item_not_found",
    "subscription_not_found",
];

#[test]
fn a_404_with_any_of_clerks_codes_is_none() {
    for code in CODES {
        let body = json!({ "errors": [{ "code": code, "message": "m", "long_message": "l" }] });
        let (clerk, _) = client_replying(move || Reply::json(404, &body));
        let users = clerk.users();
        assert_eq!(
            run(users.get_user_or_none("user_1")).unwrap(),
            None,
            "{code}"
        );
        let subscription = users.get_user_billing_subscription("user_1").or_none();
        let response = run(subscription.send_with_response()).unwrap();
        assert_eq!((response.status().as_u16(), response.value()), (404, &None));
        let deleted = run(users.delete_external_account("user_1", "eac_1").or_none());
        assert_eq!(deleted.unwrap(), None, "{code}");
    }
}

#[test]
fn other_responses_remain_errors() {
    let gone = r#"{"errors":[{"code":"resource_not_found"}]}"#;
    for (status, body) in [
        (404, "<html>not found</html>"),
        (404, ""),
        (404, "{}"),
        (404, r#"{"errors":[]}"#),
        (404, r#"{"errors":[{"message":"not found"}]}"#),
        (
            404,
            r#"{"errors":[{"code":"NOT_FOUND","message":"not found"}]}"#,
        ),
        (404, r#"{"errors":[{"code":"404","message":"not found"}]}"#),
        (404, r#"{"message":"no Route matched with those values"}"#),
        (410, gone),
        (422, gone),
        (500, gone),
    ] {
        let (clerk, _) = client_replying(move || Reply::bytes(status, body));
        let error = run(clerk.users().get_user_or_none("user_1")).unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status, "{body}");
    }
}

//! The webhooks of each operation that can change an object with events.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use clerk_client::OperationInfo;
use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::Organization;
use serde_json::{Value, json};

use super::super::equipped_user;
use super::{send, verified};

/// The first segments of the paths whose objects have events.
const NOUNS: [&str; 8] = [
    "email_addresses",
    "organization_permissions",
    "organization_roles",
    "organizations",
    "phone_numbers",
    "sessions",
    "users",
    "waitlist_entries",
];
/// Operations on these paths that the fake does not model.
const NOT_MODELLED: [&str; 2] = ["AdjustOrganizationBillingCreditBalance", "RefreshSession"];

const IMAGE: &str = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
    content-type: image/png\r\n\r\nGIF89a\r\n--b--\r\n";

/// A request, and the types of its events.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    Value,
    &'static [&'static str],
);

/// The ids that replace the names in braces, such as `{email}`, in paths and bodies.
type Ids = BTreeMap<&'static str, String>;

async fn set_up() -> (FakeClerk, Ids) {
    let fake = FakeClerk::new();
    fake.add_organization(Organization::new("org_1"));
    let device = clerk_client::models::TrustedDevice::new("device_1");
    fake.add(equipped_user("user_ada", device).member_of("org_1", "org:admin"));
    fake.add(FakeUser::new("user_eve").email_address("eve@example.com"));
    fake.add(FakeUser::new("user_banned").banned());
    fake.add(FakeUser::new("user_locked").locked());
    let user = fake.user("user_ada").unwrap();
    let mut ids = Ids::from([
        ("email", user.email_addresses[1].id.to_string()),
        ("phone", user.phone_numbers[0].id.to_string()),
        ("wallet", user.web3_wallets[0].id.to_string()),
        ("account", user.external_accounts[0].id.to_string()),
        ("session", fake.sign_in("user_ada").session_id().to_string()),
    ]);
    let role = json!({ "name": "Poet", "key": "org:poet", "description": "Writes" });
    let permission = json!({ "name": "Rhyme", "key": "org:verse:rhyme", "description": "Rhymes" });
    let domain = json!({
        "name": "engines.test", "enrollment_mode": "manual_invitation", "verified": false,
    });
    let invitation = json!({
        "email_address": "eve@example.com", "role": "org:member", "inviter_user_id": "user_ada",
    });
    let entry = json!({ "email_address": "queue@example.com" });
    for (name, path, body) in [
        ("role", "/organization_roles", role),
        ("permission", "/organization_permissions", permission),
        ("domain", "/organizations/org_1/domains", domain),
        ("invitation", "/organizations/org_1/invitations", invitation),
        ("entry", "/waitlist_entries", entry),
        (
            "email_code",
            "/email_addresses/{email}/prepare_verification",
            Value::Null,
        ),
        (
            "phone_code",
            "/phone_numbers/{phone}/prepare_verification",
            Value::Null,
        ),
    ] {
        let (status, created) = send(&fake, "POST", &filled(path, &ids), &body).await;
        assert_eq!(status, 200, "{path}: {created}");
        ids.insert(name, created["id"].as_str().unwrap().to_owned());
    }
    let both = format!(
        "/organization_roles/{}/permissions/{}",
        ids["role"], ids["permission"]
    );
    for (method, path, body) in [
        ("POST", both.as_str(), Value::Null),
        ("POST", "/users/user_eve/profile_image", json!(IMAGE)),
        ("PUT", "/organizations/org_1/logo", json!(IMAGE)),
    ] {
        let (status, response) = send(&fake, method, path, &body).await;
        assert_eq!(status, 200, "{path}: {response}");
    }
    (fake, ids)
}

/// Replaces the names in braces by ids.
fn filled(text: &str, ids: &Ids) -> String {
    let mut text = text.to_owned();
    for (name, id) in ids {
        text = text.replace(&format!("{{{name}}}"), id);
    }
    text
}

/// Returns the requests. Each row has the operation, the method, the path, the body, and the types
/// of the events.
#[rustfmt::skip]
fn rows() -> Vec<Row> {
    vec![
        ("CreateUser", "POST", "/users", json!({ "username": "alan" }), &["user.created"]),
        ("UpdateUser", "PATCH", "/users/user_ada",
            json!({ "first_name": "Augusta" }), &["user.updated"]),
        ("DeleteUser", "DELETE", "/users/user_ada",
            json!(null), &["session.removed", "organizationMembership.deleted", "user.deleted"]),
        ("BanUser", "POST", "/users/user_ada/ban",
            json!(null), &["user.updated", "session.revoked"]),
        ("UnbanUser", "POST", "/users/user_banned/unban", json!(null), &["user.updated"]),
        ("UsersBan", "POST", "/users/ban",
            json!({ "user_ids": ["user_eve", "user_ada"] }),
            &["user.updated", "user.updated", "session.revoked"]),
        ("UsersUnban", "POST", "/users/unban",
            json!({ "user_ids": ["user_banned"] }), &["user.updated"]),
        ("LockUser", "POST", "/users/user_ada/lock", json!(null), &["user.updated"]),
        ("UnlockUser", "POST", "/users/user_locked/unlock", json!(null), &["user.updated"]),
        ("SetUserProfileImage", "POST", "/users/user_ada/profile_image",
            json!(IMAGE), &["user.updated"]),
        ("DeleteUserProfileImage", "DELETE", "/users/user_eve/profile_image",
            json!(null), &["user.updated"]),
        ("UpdateUserMetadata", "PATCH", "/users/user_ada/metadata",
            json!({ "public_metadata": { "a": 1 } }), &["user.updated"]),
        ("ReplaceUserMetadata", "PUT", "/users/user_ada/metadata",
            json!({ "private_metadata": { "a": 1 } }), &["user.updated"]),
        ("AdjustUserBillingCreditBalance", "POST", "/users/user_ada/billing/credits",
            json!({ "amount": 5, "action": "increase", "idempotency_key": "1" }), &[]),
        ("RemoveUserPassword", "POST", "/users/user_ada/remove_password",
            json!({ "sign_out_of_other_sessions": true }), &["user.updated", "session.revoked"]),
        ("VerifyPassword", "POST", "/users/user_ada/verify_password",
            json!({ "password": "correct horse battery staple" }), &[]),
        ("SetUserPasswordCompromised", "POST", "/users/user_ada/password/set_compromised",
            json!({ "revoke_all_sessions": true }), &["user.updated", "session.revoked"]),
        ("UnsetUserPasswordCompromised", "POST", "/users/user_ada/password/unset_compromised",
            json!(null), &["user.updated"]),
        ("VerifyTOTP", "POST", "/users/user_ada/verify_totp", json!({ "code": "once" }), &[]),
        ("DeleteTOTP", "DELETE", "/users/user_ada/totp", json!(null), &["user.updated"]),
        ("DeleteBackupCode", "DELETE", "/users/user_ada/backup_code",
            json!(null), &["user.updated"]),
        ("DisableMFA", "DELETE", "/users/user_ada/mfa", json!(null), &["user.updated"]),
        ("RevokeUserTrustedDevice", "DELETE", "/users/user_ada/trusted_devices/device_1",
            json!(null), &[]),
        ("UserPasskeyDelete", "DELETE", "/users/user_ada/passkeys/idn_passkey",
            json!(null), &["user.updated"]),
        ("UserWeb3WalletDelete", "DELETE", "/users/user_ada/web3_wallets/{wallet}",
            json!(null), &["user.updated"]),
        ("DeleteExternalAccount", "DELETE", "/users/user_ada/external_accounts/{account}",
            json!(null), &["user.updated"]),
        ("ReplaceUserEmailAddress", "PUT", "/users/user_ada/email_address",
            json!({ "email_address": "new@example.com" }), &["user.updated"]),
        ("ReplaceUserPhoneNumber", "PUT", "/users/user_ada/phone_number",
            json!({ "phone_number": "+15555550101" }), &["user.updated"]),
        ("CreateEmailAddress", "POST", "/email_addresses",
            json!({ "user_id": "user_ada", "email_address": "new@example.com" }),
            &["user.updated"]),
        ("UpdateEmailAddress", "PATCH", "/email_addresses/{email}",
            json!({ "primary": true }), &["user.updated"]),
        ("DeleteEmailAddress", "DELETE", "/email_addresses/{email}",
            json!(null), &["user.updated"]),
        ("PrepareEmailAddressVerification", "POST", "/email_addresses/{email}/prepare_verification",
            json!(null), &[]),
        ("AttemptEmailAddressVerification", "POST", "/email_addresses/{email}/attempt_verification",
            json!({ "verification_id": "{email_code}", "code": "424242" }), &[]),
        ("CreatePhoneNumber", "POST", "/phone_numbers",
            json!({ "user_id": "user_ada", "phone_number": "+15555550101" }), &["user.updated"]),
        ("UpdatePhoneNumber", "PATCH", "/phone_numbers/{phone}",
            json!({ "reserved_for_second_factor": false }), &["user.updated"]),
        ("DeletePhoneNumber", "DELETE", "/phone_numbers/{phone}", json!(null), &["user.updated"]),
        ("PreparePhoneNumberVerification", "POST", "/phone_numbers/{phone}/prepare_verification",
            json!(null), &[]),
        ("AttemptPhoneNumberVerification", "POST", "/phone_numbers/{phone}/attempt_verification",
            json!({ "verification_id": "{phone_code}", "code": "424242" }), &[]),
        ("createSession", "POST", "/sessions",
            json!({ "user_id": "user_eve" }), &["session.created"]),
        ("RevokeSession", "POST", "/sessions/{session}/revoke", json!(null), &["session.revoked"]),
        ("CreateSessionToken", "POST", "/sessions/{session}/tokens", json!(null), &[]),
        ("CreateSessionTokenFromTemplate", "POST", "/sessions/{session}/tokens/t",
            json!(null), &[]),
        ("CreateOrganization", "POST", "/organizations",
            json!({ "name": "Navy", "created_by": "user_eve" }),
            &["organization.created", "organizationMembership.created"]),
        ("UpdateOrganization", "PATCH", "/organizations/org_1",
            json!({ "name": "Engines" }), &["organization.updated"]),
        ("DeleteOrganization", "DELETE", "/organizations/org_1",
            json!(null),
            &["organizationMembership.deleted", "organizationDomain.deleted",
                "organization.deleted"]),
        ("MergeOrganizationMetadata", "PATCH", "/organizations/org_1/metadata",
            json!({ "public_metadata": { "a": 1 } }), &["organization.updated"]),
        ("ReplaceOrganizationMetadata", "PUT", "/organizations/org_1/metadata",
            json!({ "private_metadata": { "a": 1 } }), &["organization.updated"]),
        ("UploadOrganizationLogo", "PUT", "/organizations/org_1/logo",
            json!(IMAGE), &["organization.updated"]),
        ("DeleteOrganizationLogo", "DELETE", "/organizations/org_1/logo",
            json!(null), &["organization.updated"]),
        ("CreateOrganizationMembership", "POST", "/organizations/org_1/memberships",
            json!({ "user_id": "user_eve", "role": "org:member" }),
            &["organizationMembership.created"]),
        ("UpdateOrganizationMembership", "PATCH", "/organizations/org_1/memberships/user_ada",
            json!({ "role": "org:member" }), &["organizationMembership.updated"]),
        ("UpdateOrganizationMembershipMetadata", "PATCH",
            "/organizations/org_1/memberships/user_ada/metadata",
            json!({ "public_metadata": { "a": 1 } }),
            &["organizationMembership.updated"]),
        ("DeleteOrganizationMembership", "DELETE", "/organizations/org_1/memberships/user_ada",
            json!(null), &["organizationMembership.deleted"]),
        ("CreateOrganizationInvitation", "POST", "/organizations/org_1/invitations",
            json!({ "email_address": "alan@example.com", "role": "org:member" }),
            &["organizationInvitation.created"]),
        ("CreateOrganizationInvitationBulk", "POST", "/organizations/org_1/invitations/bulk",
            json!([{ "email_address": "alan@example.com", "role": "org:member" },
                { "email_address": "kurt@example.com", "role": "org:member" }]),
            &["organizationInvitation.created", "organizationInvitation.created"]),
        ("RevokeOrganizationInvitation", "POST",
            "/organizations/org_1/invitations/{invitation}/revoke",
            json!({ "requesting_user_id": "user_ada" }),
            &["organizationInvitation.revoked"]),
        ("CreateOrganizationDomain", "POST", "/organizations/org_1/domains",
            json!({ "name": "navy.test", "enrollment_mode": "manual_invitation" }),
            &["organizationDomain.created"]),
        ("UpdateOrganizationDomain", "PATCH", "/organizations/org_1/domains/{domain}",
            json!({ "verified": true }), &["organizationDomain.updated"]),
        ("VerifyOrganizationDomainOwnership", "POST",
            "/organizations/org_1/domains/{domain}/verify_ownership",
            json!(null),
            &["organizationDomain.updated"]),
        ("DeleteOrganizationDomain", "DELETE", "/organizations/org_1/domains/{domain}",
            json!(null), &["organizationDomain.deleted"]),
        ("CreateOrganizationRole", "POST", "/organization_roles",
            json!({ "name": "Cook", "key": "org:cook", "description": "Cooks" }),
            &["role.created"]),
        ("UpdateOrganizationRole", "PATCH", "/organization_roles/{role}",
            json!({ "name": "Bard" }), &["role.updated"]),
        ("DeleteOrganizationRole", "DELETE", "/organization_roles/{role}",
            json!(null), &["role.deleted"]),
        ("AssignPermissionToOrganizationRole", "POST",
            "/organization_roles/{role}/permissions/perm_sys_domains_read",
            json!(null),
            &["role.updated"]),
        ("RemovePermissionFromOrganizationRole", "DELETE",
            "/organization_roles/{role}/permissions/{permission}",
            json!(null),
            &["role.updated"]),
        ("CreateOrganizationPermission", "POST", "/organization_permissions",
            json!({ "name": "Cook", "key": "org:food:cook", "description": "Cooks" }),
            &["permission.created"]),
        ("UpdateOrganizationPermission", "PATCH", "/organization_permissions/{permission}",
            json!({ "name": "Rhymes" }), &["permission.updated", "role.updated"]),
        ("DeleteOrganizationPermission", "DELETE", "/organization_permissions/{permission}",
            json!(null), &["role.updated", "permission.deleted"]),
        ("CreateWaitlistEntry", "POST", "/waitlist_entries",
            json!({ "email_address": "late@example.com" }), &["waitlistEntry.created"]),
        ("CreateBulkWaitlistEntries", "POST", "/waitlist_entries/bulk",
            json!([{ "email_address": "late@example.com" },
                { "email_address": "later@example.com" }]),
            &["waitlistEntry.created", "waitlistEntry.created"]),
        ("InviteWaitlistEntry", "POST", "/waitlist_entries/{entry}/invite",
            json!({}), &["waitlistEntry.updated"]),
        ("RejectWaitlistEntry", "POST", "/waitlist_entries/{entry}/reject",
            json!(null), &["waitlistEntry.updated"]),
        ("DeleteWaitlistEntry", "DELETE", "/waitlist_entries/{entry}", json!(null), &[]),
    ]
}

#[tokio::test]
async fn each_operation_sends_the_events_of_its_changes() {
    let (initial, ids) = set_up().await;
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for (operation, method, path, body, expected) in rows() {
        let fake = initial.clone();
        fake.clock().advance(Duration::from_secs(60));
        let webhooks = fake.webhooks();
        let (path, body) = (filled(path, &ids), filled(&body.to_string(), &ids));
        let body = serde_json::from_str(&body).unwrap();
        let (status, response) = send(&fake, method, &path, &body).await;
        assert!(status < 300, "{operation}: {status} {response}");
        let webhooks = webhooks.take();
        for webhook in &webhooks {
            let verified = verified(&fake, webhook);
            assert_eq!(verified.event.timestamp, fake.time().as_millis());
            let attributes = verified.event.event_attributes.unwrap();
            assert_eq!(attributes.http_request.user_agent, "tests/1");
        }
        let types: Vec<_> = webhooks
            .iter()
            .map(|webhook| webhook.event_type())
            .collect();
        if types != expected {
            wrong.push((operation, types));
        }
        seen.insert(operation);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    seen.extend(NOT_MODELLED);
    let changing = OperationInfo::all().iter().filter(|operation| {
        let noun = operation.route().split('/').nth(1).unwrap_or_default();
        operation.method().as_str() != "GET" && NOUNS.contains(&noun)
    });
    let changing: BTreeSet<_> = changing.map(OperationInfo::operation_id).collect();
    let missing: Vec<_> = changing.difference(&seen).collect();
    assert!(missing.is_empty(), "the table lacks {missing:#?}");
}

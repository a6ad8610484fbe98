//! The operations on users that the reference of clerk-rs does not list.

use clerk_client::mock::FakeClerk;
use clerk_client::models::{
    CommerceSubscription, CommerceSubscriptionStatus, ExternalAccount, OrganizationInvitation,
    OrganizationInvitationStatus, Passkey, TrustedDevice, TrustedDeviceStatus,
};
use clerk_client::requests::CreditAction;
use clerk_client::requests::{
    AdjustCreditBalanceRequest, CreateUserRequest, IdentificationStatus,
    OrganizationInvitationListParams, ProfileImage, RemoveUserPasswordRequest,
    ReplaceUserEmailAddressRequest, ReplaceUserMetadataRequest, ReplaceUserPhoneNumberRequest,
    SetUserPasswordCompromisedRequest,
};
use clerk_client::{User, UsersApi, ids::UserId};
use serde_json::json;

const TOTP: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

pub(super) async fn run(fake: &FakeClerk, users: &UsersApi) {
    let request = CreateUserRequest::new()
        .email_address(["mary@example.com", "old@example.com"])
        .phone_number(["+15550001111"])
        .web3_wallet([
            "0x00000000219ab540356cbb839cbe05303d7705fa",
            "0x00000000219ab540356cbb839cbe05303d7705fb",
        ])
        .password("correct horse")
        .totp_secret(TOTP)
        .backup_codes(["b-1"])
        .public_metadata(json!({ "plan": "pro", "seats": 5 }))
        .private_metadata(json!({ "note": "vip" }));
    let mary = users.create_user(request).await.unwrap();
    locked_and_banned(users, &mary.id).await;
    image(users, &mary.id).await;
    metadata(users, &mary.id).await;
    billing(fake, users, &mary.id).await;
    password(users, &mary.id).await;
    factors(users, &mary.id).await;
    identifications(fake, users, mary.clone()).await;
    devices_and_invitations(fake, users, &mary.id).await;
    users.delete_user(&mary.id).await.unwrap();
}

async fn locked_and_banned(users: &UsersApi, id: &UserId) {
    let locked = users.lock_user(id).await.unwrap();
    assert!(locked.locked && locked.lockout_expires_in_seconds.is_some());
    let unlocked = users.unlock_user(id).await.unwrap();
    assert!(!unlocked.locked && unlocked.lockout_expires_in_seconds.is_none());

    let other = users
        .create_user(CreateUserRequest::new())
        .await
        .unwrap()
        .id;
    let banned = users.users_ban([id, &other]).await.unwrap();
    assert!(banned.iter().all(|user| user.banned));
    assert_eq!([&banned[0].id, &banned[1].id], [id, &other]);
    assert!(users.users_ban([id.as_str(), "user_nobody"]).await.is_err());
    let free = users.users_unban([id, &other]).await.unwrap();
    assert!(free.iter().all(|user| !user.banned));
    assert_eq!([&free[0].id, &free[1].id], [id, &other]);
    users.delete_user(other).await.unwrap();
}

async fn image(users: &UsersApi, id: &UserId) {
    // The image contains text that looks like a boundary.
    let bytes = b"\x89PNG\r\n\x1a\n--clerk-client-\r\n\0\xff".to_vec();
    let image = ProfileImage::new("a \"quoted\" näme.png", "image/png", bytes);
    let user = users.set_user_profile_image(id, image).await.unwrap();
    assert!(user.has_image);
    let without = users.delete_user_profile_image(id).await.unwrap();
    assert!(!without.has_image && without.image_url != user.image_url);
}

async fn metadata(users: &UsersApi, id: &UserId) {
    let request = ReplaceUserMetadataRequest::new()
        .public_metadata(json!({ "plan": "free" }))
        .unsafe_metadata(json!({}));
    let user = users.replace_user_metadata(id, request).await.unwrap();
    assert_eq!(user.public_metadata, json!({ "plan": "free" }).into());
    assert_eq!(user.private_metadata, json!({ "note": "vip" }).into());
}

async fn billing(fake: &FakeClerk, users: &UsersApi, id: &UserId) {
    let none = users.get_user_billing_subscription(id).await;
    assert!(none.unwrap_err().is_not_found());
    let mut subscription = CommerceSubscription::default();
    subscription.status = CommerceSubscriptionStatus::PastDue;
    assert!(fake.set_billing_subscription(id, subscription.clone()));
    let seen = users.get_user_billing_subscription(id).await.unwrap();
    assert_eq!(seen, subscription);

    let credit = users.get_user_billing_credit_balance(id).await.unwrap();
    assert_eq!(credit.balance, None);
    let more = AdjustCreditBalanceRequest::new(CreditAction::Increase, 1_050, "k1").note("hello");
    let entry = users
        .adjust_user_billing_credit_balance(id, more.clone())
        .await
        .unwrap();
    assert_eq!(&*entry.amount.amount_formatted, "$10.50");
    let again = users.adjust_user_billing_credit_balance(id, more).await;
    assert_eq!(again.unwrap(), entry);
    for (amount, left) in [(50, Some(1_000)), (1_001, None)] {
        let key = format!("less {amount}");
        let less = AdjustCreditBalanceRequest::new(CreditAction::Decrease, amount, key);
        let result = users.adjust_user_billing_credit_balance(id, less).await;
        assert_eq!(result.is_ok(), left.is_some());
    }
    let credit = users.get_user_billing_credit_balance(id).await.unwrap();
    assert_eq!(credit.balance.unwrap().amount, 1_000);
}

async fn password(users: &UsersApi, id: &UserId) {
    let mark = SetUserPasswordCompromisedRequest::new().revoke_all_sessions(true);
    users
        .set_user_password_compromised(id, mark.clone())
        .await
        .unwrap();
    users.unset_user_password_compromised(id).await.unwrap();
    let request = RemoveUserPasswordRequest::new().sign_out_of_other_sessions(true);
    let user = users
        .remove_user_password(id, request.clone())
        .await
        .unwrap();
    assert!(!user.password_enabled);
    assert_eq!(users.remove_user_password(id, request).await.unwrap(), user);
    users
        .set_user_password_compromised(id, mark)
        .await
        .unwrap_err();
}

async fn factors(users: &UsersApi, id: &UserId) {
    assert_eq!(users.delete_totp(id).await.unwrap().user_id, *id);
    let user = users.get_user(id).await.unwrap();
    assert!(!user.totp_enabled && user.two_factor_enabled);
    assert_eq!(users.delete_backup_code(id).await.unwrap().user_id, *id);
    let user = users.get_user(id).await.unwrap();
    assert!(!user.backup_code_enabled && !user.two_factor_enabled);
    assert!(user.mfa_disabled_at.is_some());
}

async fn identifications(fake: &FakeClerk, users: &UsersApi, mary: User) {
    let id = &mary.id;
    let request = ReplaceUserEmailAddressRequest::new("mary@example.org")
        .identification_status(IdentificationStatus::Reserved);
    let address = users.replace_user_email_address(id, request).await.unwrap();
    assert!(address.reserved && address.verification.is_none());
    let taken = users.replace_user_phone_number(id, "+15551234567").await;
    assert_eq!(taken.unwrap_err().code(), Some("form_identifier_exists"));
    let request = ReplaceUserPhoneNumberRequest::new("+15550002222");
    let number = users.replace_user_phone_number(id, request).await.unwrap();
    let user = users.get_user(id).await.unwrap();
    assert_eq!(user.email_addresses, [address]);
    assert_eq!(user.phone_numbers, [number]);
    assert_eq!(
        user.primary_phone_number_id.as_ref(),
        Some(&user.phone_numbers[0].id)
    );

    let (first, second) = (&user.web3_wallets[0].id, &user.web3_wallets[1].id);
    let deleted = users.user_web3_wallet_delete(id, first).await.unwrap();
    assert!(deleted.deleted && deleted.id.as_deref() == Some(first.as_str()));
    let mut user = users.get_user(id).await.unwrap();
    assert_eq!(user.primary_web3_wallet_id.as_ref(), Some(second));

    let (mut passkey, mut account) = (Passkey::default(), ExternalAccount::default());
    passkey.id = "idn_passkey".into();
    account.id = "eac_1".into();
    user.passkeys.push(passkey);
    user.external_accounts.push(account);
    fake.add(user);
    for result in [
        users.user_passkey_delete(id, "idn_passkey").await,
        users.delete_external_account(id, "eac_1").await,
    ] {
        assert!(result.unwrap().deleted);
    }
    for result in [
        users.user_passkey_delete(id, "idn_passkey").await,
        users.delete_external_account(id, "eac_1").await,
        users.user_web3_wallet_delete(id, first).await,
    ] {
        assert!(result.unwrap_err().is_not_found());
    }
    let user = users.get_user(id).await.unwrap();
    assert!(user.passkeys.is_empty() && user.external_accounts.is_empty());
}

async fn devices_and_invitations(fake: &FakeClerk, users: &UsersApi, id: &UserId) {
    for device in ["device_1", "device_2"] {
        assert!(fake.add_trusted_device(id, TrustedDevice::new(device)));
    }
    let revoked = users
        .revoke_user_trusted_device(id, "device_1")
        .await
        .unwrap();
    assert_eq!(revoked.status, TrustedDeviceStatus::Revoked);
    assert_eq!(revoked.revoked_at, Some(fake.time()));
    let left = users.list_user_trusted_devices(id).await.unwrap();
    assert_eq!((left.data.len(), left.total_count), (1, Some(1)));
    assert_eq!(left.data[0].id, "device_2");
    let again = users.revoke_user_trusted_device(id, "device_1").await;
    assert!(again.unwrap_err().is_not_found());

    for status in ["pending", "pending", "revoked"] {
        let mut invitation = OrganizationInvitation::default();
        invitation.status = status.into();
        assert!(fake.add_organization_invitation(id, invitation));
    }
    let new = OrganizationInvitationListParams::new;
    for (params, shown, total) in [
        (new(), 3, 3),
        (new().status(OrganizationInvitationStatus::Pending), 2, 2),
        (new().status("pending").limit(1), 1, 2),
        (new().status("accepted"), 0, 0),
    ] {
        let page = users
            .users_get_organization_invitations(id, params)
            .await
            .unwrap();
        assert_eq!((page.data.len(), page.total_count), (shown, Some(total)));
    }
}

//! The data of the Clerk in memory.

use clerk_client::ids::UserId;
use clerk_client::mock::FakeClerk;
use clerk_client::models::{
    CommerceSubscription, CommerceSubscriptionStatus, ExternalAccount, OAuthAccessToken,
    Organization, OrganizationInvitation, OrganizationMembership, Passkey, TrustedDevice, User,
    Web3Wallet,
};

/// Adds two users. The user `user_ada` has a membership, an invitation, an OAuth access token and a
/// subscription, so that the read-only operations return some objects.
pub(crate) fn seed(fake: &FakeClerk) {
    let mut alan = User::new("user_alan");
    alan.first_name = Some("Alan".into());
    fake.add(alan);

    let mut ada = User::new("user_ada");
    ada.first_name = Some("Ada".into());
    ada.last_name = Some("Lovelace".into());
    fake.add(ada);

    let mut organization = Organization::new("org_engines");
    organization.name = "Analytical Engines".into();
    let mut membership = OrganizationMembership::new("orgmem_1");
    membership.role = "org:admin".into();
    membership.organization = organization;
    fake.add_membership("user_ada", membership);

    let mut invitation = OrganizationInvitation::default();
    invitation.status = "pending".into();
    fake.add_organization_invitation("user_ada", invitation);

    let mut token = OAuthAccessToken::default();
    token.provider = "oauth_google".into();
    token.provider_user_id = "1815".into();
    token.token = "ya29.made-up".into();
    fake.add_oauth_access_token("user_ada", token);

    let mut subscription = CommerceSubscription::default();
    subscription.status = CommerceSubscriptionStatus::Active;
    fake.set_billing_subscription("user_ada", subscription);
}

/// Adds objects that no operation can add to an existing user: a passkey, a wallet, an external
/// account and a trusted device.
pub(crate) fn belongings(fake: &FakeClerk, user_id: &UserId) {
    let (mut passkey, mut wallet) = (Passkey::default(), Web3Wallet::default());
    passkey.id = "idn_passkey".into();
    wallet.id = "idn_wallet".into();
    let mut account = ExternalAccount::default();
    account.id = "eac_github".into();
    if let Some(mut user) = fake.user(user_id) {
        user.passkeys.push(passkey);
        user.web3_wallets.push(wallet);
        user.external_accounts.push(account);
        fake.add(user);
    }
    fake.add_trusted_device(user_id, TrustedDevice::new("device_1"));
}

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use clerk_core::models::{
    CommerceSubscription, CommerceSubscriptionStatus, ExternalAccount, Passkey, TrustedDevice,
    User, Web3Wallet,
};
use clerk_core::{Error, UsersApi};
use clerk_mock::{FakeClerk, FakeUser};

/// Runs a documentation example against a fake, and panics if the example fails.
///
/// The fake has a user `user_1` with everything that the examples need: an e-mail address, a
/// password, second factors, a passkey, a wallet, an external account, a trusted device and a
/// subscription.
#[allow(clippy::panic, reason = "an example that fails has to fail its test")]
pub fn doctest(example: impl AsyncFnOnce(UsersApi) -> Result<(), Error>) {
    let fake = FakeClerk::new();
    fake.add(ada());
    fake.add_trusted_device("user_1", TrustedDevice::new("device_1"));
    let mut subscription = CommerceSubscription::default();
    subscription.status = CommerceSubscriptionStatus::Active;
    fake.set_billing_subscription("user_1", subscription);
    let mut example = pin!(example(fake.client().users()));
    let mut context = Context::from_waker(Waker::noop());
    // The fake needs no runtime. Polling a call advances the fake's clock.
    loop {
        match example.as_mut().poll(&mut context) {
            Poll::Ready(Ok(())) => return,
            Poll::Ready(Err(error)) => panic!("the example failed: {error}"),
            Poll::Pending => {}
        }
    }
}

fn ada() -> FakeUser {
    let mut passkey = Passkey::default();
    passkey.id = "idn_passkey".into();
    let mut wallet = Web3Wallet::default();
    wallet.id = "idn_wallet".into();
    let mut account = ExternalAccount::default();
    account.id = "eac_1".into();
    let mut user = User::new("user_1");
    user.external_id = Some("customer-7".into());
    user.passkeys = vec![passkey];
    user.web3_wallets = vec![wallet];
    user.external_accounts = vec![account];
    FakeUser::from(user)
        .email_address("ada@example.com")
        .password("correct horse")
        .totp_secret("JBSWY3DPEHPK3PXP")
        .backup_codes(["backup-1"])
}

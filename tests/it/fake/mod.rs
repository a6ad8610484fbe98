//! The test doubles: `FakeClerk`, its server, `MockTransport` and virtual time.

mod checked;
mod control;
mod control_surface;
mod doubles;
mod expected;
mod faults;
mod identifiers;
mod m2m_tokens;
mod machine_tokens;
mod many_users;
mod model;
mod organizations;
mod organizations_model;
mod page;
mod refusals;
mod responses;
mod served;
mod sessions;
mod shelves;
mod state;
mod templates;
mod users;
mod validity;
mod webhooks;

use clerk_client::mock::FakeUser;
use clerk_client::models::TrustedDevice;

/// Creates a user with several kinds of identifiers and credentials.
fn equipped_user(id: &str, device: TrustedDevice) -> FakeUser {
    FakeUser::new(id)
        .name("Ada", "Lovelace")
        .email_address("ada@example.com")
        .email_address("countess@example.com")
        .second_factor_phone_number("+15555550100")
        .web3_wallet("0x1815")
        .password("correct horse battery staple")
        .totp_secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        .backup_codes(["once"])
        .passkey("idn_passkey")
        .external_account("oauth_github", "ada")
        .trusted_device(device)
}

//! The state of a fake: the orders of its users, its JSON, its seeds, its use by several threads,
//! and the file in which a server saves it.

mod save_file;
mod seed;
mod state_json;
mod threads;
mod user_order;

use clerk_client::Timestamp;
use clerk_client::mock::FakeUser;

/// Returns users. Some were created at the same time. Some have the same names and the same last
/// sign-in, and some have neither names nor a last sign-in. Some have no identifiers.
fn users() -> Vec<FakeUser> {
    let user = |number: i64| {
        let user = FakeUser::new(format!("user_{number}"))
            .created_at(Timestamp::from_millis(1_000 + number % 3));
        let user = match number % 4 {
            0 => user,
            of => user
                .name(&format!("First {of}"), &format!("Last {}", 4 - of))
                .last_sign_in_at(Timestamp::from_millis(2_000 - of)),
        };
        match number % 5 {
            0 => user,
            of => user
                .username(&format!("name{of}_{number}"))
                .email_address(&format!("{of}.{number}@example.com"))
                .phone_number(&format!("+1555555{of:02}{number:02}"))
                .web3_wallet(&format!("0x{of:020}{number:020}")),
        }
    };
    (0..40).map(user).collect()
}

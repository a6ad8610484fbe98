//! Runs thousands of random operations on the fake and on a model, a second, simple implementation
//! of Clerk. Compares every response and all lists. The operations are those on users,
//! organizations, memberships, invitations and sessions.

mod invitations;
mod lists;
mod organizations;
mod people;
mod plain;
mod records;
mod sessions;

use std::fmt::Debug;
use std::time::Duration;

use clerk_client::mock::FakeClerk;
use clerk_client::{Clerk, Error};

use self::plain::Plain;
use crate::fake::checked::checked;
use crate::fake::expected::{Expected, code, owned};

const SEEDS: u64 = 10;
const OPERATIONS_OF_A_SEED: usize = 1_000;
/// The number of operations after which all lists are compared.
const COMPARED_AFTER: usize = 100;

#[tokio::test]
async fn the_fake_agrees_with_a_plain_model_of_organizations() {
    let mut refused = 0;
    for seed in 1..=SEEDS {
        let mut walk = Walk::new(seed);
        for step in 1..=OPERATIONS_OF_A_SEED {
            walk.step = step;
            walk.advance();
            walk.operate().await;
            if step % COMPARED_AFTER == 0 {
                walk.compare_all().await;
            }
        }
        refused += walk.refused;
    }
    // Both outcomes must occur: some operations are refused, and most are not.
    let operations = usize::try_from(SEEDS).unwrap() * OPERATIONS_OF_A_SEED;
    let share = refused * 100 / operations;
    assert!((10..=40).contains(&share), "{share} % are refused");
}

/// A sequence of random operations. If the test fails, the last operation is printed.
struct Walk {
    seed: u64,
    step: usize,
    operation: String,
    random: fastrand::Rng,
    fake: FakeClerk,
    clerk: Clerk,
    plain: Plain,
    /// The ids of users and organizations that have been deleted.
    deleted: Vec<String>,
    refused: usize,
}

impl Drop for Walk {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let (seed, step) = (self.seed, self.step);
            eprintln!("seed {seed}, step {step}: {}", self.operation);
        }
    }
}

impl Walk {
    fn new(seed: u64) -> Self {
        let fake = FakeClerk::new();
        Self {
            seed,
            step: 0,
            operation: String::new(),
            random: fastrand::Rng::with_seed(seed),
            // Validating every response takes long, so only the walk with seed 1 validates them.
            clerk: if seed == 1 {
                checked(&fake)
            } else {
                fake.client()
            },
            fake,
            plain: Plain::default(),
            deleted: vec!["missing".to_owned()],
            refused: 0,
        }
    }

    /// Advances the clock, so that sessions and invitations expire. Sometimes two operations happen
    /// in the same millisecond.
    fn advance(&mut self) {
        let seconds = self.some(&[0, 0, 1, 60, 3_600, 6 * 3_600]);
        let millis = self.random.u64(0..2);
        self.fake
            .clock()
            .advance(Duration::from_millis(seconds * 1_000 + millis));
        self.plain.set_time(self.fake.time().as_millis());
    }

    async fn operate(&mut self) {
        match self.random.u8(0..100) {
            0..7 => self.create_user().await,
            7..11 => self.ban().await,
            11..14 => self.delete_user().await,
            14..19 => self.create_organization().await,
            19..24 => self.update_organization().await,
            24..26 => self.delete_organization().await,
            26..30 => self.get_organization().await,
            30..42 => self.create_membership().await,
            42..47 => self.change_role().await,
            47..51 => self.delete_membership().await,
            51..60 => self.invite().await,
            60..64 => self.revoke_invitation().await,
            64..69 => self.accept_invitation().await,
            69..77 => self.create_session().await,
            77..81 => self.revoke_session().await,
            81..84 => self.list_organizations().await,
            84..88 => self.list_members().await,
            88..91 => self.list_organizations_of_user().await,
            91..95 => self.list_invitations().await,
            _ => self.list_sessions().await,
        }
    }

    fn some<T: Clone>(&mut self, all: &[T]) -> T {
        self.random.choice(all).unwrap().clone()
    }

    fn one_in(&mut self, count: u8) -> bool {
        self.random.u8(0..count) == 0
    }

    /// Returns one of the ids, or sometimes an id that never existed or was deleted.
    fn id(&mut self, ids: Vec<String>) -> String {
        if ids.is_empty() || self.one_in(25) {
            let deleted = self.deleted.clone();
            return self.some(&deleted);
        }
        self.some(&ids)
    }

    fn user(&mut self) -> String {
        self.id(self.plain.people.iter().map(|of| of.id.clone()).collect())
    }

    fn organization(&mut self) -> String {
        let all = self.plain.organizations.iter();
        self.id(all.map(|of| of.id.clone()).collect())
    }

    /// Returns an organization, and a user who is usually a member of this organization.
    fn member(&mut self) -> (String, String) {
        let members = self.plain.members.clone();
        if members.is_empty() || self.one_in(10) {
            return (self.organization(), self.user());
        }
        let member = self.some(&members);
        (member.organization, member.user)
    }

    fn role(&mut self) -> String {
        let role = if self.one_in(25) {
            "org:king"
        } else {
            self.some(&["org:admin", "org:member", "org:member"])
        };
        role.to_owned()
    }

    fn email(&mut self) -> String {
        let host = self.some(&["example.com", "Example.COM"]);
        format!("user{}@{host}", self.random.u8(0..40))
    }

    fn agree<T: Debug + PartialEq>(&mut self, expected: Expected<T>, response: Result<T, Error>) {
        self.refused += usize::from(expected.is_err());
        assert_eq!(response.map_err(code), expected.map_err(owned));
    }
}

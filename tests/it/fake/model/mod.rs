//! Runs thousands of random operations on the fake and on a model, and compares every response. The
//! model is a second, simple implementation of Clerk's users.

mod changes;
mod person;
mod search;

use std::time::Duration;

use clerk_client::mock::FakeClerk;
use clerk_client::{Error, Metadata, User, UsersApi};
use serde_json::{Value, json};

use self::person::{People, Person};
use crate::fake::checked::checked;
use crate::fake::expected::{Expected, code, owned};

const OPERATIONS: usize = 10_000;

#[tokio::test]
async fn the_fake_agrees_with_a_plain_model() {
    let fake = FakeClerk::new();
    let clerk = checked(&fake);
    let mut walk = Walk {
        random: fastrand::Rng::with_seed(1),
        users: clerk.users(),
        fake,
        people: People::default(),
        refused: 0,
    };
    for number in 0..OPERATIONS {
        walk.step(number).await;
    }
    let left = walk.people.0.len();
    let refused = walk.refused;
    println!("{OPERATIONS} operations, {refused} refused, {left} users at the end");
    assert!(refused > 500 && left > 20);
}

struct Walk {
    random: fastrand::Rng,
    users: UsersApi,
    fake: FakeClerk,
    people: People,
    refused: usize,
}

impl Walk {
    fn some<T: Clone>(&mut self, all: &[T]) -> T {
        self.random.choice(all).unwrap().clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.random.bool().then(|| make(self))
    }

    fn email(&mut self) -> String {
        let host = self.some(&["example.com", "Example.COM"]);
        format!("user{}@{host}", self.random.u8(0..60))
    }

    fn name(&mut self) -> String {
        format!("Name{}", self.random.u8(0..30))
    }

    /// Returns the id of an existing user, or sometimes an id that no user has.
    fn id(&mut self) -> String {
        if self.people.0.is_empty() || self.random.u8(0..20) == 0 {
            return "user_nobody".to_owned();
        }
        let at = self.random.usize(0..self.people.0.len());
        self.people.0[at].id.clone()
    }

    fn metadata(&mut self, depth: u8) -> Value {
        if depth == 0 || self.random.u8(0..3) == 0 {
            return self.some(&[
                json!(1),
                json!("text"),
                json!([1, null]),
                json!(null),
                json!({}),
            ]);
        }
        let keys = self.random.u8(1..4);
        let members = (0..keys).map(|_| {
            let key = self.some(&["a", "b", "c"]).to_owned();
            (key, self.metadata(depth - 1))
        });
        Value::Object(members.collect())
    }

    fn object(&mut self) -> Value {
        match self.metadata(3) {
            object @ Value::Object(_) => object,
            other => json!({ "a": other }),
        }
    }

    fn now(&self) -> i64 {
        self.fake.time().as_millis()
    }

    /// Unlocks the people whose lock has expired.
    fn expire_locks(&mut self) {
        let now = self.now();
        for person in &mut self.people.0 {
            person.locked_until = person.locked_until.filter(|until| *until > now);
        }
    }

    async fn step(&mut self, number: usize) {
        // If 0 is chosen, two operations happen in the same millisecond.
        let passed = self.some(&[0, 1, 1_000, 60_000]);
        self.fake.clock().advance(Duration::from_millis(passed));
        self.expire_locks();
        let here = self.people.0.len() as u64;
        match self.random.u8(0..100) {
            0..25 if here < 80 => self.create().await,
            25..40 => self.update().await,
            40..50 => self.change_metadata().await,
            50..58 => self.ban().await,
            58..63 => self.lock().await,
            63..68 => self.password().await,
            68..72 => self.replace_email().await,
            72..78 => self.delete().await,
            78..84 => self.get().await,
            _ => self.search(number).await,
        }
    }

    fn assert_agree(
        &mut self,
        what: &str,
        expected: Expected<Person>,
        response: Result<User, Error>,
    ) {
        let locked = |person: Person| (shown(&person), person.locked_until.is_some());
        let response = response
            .map(|user| (seen(&user), user.locked))
            .map_err(code);
        self.refused += usize::from(expected.is_err());
        assert_eq!(response, expected.map(locked).map_err(owned), "{what}");
    }

    fn assert_agree_on_all(
        &mut self,
        what: &str,
        expected: Expected<Vec<Person>>,
        response: Result<Vec<User>, Error>,
    ) {
        self.refused += usize::from(expected.is_err());
        let response: Result<Vec<_>, _> = response
            .map(|users| users.iter().map(seen).collect())
            .map_err(code);
        let expected = expected.map(|people| people.iter().map(shown).collect());
        assert_eq!(response, expected.map_err(owned), "{what}");
    }
}

/// Returns the fields of a user that are compared. Only `assert_agree` also compares `locked`.
fn seen(user: &User) -> Value {
    let read = |metadata: &Metadata| metadata.get::<Value>().unwrap();
    let primary = user.primary_email_address();
    json!({
        "id": user.id,
        "email": primary.map(|primary| &primary.email_address),
        "username": user.username,
        "external_id": user.external_id,
        "names": [user.first_name, user.last_name],
        "public": read(&user.public_metadata),
        "private": read(&user.private_metadata),
        "banned": user.banned,
        "password": user.password_enabled,
        "times": [user.created_at, user.updated_at],
    })
}

fn shown(person: &Person) -> Value {
    json!({
        "id": person.id,
        "email": person.email,
        "username": person.username,
        "external_id": person.external_id,
        "names": [person.first_name, person.last_name],
        "public": person.public,
        "private": person.private,
        "banned": person.banned,
        "password": person.password.is_some(),
        "times": [person.created, person.updated],
    })
}

//! Runs thousands of random operations on the fake and on a plain model, and compares every
//! response.

use std::time::Duration;

use clerk_client::mock::FakeClerk;
use clerk_client::requests::RemoveUserPasswordRequest;
use clerk_client::requests::{
    CreateUserRequest, ReplaceUserEmailAddressRequest, ReplaceUserMetadataRequest,
    UpdateUserMetadataRequest, UpdateUserRequest, UserFilter, UserListParams, UserOrderBy,
};
use clerk_client::{Error, Metadata, Timestamp, User, UsersApi};
use serde_json::{Value, json};

use super::person::{Expected, People, Person, Search, merge};
use super::validity::checked;

const OPERATIONS: usize = 10_000;
const ORDERS: [(&str, UserOrderBy); 5] = [
    ("created_at", UserOrderBy::CreatedAt),
    ("updated_at", UserOrderBy::UpdatedAt),
    ("username", UserOrderBy::Username),
    ("first_name", UserOrderBy::FirstName),
    ("email_address", UserOrderBy::EmailAddress),
];

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

    /// The id of an existing user, or sometimes of none.
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
        // Sometimes two operations happen in the same millisecond.
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

    async fn create(&mut self) {
        let mut new = Person {
            id: String::new(),
            email: self.maybe(|walk| walk.email().to_lowercase()),
            username: self.maybe(Self::name),
            external_id: self.maybe(|walk| walk.random.u8(0..50).to_string()),
            first_name: self.maybe(Self::name),
            last_name: None,
            public: self.object(),
            private: json!({}),
            banned: false,
            locked_until: None,
            password: self.maybe(|walk| walk.some(&["short", "long enough"]).to_owned()),
            created: self.now(),
            updated: self.now(),
        };
        let mut request =
            CreateUserRequest::new().public_metadata(Metadata::from(new.public.clone()));
        if let Some(email) = &new.email {
            request = request.email_address([email.to_uppercase()]);
        }
        if let Some(name) = &new.username {
            request = request.username(name);
        }
        if let Some(id) = &new.external_id {
            request = request.external_id(id);
        }
        if let Some(name) = &new.first_name {
            request = request.first_name(name);
        }
        if let Some(password) = &new.password {
            request = request.password(password);
        }
        let response = self.users.create_user(request).await;
        if let Ok(user) = &response {
            new.id = user.id.as_str().to_owned();
        }
        let expected = self.people.add(new);
        self.assert_agree("create", expected, response);
    }

    async fn update(&mut self) {
        let (id, now) = (self.id(), self.now());
        let mut request = UpdateUserRequest::new();
        let mut changed = self.people.find(&id).map(|person| person.clone());
        let mut change = |change: &dyn Fn(&mut Person)| {
            if let Ok(person) = &mut changed {
                change(person);
                person.updated = now;
            }
        };
        change(&|_| {});
        match self.random.u8(0..5) {
            0 => {
                let name = self.name();
                change(&|person| person.first_name = Some(name.clone()));
                request = request.first_name(&name);
            }
            1 => {
                let name = self.name();
                change(&|person| person.last_name = Some(name.clone()));
                request = request.last_name(&name);
            }
            2 => {
                let name = self.name();
                change(&|person| person.username = Some(name.clone()));
                request = request.username(&name);
            }
            3 => {
                change(&|person| person.username = None);
                request = request.clear_username();
            }
            _ => {
                let external = self.random.u8(0..50).to_string();
                change(&|person| person.external_id = Some(external.clone()));
                request = request.external_id(&external);
            }
        }
        let response = self.users.update_user(&id, request).await;
        let expected = changed.and_then(|changed| self.people.replace(changed));
        self.assert_agree("update", expected, response);
    }

    async fn change_metadata(&mut self) {
        let (id, now) = (self.id(), self.now());
        let (public, private) = (self.object(), self.maybe(Self::object));
        let merges = self.random.bool();
        let expected = self.people.find(&id).map(|person| {
            let change =
                |old: &Value, new: &Value| if merges { merge(old, new) } else { new.clone() };
            person.public = change(&person.public, &public);
            if let Some(private) = &private {
                person.private = change(&person.private, private);
            }
            person.updated = now;
            person.clone()
        });
        let response = if merges {
            let mut request =
                UpdateUserMetadataRequest::new().public_metadata(Metadata::from(public));
            if let Some(private) = private {
                request = request.private_metadata(Metadata::from(private));
            }
            self.users.update_user_metadata(&id, request).await
        } else {
            let mut request =
                ReplaceUserMetadataRequest::new().public_metadata(Metadata::from(public));
            if let Some(private) = private {
                request = request.private_metadata(Metadata::from(private));
            }
            self.users.replace_user_metadata(&id, request).await
        };
        self.assert_agree("metadata", expected, response);
    }

    async fn ban(&mut self) {
        let now = self.now();
        let banned = self.random.bool();
        if self.random.bool() {
            let id = self.id();
            let expected = self.people.ban(std::slice::from_ref(&id), banned, now);
            let response = if banned {
                self.users.ban_user(&id).await
            } else {
                self.users.unban_user(&id).await
            };
            return self.assert_agree("ban", expected.map(|mut one| one.remove(0)), response);
        }
        let ids: Vec<String> = (0..self.random.usize(1..6)).map(|_| self.id()).collect();
        let expected = self.people.ban(&ids, banned, now);
        let response = if banned {
            self.users.users_ban(&ids).await
        } else {
            self.users.users_unban(&ids).await
        };
        self.assert_agree_on_all("bans", expected, response);
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

    async fn lock(&mut self) {
        let (id, now) = (self.id(), self.now());
        let locked = self.random.bool();
        let expected = self.people.lock(&id, locked, now);
        let response = if locked {
            self.users.lock_user(&id).await
        } else {
            self.users.unlock_user(&id).await
        };
        self.assert_agree("lock", expected, response);
    }

    async fn password(&mut self) {
        let (id, now) = (self.id(), self.now());
        if self.random.u8(0..4) == 0 {
            let expected = self.people.find(&id).map(|person| {
                if person.password.take().is_some() {
                    person.updated = now;
                }
                person.clone()
            });
            let response = self
                .users
                .remove_user_password(&id, RemoveUserPasswordRequest::new())
                .await;
            return self.assert_agree("remove password", expected, response);
        }
        let guess = self.some(&["long enough", "not the one"]);
        let expected = self
            .people
            .find(&id)
            .and_then(|person| match &person.password {
                None => Err((400, "no_password_set")),
                Some(right) if right == guess => Ok(true),
                Some(_) => Err((422, "incorrect_password")),
            });
        self.refused += usize::from(expected.is_err());
        let response = self.users.verify_password(&id, guess).await;
        let response = response.map(|response| response.verified).map_err(code);
        assert_eq!(response, expected.map_err(owned), "verify password");
    }

    async fn replace_email(&mut self) {
        let (id, now, email) = (self.id(), self.now(), self.email().to_lowercase());
        let changed = self.people.find(&id).map(|person| Person {
            email: Some(email.clone()),
            updated: now,
            ..person.clone()
        });
        let expected = changed.and_then(|changed| self.people.replace(changed));
        self.refused += usize::from(expected.is_err());
        let request = ReplaceUserEmailAddressRequest::new(&email);
        let response = self.users.replace_user_email_address(&id, request).await;
        let response = response.map(|address| String::from(address.email_address));
        assert_eq!(
            response.map_err(code),
            expected.map(|_| email).map_err(owned),
            "replace e-mail address"
        );
    }

    async fn delete(&mut self) {
        let id = self.id();
        let expected = self.people.remove(&id);
        self.refused += usize::from(expected.is_err());
        let response = self.users.delete_user(&id).await;
        let response = response.map(|gone| String::from(gone.id.unwrap()));
        assert_eq!(
            response.map_err(code),
            expected.map(|()| id).map_err(owned),
            "delete"
        );
    }

    async fn get(&mut self) {
        let id = self.id();
        let expected = self.people.find(&id).map(|person| person.clone());
        let response = self.users.get_user(&id).await;
        self.assert_agree("get", expected, response);
    }

    async fn search(&mut self, number: usize) {
        let mut search = Search::default();
        let mut filter = UserFilter::new();
        if self.random.u8(0..4) == 0 {
            search.emails = (0..self.random.usize(1..20))
                .map(|_| self.email())
                .collect();
            filter = filter.email_address(&search.emails);
        }
        if self.random.u8(0..6) == 0 {
            search.usernames = (0..self.random.usize(1..9)).map(|_| self.name()).collect();
            filter = filter.username(&search.usernames);
        }
        if self.random.u8(0..6) == 0 {
            search.included = (0..self.random.usize(1..30)).map(|_| self.id()).collect();
            filter = filter.user_id(&search.included);
        }
        if self.random.u8(0..6) == 0 {
            search.excluded = (0..self.random.usize(1..9)).map(|_| self.id()).collect();
            filter = filter.exclude_user_id(&search.excluded);
        }
        if self.random.u8(0..6) == 0 {
            let query = self.some(&["NAME1", "user2", "name2 name", "zz"]);
            search.query = Some(query.to_owned());
            filter = filter.query(query);
        }
        if self.random.u8(0..5) == 0 {
            let banned = self.random.bool();
            search.banned = Some(banned);
            filter = filter.banned(banned);
        }
        if self.random.u8(0..6) == 0 && !self.people.0.is_empty() {
            let at = self.random.usize(0..self.people.0.len());
            let time = self.people.0[at].created;
            search.created_before = Some(time);
            filter = filter.created_at_before(Timestamp::from_millis(time));
        }
        let counted = self.users.get_users_count(filter.clone()).await.unwrap();
        let total = usize::try_from(counted.total_count).unwrap();
        assert_eq!(total, self.people.count(&search), "{number}: {search:?}");

        let mut params = UserListParams::from(filter);
        search.limit = self.maybe(|walk| walk.random.usize(1..40));
        if let Some(limit) = search.limit {
            params = params.limit(u32::try_from(limit).unwrap());
        }
        if self.random.bool() {
            let ((name, by), descending) = (self.some(&ORDERS), self.random.bool());
            search.order = Some((name, descending));
            let order = if descending {
                by.descending()
            } else {
                by.ascending()
            };
            params = params.order_by(order);
        }
        let by_creation = search.order.is_none_or(|(name, _)| name == "created_at");
        if by_creation && self.random.u8(0..3) == 0 {
            let after = self.id();
            params = params.starting_after(&after);
            search.after = Some(after);
        } else if self.random.u8(0..3) == 0 {
            search.offset = self.random.usize(0..20);
            params = params.offset(u64::try_from(search.offset).unwrap());
        }
        let expected = self.people.search(&search);
        let response = self.users.get_user_list(params).await;
        self.assert_agree_on_all(&format!("{number}: {search:?}"), expected, response);
    }
}

/// The comparable fields of a user. `locked` is compared separately, because it expires.
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

fn code(error: Error) -> (u16, String) {
    let status = error.status().unwrap_or_else(|| panic!("{error}"));
    (status.as_u16(), error.code().unwrap_or_default().to_owned())
}

fn owned((status, code): (u16, &str)) -> (u16, String) {
    (status, code.to_owned())
}

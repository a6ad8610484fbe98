//! Worlds as JSON: to begin with, and to look at.

use std::error::Error;
use std::fmt;

use clerk_core::models::{CommerceCreditLedger, User};
use clerk_core::{SecretString, Timestamp};
use serde_core::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::answer::value;
use super::create::draft;
use super::fake_user::FakeUser;
use super::password::Password;
use super::world::World;

/// Why a world cannot begin with this JSON. It says where, and never repeats a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedError(String);

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the seed does not fit: {}", self.0)
    }
}

impl Error for SeedError {}

fn misfit(place: &str, why: impl fmt::Display) -> SeedError {
    SeedError(format!("{place}: {why}"))
}

/// What is in an object, taken out one by one.
struct Fields<'a> {
    place: &'a str,
    rest: Map<String, Value>,
}

impl<'a> Fields<'a> {
    fn new(place: &'a str, value: Value) -> Result<Self, SeedError> {
        match value {
            Value::Object(rest) => Ok(Self { place, rest }),
            _ => Err(misfit(place, "it must be an object")),
        }
    }

    fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, SeedError> {
        let value = self.rest.remove(name).filter(|value| !value.is_null());
        let read = value.map(serde_json::from_value).transpose();
        // serde's own message would repeat the value.
        read.map_err(|_| misfit(&format!("{}.{name}", self.place), "it has the wrong type"))
    }

    fn list<T: DeserializeOwned>(&mut self, name: &str) -> Result<Vec<T>, SeedError> {
        Ok(self.take(name)?.unwrap_or_default())
    }

    fn end(self) -> Result<(), SeedError> {
        match self.rest.keys().next() {
            Some(name) => Err(misfit(self.place, format!("there is no {name:?}"))),
            None => Ok(()),
        }
    }
}

/// The world, and what time it is in it.
pub(super) fn read(text: &str, now: Timestamp) -> Result<(World, Timestamp), SeedError> {
    let seed: Value = serde_json::from_str(text).map_err(|error| misfit("JSON", error))?;
    let mut fields = Fields::new("the seed", seed)?;
    let time: Option<String> = fields.take("time")?;
    let now = match &time {
        Some(time) => Timestamp::parse_rfc3339(time)
            .ok_or_else(|| misfit("time", "it must be a date and time of RFC 3339"))?,
        None => now,
    };
    let mut world = World::new();
    world.secret_key = fields.take("secret_key")?;
    let users: Vec<Value> = fields.list("users")?;
    for (at, user) in users.into_iter().enumerate() {
        let place = format!("users[{at}]");
        let user = read_user(&mut world, Fields::new(&place, user)?, now)?;
        if world.user(user.user.id.as_str()).is_some() {
            return Err(misfit(&place, "there is one with this id before"));
        }
        world.add(user, now);
    }
    if let Some(seed) = fields.take("random_seed")? {
        world.set_random_seed(seed);
    }
    fields.end()?;
    Ok((world, now))
}

/// A user as [`write()`] writes one, or as a request creates one.
fn read_user(
    world: &mut World,
    mut fields: Fields<'_>,
    now: Timestamp,
) -> Result<FakeUser, SeedError> {
    let organizations: Map<String, Value> = fields.take("organizations")?.unwrap_or_default();
    let memberships = fields.list("organization_memberships")?;
    let invitations = fields.list("organization_invitations")?;
    let tokens = fields.list("oauth_access_tokens")?;
    let devices = fields.list("trusted_devices")?;
    let subscription = fields.take("billing_subscription")?;
    let ledger = read_ledger(&mut fields)?;
    let place = fields.place;
    let mut user = if fields.rest.contains_key("user") {
        read_whole(fields)?
    } else {
        let id: Option<String> = fields.take("id")?;
        let id = id.unwrap_or_else(|| world.new_id("user"));
        let created = draft(world, &id, &fields.rest, now);
        created.map_err(|refusal| misfit(place, refusal.message()))?
    };
    for (organization, role) in &organizations {
        let role = role.as_str().ok_or_else(|| {
            misfit(
                &format!("{place}.organizations.{organization}"),
                "it must be a role",
            )
        })?;
        user = user.member_of(organization, role);
    }
    user.memberships.extend(memberships);
    (user.invitations, user.tokens, user.devices) = (invitations, tokens, devices);
    (user.subscription, user.ledger) = (subscription, ledger);
    Ok(user)
}

fn read_whole(mut fields: Fields<'_>) -> Result<FakeUser, SeedError> {
    let place = fields.place;
    let user: Option<User> = fields.take("user")?;
    let user = user.ok_or_else(|| misfit(place, "it has no user"))?;
    let mut user = FakeUser::from(user);
    let password: Option<SecretString> = fields.take("password")?;
    let digest: Option<SecretString> = fields.take("password_digest")?;
    let hasher: Option<String> = fields.take("password_hasher")?;
    let digest = digest
        .zip(hasher)
        .map(|(digest, hasher)| Password::Digest { hasher, digest });
    user.password = password.map(Password::Text).or(digest);
    user.totp_secret = fields.take("totp_secret")?;
    user.backup_codes = fields.list("backup_codes")?;
    fields.end()?;
    Ok(user)
}

fn read_ledger(fields: &mut Fields<'_>) -> Result<Vec<(String, CommerceCreditLedger)>, SeedError> {
    let place = format!("{}.billing_credits", fields.place);
    let entries: Vec<Value> = fields.list("billing_credits")?;
    let read = |entry| {
        let mut entry = Fields::new(&place, entry)?;
        let key: Option<String> = entry.take("idempotency_key")?;
        let of: Option<CommerceCreditLedger> = entry.take("entry")?;
        entry.end()?;
        Ok((key.unwrap_or_default(), of.unwrap_or_default()))
    };
    entries.into_iter().map(read).collect()
}

/// All that there is, so that [`read`] makes the same of it.
pub(super) fn write(world: &World, now: Timestamp) -> Value {
    let users: Vec<Value> = world.users().map(write_user).collect();
    json!({
        "time": now.to_string(),
        "secret_key": world.secret_key,
        "random_seed": world.random_seed(),
        "users": users,
    })
}

fn write_user(user: &FakeUser) -> Value {
    let ledger = user.ledger.iter();
    let ledger: Vec<Value> = ledger
        .map(|(key, entry)| json!({ "idempotency_key": key, "entry": value(entry) }))
        .collect();
    let mut written = json!({
        "user": value(&user.user),
        "totp_secret": user.totp_secret,
        "backup_codes": user.backup_codes,
        "organization_memberships": value(&user.memberships),
        "organization_invitations": value(&user.invitations),
        "oauth_access_tokens": value(&user.tokens),
        "trusted_devices": value(&user.devices),
        "billing_subscription": value(&user.subscription),
        "billing_credits": ledger,
    });
    if let Some(fields) = written.as_object_mut() {
        match &user.password {
            Some(Password::Text(password)) => {
                fields.insert("password".to_owned(), value(password));
            }
            Some(Password::Digest { hasher, digest }) => {
                fields.insert("password_hasher".to_owned(), value(hasher));
                fields.insert("password_digest".to_owned(), value(digest));
            }
            None => {}
        }
    }
    written
}

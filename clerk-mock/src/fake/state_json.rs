//! Writing the state of an instance as JSON, in the form that `FakeClerk::from_json` reads.

use clerk_core::Timestamp;
use serde_core::ser::SerializeMap;
use serde_core::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::fake::operations::instance_settings;
use crate::fake::operations::machine_tokens::stored;
use crate::fake::operations::sessions::draft::written;
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::password::Password;
use crate::fake::state::session::Session;
use crate::fake::state::world::World;

/// The earliest time that RFC 3339 can express: the start of the year 0.
const FIRST: Timestamp = Timestamp::from_millis(-62_167_219_200_000);
/// The latest time that RFC 3339 can express: the end of the year 9999.
pub(crate) const LAST: Timestamp = Timestamp::from_millis(253_402_300_799_999);

/// The state of an instance at a time, in the form that `FakeClerk::from_json` reads.
///
/// Users are written one after the other, so that a writer need not keep the whole JSON in memory.
pub(crate) struct StateJson<'a>(pub(crate) &'a World, pub(crate) Timestamp);

impl Serialize for StateJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(world, now) = self;
        let of = &world.organizations;
        let mut map = serializer.serialize_map(None)?;
        // `FakeClerk::from_json` reads only times that RFC 3339 can express.
        map.serialize_entry("time", &(*now).clamp(FIRST, LAST).to_string())?;
        map.serialize_entry("secret_key", &world.secret_key)?;
        let key = world.current_key();
        let key = json!({ "rotations": key.rotations, "names": key.names });
        map.serialize_entry("signing_key", &key)?;
        map.serialize_entry(
            "instance_settings",
            &instance_settings::write(&world.settings),
        )?;
        map.serialize_entry("random_seed", &world.random_seed())?;
        map.serialize_entry("organizations", &List(|| of.all.iter()))?;
        map.serialize_entry("organization_invitations", &List(|| of.invitations.iter()))?;
        map.serialize_entry("organization_domains", &List(|| of.domains.iter()))?;
        map.serialize_entry("organization_roles", &List(|| of.roles.iter()))?;
        map.serialize_entry("deleted_organization_roles", &of.deleted_roles())?;
        map.serialize_entry("organization_permissions", &List(|| of.permissions.iter()))?;
        map.serialize_entry("users", &List(|| world.users().map(UserJson)))?;
        let sessions = || world.sessions.iter().map(move |of| session(of, *now));
        map.serialize_entry("sessions", &List(sessions))?;
        map.serialize_entry("machine_tokens", &stored::write(world))?;
        map.serialize_entry("objects", &world.shelves.objects())?;
        map.serialize_entry("settings", world.shelves.settings())?;
        map.end()
    }
}

/// A list that creates each item when the item is written.
struct List<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// A user, and the data of the user that Clerk does not return.
struct UserJson<'a>(&'a FakeUser);

impl Serialize for UserJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(of) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("user", &of.user)?;
        match &of.password {
            Some(Password::Text(password)) => map.serialize_entry("password", password)?,
            Some(Password::Digest { hasher, digest }) => {
                map.serialize_entry("password_hasher", hasher)?;
                map.serialize_entry("password_digest", digest)?;
            }
            None => {}
        }
        map.serialize_entry("totp_secret", &of.totp_secret)?;
        map.serialize_entry("backup_codes", &of.backup_codes)?;
        map.serialize_entry("organization_memberships", &of.memberships)?;
        map.serialize_entry("oauth_access_tokens", &of.tokens)?;
        map.serialize_entry("trusted_devices", &of.devices)?;
        map.serialize_entry("billing_subscription", &of.subscription)?;
        let credits = of.ledger.iter();
        let credits = credits.map(|(key, entry)| json!({ "idempotency_key": key, "entry": entry }));
        map.serialize_entry("billing_credits", &credits.collect::<Vec<_>>())?;
        map.end()
    }
}

/// Converts a session to JSON. The ages of its factors are those at the time `now`.
fn session(session: &Session, now: Timestamp) -> Value {
    let mut written = written(&session.content_at(now));
    if let Some((organization, None)) = &session.content.organization {
        // The session has an organization without a role. `FakeClerk::from_json` refuses such an
        // `organization_id` if the user is not a member of the organization. It accepts `member_of`
        // even then.
        written.remove("organization_id");
        written.insert("member_of".to_owned(), json!(organization));
    }
    for (name, value) in [
        ("id", json!(session.id)),
        ("client_id", json!(session.client_id)),
        ("revoked", json!(session.is_revoked)),
        ("created_at", json!(session.created_at)),
        ("updated_at", json!(session.updated_at)),
        ("last_active_at", json!(session.last_active_at)),
        ("expire_at", json!(session.expire_at)),
        ("abandon_at", json!(session.abandon_at)),
    ] {
        written.insert(name.to_owned(), value);
    }
    written.into()
}

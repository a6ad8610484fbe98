//! The state of an instance in a seed.

use std::collections::{BTreeMap, BTreeSet};

use clerk_core::models::{
    CommerceCreditLedger, Organization, OrganizationDomain, OrganizationInvitation, Permission,
    Role, User,
};
use clerk_core::{OrganizationId, SecretString, SessionId, Timestamp};
use serde_core::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::fake::operations::formats::quoted;
use crate::fake::operations::instance_settings;
use crate::fake::operations::machine_tokens::stored;
use crate::fake::operations::sessions::draft::draft as draft_session;
use crate::fake::operations::shelves::enterprise::ENTERPRISE_CONNECTIONS;
use crate::fake::operations::shelves::stored::{restore, restore_settings};
use crate::fake::operations::users::account::create::draft;
use crate::fake::seed::object_reader::ObjectReader;
use crate::fake::seed::seed_error::{SeedError, TOP_LEVEL, invalid};
use crate::fake::seed::text::check;
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::organizations::roles::ROLE_SETS;
use crate::fake::state::password::Password;
use crate::fake::state::session::Session;
use crate::fake::state::shelves::Object;
use crate::fake::state::signing_key::CurrentKey;
use crate::fake::state::world::World;

/// Reads a world, which is the state of an instance, and its time. The time is `now` if the JSON
/// has none.
pub(crate) fn read(text: &str, now: Timestamp) -> Result<(World, Timestamp), SeedError> {
    let mut world = World::new();
    let time = read_into(&mut world, text, now)?;
    Ok((world, time))
}

/// Reads JSON into a world, and returns the time in the JSON, or `now` if the JSON has none.
///
/// After an error, the world may contain a part of the data.
pub(crate) fn read_into(
    world: &mut World,
    text: &str,
    now: Timestamp,
) -> Result<Timestamp, SeedError> {
    // Some editors write a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    world.stated_ids = check(text)?;
    let mut fields = ObjectReader::new(TOP_LEVEL, text)?;
    let time: Option<String> = fields.take("time")?;
    let now = match &time {
        Some(time) => Timestamp::parse_rfc3339(time)
            .ok_or_else(|| invalid("time", "expected an RFC 3339 date and time"))?,
        None => now,
    };
    if let Some(key) = fields.take("secret_key")? {
        world.secret_key = Some(key);
    }
    let key: Option<&RawValue> = fields.take("signing_key")?;
    if let Some(key) = key {
        world.signing_key = Some(read_signing_key(key.get())?);
    }
    let settings: Object = fields.take("instance_settings")?.unwrap_or_default();
    let settings = instance_settings::read(&world.settings, &settings);
    world.settings = settings.map_err(|error| invalid("instance_settings", error.message()))?;
    let objects: Option<BTreeMap<String, Vec<&RawValue>>> = fields.take("objects")?;
    let mut objects = objects.unwrap_or_default();
    // Role sets are read before organizations, which get the initial role set. Enterprise
    // connections are read before directories, which get the names of their connections.
    for kind in [ROLE_SETS, ENTERPRISE_CONNECTIONS.kept] {
        if let Some(objects) = objects.remove(kind) {
            read_objects(world, kind, objects, now)?;
        }
    }
    read_organizations(world, &mut fields, now)?;
    read_users(world, &mut fields, now)?;
    read_sessions(world, &mut fields, now)?;
    for (kind, objects) in objects {
        read_objects(world, &kind, objects, now)?;
    }
    read_tokens_and_settings(world, &mut fields, now)?;
    if let Some(seed) = fields.take("random_seed")? {
        world.set_random_seed(seed);
    }
    fields.end()?;
    world.stated_ids.clear();
    Ok(now)
}

/// Reads the counters that determine the signing key.
fn read_signing_key(text: &str) -> Result<CurrentKey, SeedError> {
    let mut fields = ObjectReader::new("signing_key", text)?;
    let rotations: Option<u64> = fields.take("rotations")?;
    let names: Option<u64> = fields.take("names")?;
    fields.end()?;
    Ok(CurrentKey {
        rotations: rotations.unwrap_or_default(),
        names: names.unwrap_or_default(),
    })
}

/// Reads the organizations, and their permissions, roles, domains and invitations.
fn read_organizations(
    world: &mut World,
    fields: &mut ObjectReader<'_, '_>,
    now: Timestamp,
) -> Result<(), SeedError> {
    let mut permissions = Vec::new();
    each(fields, "organization_permissions", |_, of: Permission| {
        permissions.push(of);
    })?;
    world.add_permissions(permissions, now);
    let deleted: Vec<String> = fields.list("deleted_organization_roles")?;
    for id in deleted {
        if world.organizations.roles.remove(&id).is_none() {
            let id = quoted(&id);
            let why = format!("expected role_admin or role_member, each at most once, was {id}");
            return Err(invalid("deleted_organization_roles", why));
        }
    }
    let mut roles = Vec::new();
    each(fields, "organization_roles", |_, role: Role| {
        roles.push(role);
    })?;
    world.add_roles(roles, now);
    each(
        fields,
        "organization_domains",
        |_, domain: OrganizationDomain| {
            world.add_organization_domain(domain, now);
        },
    )?;
    each(fields, "organizations", |_, organization: Organization| {
        world.add_organization(organization, now);
    })?;
    each(
        fields,
        "organization_invitations",
        |_, invitation: OrganizationInvitation| {
            world.add_organization_invitation(invitation, now);
        },
    )
}

/// Reads the models in an array, and adds them. Returns an error if a model has a wrong type, no
/// id, or the same id as an earlier model in the array.
fn each<T: DeserializeOwned>(
    fields: &mut ObjectReader<'_, '_>,
    name: &str,
    mut add: impl FnMut(&str, T),
) -> Result<(), SeedError> {
    let mut ids = BTreeSet::new();
    let objects: Vec<&RawValue> = fields.list(name)?;
    for (at, object) in objects.into_iter().enumerate() {
        let place = format!("{name}[{at}]");
        let id: Option<String> = ObjectReader::new(&place, object.get())?.take("id")?;
        let id = id.filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| invalid(&place, "`id` is missing"))?;
        if !ids.insert(id.clone()) {
            return Err(invalid(&place, format!("duplicate id {}", quoted(&id))));
        }
        let model = serde_json::from_str(object.get());
        // serde's own message would repeat a value, which may be a secret.
        let model = model.map_err(|_| invalid(&place, "a field is missing or has a wrong type"))?;
        add(&id, model);
    }
    Ok(())
}

/// Reads the users, and adds them.
fn read_users(
    world: &mut World,
    fields: &mut ObjectReader<'_, '_>,
    now: Timestamp,
) -> Result<(), SeedError> {
    let users: Vec<&RawValue> = fields.list("users")?;
    for (at, user) in users.into_iter().enumerate() {
        let place = format!("users[{at}]");
        let user = read_user(world, ObjectReader::new(&place, user.get())?, now)?;
        let id = user.user.id.as_str();
        if id.is_empty() {
            return Err(invalid(&place, "`id` is missing"));
        }
        if world.user(id).is_some() {
            return Err(invalid(&place, format!("duplicate user id {}", quoted(id))));
        }
        world.add(user, now);
    }
    Ok(())
}

/// Reads a user in one of two forms: as `to_json` writes it, or as the body of `POST /users`.
fn read_user(
    world: &mut World,
    mut fields: ObjectReader<'_, '_>,
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
        let created = draft(world, &id, &fields.left()?, now);
        created.map_err(|error| invalid(place, error.message()))?
    };
    for (organization, role) in &organizations {
        let role = role.as_str().ok_or_else(|| {
            invalid(
                &format!("{place}.organizations.{organization}"),
                "expected a role, such as org:admin",
            )
        })?;
        user = user.member_of(organization, role);
    }
    for membership in memberships {
        user.join(membership);
    }
    (user.invitations, user.tokens, user.devices) = (invitations, tokens, devices);
    (user.subscription, user.ledger) = (subscription.map(Box::new), ledger);
    Ok(user)
}

/// Reads a user from the field `user`, which has the form in which Clerk returns a user. Reads the
/// credentials from the other fields.
fn read_whole(mut fields: ObjectReader<'_, '_>) -> Result<FakeUser, SeedError> {
    let place = fields.place;
    let user: Option<User> = fields.take("user")?;
    let user = user.ok_or_else(|| invalid(place, "`user` is missing"))?;
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

fn read_ledger(
    fields: &mut ObjectReader<'_, '_>,
) -> Result<Vec<(String, CommerceCreditLedger)>, SeedError> {
    let place = format!("{}.billing_credits", fields.place);
    let entries: Vec<&RawValue> = fields.list("billing_credits")?;
    let read = |entry: &RawValue| {
        let mut entry = ObjectReader::new(&place, entry.get())?;
        let key: Option<String> = entry.take("idempotency_key")?;
        let of: Option<CommerceCreditLedger> = entry.take("entry")?;
        entry.end()?;
        Ok((key.unwrap_or_default(), of.unwrap_or_default()))
    };
    entries.into_iter().map(read).collect()
}

/// Reads the sessions, and adds them.
fn read_sessions(
    world: &mut World,
    fields: &mut ObjectReader<'_, '_>,
    now: Timestamp,
) -> Result<(), SeedError> {
    let sessions: Vec<&RawValue> = fields.list("sessions")?;
    for (at, session) in sessions.into_iter().enumerate() {
        let place = format!("sessions[{at}]");
        let session = read_session(world, ObjectReader::new(&place, session.get())?, now)?;
        let id = session.id.as_str();
        if world.sessions.get(id).is_some() {
            return Err(invalid(
                &place,
                format!("duplicate session id {}", quoted(id)),
            ));
        }
        world.sessions.add(session);
    }
    Ok(())
}

/// Reads a session. The id of the session, the id of its client, and the times are optional.
fn read_session(
    world: &mut World,
    mut fields: ObjectReader<'_, '_>,
    now: Timestamp,
) -> Result<Session, SeedError> {
    let id: Option<SessionId> = fields.take("id")?;
    let id = id.unwrap_or_else(|| world.new_id("sess").into());
    let client_id: Option<String> = fields.take("client_id")?;
    let client_id = client_id.unwrap_or_else(|| world.new_id("client"));
    let created_at = fields.take("created_at")?.unwrap_or(now);
    let is_revoked: Option<bool> = fields.take("revoked")?;
    let updated_at = fields.take("updated_at")?;
    let last_active_at = fields.take("last_active_at")?;
    let expire_at = fields.take("expire_at")?;
    let abandon_at = fields.take("abandon_at")?;
    let member_of: Option<OrganizationId> = fields.take("member_of")?;
    let place = fields.place;
    let mut content =
        draft_session(world, &fields.left()?).map_err(|error| invalid(place, error.message()))?;
    if let Some(organization) = member_of {
        if content.organization.is_some() {
            let message = "member_of cannot be combined with organization_id";
            return Err(invalid(place, message));
        }
        content = content.member_of(organization);
    }
    let user_id = content.user_id.as_str();
    if world.user(user_id).is_none() {
        return Err(invalid(
            place,
            format!("unknown user id {}", quoted(user_id)),
        ));
    }
    let mut session = Session::new(id, client_id, content, created_at);
    session.ages_at = now;
    session.is_revoked = is_revoked.unwrap_or_default();
    session.updated_at = updated_at.unwrap_or(session.updated_at);
    session.last_active_at = last_active_at.unwrap_or(session.last_active_at);
    session.expire_at = expire_at.unwrap_or(session.expire_at);
    session.abandon_at = abandon_at.unwrap_or(session.abandon_at);
    Ok(session)
}

/// Reads the stored objects of a kind. They replace the objects of this kind in `world`, which are
/// those of a new instance.
fn read_objects(
    world: &mut World,
    kind: &str,
    objects: Vec<&RawValue>,
    now: Timestamp,
) -> Result<(), SeedError> {
    let place = |at: usize| format!("objects.{kind}[{at}]");
    let objects = objects.into_iter().enumerate();
    let objects: Result<Vec<Object>, SeedError> = objects
        .map(|(at, object)| read_object(&place(at), object))
        .collect();
    let restored = restore(world, kind, objects?, now);
    restored.map_err(|(at, why)| match at {
        Some(at) => invalid(&place(at), why),
        None => invalid(&format!("objects.{kind}"), why),
    })
}

/// Reads an object that is stored as JSON.
///
/// Each object is read on its own, because `serde_json` limits the depth of nested values. The
/// levels around the object would count towards the limit. The fake could then not read every
/// object that it has written.
fn read_object(place: &str, object: &RawValue) -> Result<Object, SeedError> {
    // serde's own message would repeat a value, which may be a secret.
    serde_json::from_str(object.get()).map_err(|_| invalid(place, "expected an object"))
}

fn read_tokens_and_settings(
    world: &mut World,
    fields: &mut ObjectReader<'_, '_>,
    now: Timestamp,
) -> Result<(), SeedError> {
    let tokens: Vec<&RawValue> = fields.list("machine_tokens")?;
    for (at, token) in tokens.into_iter().enumerate() {
        let place = format!("machine_tokens[{at}]");
        let restored = stored::restore(world, &read_object(&place, token)?, now);
        restored.map_err(|error| invalid(&place, error.message()))?;
    }
    let settings: BTreeMap<String, Object> = fields.take("settings")?.unwrap_or_default();
    for (path, changes) in settings {
        let restored = restore_settings(world, &path, &changes);
        restored.map_err(|why| invalid(&format!("settings.{path}"), why))?;
    }
    Ok(())
}

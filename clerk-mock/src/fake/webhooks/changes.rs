//! The webhook events that a change of an instance's state causes.
//!
//! The state has journals, which note each object before it changes. Comparing the noted objects
//! with the state after the change shows which of them were created, updated or deleted.

use clerk_core::models::{
    Organization, OrganizationDomain, OrganizationInvitation, OrganizationInvitationStatus,
    OrganizationMembership, Permission, Role, User,
};
use clerk_core::{Timestamp, UserId};
use serde_core::Serialize;
use serde_json::{Value, json};

use crate::fake::operations::organization_domains::view as view_domain;
use crate::fake::operations::organization_invitations::view as view_invitation;
use crate::fake::operations::organization_memberships::view as view_membership;
use crate::fake::operations::response::deleted;
use crate::fake::operations::sessions::session::view as view_session;
use crate::fake::operations::shelves::sign_up::WAITLIST_ENTRIES;
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::session::Session;
use crate::fake::state::shelves::{JOURNALED, Object};
use crate::fake::state::user_field::UserField;
use crate::fake::state::world::World;

/// The parts of a webhook event that depend on the object that changed.
pub(crate) struct Change {
    pub(crate) event_type: &'static str,
    /// The id of the object that changed.
    pub(crate) object_id: String,
    pub(crate) data: Value,
}

/// The ids of the objects of a kind that a change touched, and their earlier states. The earlier
/// state is `None` if the object did not exist.
type Touched<T> = Vec<(Box<str>, Option<T>)>;

/// Starts to record the changes.
pub(crate) fn start(world: &mut World) {
    world.journal.start();
    world.sessions.journal.start();
    world.shelves.journal.start();
    let of = &mut world.organizations;
    of.all.journal.start();
    of.invitations.journal.start();
    of.domains.journal.start();
    of.roles.journal.start();
    of.permissions.journal.start();
}

/// Stops recording, and returns what has changed since [`start`].
///
/// The created and updated objects come first, each after the objects to which it refers. The
/// deleted objects follow, each before the objects to which it refers.
pub(crate) fn stop(world: &mut World, now: Timestamp) -> Vec<Change> {
    let before = Before {
        users: world.journal.stop(),
        organizations: world.organizations.all.journal.stop(),
    };
    let permissions = world.organizations.permissions.journal.stop();
    let roles = world.organizations.roles.journal.stop();
    let domains = world.organizations.domains.journal.stop();
    let invitations = world.organizations.invitations.journal.stop();
    let sessions = world.sessions.journal.stop();
    let entries = world.shelves.journal.stop();
    let mut changes = Changes {
        world,
        before,
        now,
        made: Vec::new(),
        gone: Vec::new(),
    };
    changes.permissions(&permissions);
    changes.roles(&roles);
    changes.users();
    changes.organizations();
    changes.domains(&domains);
    changes.invitations(&invitations);
    changes.memberships();
    changes.sessions(&sessions);
    changes.waitlist_entries(&entries);
    let Changes { mut made, gone, .. } = changes;
    made.extend(gone.into_iter().rev());
    made
}

/// The change of an object.
enum Fate<'a, T> {
    Created(&'a T),
    Updated(&'a T),
    Deleted(&'a T),
}

/// Compares an object with its earlier state. Returns `None` if nothing has changed.
fn fate<'a, T: PartialEq>(before: Option<&'a T>, after: Option<&'a T>) -> Option<Fate<'a, T>> {
    match (before, after) {
        (None, Some(after)) => Some(Fate::Created(after)),
        (Some(before), Some(after)) if before != after => Some(Fate::Updated(after)),
        (Some(before), None) => Some(Fate::Deleted(before)),
        _ => None,
    }
}

/// The earlier states of the users and organizations. The events of other objects contain these
/// users and organizations.
struct Before {
    users: Touched<FakeUser>,
    organizations: Touched<Organization>,
}

struct Changes<'a> {
    world: &'a World,
    before: Before,
    now: Timestamp,
    made: Vec<Change>,
    gone: Vec<Change>,
}

impl Changes<'_> {
    fn made(&mut self, event_type: &'static str, id: &str, data: Value) {
        self.made.push(Change {
            event_type,
            object_id: id.to_owned(),
            data,
        });
    }

    fn gone(&mut self, event_type: &'static str, id: &str, data: Value) {
        self.gone.push(Change {
            event_type,
            object_id: id.to_owned(),
            data,
        });
    }

    fn permissions(&mut self, touched: &Touched<Permission>) {
        let world = self.world;
        for (id, before) in touched {
            match fate(before.as_ref(), world.organizations.permissions.get(id)) {
                Some(Fate::Created(of)) => self.made("permission.created", id, value(of)),
                Some(Fate::Updated(of)) => self.made("permission.updated", id, value(of)),
                Some(Fate::Deleted(_)) => {
                    self.gone("permission.deleted", id, deleted("permission", id));
                }
                None => {}
            }
        }
    }

    fn roles(&mut self, touched: &Touched<Role>) {
        let world = self.world;
        for (id, before) in touched {
            match fate(before.as_ref(), world.organizations.roles.get(id)) {
                Some(Fate::Created(of)) => self.made("role.created", id, value(of)),
                Some(Fate::Updated(of)) => self.made("role.updated", id, value(of)),
                Some(Fate::Deleted(_)) => self.gone("role.deleted", id, deleted("role", id)),
                None => {}
            }
        }
    }

    fn users(&mut self) {
        let world = self.world;
        for (id, before) in std::mem::take(&mut self.before.users) {
            let known = before.as_ref().map(|of| lasting(&of.user));
            let after = world.user(&id).map(|of| lasting(&of.user));
            match fate(known.as_ref(), after.as_ref()) {
                Some(Fate::Created(_)) => self.made("user.created", &id, self.user(&id)),
                Some(Fate::Updated(_)) => self.made("user.updated", &id, self.user(&id)),
                Some(Fate::Deleted(of)) => {
                    let mut data = deleted("user", &id);
                    if let Some(external_id) = &of.external_id {
                        data = with(data, "external_id", json!(external_id));
                    }
                    self.gone("user.deleted", &id, data);
                }
                None => {}
            }
            self.before.users.push((id, before));
        }
    }

    fn organizations(&mut self) {
        let world = self.world;
        for (id, before) in std::mem::take(&mut self.before.organizations) {
            match fate(before.as_ref(), world.organizations.all.get(&id)) {
                Some(Fate::Created(of)) => self.made("organization.created", &id, value(of)),
                Some(Fate::Updated(of)) => self.made("organization.updated", &id, value(of)),
                Some(Fate::Deleted(of)) => {
                    let mut data = deleted("organization", &id);
                    if let Some(slug) = &of.slug {
                        data = with(data, "slug", json!(slug));
                    }
                    self.gone("organization.deleted", &id, data);
                }
                None => {}
            }
            self.before.organizations.push((id, before));
        }
    }

    fn domains(&mut self, touched: &Touched<OrganizationDomain>) {
        let world = self.world;
        let view = |of| value(&view_domain(world, of));
        for (id, before) in touched {
            match fate(before.as_ref(), world.organizations.domains.get(id)) {
                Some(Fate::Created(of)) => self.made("organizationDomain.created", id, view(of)),
                Some(Fate::Updated(of)) => self.made("organizationDomain.updated", id, view(of)),
                Some(Fate::Deleted(_)) => {
                    let data = deleted("organization_domain", id);
                    self.gone("organizationDomain.deleted", id, data);
                }
                None => {}
            }
        }
    }

    /// Adds the events of the invitations that were created, accepted or revoked. Clerk has no
    /// events for other changes of an invitation.
    fn invitations(&mut self, touched: &Touched<OrganizationInvitation>) {
        use OrganizationInvitationStatus::{Accepted, Revoked};

        for (id, before) in touched {
            let Some(after) = self.world.organizations.invitations.get(id) else {
                continue;
            };
            let event_type = match before {
                None => "organizationInvitation.created",
                Some(before) if before.status == after.status => continue,
                Some(_) if after.status == Accepted => "organizationInvitation.accepted",
                Some(_) if after.status == Revoked => "organizationInvitation.revoked",
                Some(_) => continue,
            };
            let mut view = view_invitation(self.world, after, self.now);
            if after.status == Accepted {
                view.user_id = self.invitee(after);
            }
            self.made(event_type, id, value(&view));
        }
    }

    /// Returns the user who accepted an invitation.
    fn invitee(&self, invitation: &OrganizationInvitation) -> Option<UserId> {
        let address = invitation.email_address.as_str();
        let mut users = self.world.positions_of(UserField::EmailAddress, address);
        let by_address = || users.find_map(|at| Some(self.world.created_at(&at)?.user.id.clone()));
        invitation.user_id.clone().or_else(by_address)
    }

    fn memberships(&mut self) {
        let world = self.world;
        for (id, before) in std::mem::take(&mut self.before.users) {
            let after = world.user(&id);
            for of in after.iter().flat_map(|user| &user.memberships) {
                let known = before.as_ref().and_then(|user| membership(user, of));
                let event_type = match fate(known, Some(of)) {
                    Some(Fate::Created(_)) => "organizationMembership.created",
                    Some(Fate::Updated(_)) => "organizationMembership.updated",
                    Some(Fate::Deleted(_)) | None => continue,
                };
                if let Some(user) = after {
                    let view = view_membership(world, user, of);
                    self.made(event_type, of.id.as_str(), value(&view));
                }
            }
            if let Some(user) = &before {
                for of in &user.memberships {
                    if after.is_none_or(|after| membership(after, of).is_none()) {
                        self.left(user, of);
                    }
                }
            }
            self.before.users.push((id, before));
        }
    }

    /// Adds the event of a membership that was deleted.
    fn left(&mut self, user: &FakeUser, membership: &OrganizationMembership) {
        let mut view = view_membership(self.world, user, membership);
        let mut organizations = self.before.organizations.iter();
        let organization = organizations.find(|(id, _)| membership.organization.id == **id);
        // The event contains the organization as it was before the change, because the change may
        // also have deleted the organization.
        if let Some((_, Some(organization))) = organization {
            view.organization = organization.clone();
        }
        let id = membership.id.as_str();
        self.gone("organizationMembership.deleted", id, value(&view));
    }

    fn sessions(&mut self, touched: &Touched<Session>) {
        for (id, before) in touched {
            let was_live = before.as_ref().is_some_and(|of| of.is_live(self.now));
            let after = self.world.sessions.get(id);
            let status = after.map(|of| of.status(self.now));
            match (before, after, status) {
                (None, Some(of), Some("active")) => {
                    self.made("session.created", id, self.session(of));
                }
                (None, Some(of), Some("pending")) => {
                    self.made("session.pending", id, self.session(of));
                }
                (Some(_), Some(of), Some("revoked")) if was_live => {
                    self.made("session.revoked", id, self.session(of));
                }
                (Some(of), None, _) if was_live => {
                    let data = with(self.session(of), "status", "removed".into());
                    let data = with(data, "updated_at", json!(self.now));
                    self.gone("session.removed", id, data);
                }
                _ => {}
            }
        }
    }

    /// Returns a session with its user.
    fn session(&self, session: &Session) -> Value {
        let mut view = view_session(session, self.now);
        // According to the specification, the session of an event has no tasks.
        view.as_object_mut().map(|view| view.remove("tasks"));
        with(view, "user", self.user(session.content.user_id.as_str()))
    }

    /// Returns a user. The user may already be deleted.
    fn user(&self, id: &str) -> Value {
        let mut before = self.before.users.iter();
        let before = || before.find(|(known, _)| **known == *id)?.1.as_ref();
        let user = self.world.user(id).or_else(before);
        user.map(|user| value(&user.user)).unwrap_or_default()
    }

    /// Adds the events of the waitlist entries. Clerk has no event for a deleted entry.
    fn waitlist_entries(&mut self, touched: &Touched<Object>) {
        let view = WAITLIST_ENTRIES.view;
        let world = self.world;
        for (id, before) in touched {
            match fate(before.as_ref(), world.shelves.get(JOURNALED, id)) {
                Some(Fate::Created(of)) => self.made("waitlistEntry.created", id, view(world, of)),
                Some(Fate::Updated(of)) => self.made("waitlistEntry.updated", id, view(world, of)),
                Some(Fate::Deleted(_)) | None => {}
            }
        }
    }
}

/// Returns a model as a tree of JSON.
fn value(model: &impl Serialize) -> Value {
    serde_json::to_value(model).unwrap_or_default()
}

/// Sets a member of an object.
fn with(mut object: Value, name: &str, member: Value) -> Value {
    if let Value::Object(members) = &mut object {
        members.insert(name.to_owned(), member);
    }
    object
}

/// Returns a user without the times of the last activity and the last sign-in. If only these times
/// change, no event is sent.
fn lasting(user: &User) -> User {
    let mut user = user.clone();
    (user.last_active_at, user.last_sign_in_at) = (None, None);
    user
}

/// Returns the membership of a user that has the same id as `of`.
fn membership<'a>(
    user: &'a FakeUser,
    of: &OrganizationMembership,
) -> Option<&'a OrganizationMembership> {
    user.memberships.iter().find(|known| known.id == of.id)
}

//! The roles that members can have, and their permissions.

use clerk_core::models::{Organization, Permission, PermissionType, Role};
use clerk_core::{OrganizationId, Timestamp};
use serde_json::{Value, json};

use crate::clock::VirtualClock;
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::organizations::Organizations;
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::table::Table;
use crate::fake::state::world::World;

/// The role of the creator of an organization, if neither the settings nor a role set names another
/// role.
pub(crate) const ADMIN: &str = "org:admin";
/// The role of users who join through a domain, if the settings name no other role.
pub(crate) const MEMBER: &str = "org:member";

/// The name under which the fake stores role sets.
pub(crate) const ROLE_SETS: &str = "role_sets";

/// The permissions that the role of a creator must have.
pub(crate) const OF_CREATORS: [&str; 3] = [
    "org:sys_memberships:read",
    "org:sys_memberships:manage",
    "org:sys_profile:delete",
];

/// Clerk's own permissions: the key, the name, and whether the role `org:member` includes the
/// permission.
const SYSTEM: [(&str, &str, bool); 8] = [
    ("org:sys_profile:manage", "Manage organization", false),
    ("org:sys_profile:delete", "Delete organization", false),
    ("org:sys_memberships:read", "Read members", true),
    ("org:sys_memberships:manage", "Manage members", false),
    ("org:sys_domains:read", "Read domains", false),
    ("org:sys_domains:manage", "Manage domains", false),
    ("org:sys_billing:read", "Read billing", true),
    ("org:sys_billing:manage", "Manage billing", false),
];

/// Clerk's own roles: the id and the key.
const ROLES: [(&str, &str); 2] = [("role_admin", ADMIN), ("role_member", MEMBER)];

/// Creates the state of an instance without organizations, but with Clerk's roles and permissions.
impl Default for Organizations {
    fn default() -> Self {
        let now = VirtualClock::START;
        let (mut roles, mut permissions) = (Table::default(), Table::default());
        let [mut admin, mut member] = ROLES.map(|(id, key)| new_role(id.into(), key, now));
        admin.is_creator_eligible = true;
        admin.description = Some("Manages the organization and its members.".into());
        member.description = Some("Sees the members of the organization.".into());
        for (key, name, of_members) in SYSTEM {
            let mut permission = Permission::default();
            permission.id = id_of(key).into();
            (permission.key, permission.name) = (key.into(), name.into());
            permission.kind = PermissionType::System;
            (permission.created_at, permission.updated_at) = (now, now);
            admin.permissions.push(permission.clone());
            if of_members {
                member.permissions.push(permission.clone());
            }
            permissions.put(permission.id.clone().as_str(), permission);
        }
        for role in [admin, member] {
            roles.put(role.id.clone().as_str(), role);
        }
        Self {
            all: Table::default(),
            invitations: Table::default(),
            domains: Table::default(),
            roles,
            permissions,
        }
    }
}

impl Organizations {
    /// Returns the ids of the roles that every new instance has, but this one does not.
    pub(crate) fn deleted_roles(&self) -> Vec<String> {
        let new = Self::default();
        let deleted = new.roles.iter().map(|role| role.id.as_str());
        let deleted = deleted.filter(|id| self.roles.get(id).is_none());
        deleted.map(str::to_owned).collect()
    }
}

/// Returns the id of one of Clerk's own permissions: `perm_sys_profile_manage` for
/// `org:sys_profile:manage`.
fn id_of(key: &str) -> String {
    let name = key.trim_start_matches("org:").replace(':', "_");
    format!("perm_{name}")
}

/// Creates a role without permissions. Its name is derived from its key.
pub(crate) fn new_role(id: String, key: &str, now: Timestamp) -> Role {
    let mut role = Role::default();
    role.id = id.into();
    role.key = key.into();
    role.name = name_of(key);
    (role.created_at, role.updated_at) = (now, now);
    role
}

/// Derives the name of a role from its key: `Billing admin` for `org:billing_admin`.
fn name_of(key: &str) -> String {
    let name = key.strip_prefix("org:").unwrap_or(key).replace('_', " ");
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

impl World {
    /// Adds the roles of a seed, which is the state of an instance as JSON. Fills in missing data.
    ///
    /// The seed may contain a role with the key of one of Clerk's own roles, but with another id.
    /// Clerk's own role is then removed, because roles are found by their keys. It stays if the
    /// settings contain its id.
    pub(crate) fn add_roles(&mut self, roles: Vec<Role>, now: Timestamp) {
        for (id, key) in ROLES {
            let has_key = roles.iter().any(|role| role.key == key);
            let has_id = roles.iter().any(|role| role.id == id);
            let mut settings = self.shelves.settings().values().flat_map(Object::values);
            if has_key && !has_id && !settings.any(|value| value == id) {
                self.organizations.roles.remove(id);
            }
        }
        for mut role in roles {
            if role.name.is_empty() {
                role.name = name_of(&role.key);
            }
            if role.created_at.as_millis() == 0 {
                (role.created_at, role.updated_at) = (now, now);
            }
            let id = role.id.clone();
            self.organizations.roles.put(id.as_str(), role);
        }
    }

    /// Adds the permissions of a seed. Fills in missing data.
    ///
    /// The seed may contain a permission with the key of one of Clerk's own permissions, but with
    /// another id. Such a permission replaces Clerk's own permission, also in the roles.
    pub(crate) fn add_permissions(&mut self, mut permissions: Vec<Permission>, now: Timestamp) {
        for permission in &mut permissions {
            if permission.kind.as_str().is_empty() {
                let is_system = permission.key.starts_with("org:sys_");
                permission.kind = match is_system {
                    true => PermissionType::System,
                    false => PermissionType::User,
                };
            }
            if permission.created_at.as_millis() == 0 {
                (permission.created_at, permission.updated_at) = (now, now);
            }
        }
        for (key, ..) in SYSTEM {
            let own = id_of(key);
            let has_id = permissions.iter().any(|of| of.id == own.as_str());
            let other = permissions.iter().find(|of| of.key == key && !has_id);
            if let Some(other) = other {
                self.organizations.permissions.remove(&own);
                let roles = self.organizations.roles.iter_mut();
                let in_roles = roles.flat_map(|role| &mut role.permissions);
                for known in in_roles.filter(|known| known.key == key) {
                    *known = other.clone();
                }
            }
        }
        for permission in permissions {
            let id = permission.id.clone();
            self.organizations.permissions.put(id.as_str(), permission);
        }
    }

    /// Returns the role with this key.
    pub(crate) fn role(&self, key: &str) -> Option<&Role> {
        self.organizations.roles.iter().find(|role| role.key == key)
    }

    /// Returns the name of the role with this key. If no role has the key, derives the name from
    /// the key.
    pub(crate) fn role_name(&self, key: &str) -> String {
        let role = self.role(key);
        role.map_or_else(|| name_of(key), |role| role.name.clone())
    }

    /// Adds a role without permissions, if no role has this key. If the name is empty, derives the
    /// name from the key.
    pub(crate) fn register_role(&mut self, key: &str, name: &str, now: Timestamp) {
        if !key.is_empty() && self.role(key).is_none() {
            let mut role = new_role(self.new_id("role"), key, now);
            if !name.is_empty() {
                role.name = name.into();
            }
            let id = role.id.clone();
            self.organizations.roles.put(id.as_str(), role);
        }
    }

    /// Returns the role set of new organizations. `None` if the state of the instance was read from
    /// JSON without such a role set.
    pub(crate) fn initial_role_set(&self) -> Option<&Object> {
        let mut sets = self.shelves.all(ROLE_SETS).iter();
        sets.find(|set| text(set, "type") == "initial")
    }

    /// Returns the creator role of the role set with this key. `None` for the initial role set, for
    /// an unknown key, and if the set has no creator role. The creator of an organization then gets
    /// the role in the settings.
    pub(crate) fn creator_role_of(&self, role_set: &str) -> Option<&str> {
        let mut sets = self.shelves.all(ROLE_SETS).iter();
        let set = sets.find(|set| text(set, "key") == role_set)?;
        let role = Some(text(set, "creator_role_key")).filter(|role| !role.is_empty());
        role.filter(|_| text(set, "type") != "initial")
    }

    /// Adds the key of a role to the role set of new organizations, if the role set does not
    /// contain the key yet.
    pub(crate) fn include_in_initial_role_set(&mut self, key: &str, now: Timestamp) {
        let sets = self.shelves.all_mut(ROLE_SETS).iter_mut();
        for set in sets.filter(|set| text(set, "type") == "initial") {
            if let Some(Value::Array(keys)) = set.get_mut("roles")
                && !keys.iter().any(|own| own == key)
            {
                keys.push(key.into());
                set.insert("updated_at".to_owned(), json!(now));
            }
        }
    }

    /// Removes a deleted role from the role sets. A role set keeps the role if the role is its
    /// default role or its creator role.
    pub(crate) fn remove_from_role_sets(&mut self, key: &str, now: Timestamp) {
        for set in self.shelves.all_mut(ROLE_SETS) {
            let mut needed = ["default_role_key", "creator_role_key"].into_iter();
            if needed.any(|name| text(set, name) == key) {
                continue;
            }
            if let Some(Value::Array(keys)) = set.get_mut("roles")
                && keys.iter().any(|own| own == key)
            {
                keys.retain(|own| own != key);
                set.insert("updated_at".to_owned(), json!(now));
            }
        }
    }

    /// Gives the role set `to` to all organizations that have the role set `from`.
    pub(crate) fn change_role_set(&mut self, from: &str, to: &str) {
        let has_set = |of: &&Organization| of.role_set_key.as_deref() == Some(from);
        let all = self.organizations.all.iter().filter(has_set);
        let ids: Vec<OrganizationId> = all.map(|of| of.id.clone()).collect();
        for id in ids {
            if let Some(organization) = self.organizations.all.get_mut(id.as_str()) {
                organization.role_set_key = Some(to.to_owned());
            }
        }
    }

    /// Returns the role of each member of each organization that has this role set.
    pub(crate) fn roles_in_use<'a>(&'a self, role_set: &'a str) -> impl Iterator<Item = &'a str> {
        let all = self.organizations.all.iter();
        let all = all.filter(move |of| of.role_set_key.as_deref() == Some(role_set));
        let members = all.flat_map(move |of| self.members(of.id.as_str()));
        members.map(|(_, membership)| membership.role.as_str())
    }

    /// Replaces the roles of members of the organizations that have this role set. Each mapping has
    /// an old role and a new role. If no role has the key of a member's new role, creates that
    /// role.
    pub(crate) fn reassign_roles(
        &mut self,
        role_set: &str,
        mappings: &[(&str, &str)],
        now: Timestamp,
    ) {
        let has_set = |of: &&Organization| of.role_set_key.as_deref() == Some(role_set);
        let all = self.organizations.all.iter().filter(has_set);
        let ids: Vec<OrganizationId> = all.map(|of| of.id.clone()).collect();
        for id in ids {
            for user_id in self.member_ids(id.as_str()) {
                let Some(membership) = self.membership_mut(id.as_str(), &user_id) else {
                    continue;
                };
                let mut mappings = mappings.iter();
                if let Some((_, to)) = mappings.find(|(from, _)| membership.role == *from) {
                    membership.role = (*to).into();
                    membership.permissions.clear();
                    membership.updated_at = now;
                    self.register_role(to, "", now);
                }
            }
        }
    }

    /// Changes the key of a role in memberships, invitations and role sets.
    pub(crate) fn rename_role(&mut self, from: &str, to: &str) {
        if from == to {
            return;
        }
        let has_role = |of: &&FakeUser| of.memberships.iter().any(|own| own.role == from);
        let users = self.users().filter(has_role);
        let ids: Vec<String> = users.map(|of| of.user.id.to_string()).collect();
        for id in ids {
            let memberships = self.user_mut(&id).map(|user| &mut user.memberships);
            for membership in memberships.into_iter().flatten() {
                if membership.role == from {
                    membership.role = to.into();
                }
            }
        }
        for invitation in self.organizations.invitations.iter_mut() {
            if invitation.role == from {
                invitation.role = to.into();
            }
        }
        for set in self.shelves.all_mut(ROLE_SETS) {
            // The set may already contain `to`, because a role set can contain the key of a role
            // that does not exist.
            if let Some(Value::Array(keys)) = set.get_mut("roles")
                && keys.iter().any(|key| key == to)
            {
                keys.retain(|key| key != from);
            }
            for name in ["roles", "default_role_key", "creator_role_key"] {
                let keys = match set.get_mut(name) {
                    Some(Value::Array(keys)) => keys.as_mut_slice(),
                    Some(key) => std::slice::from_mut(key),
                    None => continue,
                };
                for key in keys.iter_mut().filter(|key| **key == from) {
                    *key = to.into();
                }
            }
        }
    }
}

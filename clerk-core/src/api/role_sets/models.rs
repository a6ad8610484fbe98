//! The models of role sets.

use std::collections::BTreeMap;

use crate::api::organization_roles::RoleId;
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::page::PageItem;
use crate::types::id::{InstanceId, OrganizationId, id};
use crate::types::timestamp::Timestamp;

id! {
    /// The id of a role set. In place of the id, you can pass the key of the role set, such as
    /// `role_set:default`.
    RoleSetId
}

model! {
    /// A role set: the roles that members of an organization can have.
    RoleSet("role_set") {
        /// The id of the role set.
        id: RoleSetId,
        /// The name.
        name: String,
        /// The key, such as `role_set:default`.
        key: String,
        /// The description; `None` if there is none.
        description: Option<String>,
        /// The roles.
        roles: Vec<RoleSetItem>,
        /// The role of new members; `None` if the response does not include it.
        default_role: Option<Box<RoleSetItem>>,
        /// The role of the creator of an organization; `None` if the response does not include it.
        creator_role: Option<Box<RoleSetItem>>,
        /// The type. New organizations get the initial role set.
        kind as "type": RoleSetType,
        /// The migration of members to other roles; `None` if no migration is enqueued or in
        /// progress.
        role_set_migration: Option<Box<RoleSetMigration>>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

impl PageItem for RoleSet {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

open_enum! {
    /// The type of a [`RoleSet`].
    RoleSetType {
        /// The role set of new organizations.
        Initial = "initial",
        /// Any other role set.
        Custom = "custom",
    }
}

model! {
    /// A role in a [`RoleSet`].
    RoleSetItem("role_set_item") {
        /// The id of the role.
        id: RoleId,
        /// The name.
        name: String,
        /// The key, such as `org:admin`.
        key: String,
        /// The description; `None` if there is none.
        description: Option<String>,
        /// The number of members with this role; `None` if the response does not include it.
        members_count: Option<i64>,
        /// Whether any members have this role; `None` if the response does not include it.
        has_members: Option<bool>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

model! {
    /// A migration of members to other roles.
    RoleSetMigration("role_set_migration") {
        /// The id of the migration.
        id: String,
        /// The id of the organization; `None` if the migration is not limited to one organization.
        organization_id: Option<OrganizationId>,
        /// The id of the instance.
        instance_id: InstanceId,
        /// The id of the old role set.
        source_role_set_id: RoleSetId,
        /// The id of the new role set; `None` if the role set stays the same.
        dest_role_set_id: Option<RoleSetId>,
        /// The cause of the migration.
        trigger_type: RoleSetMigrationTrigger,
        /// The status of the migration.
        status: RoleSetMigrationStatus,
        /// The number of members who have been migrated so far.
        migrated_members: i64,
        /// A map from the key of each old role to the key of the role that replaces it; `None` if
        /// there are no mappings.
        mappings: Option<BTreeMap<String, String>>,
        /// The time at which the migration started; `None` if it has not started.
        started_at: Option<Timestamp>,
        /// The time at which the migration was completed; `None` if it is not complete.
        completed_at: Option<Timestamp>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

open_enum! {
    /// The cause of a [`RoleSetMigration`].
    RoleSetMigrationTrigger {
        RoleSetDeletion = "role_set_deletion",
        RoleRemoval = "role_removal",
    }
}

open_enum! {
    /// The status of a [`RoleSetMigration`].
    RoleSetMigrationStatus {
        Enqueued = "enqueued",
        InProgress = "in_progress",
        Completed = "completed",
    }
}

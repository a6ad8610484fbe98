//! The parameters and bodies of the operations on role sets.

use std::collections::BTreeMap;

use serde_core::{Serialize, Serializer};

use crate::api::role_sets::models::RoleSetType;
use crate::requests::body::{BodyField, body, not_blank};
use crate::requests::order::orders;
use crate::requests::params::params;

/// A map from the key of each old role to the key of the role that replaces it.
type RoleMappings = BTreeMap<String, String>;

params! {
    /// The parameters of a list of role sets: a filter, the order, the limit and the offset.
    RoleSetListParams paged 500 {
        /// Role sets that have this text as their id, or in their name or key.
        query: String,
        /// The order. Clerk's default is the newest first.
        order_by: RoleSetOrder,
    }
}

orders! {
    /// The properties by which role sets can be ordered.
    RoleSetOrderBy, RoleSetOrder {
        /// The time at which the role set was created.
        CreatedAt = "created_at",
        /// The name.
        Name = "name",
        /// The key.
        Key = "key",
    }
}

/// The keys of 1 to 10 roles, such as `org:admin`.
///
/// Any list of strings converts into this type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoleKeys {
    /// The keys.
    pub keys: Vec<String>,
}

impl RoleKeys {
    /// The maximum number of roles that Clerk accepts in a request.
    pub const MAX: usize = 10;

    /// Returns an error if `key` is set, but is not one of these keys.
    fn check_member(&self, name: &str, key: Option<&str>) -> Result<(), String> {
        match key {
            Some(key) if !self.keys.iter().any(|other| other == key) => Err(format!(
                "invalid {name}: {key:?} is not one of the roles of the request"
            )),
            _ => Ok(()),
        }
    }
}

impl<I: IntoIterator<Item: Into<String>>> From<I> for RoleKeys {
    fn from(keys: I) -> Self {
        Self {
            keys: keys.into_iter().map(Into::into).collect(),
        }
    }
}

impl Serialize for RoleKeys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.keys.serialize(serializer)
    }
}

impl BodyField for RoleKeys {
    fn check(&self, name: &str) -> Result<(), String> {
        let (count, max) = (self.keys.len(), Self::MAX);
        if !(1..=max).contains(&count) {
            return Err(format!(
                "invalid {name}: {count} roles; there must be 1 to {max}"
            ));
        }
        self.keys.iter().try_for_each(|key| not_blank(name, key))
    }
}

#[cfg(feature = "_samples")]
impl crate::samples::Sample for RoleKeys {
    fn sample(sampler: &crate::samples::Sampler, _name: &str) -> Self {
        Self {
            keys: sampler.value("role_key"),
        }
    }
}

body! {
    /// The request body of [`create_role_set`](crate::api::RoleSetsApi::create_role_set).
    ///
    /// ```
    /// use clerk_client::requests::CreateRoleSetRequest;
    ///
    /// let roles = ["org:member", "org:admin"];
    /// let request = CreateRoleSetRequest::new("Basic", "org:member", "org:admin", roles);
    /// ```
    CreateRoleSetRequest(has_name_and_roles)
    required {
        /// The name.
        name: String,
        /// The key of the role that new members get. It must be one of `roles`.
        default_role_key: String,
        /// The key of the role that creators of organizations get. It must be one of `roles`.
        creator_role_key: String,
        /// The keys of the roles.
        roles: RoleKeys,
    } and {
        /// The key, unique in the instance: `role_set:` followed by lowercase letters, digits and
        /// underscores. By default, Clerk derives the key from the name.
        key: String,
        /// The description.
        description / clear_description: String,
        /// The type: `initial` or `custom`. New organizations get the role set of the type
        /// `initial`. An instance has only one role set of this type.
        kind as "type": RoleSetType,
    }
}

#[inline]
fn has_name_and_roles(request: &CreateRoleSetRequest) -> Result<(), String> {
    not_blank("name", &request.name)?;
    if let Some(key) = &request.key {
        not_blank("key", key)?;
    }
    for (name, key) in [
        ("default_role_key", &request.default_role_key),
        ("creator_role_key", &request.creator_role_key),
    ] {
        request.roles.check_member(name, Some(key))?;
    }
    Ok(())
}

body! {
    /// The request body of [`update_role_set`](crate::api::RoleSetsApi::update_role_set).
    UpdateRoleSetRequest(becomes_initial) {
        /// The name.
        name / clear_name: String,
        /// The key, unique in the instance: `role_set:` followed by lowercase letters, digits and
        /// underscores.
        key / clear_key: String,
        /// The description.
        description / clear_description: String,
        /// The type. The only valid value is `initial`. New organizations get the initial role set.
        kind / clear_kind as "type": RoleSetType,
        /// The key of the role that new members get. The role must be in the role set.
        default_role_key / clear_default_role_key: String,
        /// The key of the role that creators of organizations get. The role must be in the role
        /// set.
        creator_role_key / clear_creator_role_key: String,
    }
}

#[inline]
fn becomes_initial(request: &UpdateRoleSetRequest) -> Result<(), String> {
    match request.kind.as_set() {
        Some(kind) if *kind != RoleSetType::Initial => Err(format!(
            "invalid type: {kind}; it must be initial, which makes the former initial role set custom"
        )),
        _ => Ok(()),
    }
}

body! {
    /// The request body of [`replace_role_set`](crate::api::RoleSetsApi::replace_role_set).
    ReplaceRoleSetRequest(has_destination)
    required {
        /// The key of the destination role set. The organizations of the replaced role set move to
        /// this role set.
        dest_role_set_key: String,
    } and {
        /// A map from the key of each old role to the key of the role that replaces it. Required if
        /// members have roles that the destination role set lacks.
        reassignment_mappings: RoleMappings,
    }
}

#[inline]
fn has_destination(request: &ReplaceRoleSetRequest) -> Result<(), String> {
    not_blank("dest_role_set_key", &request.dest_role_set_key)
}

body! {
    /// The request body of [`add_roles_to_role_set`](crate::api::RoleSetsApi::add_roles_to_role_set).
    AddRolesToRoleSetRequest(has_roles)
    required {
        /// The keys of the roles to add.
        role_keys: RoleKeys,
    } and {
        /// The key of the role that new members get from now on. It must be one of `role_keys`.
        default_role_key: String,
        /// The key of the role that creators of organizations get from now on. It must be one of
        /// `role_keys`.
        creator_role_key: String,
    }
}

#[inline]
fn has_roles(request: &AddRolesToRoleSetRequest) -> Result<(), String> {
    for (name, key) in [
        ("default_role_key", &request.default_role_key),
        ("creator_role_key", &request.creator_role_key),
    ] {
        request.role_keys.check_member(name, key.as_deref())?;
    }
    Ok(())
}

body! {
    /// The request body of
    /// [`replace_role_in_role_set`](crate::api::RoleSetsApi::replace_role_in_role_set).
    ReplaceRoleInRoleSetRequest(has_keys)
    required {
        /// The key of the role to remove.
        role_key: String,
        /// The key of the role that replaces the removed role.
        to_role_key: String,
    } and {}
}

#[inline]
fn has_keys(request: &ReplaceRoleInRoleSetRequest) -> Result<(), String> {
    not_blank("role_key", &request.role_key)?;
    not_blank("to_role_key", &request.to_role_key)
}

//! An index of users by the values of their fields.
//!
//! It makes a lookup about as fast among many users as among few.

use std::collections::{BTreeMap, BTreeSet};

use crate::fake::state::fake_user::{CreationOrder, FakeUser};
use crate::fake::state::user_field::UserField;

#[derive(Debug, Clone, Default)]
pub(crate) struct Index(BTreeMap<(UserField, Box<str>), BTreeSet<CreationOrder>>);

impl Index {
    pub(crate) fn add(&mut self, user: &FakeUser) {
        for field in UserField::INDEXED {
            field.each(user, |value| {
                let key = (field, field.fold(value).into());
                self.0.entry(key).or_default().insert(user.creation_order());
            });
        }
    }

    pub(crate) fn remove(&mut self, user: &FakeUser) {
        for field in UserField::INDEXED {
            field.each(user, |value| {
                let key = (field, field.fold(value).into());
                if let Some(with) = self.0.get_mut(&key) {
                    with.remove(&user.creation_order());
                    if with.is_empty() {
                        self.0.remove(&key);
                    }
                }
            });
        }
    }

    /// Returns the positions, in the order of creation, of the users with a value.
    ///
    /// Returns `None` if no user has it, or the field is not indexed.
    pub(crate) fn positions_of(
        &self,
        field: UserField,
        value: &str,
    ) -> Option<&BTreeSet<CreationOrder>> {
        self.0.get(&(field, field.fold(value).into()))
    }
}

//! An index of users by the values of their fields.
//!
//! With it, a lookup among many users is about as fast as among few.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use clerk_core::Timestamp;

use crate::fake::state::fake_user::{CreationOrder, FakeUser};
use crate::fake::state::user_field::UserField;

/// The positions of users in the order of creation, by the hash of a field and its value.
///
/// Hashes are stored instead of values, because they need no allocation. Two values can have the
/// same hash.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index(BTreeSet<(u64, CreationOrder)>);

impl Index {
    pub(crate) fn add(&mut self, user: &FakeUser) {
        for field in UserField::INDEXED {
            field.each(user, |value| {
                self.0.insert((hash(field, value), user.creation_order()));
            });
        }
    }

    pub(crate) fn remove(&mut self, user: &FakeUser) {
        for field in UserField::INDEXED {
            field.each(user, |value| {
                self.0.remove(&(hash(field, value), user.creation_order()));
            });
        }
    }

    /// Returns the positions of the users that may have a value, in the order of creation.
    ///
    /// If the field is not indexed, there are no positions.
    pub(crate) fn positions_of(
        &self,
        field: UserField,
        value: &str,
    ) -> impl Iterator<Item = CreationOrder> {
        let hash = hash(field, value);
        let first = (Timestamp::from_millis(i64::MIN), 0);
        let last = (Timestamp::from_millis(i64::MAX), u64::MAX);
        let range = self.0.range((hash, first)..=(hash, last));
        range.map(|(_, position)| *position)
    }
}

fn hash(field: UserField, value: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    field.hash(&mut hasher);
    field.fold(value).hash(&mut hasher);
    hasher.finish()
}

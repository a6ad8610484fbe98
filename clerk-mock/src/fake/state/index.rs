//! An index of users by the values of their fields.
//!
//! With the index, a lookup among many users is about as fast as a lookup among few.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::fake::state::fake_user::{CreationOrder, FakeUser};
use crate::fake::state::user_field::UserField;

/// The positions of users in the order of creation, by the hash of a field and its value.
///
/// Hashes are stored instead of values, because they need no allocation. Two values can have the
/// same hash.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index(HashMap<u64, Positions>);

/// The positions of the users whose field has the same hash. Most values belong to one user, and
/// `One` needs no allocation.
#[derive(Debug, Clone)]
enum Positions {
    One(CreationOrder),
    Many(BTreeSet<CreationOrder>),
}

impl Index {
    pub(crate) fn add(&mut self, user: &FakeUser) {
        let position = user.creation_order();
        for field in UserField::INDEXED {
            field.each(user, |value| {
                self.0
                    .entry(hash(field, value))
                    .and_modify(|known| known.add(position))
                    .or_insert(Positions::One(position));
            });
        }
    }

    pub(crate) fn remove(&mut self, user: &FakeUser) {
        let position = user.creation_order();
        for field in UserField::INDEXED {
            field.each(user, |value| {
                let hash = hash(field, value);
                if let Some(known) = self.0.get_mut(&hash)
                    && known.remove(position)
                {
                    self.0.remove(&hash);
                }
            });
        }
    }

    /// Returns the positions of the users that may have this value in the field, in the order of
    /// creation.
    ///
    /// If the field is not indexed, there are no positions.
    pub(crate) fn positions_of(
        &self,
        field: UserField,
        value: &str,
    ) -> impl Iterator<Item = CreationOrder> {
        let (one, many) = match self.0.get(&hash(field, value)) {
            Some(Positions::One(position)) => (Some(*position), None),
            Some(Positions::Many(positions)) => (None, Some(positions)),
            None => (None, None),
        };
        one.into_iter().chain(many.into_iter().flatten().copied())
    }
}

impl Positions {
    fn add(&mut self, position: CreationOrder) {
        match self {
            Self::One(known) if *known == position => {}
            Self::One(known) => *self = Self::Many(BTreeSet::from([*known, position])),
            Self::Many(positions) => {
                positions.insert(position);
            }
        }
    }

    /// Removes a position. Returns true if no position is left.
    fn remove(&mut self, position: CreationOrder) -> bool {
        match self {
            Self::One(known) => *known == position,
            Self::Many(positions) => {
                positions.remove(&position);
                positions.is_empty()
            }
        }
    }
}

fn hash(field: UserField, value: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    field.hash(&mut hasher);
    field.fold(value).hash(&mut hasher);
    hasher.finish()
}

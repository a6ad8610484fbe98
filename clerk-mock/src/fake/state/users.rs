//! The users of an instance.

use std::ops::Bound;
use std::sync::Arc;

use crate::fake::state::fake_user::{CreationOrder, FakeUser};
use crate::fake::state::index::Index;
use crate::fake::state::sorted_map::SortedMap;
use crate::fake::state::user_field::UserField;

/// The users of an instance, in the order of creation.
///
/// A clone shares each user with the original until one of the two changes the user.
#[derive(Clone, Default)]
pub(crate) struct Users {
    all: SortedMap<CreationOrder, Arc<FakeUser>>,
    index: Index,
}

impl Users {
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &FakeUser> {
        self.all.iter().map(|(_, user)| &**user)
    }

    /// Returns the users in a range of the order of creation, each with its position.
    pub(crate) fn range(
        &self,
        (start, end): (Bound<CreationOrder>, Bound<CreationOrder>),
    ) -> impl DoubleEndedIterator<Item = &(CreationOrder, Arc<FakeUser>)> {
        self.all.range(start, end)
    }

    /// Returns the user at a position in the order of creation.
    pub(crate) fn at(&self, position: CreationOrder) -> Option<&FakeUser> {
        self.all.get(&position).map(|user| &**user)
    }

    /// Returns the users that have this value in an indexed field, in the order of creation.
    pub(crate) fn having(&self, field: UserField, value: &str) -> impl Iterator<Item = &FakeUser> {
        let positions = self.index.positions_of(field, value);
        let users = positions.filter_map(|position| self.at(position));
        // The index also returns users with another value that has the same hash.
        users.filter(move |user| field.any(user, |own| field.equal(own, value)))
    }

    pub(crate) fn get(&self, id: &str) -> Option<&FakeUser> {
        self.having(UserField::Id, id).next()
    }

    /// Returns the user at a position, to change any field except the indexed ones and the time of
    /// creation.
    pub(crate) fn at_mut(&mut self, position: CreationOrder) -> Option<&mut FakeUser> {
        self.all.get_mut(&position).map(Arc::make_mut)
    }

    pub(crate) fn add(&mut self, user: Arc<FakeUser>) {
        self.index.add(&user);
        self.all.insert(user.creation_order(), user);
    }

    /// Removes the user at a position.
    pub(crate) fn remove(&mut self, position: CreationOrder) -> Option<Arc<FakeUser>> {
        let user = self.all.remove(&position)?;
        self.index.remove(&user);
        Some(user)
    }
}

//! Users by what they are looked for, so that a world of many costs no more than one of few.

use std::collections::{BTreeMap, BTreeSet};

use super::fake_user::{Creation, FakeUser};
use super::field::Field;

#[derive(Debug, Clone, Default)]
pub(super) struct Index(BTreeMap<(Field, Box<str>), BTreeSet<Creation>>);

impl Index {
    pub(super) fn add(&mut self, user: &FakeUser) {
        for field in Field::INDEXED {
            field.each(user, |value| {
                let key = (field, field.fold(value).into());
                self.0.entry(key).or_default().insert(user.creation());
            });
        }
    }

    pub(super) fn remove(&mut self, user: &FakeUser) {
        for field in Field::INDEXED {
            field.each(user, |value| {
                let key = (field, field.fold(value).into());
                if let Some(with) = self.0.get_mut(&key) {
                    with.remove(&user.creation());
                    if with.is_empty() {
                        self.0.remove(&key);
                    }
                }
            });
        }
    }

    /// Who has this value; `None` where nobody has, or the field is not an indexed one.
    pub(super) fn with(&self, field: Field, value: &str) -> Option<&BTreeSet<Creation>> {
        self.0.get(&(field, field.fold(value).into()))
    }
}

//! The orders of users by a property, such as the username.

use std::collections::{BTreeMap, BTreeSet};

use clerk_core::Timestamp;
use clerk_core::models::User;

use crate::fake::state::fake_user::{CreationOrder, FakeUser};
use crate::fake::state::sorted_map::SortedMap;
use crate::fake::state::users::Users;

/// A property by which users are ordered. Users with equal values are in the order of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum UserOrder {
    UpdatedAt,
    LastActiveAt,
    LastSignInAt,
    FirstName,
    LastName,
    Username,
    EmailAddress,
    PhoneNumber,
    Web3Wallet,
}

/// The value of a property. A missing value comes first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Time(Option<Timestamp>),
    Text(Option<Box<str>>),
}

impl UserOrder {
    /// Returns the value of a text property of a user. Returns `None` if the value is missing, or
    /// if the property is a time.
    pub(crate) fn text(self, user: &User) -> Option<&str> {
        match self {
            Self::UpdatedAt | Self::LastActiveAt | Self::LastSignInAt => None,
            Self::FirstName => user.first_name.as_deref(),
            Self::LastName => user.last_name.as_deref(),
            Self::Username => user.username.as_deref(),
            Self::EmailAddress => {
                let primary = user.primary_email_address()?;
                Some(&primary.email_address)
            }
            Self::PhoneNumber => Some(&user.primary_phone_number()?.phone_number),
            Self::Web3Wallet => Some(&user.primary_web3_wallet()?.web3_wallet),
        }
    }

    fn key(self, user: &User) -> Key {
        match self {
            Self::UpdatedAt => Key::Time(Some(user.updated_at)),
            Self::LastActiveAt => Key::Time(user.last_active_at),
            Self::LastSignInAt => Key::Time(user.last_sign_in_at),
            text => Key::Text(text.text(user).map(Into::into)),
        }
    }

    /// Returns the place of a user in this order.
    pub(crate) fn place(self, of: &FakeUser) -> Place {
        (self.key(&of.user), of.creation_order())
    }
}

/// The place of a user in an order.
pub(crate) type Place = (Key, CreationOrder);

/// The users, sorted by each property by which they have been listed so far. The orders stay up to
/// date when users change.
///
/// A clone starts without orders. It sorts the users again when they are listed.
#[derive(Debug, Default)]
pub(crate) struct UserOrders {
    made: BTreeMap<UserOrder, SortedMap<Place, ()>>,
    /// The users that a change removed from the orders, by their position in the order of creation.
    /// [`prepare`](Self::prepare) adds them again.
    suspended: BTreeSet<CreationOrder>,
}

impl Clone for UserOrders {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl UserOrders {
    pub(crate) fn add(&mut self, user: &FakeUser) {
        for (order, places) in &mut self.made {
            places.insert(order.place(user), ());
        }
    }

    pub(crate) fn remove(&mut self, user: &FakeUser) {
        for (order, places) in &mut self.made {
            places.remove(&order.place(user));
        }
    }

    /// Removes a user from the orders before a change. [`prepare`](Self::prepare) adds the user
    /// again before users are listed.
    pub(crate) fn suspend(&mut self, user: &FakeUser) {
        if !self.made.is_empty() {
            self.remove(user);
            self.suspended.insert(user.creation_order());
        }
    }

    /// Creates an order if it does not exist. First adds the suspended users to the existing orders
    /// again.
    pub(crate) fn prepare(&mut self, order: UserOrder, users: &Users) {
        for position in std::mem::take(&mut self.suspended) {
            if let Some(user) = users.at(position) {
                self.add(user);
            }
        }
        let make = || users.iter().map(|user| (order.place(user), ())).collect();
        self.made.entry(order).or_insert_with(make);
    }

    /// Returns the places of all users in a prepared order.
    pub(crate) fn places(&self, order: UserOrder) -> impl DoubleEndedIterator<Item = &(Place, ())> {
        self.made.get(&order).into_iter().flat_map(SortedMap::iter)
    }
}

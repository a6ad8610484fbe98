use serde_core::{Serialize, Serializer};

use crate::requests::argument::Argument;
use crate::requests::body::{Body, BodyField};
use crate::requests::parts::RequestParts;
use crate::types::id::UserId;

/// The ids of 1 to 50 users: the request body of [`users_ban`](crate::UsersApi::users_ban) and
/// [`users_unban`](crate::UsersApi::users_unban).
///
/// Any list whose items convert into [`UserId`] converts into this type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserIds {
    /// The ids.
    pub user_ids: Vec<UserId>,
}

impl UserIds {
    /// The maximum number of ids that Clerk accepts.
    pub const MAX: usize = 50;
}

impl<I: IntoIterator<Item: Into<UserId>>> From<I> for UserIds {
    fn from(user_ids: I) -> Self {
        Self {
            user_ids: user_ids.into_iter().map(Into::into).collect(),
        }
    }
}

impl Serialize for UserIds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("user_ids", &self.user_ids)])
    }
}

impl Body for UserIds {
    fn check(&self) -> Result<(), String> {
        let count = self.user_ids.len();
        if !(1..=Self::MAX).contains(&count) {
            return Err(format!(
                "invalid user_ids: {count} ids; there must be 1 to {}",
                Self::MAX
            ));
        }
        self.user_ids.check("user_ids")
    }
}

impl Argument for UserIds {
    fn write(&self, parts: &mut RequestParts) -> Result<(), String> {
        self.write_into(parts)
    }
}

#[cfg(feature = "_samples")]
impl crate::samples::Sample for UserIds {
    fn sample(sampler: &crate::samples::Sampler, _name: &str) -> Self {
        Self {
            user_ids: sampler.value("user_id"),
        }
    }
}

use serde_core::{Serialize, Serializer};

use crate::requests::body::Body;
use crate::types::id::UserId;

/// The body of a bulk operation: the users that it is done to.
pub(crate) struct UserIds(pub(crate) Vec<UserId>);

impl UserIds {
    /// The most ids that Clerk takes at once.
    pub(crate) const MAX: usize = 50;
}

impl Serialize for UserIds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("user_ids", &self.0)])
    }
}

impl Body for UserIds {
    fn check(&self) -> Result<(), String> {
        let count = self.0.len();
        if !(1..=Self::MAX).contains(&count) {
            return Err(format!(
                "user_ids has {count} ids, and must have from 1 to {}",
                Self::MAX
            ));
        }
        if let Some(at) = self.0.iter().position(|id| id.as_str().trim().is_empty()) {
            return Err(format!("user_ids[{at}] is blank"));
        }
        Ok(())
    }
}

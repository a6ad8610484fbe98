use std::collections::BTreeMap;

use serde_core::{Serialize, Serializer};

use crate::requests::body::BodyField;

/// Changes to the attribute mapping of a directory. The mapping assigns a path to each user
/// attribute. The path is the place of the attribute's value in the data of the identity provider.
/// Attributes without a change keep their paths.
///
/// ```
/// use clerk_client::requests::AttributeMappingChanges;
///
/// let changes = AttributeMappingChanges::new()
///     .set("first_name", "name.givenName")
///     .remove("last_name");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct AttributeMappingChanges {
    /// The new path of each attribute; `None` removes the attribute from the mapping.
    pub paths: BTreeMap<String, Option<String>>,
}

impl AttributeMappingChanges {
    /// Creates an empty set of changes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the path of an attribute.
    #[must_use]
    pub fn set(mut self, attribute: impl Into<String>, path: impl Into<String>) -> Self {
        self.paths.insert(attribute.into(), Some(path.into()));
        self
    }

    /// Removes an attribute from the mapping.
    #[must_use]
    pub fn remove(mut self, attribute: impl Into<String>) -> Self {
        self.paths.insert(attribute.into(), None);
        self
    }
}

impl Serialize for AttributeMappingChanges {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.paths.serialize(serializer)
    }
}

impl BodyField for AttributeMappingChanges {}

#[cfg(feature = "_samples")]
impl crate::samples::Sample for AttributeMappingChanges {
    fn sample(_: &crate::samples::Sampler, _: &str) -> Self {
        Self::new()
            .set("first_name", "name.givenName")
            .remove("last_name")
    }
}

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

/// A page of a list, and the length of the list.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items of the page.
    pub data: Vec<T>,
    /// The length of the whole list. `None` if the response does not include it.
    pub total_count: Option<i64>,
}

impl<T> Page<T> {
    /// Creates a page of a list with `total_count` items.
    #[must_use]
    pub fn new(data: Vec<T>, total_count: i64) -> Self {
        Self {
            data,
            total_count: Some(total_count),
        }
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.data.into_iter()
    }
}

impl<T: Serialize> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde_core::ser::SerializeMap;
        let Some(total_count) = self.total_count else {
            return self.data.serialize(serializer);
        };
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("data", &self.data)?;
        map.serialize_entry("total_count", &total_count)?;
        map.end()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (data, total_count) = crate::json::decode::page(deserializer)?;
        Ok(Self { data, total_count })
    }
}

/// An item of a list that is paged by offset.
pub(crate) trait PageItem {
    /// Returns a key that is unique in the list, or a blank key if the response omits the id.
    fn key(&self) -> String;
}

use serde_core::ser::{Serialize, SerializeMap, Serializer};

/// The entries of a JSON object that is serialized.
///
/// [`Entries::end`] returns the first error. `add` returns no error, so that the compiler
/// handles little code for each field.
pub(crate) struct Entries<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> Entries<S> {
    #[inline]
    pub(crate) fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    /// Adds an entry. Does nothing after an error.
    #[inline(never)]
    pub(crate) fn add<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) {
        if let Ok(map) = &mut self.0
            && let Err(error) = map.serialize_entry(key, value)
        {
            self.0 = Err(error);
        }
    }

    #[inline]
    pub(crate) fn end(self) -> Result<S::Ok, S::Error> {
        self.0.and_then(SerializeMap::end)
    }
}

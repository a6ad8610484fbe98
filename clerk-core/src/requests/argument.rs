use crate::json::word::Word;
use crate::requests::parts::RequestParts;

/// An argument of an operation, which knows where in the request it goes.
pub(crate) trait Argument {
    /// Returns the value for the next name in the route, if the argument belongs into the path.
    fn segment(&self) -> Option<&str> {
        None
    }

    /// Writes parameters into the query, or a body; or says what Clerk would refuse or misread.
    fn write(&self, _parts: &mut RequestParts) -> Result<(), String> {
        Ok(())
    }
}

impl<T: Word> Argument for T {
    fn segment(&self) -> Option<&str> {
        Some(self.as_word())
    }
}

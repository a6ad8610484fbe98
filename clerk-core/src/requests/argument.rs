use crate::json::word::Word;
use crate::requests::parts::RequestParts;

/// An argument of an operation, which writes itself into the path, the query or the body.
pub(crate) trait Argument {
    /// Returns the value of the next path parameter. `None` if the argument is not part of the
    /// path.
    fn segment(&self) -> Option<&str> {
        None
    }

    /// Writes the argument into the query or the body. Returns an error if Clerk would refuse or
    /// misread it.
    fn write(&self, _parts: &mut RequestParts) -> Result<(), String> {
        Ok(())
    }
}

impl<T: Word> Argument for T {
    fn segment(&self) -> Option<&str> {
        Some(self.as_word())
    }
}

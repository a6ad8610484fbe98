use crate::json::word::Word;
use crate::types::timestamp::Timestamp;
use crate::uri::query::Query;

/// The parameters of an operation, which are written into the query.
pub(crate) trait Params {
    /// Writes the parameters. Returns an error if Clerk would refuse or misread one of them.
    fn write_into(&self, query: &mut Query) -> Result<(), String>;
}

/// The value of a parameter.
pub(crate) trait Parameter {
    /// Writes the value. Returns an error if Clerk would refuse or misread it.
    fn put(&self, name: &str, query: &mut Query) -> Result<(), String>;
}

impl<T: Parameter> Parameter for Option<T> {
    fn put(&self, name: &str, query: &mut Query) -> Result<(), String> {
        self.as_ref().map_or(Ok(()), |value| value.put(name, query))
    }
}

impl Parameter for bool {
    fn put(&self, name: &str, query: &mut Query) -> Result<(), String> {
        query.value(name, self);
        Ok(())
    }
}

impl Parameter for Timestamp {
    fn put(&self, name: &str, query: &mut Query) -> Result<(), String> {
        query.value(name, self.as_millis());
        Ok(())
    }
}

impl Parameter for String {
    fn put(&self, name: &str, query: &mut Query) -> Result<(), String> {
        query.text(name, self)
    }
}

impl<T: Word> Parameter for T {
    fn put(&self, name: &str, query: &mut Query) -> Result<(), String> {
        query.text(name, self.as_word())
    }
}

impl<T: AsRef<str>> Parameter for Vec<T> {
    fn put(&self, name: &str, query: &mut Query) -> Result<(), String> {
        query.values(name, self)
    }
}

/// Implements `Argument` for a type that implements [`Params`].
macro_rules! params_argument {
    ($name:ident) => {
        impl $crate::requests::argument::Argument for $name {
            #[inline]
            fn write(
                &self,
                parts: &mut $crate::requests::parts::RequestParts,
            ) -> Result<(), String> {
                $crate::requests::parameter::Params::write_into(self, &mut parts.query)
            }
        }
    };
}

pub(crate) use params_argument;

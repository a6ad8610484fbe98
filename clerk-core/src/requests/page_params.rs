use crate::uri::query::{Params, Query};

/// Which part of a list to get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PageParams {
    /// How many at most: 1 to 500. Clerk's default: 10.
    pub limit: Option<u32>,
    /// How many to skip. Clerk's default: 0.
    pub offset: Option<u64>,
}

impl PageParams {
    /// The first page, of Clerk's default length.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many at most: 1 to 500. Clerk's default: 10.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// How many to skip. Clerk's default: 0.
    #[must_use]
    pub fn offset(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }
}

impl Params for PageParams {
    fn write(&self, query: &mut Query) -> Result<(), String> {
        query.limit(self.limit)?;
        query.value("offset", self.offset);
        Ok(())
    }
}

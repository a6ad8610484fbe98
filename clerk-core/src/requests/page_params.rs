use crate::requests::parameter::{Params, params_argument};
use crate::uri::query::Query;

/// The part of a list to return: a limit and an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PageParams {
    /// The maximum number of items: 1 to 500 for most lists. `None` means Clerk's default, which is
    /// 10.
    pub limit: Option<u32>,
    /// The number of items to skip. `None` means Clerk's default, which is 0.
    pub offset: Option<u64>,
}

/// The parameters of a list that is paged by offset.
pub(crate) trait PagedParams: Clone + Send + Sync + 'static {
    /// The maximum number of items in a page.
    const MAX_LIMIT: u32;

    fn page(&self) -> PageParams;

    fn set_page(&mut self, page: PageParams);
}

/// Defines the setters `limit` and `offset` of a type that has a `PageParams` in a field `page`.
macro_rules! page_setters {
    ($max:literal) => {
        /// Sets `limit`.
        ///
        #[doc = concat!("The maximum number of items: 1 to ", $max, ". Clerk's default is 10.")]
        #[must_use]
        #[inline]
        pub fn limit(mut self, limit: u32) -> Self {
            self.page.limit = Some(limit);
            self
        }

        /// Sets `offset`.
        ///
        /// The number of items to skip. Clerk's default is 0.
        #[must_use]
        #[inline]
        pub fn offset(mut self, offset: u64) -> Self {
            self.page.offset = Some(offset);
            self
        }
    };
}

pub(crate) use page_setters;

impl PageParams {
    /// Creates parameters for the first page, with Clerk's default length.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `limit`.
    ///
    /// The maximum number of items: 1 to 500 for most lists. Clerk's default is 10.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Sets `offset`.
    ///
    /// The number of items to skip. Clerk's default is 0.
    #[must_use]
    pub fn offset(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Writes the parameters. Returns an error if the limit is not from 1 to `max_limit`, because
    /// Clerk would then return 10 items.
    pub(crate) fn write_into(self, query: &mut Query, max_limit: u32) -> Result<(), String> {
        if let Some(limit) = self.limit {
            if !(1..=max_limit).contains(&limit) {
                return Err(format!(
                    "invalid limit: {limit}; it must be 1 to {max_limit}"
                ));
            }
            query.value("limit", limit);
        }
        if let Some(offset) = self.offset {
            query.value("offset", offset);
        }
        Ok(())
    }
}

impl Params for PageParams {
    fn write_into(&self, query: &mut Query) -> Result<(), String> {
        Self::write_into(*self, query, Self::MAX_LIMIT)
    }
}

params_argument!(PageParams);

impl PagedParams for PageParams {
    const MAX_LIMIT: u32 = 500;

    fn page(&self) -> PageParams {
        *self
    }

    fn set_page(&mut self, page: PageParams) {
        *self = page;
    }
}

#[cfg(feature = "_samples")]
impl crate::samples::Sample for PageParams {
    fn sample(sampler: &crate::samples::Sampler, _name: &str) -> Self {
        Self {
            limit: sampler.optional("limit", 100),
            offset: sampler.optional("offset", 7),
        }
    }
}

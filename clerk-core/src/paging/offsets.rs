use crate::client::call::Call;
use crate::models::page::Page;
use crate::paging::pager::{Source, WHOLE_PAGE};
use crate::paging::position::{Place, Position};
use crate::requests::page_params::PageParams;
use crate::transport::HttpTransport;

/// A list that is walked by offset alone.
pub(crate) struct ByOffset<R, F> {
    page: PageParams,
    call: F,
    identity: fn(&R) -> String,
}

impl<R, F> ByOffset<R, F> {
    /// The list that `call` asks for a part of; `identity` is what no two of its items have.
    pub(crate) fn new(page: PageParams, call: F, identity: fn(&R) -> String) -> (Self, Position) {
        let start = Position(Place::Offset(page.offset.unwrap_or_default()));
        let source = Self {
            page,
            call,
            identity,
        };
        (source, start)
    }
}

impl<R, T, F> Source<R, T> for ByOffset<R, F>
where
    T: HttpTransport,
    F: Fn(PageParams) -> Call<Page<R>, T> + Send + Sync,
{
    fn page(&self, position: &Position) -> Call<Page<R>, T> {
        let limit = self.limit();
        match position.offset() {
            Some(offset) => (self.call)(PageParams::new().limit(limit).offset(offset)),
            None => (self.call)(self.page).refuse(position.misplaced()),
        }
    }

    fn limit(&self) -> u32 {
        self.page.limit.unwrap_or(WHOLE_PAGE)
    }

    fn advance(&self, position: &mut Position, _item: &R) {
        position.count();
    }

    fn identity(&self, item: &R) -> Option<String> {
        Some((self.identity)(item))
    }
}

impl Position {
    /// The offset, where it is one.
    pub(crate) fn offset(&self) -> Option<u64> {
        match &self.0 {
            Place::Offset(offset) => Some(*offset),
            Place::After(_) => None,
        }
    }

    /// One further.
    pub(crate) fn count(&mut self) {
        if let Place::Offset(offset) = &mut self.0 {
            *offset = offset.saturating_add(1);
        }
    }

    pub(crate) fn misplaced(&self) -> String {
        format!("the position {self} is of a list that is walked by cursor, and this one is not")
    }
}

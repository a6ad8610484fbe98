use crate::client::call::Call;
use crate::models::page::{Page, PageItem};
use crate::paging::pager::Pager;
use crate::paging::position::{Kind, Position};
use crate::paging::source::PageSource;
use crate::requests::page_params::PageParams;
use crate::requests::page_params::PagedParams;
use crate::transport::HttpTransport;

/// A list that is paged by offset.
struct ByOffset<P, F> {
    params: P,
    call: F,
}

/// Creates a pager over a list. `call` requests one page.
///
/// The pager starts at the `offset` of the parameters, and returns at most `limit` items in total.
pub(crate) fn pager<R, T, P, F>(mut params: P, call: F) -> Pager<R, T>
where
    R: PageItem + 'static,
    T: HttpTransport,
    P: PagedParams,
    F: Fn(P) -> Call<Page<R>, T> + Send + Sync + 'static,
{
    let page = params.page();
    params.set_page(PageParams::new());
    let start = Position(Kind::Offset(page.offset.unwrap_or_default()));
    Pager::new(ByOffset { params, call }, start, page.limit)
}

impl<R, T, P, F> PageSource<R, T> for ByOffset<P, F>
where
    R: PageItem,
    T: HttpTransport,
    P: PagedParams,
    F: Fn(P) -> Call<Page<R>, T> + Send + Sync,
{
    fn max_page_size(&self) -> u32 {
        P::MAX_LIMIT
    }

    fn page(&self, position: &Position, size: u32) -> Call<Page<R>, T> {
        let mut params = self.params.clone();
        let mut page = PageParams::new().limit(size);
        page.offset = position.offset();
        params.set_page(page);
        let call = (self.call)(params);
        match position.0 {
            Kind::Offset(_) => call,
            Kind::Cursor(_) => call.fail(format!(
                "invalid position: {position} is a cursor, but this list is paged by offset"
            )),
        }
    }

    fn advance(&self, position: &mut Position, _item: &R) {
        position.advance_offset();
    }

    fn key(&self, item: &R) -> String {
        item.key()
    }
}

use std::fmt;

use serde_core::de::DeserializeOwned;

use crate::client::error::{Error, ErrorKind};
use crate::paging::position::Position;
use crate::paging::source::PageSource;
use crate::transport::{DynTransport, HttpTransport};

/// The maximum number of [fallback requests](PageSource::fallback_page) for one page.
const MAX_FALLBACK_REQUESTS: usize = 20;

/// The number of repeated pages in a row after which a pager returns an error. A page repeats the
/// previous page if a whole page of new items was added at the start of the list.
const MAX_REPEATS: usize = 3;

/// A reader of a whole list, page by page. Methods such as
/// [`UsersApi::list_all_users`](crate::UsersApi::list_all_users) create it.
///
/// A pager holds one page in memory at a time, and sends no request until
/// [`next_page`](Pager::next_page) is called. After an error, the next call of `next_page` requests
/// the same page again.
///
/// ```
/// # clerk_client::doctest(async |users| {
/// use clerk_client::requests::UserListParams;
///
/// let mut pager = users.list_all_users(UserListParams::new()).page_size(100);
/// let mut seen = 0;
/// while let Some(page) = pager.next_page().await? {
///     seen += page.len();
///     println!("{seen} so far, up to {}", pager.position());
/// }
/// # Ok(()) });
/// ```
///
/// # Limits
///
/// [`page_size`](Pager::page_size) sets the maximum number of items in a page. The `limit` of the
/// parameters is the maximum number of items that the pager returns in total.
///
/// Each page is requested by a separate call, with the client's settings, such as its timeout.
///
/// # Resuming
///
/// [`position`](Pager::position) can be stored as a line of text. Another pager over the same list
/// can [resume](Pager::resume_from) from this position, even in another process.
#[must_use = "a pager sends no request until `next_page` is called"]
pub struct Pager<R, T = DynTransport> {
    pub(super) source: Box<dyn PageSource<R, T>>,
    position: Position,
    /// The position before the page that the pager returned last.
    pub(super) page_start: Position,
    page_size: u32,
    /// The maximum number of items to return. `None` if there is no maximum.
    limit: Option<u32>,
    /// The number of items that may still be returned. `None` if there is no maximum.
    remaining: Option<u64>,
    ended: bool,
    last_page: Option<PageEnds>,
}

/// The properties by which a repeated page is recognized: its length, and the keys of its first and
/// last item.
#[derive(PartialEq)]
struct PageEnds {
    first: String,
    last: String,
    length: usize,
}

/// A page that was fetched.
struct Fetched<R> {
    /// The items of the page. From a fallback page, the pager removes items that it has already
    /// seen, and items beyond the requested size.
    items: Vec<R>,
    /// Whether more items may follow: the response was as long as requested, or items were cut off.
    is_full: bool,
    /// The length of the whole list. `None` if the server did not return it.
    total: Option<i64>,
}

impl<R, T: HttpTransport> Pager<R, T> {
    pub(crate) fn new(
        source: impl PageSource<R, T> + 'static,
        position: Position,
        limit: Option<u32>,
    ) -> Self {
        Self {
            page_size: source.max_page_size(),
            source: Box::new(source),
            page_start: position.clone(),
            position,
            limit,
            remaining: limit.map(u64::from),
            ended: false,
            last_page: None,
        }
    }

    /// Sets the maximum number of items in a page: 1 to 500 for most lists. The default is the
    /// largest page size of the list.
    ///
    /// With an invalid size, [`next_page`](Pager::next_page) returns an error.
    pub fn page_size(mut self, size: u32) -> Self {
        self.page_size = size;
        self
    }

    /// Resumes from a position of the same list with the same parameters.
    ///
    /// The items that this pager has already returned still count towards its limit.
    pub fn resume_from(mut self, position: Position) -> Self {
        self.position = position;
        // With the invalid limit 0, the pager has not ended, so that `next_page` returns an error.
        self.ended = self.remaining == Some(0) && self.limit != Some(0);
        self.last_page = None;
        self
    }

    /// Returns the position after the pages returned so far.
    #[must_use]
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// Whether another page may follow. False once the end of the list or the limit was reached.
    #[must_use]
    pub fn has_more(&self) -> bool {
        !self.ended
    }

    /// Returns the size of the next page, or an error message if the page size or the limit is
    /// invalid.
    fn next_size(&self) -> Result<u32, String> {
        let max = self.source.max_page_size();
        if !(1..=max).contains(&self.page_size) {
            let size = self.page_size;
            return Err(format!("invalid page size: {size}; it must be 1 to {max}"));
        }
        if self.limit == Some(0) {
            return Err("invalid limit: 0; it must be at least 1".to_owned());
        }
        let remaining = self.remaining.map_or(u32::MAX, |remaining| {
            u32::try_from(remaining).unwrap_or(u32::MAX)
        });
        Ok(self.page_size.min(remaining))
    }
}

impl<R: DeserializeOwned + 'static, T: HttpTransport> Pager<R, T> {
    /// Returns the next page, which is never empty, or `None` at the end.
    ///
    /// If the future is dropped, the position stays unchanged.
    ///
    /// # Errors
    ///
    /// Returns an error
    ///
    /// - if a request fails,
    /// - if the page size, the limit or another parameter is invalid,
    /// - if the position is that of another kind of list,
    /// - in a list of users, if the last user before the position was deleted and the pager cannot
    ///   continue from that user's creation time,
    /// - if the server ignores the position, or the list grows faster than it is read.
    ///
    /// After an error, the position is unchanged, and the next call requests the same page.
    pub async fn next_page(&mut self) -> Result<Option<Vec<R>>, Error> {
        if self.ended {
            return Ok(None);
        }
        let size = match self.next_size() {
            Ok(size) => size,
            Err(message) => {
                let call = self.source.page(&self.position, 1).fail(message);
                return Err(call.await.err().unwrap_or_else(|| self.order_error("")));
            }
        };
        let mut position = self.position.clone();
        let mut repeats = 0;
        let (mut page, ends) = loop {
            let page = self.fetch(&position, size).await?;
            let ends = self.ends(&page.items);
            if ends.is_none() || ends != self.last_page {
                break (page, ends);
            }
            repeats += 1;
            if repeats == MAX_REPEATS {
                let problem = "repeats the page before: the server ignores `offset`, or the list grows faster than it is read";
                return Err(self.order_error(problem));
            }
            for item in &page.items {
                self.source.advance(&mut position, item);
            }
        };
        let page_start = position.clone();
        if let Some(remaining) = self.remaining {
            page.items
                .truncate(usize::try_from(remaining).unwrap_or(usize::MAX));
        }
        for item in &page.items {
            self.source.advance(&mut position, item);
        }
        self.position = position;
        self.page_start = page_start;
        self.last_page = ends;
        self.remaining = self.remaining.map(|remaining| {
            remaining.saturating_sub(u64::try_from(page.items.len()).unwrap_or(u64::MAX))
        });
        self.ended = page.items.is_empty()
            || self.remaining == Some(0)
            || !self.may_continue(page.is_full, page.total);
        Ok((!page.items.is_empty()).then_some(page.items))
    }

    /// Returns the [`PageEnds`] of a page. `None` if the page is empty or its items have no ids.
    fn ends(&self, page: &[R]) -> Option<PageEnds> {
        // If the response omits the ids of the items, all items have the same blank key. Without
        // this filter, a page would look repeated if it is as long as the previous page.
        let key = |item: &R| Some(self.source.key(item)).filter(|key| !key.trim().is_empty());
        Some(PageEnds {
            first: key(page.first()?)?,
            last: key(page.last()?)?,
            length: page.len(),
        })
    }

    async fn fetch(&self, position: &Position, size: u32) -> Result<Fetched<R>, Error> {
        let result = self.source.page(position, size).await;
        let rejected = match result {
            Ok(page) if self.source.is_out_of_order(position, &page.data) => None,
            Ok(page) if page.data.is_empty() => {
                let total = page.total_count;
                drop(page);
                return self.fetch_end(position, total).await;
            }
            Ok(page) => {
                return Ok(Fetched {
                    is_full: is_full(page.data.len(), size),
                    items: page.data,
                    total: page.total_count,
                });
            }
            Err(error) if self.source.is_cursor_gone(&error) => Some(error),
            Err(error) => return Err(error),
        };
        let fallback = self.fetch_fallback(position, size).await?;
        fallback.ok_or_else(|| {
            rejected.unwrap_or_else(|| {
                self.order_error("is out of order: the server does not know the cursor")
            })
        })
    }

    /// Returns an empty page, which is the end of the list. Returns an error instead if the item of
    /// the cursor no longer exists, because the list may then continue.
    async fn fetch_end(
        &self,
        position: &Position,
        total: Option<i64>,
    ) -> Result<Fetched<R>, Error> {
        if let Some(call) = self.source.cursor_item(position)
            && call.await?.data.is_empty()
        {
            return Err(self.order_error("is empty: the server does not know the cursor"));
        }
        Ok(Fetched {
            items: Vec::new(),
            is_full: false,
            total,
        })
    }

    /// Fetches the page after the position with fallback requests. Returns `None` if the list has
    /// no fallback, or if these requests do not find the position.
    async fn fetch_fallback(
        &self,
        position: &Position,
        size: u32,
    ) -> Result<Option<Fetched<R>>, Error> {
        let (mut skipped, mut requested, mut last_page) = (0, size, None);
        for _ in 0..MAX_FALLBACK_REQUESTS {
            let Some(call) = self.source.fallback_page(position, skipped, requested) else {
                return Ok(None);
            };
            let mut items = call.await?.data;
            let count = items.len();
            let mut is_full = is_full(count, requested);
            let ends = self.ends(&items);
            let repeats = ends.is_some() && ends == last_page;
            if repeats || !self.source.drop_seen(position, &mut items) {
                return Ok(None);
            }
            if !items.is_empty() || !is_full {
                let size = usize::try_from(size).unwrap_or(usize::MAX);
                is_full |= items.len() > size;
                items.truncate(size);
                return Ok(Some(Fetched {
                    items,
                    is_full,
                    total: None,
                }));
            }
            last_page = ends;
            skipped += u64::try_from(count).unwrap_or(u64::MAX);
            requested = self.source.max_page_size();
        }
        Ok(None)
    }

    /// Whether more items may follow a page. `total` is the length of the list, if it is known.
    fn may_continue(&self, is_full: bool, total: Option<i64>) -> bool {
        let total = total.and_then(|total| u64::try_from(total).ok());
        match (self.position.offset(), total) {
            (Some(offset), Some(total)) if offset <= total => offset < total,
            _ => is_full,
        }
    }

    fn order_error(&self, problem: &str) -> Error {
        let message = format!("page after {} {problem}", self.position);
        Error::new(ErrorKind::Decode, message)
    }
}

/// Whether a page is as long as requested. A longer page comes from a server without paging, and is
/// the whole list.
fn is_full(count: usize, size: u32) -> bool {
    u32::try_from(count) == Ok(size)
}

impl<R, T> fmt::Debug for Pager<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pager")
            .field("position", &self.position)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

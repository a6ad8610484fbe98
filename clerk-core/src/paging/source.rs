use crate::client::call::Call;
use crate::client::error::Error;
use crate::models::page::Page;
use crate::paging::position::Position;

/// A list that a pager can read.
pub(crate) trait PageSource<R, T>: Send + Sync {
    /// Returns the maximum number of items in a page.
    fn max_page_size(&self) -> u32;

    /// Requests the page after a position, with up to `size` items.
    fn page(&self, position: &Position, size: u32) -> Call<Page<R>, T>;

    /// Moves a position past an item.
    fn advance(&self, position: &mut Position, item: &R);

    /// Whether a page shows that the server may have ignored the position.
    fn is_out_of_order(&self, _position: &Position, _page: &[R]) -> bool {
        false
    }

    /// Returns a fallback request for the page after a position. The pager sends it if the server
    /// rejects the cursor, or may have ignored the cursor. `None` if there is no fallback.
    ///
    /// The list that the request selects may start with items that the pager has already seen. The
    /// request skips the first `skipped` items of this list. [`drop_seen`](Self::drop_seen) removes
    /// all other items that the pager has seen.
    fn fallback_page(
        &self,
        _position: &Position,
        _skipped: u64,
        _size: u32,
    ) -> Option<Call<Page<R>, T>> {
        None
    }

    /// Requests the item that is the cursor of the position. If the item no longer exists, the
    /// response does not contain it. The pager sends this request if the page after the cursor is
    /// empty and there is no fallback. `None` if the position has no cursor.
    fn cursor_item(&self, _position: &Position) -> Option<Call<Page<R>, T>> {
        None
    }

    /// Whether an error says that the item of the cursor no longer exists.
    fn is_cursor_gone(&self, _error: &Error) -> bool {
        false
    }

    /// Removes already seen items from a fallback page. Returns false if items may be missing
    /// between the position and the page.
    fn drop_seen(&self, _position: &Position, _page: &mut Vec<R>) -> bool {
        false
    }

    /// Returns a unique key of an item, by which a repeated page is recognized. The key is blank if
    /// the response omits the id.
    fn key(&self, item: &R) -> String;
}

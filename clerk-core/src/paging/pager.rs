use std::fmt;

use serde_core::de::DeserializeOwned;

use crate::client::call::Call;
use crate::client::error::{Error, ErrorKind};
use crate::models::page::Page;
use crate::paging::position::Position;
use crate::transport::{DynTransport, HttpTransport};

/// The longest page that Clerk gives.
pub(crate) const WHOLE_PAGE: u32 = 500;
/// How much a detour may bring that was walked past already, before the server is not believed.
const MAX_SKIPPED: u64 = 10_000;

/// A list, and how it is walked.
pub(crate) trait Source<R, T>: Send + Sync {
    /// Asks for the page at a position.
    fn page(&self, position: &Position) -> Call<Page<R>, T>;

    /// How long a page is that is not the last.
    fn limit(&self) -> u32;

    /// Moves a position past an item.
    fn advance(&self, position: &mut Position, item: &R);

    /// Whether a page is not the one that follows a position, for all that can be seen of it.
    fn strays(&self, _position: &Position, _page: &[R]) -> bool {
        false
    }

    /// Another way to what follows a position, where the list knows it no more: a part of the list
    /// that begins with what was walked past, of which so many are to be skipped.
    fn detour(&self, _position: &Position, _skipped: u64) -> Option<Call<Page<R>, T>> {
        None
    }

    /// Whether an error says that the list knows the position no more.
    fn is_gone(&self, _error: &Error) -> bool {
        false
    }

    /// Takes out of a detour's page what was walked past; whether it is such a page at all.
    fn straighten(&self, _position: &Position, _page: &mut Vec<R>) -> bool {
        false
    }

    /// What two pages that begin alike have in common.
    fn identity(&self, _item: &R) -> Option<String> {
        None
    }
}

/// A walk through a list, a page at a time: made by [`UsersApi::list_all`](crate::UsersApi::list_all)
/// and its siblings.
///
/// One page is in memory at a time. After an error the same page is asked for again; a walk that
/// ended is taken up, in this process or another, from its [`position`](Pager::position).
///
/// ```
/// # use clerk_client::{Error, User, mock::FakeClerk};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let fake = FakeClerk::new();
/// # for n in 0..5 { fake.add_user(User::new(format!("user_{n}"))); }
/// # let users = fake.client().users();
/// use clerk_client::UserListParams;
///
/// let mut pager = users.list_all(UserListParams::new().limit(2));
/// let mut seen = 0;
/// while let Some(page) = pager.next_page().await? {
///     seen += page.len();
///     println!("{seen} so far, up to {}", pager.position());
/// }
/// assert_eq!(seen, 5);
/// # Ok(())
/// # }
/// ```
#[must_use = "a pager asks for nothing until its next page is"]
pub struct Pager<R, T = DynTransport> {
    pub(super) source: Box<dyn Source<R, T>>,
    position: Position,
    ended: bool,
    /// What the last page began with, where that can be told.
    began_with: Option<String>,
}

/// What was fetched: what is new of a page, and how it came.
struct Fetched<R> {
    items: Vec<R>,
    /// How many items the page had.
    count: usize,
    /// How many the whole list has, where it says so.
    total: Option<i64>,
}

impl<R, T: HttpTransport> Pager<R, T> {
    pub(crate) fn new(source: impl Source<R, T> + 'static, position: Position) -> Self {
        Self {
            source: Box::new(source),
            position,
            ended: false,
            began_with: None,
        }
    }

    /// Takes the walk up from here: a position of the same list, walked with the same parameters.
    pub fn starting_at(mut self, position: Position) -> Self {
        self.position = position;
        self.ended = false;
        self.began_with = None;
        self
    }

    /// How far the walk has come: past all pages that were returned.
    #[must_use]
    pub fn position(&self) -> &Position {
        &self.position
    }
}

impl<R: DeserializeOwned + 'static, T: HttpTransport> Pager<R, T> {
    /// The next page, which is never empty; `None` at the end.
    ///
    /// Dropping the future leaves the walk where it was.
    ///
    /// # Errors
    ///
    /// What the call for the page comes to. The walk stays where it was, and calling this again asks
    /// for the same page.
    pub async fn next_page(&mut self) -> Result<Option<Vec<R>>, Error> {
        if self.ended {
            return Ok(None);
        }
        let page = self.fetch().await?;
        let began_with = page
            .items
            .first()
            .and_then(|item| self.source.identity(item));
        if began_with.is_some() && began_with == self.began_with {
            return Err(self.astray("is the one before it once more: the server knows no offset"));
        }
        for item in &page.items {
            self.source.advance(&mut self.position, item);
        }
        self.began_with = began_with;
        self.ended = !self.goes_on(page.count, page.total) || page.items.is_empty();
        Ok((!page.items.is_empty()).then_some(page.items))
    }

    async fn fetch(&self) -> Result<Fetched<R>, Error> {
        let result = self.source.page(&self.position).await;
        let refused = match result {
            Ok(page) if self.source.strays(&self.position, &page.data) => None,
            Ok(page) => {
                return Ok(Fetched {
                    count: page.data.len(),
                    items: page.data,
                    total: page.total_count,
                });
            }
            Err(error) if self.source.is_gone(&error) => Some(error),
            Err(error) => return Err(error),
        };
        let detour = self.detour().await?;
        detour.ok_or_else(|| {
            refused.unwrap_or_else(|| {
                self.astray("is not what follows: the server does not know the cursor")
            })
        })
    }

    /// What follows the position, by the other way; `None` where there is none, or the server does
    /// not know it either.
    async fn detour(&self) -> Result<Option<Fetched<R>>, Error> {
        let mut skipped = 0;
        while let Some(call) = self.source.detour(&self.position, skipped) {
            let page = call.await?;
            let count = page.data.len();
            let mut items = page.data;
            if !self.source.straighten(&self.position, &mut items) || skipped > MAX_SKIPPED {
                return Ok(None);
            }
            if !items.is_empty() || !self.is_full(count) {
                let total = None;
                return Ok(Some(Fetched {
                    items,
                    count,
                    total,
                }));
            }
            skipped += u64::try_from(count).unwrap_or(u64::MAX);
        }
        Ok(None)
    }

    /// Whether more may follow after a page of `count` items, of a list that has `total`.
    fn goes_on(&self, count: usize, total: Option<i64>) -> bool {
        let total = total.and_then(|total| u64::try_from(total).ok());
        match (self.position.offset(), total) {
            (Some(walked), Some(total)) if count > 0 && walked <= total => walked < total,
            _ => self.is_full(count),
        }
    }

    /// More than was asked for is a list that knows no pages.
    fn is_full(&self, count: usize) -> bool {
        u32::try_from(count) == Ok(self.source.limit())
    }

    fn astray(&self, what: &str) -> Error {
        let message = format!("the page after {} {what}", self.position);
        Error::new(ErrorKind::Decode, message)
    }
}

impl<R, T> fmt::Debug for Pager<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pager")
            .field("position", &self.position)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

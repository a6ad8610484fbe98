use std::fmt;

use super::Position;
use crate::models::Page;
use crate::{Call, DynTransport, Error, HttpTransport};

/// The longest page that Clerk gives.
pub(crate) const WHOLE_PAGE: u32 = 500;

/// A list, and how it is walked.
pub(crate) trait Source<R, T>: Send + Sync {
    /// Asks for the page at a position.
    fn page(&self, position: &Position) -> Call<Page<R>, T>;

    /// How long a page is that is not the last.
    fn limit(&self) -> u32;

    /// Moves a position past an item; whether that is one that was not walked past before.
    fn advance(&self, position: &mut Position, item: &R) -> bool;

    /// Another way to what follows a position, where the list says that it knows it no more.
    fn detour(&self, _position: &Position, _refused: &Error) -> Option<Call<Page<R>, T>> {
        None
    }

    /// Whether a page follows the position. What a detour brought beside it is taken out.
    fn follows(&self, _position: &Position, _page: &mut Page<R>, _by_detour: bool) -> bool {
        true
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
}

impl<R, T: HttpTransport> Pager<R, T> {
    pub(crate) fn new(source: impl Source<R, T> + 'static, position: Position) -> Self {
        Self {
            source: Box::new(source),
            position,
            ended: false,
        }
    }

    /// Takes the walk up from here: a position of the same list, walked with the same parameters.
    pub fn starting_at(mut self, position: Position) -> Self {
        self.position = position;
        self.ended = false;
        self
    }

    /// How far the walk has come: past all pages that were returned.
    #[must_use]
    pub fn position(&self) -> &Position {
        &self.position
    }
}

impl<R: serde::de::DeserializeOwned + 'static, T: HttpTransport> Pager<R, T> {
    /// The next page, which is never empty; `None` at the end.
    ///
    /// Dropping the future leaves the walk where it was.
    ///
    /// # Errors
    ///
    /// What the call for the page comes to. The walk stays where it was, and calling this again asks
    /// for the same page.
    pub async fn next_page(&mut self) -> Result<Option<Vec<R>>, Error> {
        while !self.ended {
            let (page, count) = self.fetch().await?;
            let mut items = page.data;
            items.retain(|item| self.source.advance(&mut self.position, item));
            self.ended = !self.goes_on(count, page.total_count);
            if !items.is_empty() {
                return Ok(Some(items));
            }
        }
        Ok(None)
    }

    /// The page at the position, and how many items it came with.
    async fn fetch(&self) -> Result<(Page<R>, usize), Error> {
        let (mut page, refused) = match self.source.page(&self.position).await {
            Ok(page) => (page, None),
            Err(refused) => match self.source.detour(&self.position, &refused) {
                Some(detour) => (detour.await?, Some(refused)),
                None => return Err(refused),
            },
        };
        let count = page.data.len();
        let by_detour = refused.is_some();
        if self.source.follows(&self.position, &mut page, by_detour) {
            return Ok((page, count));
        }
        Err(refused.unwrap_or_else(|| {
            let message = format!(
                "the page after {} begins before it: the server does not know the cursor",
                self.position
            );
            Error::new(crate::ErrorKind::Decode, message)
        }))
    }

    /// Whether more may follow after a page of `count` items, of a list that has `total`.
    fn goes_on(&self, count: usize, total: Option<i64>) -> bool {
        let total = total.and_then(|total| u64::try_from(total).ok());
        match (self.position.offset(), total) {
            (Some(walked), Some(total)) if count > 0 && walked <= total => walked < total,
            // More than was asked for: a list that knows no pages.
            _ => u32::try_from(count) == Ok(self.source.limit()),
        }
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

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde_core::de::DeserializeOwned;

use crate::client::error::Error;
use crate::paging::pager::Pager;
use crate::paging::position::Position;
use crate::transport::{DynTransport, HttpTransport};

/// A whole list as a stream of items. [`Pager::into_stream`] creates it.
///
/// An error is yielded once, and ends the stream. Another pager can resume from the stream's
/// [`position`](PagerStream::position).
#[must_use = "streams do nothing unless polled"]
pub struct PagerStream<R, T = DynTransport> {
    state: State<R, T>,
    /// The position after all items that were yielded.
    position: Position,
}

enum State<R, T> {
    /// The remaining items of a page.
    Yielding(Box<Pager<R, T>>, std::vec::IntoIter<R>),
    Fetching(Fetch<R, T>),
    Ended,
}

type Fetched<R, T> = (Box<Pager<R, T>>, Result<Option<Vec<R>>, Error>);
type Fetch<R, T> = Pin<Box<dyn Future<Output = Fetched<R, T>> + Send>>;

impl<R, T: HttpTransport> Pager<R, T> {
    /// Returns a stream of the items. The stream requests the next page when it has yielded all
    /// items of the current page.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::UserListParams;
    /// use futures_util::TryStreamExt;
    ///
    /// let mut stream = users.list_all_users(UserListParams::new()).into_stream();
    /// while let Some(user) = stream.try_next().await? {
    ///     println!("{}", user.id);
    /// }
    /// # Ok(()) });
    /// ```
    pub fn into_stream(self) -> PagerStream<R, T> {
        PagerStream {
            position: self.position().clone(),
            state: State::Yielding(Box::new(self), Vec::new().into_iter()),
        }
    }
}

impl<R, T> PagerStream<R, T> {
    /// Returns the position after all items that were yielded.
    #[must_use]
    pub fn position(&self) -> &Position {
        &self.position
    }
}

impl<R, T> Stream for PagerStream<R, T>
where
    R: DeserializeOwned + Send + Unpin + 'static,
    T: HttpTransport,
{
    type Item = Result<R, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match std::mem::replace(&mut this.state, State::Ended) {
                State::Yielding(mut pager, mut items) => {
                    if let Some(item) = items.next() {
                        pager.source.advance(&mut this.position, &item);
                        this.state = State::Yielding(pager, items);
                        return Poll::Ready(Some(Ok(item)));
                    }
                    // This frees the memory of the page before the next page is fetched.
                    drop(items);
                    this.state = State::Fetching(Box::pin(async move {
                        let fetched = pager.next_page().await;
                        (pager, fetched)
                    }));
                }
                State::Fetching(mut fetch) => {
                    let Poll::Ready((pager, fetched)) = fetch.as_mut().poll(context) else {
                        this.state = State::Fetching(fetch);
                        return Poll::Pending;
                    };
                    match fetched {
                        Ok(Some(items)) => {
                            // If the pager skipped a repeated page, the new page does not start
                            // at the stream's position.
                            this.position = pager.page_start.clone();
                            this.state = State::Yielding(pager, items.into_iter());
                        }
                        Ok(None) => return Poll::Ready(None),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                }
                State::Ended => return Poll::Ready(None),
            }
        }
    }
}

impl<R, T> fmt::Debug for PagerStream<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PagerStream")
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}

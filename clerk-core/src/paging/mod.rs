//! Lists of which a page is only a part, walked from end to end.

mod offsets;
mod pager;
mod position;
#[cfg(feature = "stream")]
mod stream;
mod users;

pub(crate) use offsets::ByOffset;
pub use pager::Pager;
pub(crate) use pager::{Source, WHOLE_PAGE};
pub use position::{Position, PositionError};
#[cfg(feature = "stream")]
pub use stream::PagerStream;
pub(crate) use users::AllUsers;

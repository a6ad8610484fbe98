//! Keeps a SQLite table of users up to date with Clerk.
//!
//! A [`Walk`] stores all users, page by page. [`app`] receives webhooks, and stores the changes
//! during the walk and after it. Both write to the same [`UserTable`], in any order.

mod receiver;
mod table;
mod walk;

pub use receiver::app;
pub use table::{UserRow, UserTable};
pub use walk::Walk;

/// An error of Clerk or of the database.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

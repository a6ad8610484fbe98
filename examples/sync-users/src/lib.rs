//! Keeps a SQLite table of users in step with Clerk.
//!
//! A [`Walk`] stores all users, page by page. Webhooks, which [`app`] receives, store what changes
//! during the walk and after it. Both write to the same [`UserTable`], in any order.

mod receiver;
mod table;
mod walk;

pub use receiver::app;
pub use table::{UserRow, UserTable};
pub use walk::Walk;

/// An error of Clerk or of the database.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

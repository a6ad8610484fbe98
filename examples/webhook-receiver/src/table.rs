use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use clerk_client::{Timestamp, User};

/// A user as the application stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// First and last name. `None` if the user has none.
    pub name: Option<String>,
    /// The primary e-mail address. `None` if the user has none.
    pub email_address: Option<String>,
    /// The time of the last change.
    pub updated_at: Timestamp,
}

/// The users by id, in place of a database table. The comments show the SQL statements.
#[derive(Debug, Default)]
pub struct Table {
    /// The rows. `None` marks a deleted user, so that a late update does not restore the row.
    rows: Mutex<HashMap<String, Option<Row>>>,
}

impl Table {
    /// Inserts or updates a user. If two updates have the same millisecond, the update that arrives
    /// last takes effect.
    ///
    /// `INSERT … ON CONFLICT (id) DO UPDATE … WHERE NOT users.deleted AND users.updated_at <=
    /// excluded.updated_at`
    pub fn put(&self, user: &User) {
        let email_address = user.primary_email_address();
        let new = Row {
            name: user.full_name(),
            email_address: email_address.map(|email| email.email_address.to_string()),
            updated_at: user.updated_at,
        };
        let mut rows = self.rows();
        let row = rows.entry(user.id.to_string()).or_insert(Some(new.clone()));
        if let Some(known) = row
            && known.updated_at <= new.updated_at
        {
            *known = new;
        }
    }

    /// Deletes a user.
    ///
    /// `INSERT … (id, deleted) … ON CONFLICT (id) DO UPDATE SET deleted = true`
    pub fn delete(&self, id: &str) {
        self.rows().insert(id.to_owned(), None);
    }

    /// Returns a user; `None` if the user is unknown or deleted.
    ///
    /// `SELECT … WHERE id = $1 AND NOT deleted`
    pub fn get(&self, id: &str) -> Option<Row> {
        self.rows().get(id).cloned().flatten()
    }

    fn rows(&self) -> MutexGuard<'_, HashMap<String, Option<Row>>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

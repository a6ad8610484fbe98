//! The walk over all users.

use clerk_client::requests::{UserListParams, UserOrderBy};
use clerk_client::{Pager, Position, User, UsersApi};

use crate::BoxError;
use crate::table::{UserTable, put};

/// A walk over all users in the order of their creation.
///
/// Each page is stored in one transaction with the position after it. So a program that is killed
/// at any time resumes after the last stored page.
///
/// Each walk has a number, and marks every user that it sees with this number. A user whom a
/// webhook inserts during the walk gets the number too. At the end of the walk, users with an
/// earlier number no longer exist in Clerk. They were deleted while no webhook reached the table.
#[derive(Debug)]
pub struct Walk {
    table: UserTable,
    number: i64,
    pager: Pager<User>,
    /// The users who were fetched, but are not stored yet.
    page: Vec<User>,
}

impl Walk {
    /// Returns the unfinished walk of this table, at its position. `None` if the last walk has
    /// finished. A new table has an unfinished walk at the start of the list.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read, or if the stored position is invalid.
    pub async fn unfinished(users: &UsersApi, table: &UserTable) -> Result<Option<Self>, BoxError> {
        let statement = "SELECT number, position FROM walk WHERE NOT finished";
        let row = sqlx::query_as::<_, (i64, Option<String>)>(statement);
        let Some((number, position)) = row.fetch_optional(table.pool()).await? else {
            return Ok(None);
        };
        // In this order, users who are created during the walk come last.
        let oldest_first = UserOrderBy::CreatedAt.ascending();
        let mut pager = users.list_all_users(UserListParams::new().order_by(oldest_first));
        if let Some(position) = position {
            let parsed: Position = position
                .parse()
                .map_err(|error| format!("{error}; the table `walk` has {position:?}"))?;
            pager = pager.resume_from(parsed);
        }
        let table = table.clone();
        Ok(Some(Self {
            table,
            number,
            pager,
            page: Vec::new(),
        }))
    }

    /// Starts the next walk if the last one has finished.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be written.
    pub async fn start_again(table: &UserTable) -> sqlx::Result<()> {
        let statement = "
            UPDATE walk SET number = number + 1, position = NULL, finished = 0 WHERE finished";
        let start = sqlx::query(statement).execute(table.pool());
        start.await.map(drop)
    }

    /// Requests and stores the next page, and returns its number of users. At the end of the list,
    /// marks all users with an earlier number as deleted, and returns `None`.
    ///
    /// # Errors
    ///
    /// Returns an error if a request fails, or if the database cannot be written. The next call
    /// continues with the same page.
    pub async fn next_page(&mut self) -> Result<Option<usize>, BoxError> {
        if self.page.is_empty() {
            let Some(page) = self.pager.next_page().await? else {
                self.finish().await?;
                return Ok(None);
            };
            self.page = page;
        }
        self.store().await?;
        let count = self.page.len();
        self.page.clear();
        Ok(Some(count))
    }

    async fn store(&self) -> sqlx::Result<()> {
        let mut transaction = self.table.pool().begin().await?;
        for user in &self.page {
            put(&mut transaction, &user.into()).await?;
            let mark = sqlx::query("UPDATE users SET walk = ?1 WHERE id = ?2")
                .bind(self.number)
                .bind(user.id.as_str());
            mark.execute(&mut *transaction).await?;
        }
        let position = sqlx::query("UPDATE walk SET position = ?1 WHERE number = ?2")
            .bind(self.pager.position().to_string())
            .bind(self.number);
        position.execute(&mut *transaction).await?;
        transaction.commit().await
    }

    async fn finish(&self) -> sqlx::Result<()> {
        let mut transaction = self.table.pool().begin().await?;
        let statement = "
            UPDATE users SET name = NULL, email_address = NULL, deleted = 1
            WHERE walk < ?1 AND NOT deleted";
        let sweep = sqlx::query(statement).bind(self.number);
        sweep.execute(&mut *transaction).await?;
        let finish = sqlx::query("UPDATE walk SET finished = 1 WHERE number = ?1");
        let finish = finish.bind(self.number).execute(&mut *transaction);
        finish.await?;
        transaction.commit().await
    }
}

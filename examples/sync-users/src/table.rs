//! The table of users.

use std::path::Path;

use clerk_client::{Timestamp, User};
use sqlx::SqliteConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};

/// A user in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRow {
    /// The id.
    pub id: String,
    /// First and last name. `None` if the user has none.
    pub name: Option<String>,
    /// The primary e-mail address. `None` if the user has none.
    pub email_address: Option<String>,
    /// The time of the last change.
    pub updated_at: Timestamp,
}

impl From<&User> for UserRow {
    fn from(user: &User) -> Self {
        let email_address = user.primary_email_address();
        Self {
            id: user.id.to_string(),
            name: user.full_name(),
            email_address: email_address.map(|email| email.email_address.to_string()),
            updated_at: user.updated_at,
        }
    }
}

/// The columns of a [`UserRow`].
type Columns = (String, Option<String>, Option<String>, i64);

impl From<Columns> for UserRow {
    fn from((id, name, email_address, updated_at): Columns) -> Self {
        Self {
            id,
            name,
            email_address,
            updated_at: Timestamp::from_millis(updated_at),
        }
    }
}

/// The users of one instance of Clerk, in a SQLite database.
#[derive(Debug, Clone)]
pub struct UserTable {
    pool: SqlitePool,
}

impl UserTable {
    /// Opens the database in a file. Creates the file and the tables if they do not exist.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be opened, or if it is not a SQLite database.
    pub async fn open(path: impl AsRef<Path>) -> sqlx::Result<Self> {
        // With a write-ahead log, other programs can read the table while this program writes it.
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal);
        Self::connect(options).await
    }

    /// Creates a database in memory. It does not outlive the program.
    ///
    /// # Errors
    ///
    /// Returns an error if SQLite has no memory.
    pub async fn in_memory() -> sqlx::Result<Self> {
        Self::connect(SqliteConnectOptions::new().in_memory(true)).await
    }

    async fn connect(options: SqliteConnectOptions) -> sqlx::Result<Self> {
        // SQLite allows one writer at a time. With a single connection, writes wait for each other,
        // and none fails because of a lock. The connection stays open, because a database in memory
        // ends with its connection.
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None);
        let pool = pool.connect_with(options).await?;
        sqlx::raw_sql(include_str!("schema.sql"))
            .execute(&pool)
            .await?;
        Ok(Self { pool })
    }

    pub(crate) fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// Inserts or updates a user. Changes nothing if the table has a newer copy, or if the user is
    /// deleted.
    ///
    /// If two copies have the same millisecond, the copy that arrives last takes effect.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be written.
    pub async fn put(&self, user: &User) -> sqlx::Result<()> {
        put(&mut *self.pool.acquire().await?, &user.into()).await
    }

    /// Marks a user as deleted, and erases the name and the e-mail address.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be written.
    pub async fn delete(&self, id: &str) -> sqlx::Result<()> {
        let statement = "
            INSERT INTO users (id, updated_at, deleted, walk)
            SELECT ?1, 0, 1, number FROM walk WHERE true
            ON CONFLICT (id) DO UPDATE SET name = NULL, email_address = NULL, deleted = 1";
        let delete = sqlx::query(statement).bind(id);
        delete.execute(&self.pool).await.map(drop)
    }

    /// Returns a user; `None` if the user is unknown or deleted.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read.
    pub async fn get(&self, id: &str) -> sqlx::Result<Option<UserRow>> {
        let statement = "
            SELECT id, name, email_address, updated_at FROM users WHERE id = ?1 AND NOT deleted";
        let row = sqlx::query_as::<_, Columns>(statement).bind(id);
        Ok(row.fetch_optional(&self.pool).await?.map(UserRow::from))
    }

    /// Returns up to `limit` users in the order of their ids, starting after the id `after`. An
    /// empty `after` means the start.
    ///
    /// # Errors
    ///
    /// Returns an error if the database cannot be read.
    pub async fn list(&self, after: &str, limit: u32) -> sqlx::Result<Vec<UserRow>> {
        let statement = "
            SELECT id, name, email_address, updated_at FROM users
            WHERE id > ?1 AND NOT deleted ORDER BY id LIMIT ?2";
        let rows = sqlx::query_as::<_, Columns>(statement)
            .bind(after)
            .bind(limit);
        let rows = rows.fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(UserRow::from).collect())
    }
}

/// Writes a user over this connection, as [`UserTable::put`] does.
pub(crate) async fn put(connection: &mut SqliteConnection, user: &UserRow) -> sqlx::Result<()> {
    let statement = "
        INSERT INTO users (id, name, email_address, updated_at, walk)
        SELECT ?1, ?2, ?3, ?4, number FROM walk WHERE true
        ON CONFLICT (id) DO UPDATE SET
            name = excluded.name,
            email_address = excluded.email_address,
            updated_at = excluded.updated_at
        WHERE NOT users.deleted AND users.updated_at <= excluded.updated_at";
    let put = sqlx::query(statement)
        .bind(&user.id)
        .bind(&user.name)
        .bind(&user.email_address)
        .bind(user.updated_at.as_millis());
    put.execute(connection).await.map(drop)
}

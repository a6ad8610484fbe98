//! Operations on any number of users, in chunks of the size that Clerk accepts.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::future::IntoFuture;

use crate::api::users::UsersApi;
use crate::api::users::ban::operations::{UsersBan, UsersUnban};
use crate::api::users::listing::operations::GetUserList;
use crate::api::users::models::user::User;
use crate::api::users::requests::user_ids::UserIds;
use crate::api::users::requests::user_list_params::UserListParams;
use crate::client::call::Call;
use crate::client::concurrently::concurrently;
use crate::client::error::Error;
use crate::client::pending_call::BoxFuture;
use crate::client::trace::record_unsent;
use crate::transport::{DynTransport, HttpTransport};
use crate::types::id::UserId;
use crate::uri::operation::OperationInfo;

/// The maximum number of ids that Clerk accepts in a filter.
const GET_CHUNK: usize = 100;
const CONCURRENCY: usize = 4;

/// A lookup of any number of users, created by [`UsersApi::get_many`]. Await it to send the
/// requests.
#[must_use = "nothing is requested until this is awaited"]
pub struct GetMany<T = DynTransport>(Chunked<T>);

/// A ban or unban of any number of users, created by [`UsersApi::ban_many`] or
/// [`UsersApi::unban_many`]. Await it to send the requests.
#[must_use = "no user changes until this is awaited"]
pub struct BanMany<T = DynTransport>(Chunked<T>);

struct Chunked<T> {
    users: UsersApi<T>,
    operation: OperationInfo,
    /// The ids, without duplicates.
    ids: Vec<UserId>,
    concurrency: usize,
}

/// # Any number of users
impl<T: HttpTransport> UsersApi<T> {
    /// Looks up any number of users by their ids. Returns the users who exist, and the ids that no
    /// user has. Each request has up to 100 ids. If a request fails, the call returns only the
    /// error.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let found = users.get_many(["user_0", "user_1"]).concurrency(2).await?;
    /// assert_eq!(found.users[0].id, "user_1");
    /// assert_eq!(found.missing, ["user_0"]);
    /// # Ok(()) });
    /// ```
    #[doc(alias = "get_users")]
    pub fn get_many(&self, user_ids: impl IntoIterator<Item = impl Into<UserId>>) -> GetMany<T> {
        GetMany(Chunked::new(self, GetUserList, user_ids))
    }

    /// Bans any number of users, up to 50 in each request. If a request fails, the error lists the
    /// users who were banned.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// match users.ban_many(["user_1"]).await {
    ///     Ok(banned) => assert_eq!(banned.len(), 1),
    ///     Err(error) => println!("{error}; try {:?} again", error.not_attempted),
    /// }
    /// # Ok(()) });
    /// ```
    pub fn ban_many(&self, user_ids: impl IntoIterator<Item = impl Into<UserId>>) -> BanMany<T> {
        BanMany(Chunked::new(self, UsersBan, user_ids))
    }

    /// Lifts the bans of any number of users, up to 50 in each request. If a request fails, the
    /// error lists the users whose bans were lifted.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let unbanned = users.unban_many(["user_1"]).await.expect("all users exist");
    /// assert!(!unbanned[0].banned);
    /// # Ok(()) });
    /// ```
    pub fn unban_many(&self, user_ids: impl IntoIterator<Item = impl Into<UserId>>) -> BanMany<T> {
        BanMany(Chunked::new(self, UsersUnban, user_ids))
    }
}

/// The result of [`UsersApi::get_many`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FoundUsers {
    /// The users who exist, in the order of the requested ids.
    pub users: Vec<User>,
    /// The requested ids that no user has, in their original order.
    pub missing: Vec<UserId>,
}

impl<T: HttpTransport> Chunked<T> {
    fn new(
        users: &UsersApi<T>,
        operation: OperationInfo,
        ids: impl IntoIterator<Item = impl Into<UserId>>,
    ) -> Self {
        let mut ids: Vec<UserId> = ids.into_iter().map(Into::into).collect();
        // The set holds references, because there may be a million ids, and copies would need much
        // memory.
        let mut known = HashSet::with_capacity(ids.len());
        let is_first: Vec<bool> = ids.iter().map(|id| known.insert(id)).collect();
        let mut is_first = is_first.into_iter();
        ids.retain(|_| is_first.next().unwrap_or_default());
        Self {
            users: users.clone(),
            operation,
            ids,
            concurrency: CONCURRENCY,
        }
    }

    /// Sends a request for each chunk, and passes the results to `receive` in the order of the
    /// chunks. After a request has failed, the client starts no further request.
    ///
    /// If a request or the concurrency is invalid, the function sends nothing and returns an error.
    async fn run(
        &self,
        size: usize,
        call: impl Fn(&[UserId]) -> Call<Vec<User>, T>,
        receive: impl FnMut(Result<Vec<User>, Error>),
    ) -> Result<(), Error> {
        let invalid = if self.concurrency == 0 {
            let error = Error::invalid_request("invalid concurrency: 0; it must be at least 1");
            Some(error.with_operation(&self.operation, 0))
        } else {
            let mut chunks = self.ids.chunks(size);
            chunks.find_map(|chunk| call(chunk).into_request().err())
        };
        if let Some(error) = invalid {
            record_unsent(&self.operation, &self.users.shared.base_url, &error);
            return Err(error);
        }
        let calls = self.ids.chunks(size).map(call);
        concurrently(self.concurrency, calls, Result::is_ok, receive).await;
        Ok(())
    }
}

impl<T: HttpTransport> GetMany<T> {
    /// Sets the number of concurrent requests, at least 1. The default is 4.
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.0.concurrency = concurrency;
        self
    }

    async fn run(self) -> Result<FoundUsers, Error> {
        let Chunked { users, ids, .. } = &self.0;
        let call = |chunk: &[UserId]| {
            let params = UserListParams::new().user_id(chunk);
            users.get_user_list(params.limit(u32::try_from(GET_CHUNK).unwrap_or(u32::MAX)))
        };
        let (mut users, mut missing) = (Vec::new(), Vec::new());
        let mut failed = None;
        let mut chunks = ids.chunks(GET_CHUNK);
        let receive = |result: Result<Vec<User>, Error>| {
            let found = match result {
                Ok(found) => found.into_iter().map(|user| (user.id.clone(), user)),
                Err(error) => {
                    failed.get_or_insert(error);
                    return;
                }
            };
            // The map holds the users of one chunk, so its size is known. A map of all users would
            // grow, and would move its users to new memory each time.
            let mut found: HashMap<UserId, User> = found.collect();
            for id in chunks.next().unwrap_or_default() {
                match found.remove(id) {
                    Some(user) => users.push(user),
                    None => missing.push(id.clone()),
                }
            }
        };
        self.0.run(GET_CHUNK, call, receive).await?;
        if let Some(error) = failed {
            return Err(error);
        }
        Ok(FoundUsers { users, missing })
    }
}

impl<T: HttpTransport> BanMany<T> {
    /// Sets the number of concurrent requests, at least 1. The default is 4.
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.0.concurrency = concurrency;
        self
    }

    async fn run(self) -> Result<Vec<User>, BulkError> {
        let Chunked {
            users,
            operation,
            ids,
            ..
        } = &self.0;
        let bans = *operation == UsersBan;
        let call = |chunk: &[UserId]| {
            if bans {
                users.users_ban(chunk)
            } else {
                users.users_unban(chunk)
            }
        };
        let mut outcome = BulkError {
            succeeded: Vec::new(),
            failed: Vec::new(),
            not_attempted: Vec::new(),
        };
        let mut chunks = ids.chunks(UserIds::MAX);
        let receive = |result| {
            let chunk = chunks.next().unwrap_or_default();
            match result {
                Ok(users) => outcome.succeeded.extend(users),
                Err(error) => outcome.failed.push(FailedChunk {
                    user_ids: chunk.to_vec(),
                    error,
                }),
            }
        };
        if let Err(error) = self.0.run(UserIds::MAX, call, receive).await {
            outcome.failed.push(FailedChunk {
                user_ids: Vec::new(),
                error,
            });
        }
        outcome.not_attempted.extend(chunks.flatten().cloned());
        if outcome.failed.is_empty() {
            Ok(outcome.succeeded)
        } else {
            Err(outcome)
        }
    }
}

impl<T: HttpTransport> IntoFuture for GetMany<T> {
    type Output = Result<FoundUsers, Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<T: HttpTransport> IntoFuture for BanMany<T> {
    type Output = Result<Vec<User>, BulkError>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// The error of a bulk operation. It lists the users of the requests that succeeded, and the ids of
/// all other users.
///
/// Each request has a chunk of the ids. After a request has failed, the client starts no further
/// request. The requests that it has started continue, even those that are still waiting for the
/// rate limit or for a retry.
#[derive(Debug)]
#[non_exhaustive]
pub struct BulkError {
    /// The users of the chunks whose requests succeeded.
    pub succeeded: Vec<User>,
    /// The chunks whose requests failed: at least one chunk. If
    /// [`is_not_sent`](Error::is_not_sent) of a chunk's error is false, Clerk may have processed
    /// the chunk.
    pub failed: Vec<FailedChunk>,
    /// The ids of the chunks whose requests the client did not start.
    pub not_attempted: Vec<UserId>,
}

/// A chunk of ids for which the request failed.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedChunk {
    /// The ids of the chunk. Empty if the client sent nothing, because a request or the concurrency
    /// was invalid.
    pub user_ids: Vec<UserId>,
    /// The cause.
    pub error: Error,
}

impl fmt::Display for BulkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failed: usize = self.failed.iter().map(|chunk| chunk.user_ids.len()).sum();
        write!(
            f,
            "{} users succeeded, {failed} failed, {} were not attempted",
            self.succeeded.len(),
            self.not_attempted.len()
        )?;
        match self.failed.first() {
            Some(first) => write!(f, "; first error: {}", first.error),
            None => Ok(()),
        }
    }
}

impl std::error::Error for BulkError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.failed.first().map(|chunk| &chunk.error as _)
    }
}

/// Writes the `Debug` output, with the number of ids in place of the ids.
fn debug<T>(name: &str, chunked: &Chunked<T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_struct(name)
        .field("operation", &chunked.operation.operation_id())
        .field("users", &chunked.ids.len())
        .field("concurrency", &chunked.concurrency)
        .finish_non_exhaustive()
}

impl<T> fmt::Debug for GetMany<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug("GetMany", &self.0, f)
    }
}

impl<T> fmt::Debug for BanMany<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug("BanMany", &self.0, f)
    }
}

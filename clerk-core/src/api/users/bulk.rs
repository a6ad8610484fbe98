//! Any number of users at once, in chunks of as many as Clerk takes.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::api::users::requests::user_ids::UserIds;
use crate::api::users::requests::user_list_params::UserListParams;
use crate::client::call::Call;
use crate::client::concurrently::concurrently;
use crate::client::error::{Error, ErrorKind};
use crate::transport::{DynTransport, HttpTransport};
use crate::types::id::UserId;
use crate::uri::operation::GET_USER_LIST;
use crate::uri::operation::OperationInfo;

/// The most ids that Clerk takes in a filter.
const GET_CHUNK: usize = 100;
const CONCURRENCY: usize = 4;

type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Gets users by their ids: made by [`UsersApi::get_many`], and begun by `.await`.
#[must_use = "nothing is asked for until this is awaited"]
pub struct GetMany<T = DynTransport>(Many<T>);

/// Bans users, or lifts their bans: made by [`UsersApi::ban_many`] and
/// [`UsersApi::unban_many`], and begun by `.await`.
#[must_use = "nobody is banned until this is awaited"]
pub struct BanMany<T = DynTransport>(Many<T>);

struct Many<T> {
    users: UsersApi<T>,
    operation: OperationInfo,
    /// Each of them once.
    ids: Vec<UserId>,
    concurrency: usize,
}

/// The users that were asked for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Found {
    /// Those that there are, in the order of their ids.
    pub users: Vec<User>,
    /// The ids of those that there are not, in their order.
    pub missing: Vec<UserId>,
}

impl<T: HttpTransport> Many<T> {
    fn new(
        users: &UsersApi<T>,
        operation: OperationInfo,
        ids: impl IntoIterator<Item = impl Into<UserId>>,
    ) -> Self {
        let mut known = HashSet::new();
        let ids = ids.into_iter().map(Into::into);
        Self {
            users: users.clone(),
            operation,
            ids: ids.filter(|id: &UserId| known.insert(id.clone())).collect(),
            concurrency: CONCURRENCY,
        }
    }

    /// Makes the calls for all chunks, none of them before each is known to be well-formed.
    async fn make(
        &self,
        size: usize,
        call: impl Fn(&[UserId]) -> Call<Vec<User>, T>,
    ) -> Result<Vec<Result<Vec<User>, Error>>, Error> {
        if self.concurrency == 0 {
            let message = "concurrency is 0, and must be at least 1".to_owned();
            let error = Error::new(ErrorKind::InvalidRequest, message);
            return Err(error.during(&self.operation, 0));
        }
        for chunk in self.ids.chunks(size) {
            call(chunk).into_request()?;
        }
        let calls = self.ids.chunks(size).map(call);
        Ok(concurrently(self.concurrency, calls, Result::is_ok).await)
    }
}

impl<T: HttpTransport> GetMany<T> {
    pub(crate) fn new(
        users: &UsersApi<T>,
        ids: impl IntoIterator<Item = impl Into<UserId>>,
    ) -> Self {
        Self(Many::new(users, GET_USER_LIST, ids))
    }

    /// How many requests may be on their way at once: at least 1. Default: 4.
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.0.concurrency = concurrency;
        self
    }

    async fn run(self) -> Result<Found, Error> {
        let Many { users, ids, .. } = &self.0;
        let call = |chunk: &[UserId]| {
            let params = UserListParams::new().user_id(chunk);
            users.get_user_list(params.limit(u32::try_from(GET_CHUNK).unwrap_or(u32::MAX)))
        };
        let mut found = HashMap::new();
        for users in self.0.make(GET_CHUNK, call).await? {
            found.extend(users?.into_iter().map(|user| (user.id.clone(), user)));
        }
        let (mut users, mut missing) = (Vec::with_capacity(found.len()), Vec::new());
        for id in ids {
            match found.remove(id) {
                Some(user) => users.push(user),
                None => missing.push(id.clone()),
            }
        }
        Ok(Found { users, missing })
    }
}

impl<T: HttpTransport> BanMany<T> {
    pub(crate) fn new(
        users: &UsersApi<T>,
        operation: OperationInfo,
        ids: impl IntoIterator<Item = impl Into<UserId>>,
    ) -> Self {
        Self(Many::new(users, operation, ids))
    }

    /// How many requests may be on their way at once: at least 1. Default: 4.
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.0.concurrency = concurrency;
        self
    }

    async fn run(self) -> Result<Vec<User>, BulkError> {
        let Many {
            users,
            operation,
            ids,
            ..
        } = &self.0;
        let call = |chunk: &[UserId]| users.bulk(operation.clone(), chunk);
        let mut outcome = BulkError {
            done: Vec::new(),
            failed: Vec::new(),
            untried: Vec::new(),
        };
        let results = match self.0.make(UserIds::MAX, call).await {
            Ok(results) => results,
            Err(error) => {
                outcome.failed.push(FailedChunk {
                    user_ids: Vec::new(),
                    error,
                });
                outcome.untried.clone_from(ids);
                return Err(outcome);
            }
        };
        let mut results = results.into_iter();
        for chunk in ids.chunks(UserIds::MAX) {
            match results.next() {
                Some(Ok(users)) => outcome.done.extend(users),
                Some(Err(error)) => outcome.failed.push(FailedChunk {
                    user_ids: chunk.to_vec(),
                    error,
                }),
                None => outcome.untried.extend_from_slice(chunk),
            }
        }
        if outcome.failed.is_empty() {
            Ok(outcome.done)
        } else {
            Err(outcome)
        }
    }
}

impl<T: HttpTransport> IntoFuture for GetMany<T> {
    type Output = Result<Found, Error>;
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

/// Some of many users could not be dealt with, and what became of the others.
///
/// Once a chunk has failed no further one is begun; those on their way are finished.
#[derive(Debug)]
#[non_exhaustive]
pub struct BulkError {
    /// The users of the chunks that succeeded.
    pub done: Vec<User>,
    /// The chunks that failed: at least one. What may have been done all the same, its error says.
    pub failed: Vec<FailedChunk>,
    /// The ids that nothing was sent for.
    pub untried: Vec<UserId>,
}

/// A chunk that failed.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedChunk {
    /// Its ids; none where the request was refused before anything was sent.
    pub user_ids: Vec<UserId>,
    /// Why.
    pub error: Error,
}

impl fmt::Display for BulkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failed: usize = self.failed.iter().map(|chunk| chunk.user_ids.len()).sum();
        write!(
            f,
            "{} users are done, {failed} failed, {} were not tried",
            self.done.len(),
            self.untried.len()
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

/// Shows how many there are.
fn debug<T>(name: &str, many: &Many<T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_struct(name)
        .field("operation", &many.operation.id())
        .field("users", &many.ids.len())
        .field("concurrency", &many.concurrency)
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

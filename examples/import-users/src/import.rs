//! The creation of the users in Clerk.

use std::collections::HashSet;
use std::error::Error;

use clerk_client::ids::UserId;
use clerk_client::requests::CreateUserRequest;
use clerk_client::transport::TransportErrorKind;
use clerk_client::{ErrorKind, UsersApi};
use futures_util::{StreamExt, stream};

use crate::journal::Journal;
use crate::report::Report;
use crate::row::{Row, RowError, Verdict};

/// The maximum number of calls of `create_user` for a row. A call is repeated only if
/// [`is_unsure`] returns true for its error.
const ROUNDS: u32 = 5;

pub(crate) struct Import {
    pub(crate) users: UsersApi,
    pub(crate) done: HashSet<String>,
    pub(crate) journal: Journal,
    pub(crate) report: Report,
    pub(crate) concurrency: usize,
    pub(crate) skip_password_checks: bool,
}

/// The result of a row.
enum Outcome {
    /// An earlier run imported the row: the journal contains the external id.
    DoneBefore,
    Created(UserId),
    /// The user already existed. An earlier attempt created the user without a record in the
    /// journal, or another program created the user.
    WasThere(UserId),
    /// Clerk refused the data in the row.
    Refused(clerk_client::Error),
    /// Another request was changing the user during every attempt of the client.
    Locked(clerk_client::Error),
}

impl Import {
    /// Imports the rows that are not in the journal.
    ///
    /// If a row is refused, the refusal goes into the report. If another request locks the user,
    /// the row is left for another run. An error that concerns all rows (a wrong key, no network)
    /// ends the import. You can then start the import again.
    pub(crate) async fn run(
        &mut self,
        rows: impl Iterator<Item = Result<Row, RowError>>,
    ) -> Result<(), Box<dyn Error>> {
        let (users, done, skip_password_checks) =
            (&self.users, &self.done, self.skip_password_checks);
        let calls = rows.map(|row| async move {
            let row = match row {
                Ok(row) => row,
                Err(error) if error.verdict == Verdict::Invalid => return Err(error.into()),
                Err(error) => return Ok(Err(error)),
            };
            if done.contains(&row.external_id) {
                return Ok(Ok((row, Outcome::DoneBefore)));
            }
            let mut request = row.request()?;
            if skip_password_checks {
                request = request.skip_password_checks(true);
            }
            let outcome = create(users, &row.external_id, request).await?;
            Ok::<_, Box<dyn Error>>(Ok((row, outcome)))
        });
        let mut calls = stream::iter(calls).buffer_unordered(self.concurrency);
        while let Some(done) = calls.next().await {
            let (row, outcome) = match done? {
                Ok(done) => done,
                Err(error) => {
                    self.report.leave_out(&error)?;
                    continue;
                }
            };
            match outcome {
                Outcome::DoneBefore => self.report.done_before(),
                Outcome::Created(user_id) => {
                    self.journal.add(&row.external_id, &user_id)?;
                    self.report.created(&row);
                }
                Outcome::WasThere(user_id) => {
                    self.journal.add(&row.external_id, &user_id)?;
                    self.report.was_there();
                }
                Outcome::Refused(error) => self.report.refuse(&row, &error)?,
                Outcome::Locked(error) => self.report.leave(&row, &error),
            }
        }
        Ok(())
    }
}

/// Creates a user once. External ids are unique, so an existing user with this external id is the
/// user of this row.
async fn create(
    users: &UsersApi,
    external_id: &str,
    request: CreateUserRequest,
) -> Result<Outcome, clerk_client::Error> {
    let mut round = 0;
    loop {
        let error = match users.create_user(request.clone()).await {
            Ok(user) => return Ok(Outcome::Created(user.id)),
            Err(error) => error,
        };
        let locked = is_locked(&error);
        let refused = !locked && is_refusal(&error);
        if !refused && !locked && !is_unsure(&error) {
            return Err(error);
        }
        // The user may exist even if Clerk refused the row, because the external id may be taken.
        // The first error in the response may be about another field.
        if let Some(user) = users.find_user_by_external_id(external_id).await? {
            return Ok(Outcome::WasThere(user.id));
        }
        if refused {
            return Ok(Outcome::Refused(error));
        }
        if locked {
            return Ok(Outcome::Locked(error));
        }
        round += 1;
        if round == ROUNDS {
            return Err(error);
        }
    }
}

/// Whether Clerk refused the request because another request is changing the user.
fn is_locked(error: &clerk_client::Error) -> bool {
    error.code() == Some("resource_locked")
}

/// Whether Clerk refused this row. Other rows may still be accepted. Status 402 means that the
/// instance's plan does not include a field of the row, such as `banned`.
fn is_refusal(error: &clerk_client::Error) -> bool {
    error.kind() == ErrorKind::Api && matches!(status(error), 400 | 402 | 409 | 413 | 422)
}

/// Whether the user may exist despite the error, or whether another attempt may create the user.
fn is_unsure(error: &clerk_client::Error) -> bool {
    match error.kind() {
        ErrorKind::Api => matches!(status(error), 408 | 429 | 500..),
        ErrorKind::Transport(TransportErrorKind::Tls | TransportErrorKind::InvalidRequest) => false,
        ErrorKind::Transport(_) | ErrorKind::Decode | ErrorKind::RateLimit => true,
        _ => false,
    }
}

fn status(error: &clerk_client::Error) -> u16 {
    error.status().map_or(0, |status| status.as_u16())
}

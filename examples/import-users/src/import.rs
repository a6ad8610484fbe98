//! The import itself.

use std::collections::HashSet;
use std::error::Error;

use clerk_client::ids::UserId;
use clerk_client::requests::CreateUserRequest;
use clerk_client::transport::TransportErrorKind;
use clerk_client::{ErrorKind, UsersApi};
use futures_util::{StreamExt, stream};

use crate::journal::Journal;
use crate::report::Report;
use crate::row::{Row, RowError};

/// How often a user is tried of whom Clerk did not say what became of them.
const ROUNDS: u32 = 5;

pub(crate) struct Import {
    pub(crate) users: UsersApi,
    pub(crate) done: HashSet<String>,
    pub(crate) journal: Journal,
    pub(crate) report: Report,
    pub(crate) concurrency: usize,
    pub(crate) skip_password_checks: bool,
}

/// What became of a row.
enum Outcome {
    /// The journal has it.
    DoneBefore,
    Created(UserId),
    /// By a request that was not answered, by a run that could not write it down any more, or by
    /// somebody else.
    WasThere(UserId),
    /// By Clerk, for what is in the row.
    Refused(clerk_client::Error),
}

impl Import {
    /// Goes through the rows, and sends those that the journal has not.
    ///
    /// What concerns one row goes into the report; what concerns all of them (a key that is wrong,
    /// no network) ends the import, which can be started again.
    pub(crate) async fn run(
        &mut self,
        rows: impl Iterator<Item = Result<Row, RowError>>,
    ) -> Result<(), Box<dyn Error>> {
        let (users, done, skip_password_checks) =
            (&self.users, &self.done, self.skip_password_checks);
        let calls = rows.map(|row| async move {
            let row = row?;
            if done.contains(&row.external_id) {
                return Ok((row, Outcome::DoneBefore));
            }
            let mut request = row.request()?;
            if skip_password_checks {
                request = request.skip_password_checks(true);
            }
            let outcome = create(users, &row.external_id, request).await?;
            Ok::<_, Box<dyn Error>>((row, outcome))
        });
        let mut calls = stream::iter(calls).buffer_unordered(self.concurrency);
        while let Some(done) = calls.next().await {
            let (row, outcome) = done?;
            match outcome {
                Outcome::DoneBefore => self.report.done_before(),
                Outcome::Created(user_id) => {
                    self.journal.add(&row.external_id, &user_id)?;
                    self.report.created();
                }
                Outcome::WasThere(user_id) => {
                    self.journal.add(&row.external_id, &user_id)?;
                    self.report.was_there();
                }
                Outcome::Refused(error) => self.report.refuse(&row, &error)?,
            }
        }
        Ok(())
    }
}

/// Creates a user once. Clerk lets nobody else have the same external id, so whoever has it already
/// is the user that was asked for.
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
        let refused = is_refusal(&error);
        if !refused && !is_unsure(&error) {
            return Err(error);
        }
        // A refusal may be for the very external id, with another of its errors before that one.
        if let Some(user) = users.find_user_by_external_id(external_id).await? {
            return Ok(Outcome::WasThere(user.id));
        }
        if refused {
            return Ok(Outcome::Refused(error));
        }
        round += 1;
        if round == ROUNDS {
            return Err(error);
        }
    }
}

/// Whether Clerk did not take the row, which another one may still be.
fn is_refusal(error: &clerk_client::Error) -> bool {
    error.kind() == ErrorKind::Api && matches!(status(error), 400 | 409 | 413 | 422)
}

/// Whether the user may have been created all the same, or may be at the next try.
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

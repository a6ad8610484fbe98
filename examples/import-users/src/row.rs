//! A row of the file: a user to create.

use std::error::Error;
use std::fmt;

use clerk_client::Timestamp;
use clerk_client::requests::{CreateUserRequest, IdentificationStatus};
use serde_json::Value;

/// A user to create.
#[derive(Default)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) external_id: String,
    pub(crate) email_address: Identifiers,
    pub(crate) phone_number: Identifiers,
    pub(crate) username: Option<String>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) locale: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) password_digest: Option<String>,
    pub(crate) password_hasher: Option<String>,
    pub(crate) totp_secret: Option<String>,
    pub(crate) banned: bool,
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) public_metadata: Option<Value>,
    pub(crate) private_metadata: Option<Value>,
    pub(crate) unsafe_metadata: Option<Value>,
    /// The names of the fields that the import leaves out.
    pub(crate) left_out: Vec<String>,
}

impl Row {
    pub(crate) fn error(&self, fault: impl fmt::Display) -> RowError {
        RowError::new(self.line, fault).of(&self.external_id)
    }

    /// Returns the request that creates this user.
    pub(crate) fn request(&self) -> Result<CreateUserRequest, RowError> {
        let mut request = CreateUserRequest::new().external_id(&self.external_id);
        if !self.email_address.is_empty() {
            request = request.email_address(self.email_address.values());
        }
        if let Some(statuses) = self.email_address.statuses() {
            request = request.email_address_identification_status(statuses);
        }
        if !self.phone_number.is_empty() {
            request = request.phone_number(self.phone_number.values());
        }
        if let Some(statuses) = self.phone_number.statuses() {
            request = request.phone_number_identification_status(statuses);
        }
        if let Some(username) = &self.username {
            request = request.username(username);
        }
        if let Some(first_name) = &self.first_name {
            request = request.first_name(first_name);
        }
        if let Some(last_name) = &self.last_name {
            request = request.last_name(last_name);
        }
        if let Some(locale) = &self.locale {
            request = request.locale(locale);
        }
        request = match (&self.password, &self.password_digest, &self.password_hasher) {
            (Some(password), None, _) => request.password(password.as_str()),
            (None, Some(digest), Some(hasher)) => request
                .password_digest(digest.as_str())
                .password_hasher(hasher.as_str()),
            // A file can name a hasher even for a user without a password.
            (None, None, _) => request.skip_password_requirement(true),
            _ => {
                let fault = "set either password, or both password_digest and password_hasher";
                return Err(self.error(fault));
            }
        };
        if let Some(secret) = &self.totp_secret {
            request = request.totp_secret(secret.as_str());
        }
        if self.banned {
            request = request.banned(true);
        }
        if let Some(time) = self.created_at {
            request = request.created_at(time);
        }
        if let Some(metadata) = &self.public_metadata {
            request = request.public_metadata(metadata.clone());
        }
        if let Some(metadata) = &self.private_metadata {
            request = request.private_metadata(metadata.clone());
        }
        if let Some(metadata) = &self.unsafe_metadata {
            request = request.unsafe_metadata(metadata.clone());
        }
        Ok(request)
    }
}

/// E-mail addresses or phone numbers, each with a flag that says whether it is verified. The first
/// one is the primary address or number.
#[derive(Default)]
pub(crate) struct Identifiers(Vec<(String, bool)>);

impl Identifiers {
    /// Adds an identifier if it is not in the list yet. The comparison ignores the case of ASCII
    /// letters.
    pub(crate) fn add(&mut self, value: Option<String>, is_verified: bool) {
        let is_known = |value: &String| (self.0.iter()).any(|(v, _)| v.eq_ignore_ascii_case(value));
        if let Some(value) = value.filter(|value| !is_known(value)) {
            self.0.push((value, is_verified));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn values(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(value, _)| value)
    }

    /// Returns the status of each identifier. Returns `None` if all are verified: by default, Clerk
    /// creates verified identifiers.
    ///
    /// An identifier that is not verified becomes reserved. The user owns it and can sign in with
    /// it, and Clerk shows that it is not verified.
    fn statuses(&self) -> Option<Vec<IdentificationStatus>> {
        let status = |(_, is_verified): &(String, bool)| match is_verified {
            true => IdentificationStatus::Verified,
            false => IdentificationStatus::Reserved,
        };
        let all_verified = self.0.iter().all(|(_, is_verified)| *is_verified);
        (!all_verified).then(|| self.0.iter().map(status).collect())
    }
}

impl From<Vec<String>> for Identifiers {
    /// Takes identifiers that are all verified.
    fn from(values: Vec<String>) -> Self {
        Self(values.into_iter().map(|value| (value, true)).collect())
    }
}

/// The outcome for a row that cannot be imported.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Verdict {
    /// The whole file is rejected, because it has to be corrected.
    Invalid,
    /// The row is reported, and the others are imported.
    Refused,
    /// The row is reported, but does not count as a failure, because its user is deleted.
    Skipped,
}

/// The error of a row that cannot be imported.
#[derive(Debug)]
pub(crate) struct RowError {
    pub(crate) line: u64,
    pub(crate) external_id: String,
    pub(crate) fault: String,
    pub(crate) verdict: Verdict,
}

impl RowError {
    pub(crate) fn new(line: u64, fault: impl fmt::Display) -> Self {
        Self {
            line,
            external_id: String::new(),
            fault: fault.to_string(),
            verdict: Verdict::Invalid,
        }
    }

    /// Creates the error of a line that cannot be read. `serde_json` counts lines from the start of
    /// this line, so its line number is left out.
    pub(crate) fn json(line: u64, error: &serde_json::Error) -> Self {
        let fault = error.to_string();
        let column = error.column();
        let place = format!(" at line {} column {column}", error.line());
        match fault.strip_suffix(&place) {
            Some(fault) => Self::new(line, format!("{fault} at column {column}")),
            None => Self::new(line, fault),
        }
    }

    pub(crate) fn of(self, external_id: &str) -> Self {
        let external_id = external_id.to_owned();
        Self {
            external_id,
            ..self
        }
    }

    pub(crate) fn with(self, verdict: Verdict) -> Self {
        Self { verdict, ..self }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.fault)
    }
}

impl Error for RowError {}

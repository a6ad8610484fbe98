//! A row of the file: a user to create.

use std::error::Error;
use std::fmt;

use clerk_client::Timestamp;
use clerk_client::requests::CreateUserRequest;
use serde_json::{Map, Value};

/// The known columns.
pub(crate) const COLUMNS: [&str; 14] = [
    "external_id",
    "email_address",
    "phone_number",
    "username",
    "first_name",
    "last_name",
    "locale",
    "password",
    "password_digest",
    "password_hasher",
    "created_at",
    "public_metadata",
    "private_metadata",
    "unsafe_metadata",
];

/// A user to create.
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) external_id: String,
    email_address: Vec<String>,
    phone_number: Vec<String>,
    username: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    locale: Option<String>,
    password: Option<String>,
    password_digest: Option<String>,
    password_hasher: Option<String>,
    created_at: Option<Timestamp>,
    public_metadata: Option<Value>,
    private_metadata: Option<Value>,
    unsafe_metadata: Option<Value>,
}

impl Row {
    /// Reads the columns of a row, a JSON object.
    pub(crate) fn new(line: u64, columns: Value) -> Result<Self, RowError> {
        let Value::Object(columns) = columns else {
            return Err(RowError::new(line, "not a JSON object"));
        };
        let unknown = |column: &&String| !COLUMNS.contains(&column.as_str());
        if let Some(unknown) = columns.keys().find(unknown) {
            return Err(RowError::new(line, format!("unknown column {unknown:?}")));
        }
        let mut cells = Cells { line, columns };
        let external_id = cells.text("external_id")?;
        Ok(Self {
            line,
            external_id: external_id.ok_or_else(|| cells.error("external_id", "is missing"))?,
            email_address: cells.texts("email_address")?,
            phone_number: cells.texts("phone_number")?,
            username: cells.text("username")?,
            first_name: cells.text("first_name")?,
            last_name: cells.text("last_name")?,
            locale: cells.text("locale")?,
            password: cells.text("password")?,
            password_digest: cells.text("password_digest")?,
            password_hasher: cells.text("password_hasher")?,
            created_at: cells.time("created_at")?,
            public_metadata: cells.json("public_metadata")?,
            private_metadata: cells.json("private_metadata")?,
            unsafe_metadata: cells.json("unsafe_metadata")?,
        })
    }

    pub(crate) fn error(&self, fault: impl fmt::Display) -> RowError {
        RowError::new(self.line, fault)
    }

    /// Returns the request that creates this user.
    pub(crate) fn request(&self) -> Result<CreateUserRequest, RowError> {
        let mut request = CreateUserRequest::new().external_id(&self.external_id);
        if !self.email_address.is_empty() {
            request = request.email_address(&self.email_address);
        }
        if !self.phone_number.is_empty() {
            request = request.phone_number(&self.phone_number);
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
            // Exports name a hasher even for users without a password.
            (None, None, _) => request.skip_password_requirement(true),
            _ => {
                let fault = "set either password, or both password_digest and password_hasher";
                return Err(self.error(fault));
            }
        };
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

/// The cells of a row. Errors name the column, and never the value, which may be a password.
struct Cells {
    line: u64,
    columns: Map<String, Value>,
}

impl Cells {
    fn error(&self, column: &str, fault: impl fmt::Display) -> RowError {
        RowError::new(self.line, format!("{column} {fault}"))
    }

    /// Takes a text. `None` if it is blank. A password of blanks is kept, and Clerk refuses it.
    fn text(&mut self, column: &str) -> Result<Option<String>, RowError> {
        let is_none =
            |text: &str| text.is_empty() || column != "password" && text.trim().is_empty();
        match self.columns.remove(column) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text).filter(|text| !is_none(text))),
            Some(_) => Err(self.error(column, "is not a string")),
        }
    }

    /// Takes a list of texts: an array, or one string with `;` as the separator.
    fn texts(&mut self, column: &str) -> Result<Vec<String>, RowError> {
        let texts = match self.columns.remove(column) {
            None | Some(Value::Null) => Some(Vec::new()),
            Some(Value::String(text)) => {
                Some(text.split(';').map(|text| text.trim().to_owned()).collect())
            }
            Some(Value::Array(values)) => {
                let texts = values.iter().map(|value| value.as_str().map(str::to_owned));
                texts.collect()
            }
            Some(_) => None,
        };
        let texts: Option<Vec<String>> = texts;
        let mut texts =
            texts.ok_or_else(|| self.error(column, "is not a string, or an array of strings"))?;
        texts.retain(|text| !text.is_empty());
        Ok(texts)
    }

    /// Takes a JSON value or, in CSV, its text.
    fn json(&mut self, column: &str) -> Result<Option<Value>, RowError> {
        match self.columns.remove(column) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => {
                let json = serde_json::from_str(&text);
                json.map(Some)
                    .map_err(|error| self.error(column, format!("is not JSON: {error}")))
            }
            json => Ok(json),
        }
    }

    /// Takes a time: RFC 3339, the format of Postgres, or milliseconds since 1970.
    fn time(&mut self, column: &str) -> Result<Option<Timestamp>, RowError> {
        let text = match self.columns.remove(column) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(value) => value.to_string(),
        };
        if text.is_empty() {
            return Ok(None);
        }
        let time = match text.parse() {
            Ok(millis) if is_millis(millis) => Some(Timestamp::from_millis(millis)),
            Ok(_) => {
                let fault = format!("{text} is not in milliseconds; is it in seconds?");
                return Err(self.error(column, fault));
            }
            Err(_) => Timestamp::parse_rfc3339(&with_minutes(&text)),
        };
        let fault = || {
            let known = "RFC 3339 with a time zone, or milliseconds since 1970";
            self.error(column, format!("{text:?} is not a time: write {known}"))
        };
        time.ok_or_else(fault).map(Some)
    }
}

/// Whether a number is plausible as milliseconds. As seconds, it would mean the year 5138 or later.
fn is_millis(number: i64) -> bool {
    number.unsigned_abs() >= 100_000_000_000
}

/// Completes the offset of a time from Postgres: `+00` becomes `+00:00`, and `+0530` becomes
/// `+05:30`.
fn with_minutes(text: &str) -> String {
    let clock = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (date, clock) = text.split_at(clock);
    let Some((time, offset)) = clock.find(['+', '-']).map(|sign| clock.split_at(sign)) else {
        return text.to_owned();
    };
    match offset.len() {
        3 => format!("{date}{time}{offset}:00"),
        5 => match offset.split_at_checked(3) {
            Some((hours, minutes)) => format!("{date}{time}{hours}:{minutes}"),
            None => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

/// The error of a line that is not a valid row.
#[derive(Debug)]
pub(crate) struct RowError {
    line: u64,
    fault: String,
}

impl RowError {
    pub(crate) fn new(line: u64, fault: impl fmt::Display) -> Self {
        let fault = fault.to_string();
        Self { line, fault }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.fault)
    }
}

impl Error for RowError {}

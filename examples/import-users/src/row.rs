//! The rows of the file.

use std::collections::HashSet;
use std::error::Error;
use std::ffi::OsStr;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use clerk_client::Timestamp;
use clerk_client::mock::FakeClerk;
use clerk_client::requests::CreateUserRequest;
use serde::Deserialize;
use serde_json::Value;

/// The maximum number of invalid rows that are listed; the others are only counted.
const NAMED: u64 = 20;

/// Some editors put it at the start of a file.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The known columns.
const COLUMNS: [&str; 14] = [
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
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    #[serde(skip)]
    pub(crate) line: u64,
    pub(crate) external_id: String,
    #[serde(default)]
    email_address: Texts,
    #[serde(default)]
    phone_number: Texts,
    username: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    locale: Option<String>,
    password: Option<String>,
    password_digest: Option<String>,
    password_hasher: Option<String>,
    created_at: Option<String>,
    public_metadata: Option<Value>,
    private_metadata: Option<Value>,
    unsafe_metadata: Option<Value>,
}

/// A list of strings: an array, or one string with `;` as the separator.
#[derive(Default, Deserialize)]
#[serde(try_from = "Value")]
struct Texts(Vec<String>);

impl TryFrom<Value> for Texts {
    type Error = &'static str;

    fn try_from(value: Value) -> Result<Self, Self::Error> {
        let texts = match value {
            Value::Null => Some(Vec::new()),
            Value::String(text) => {
                Some(text.split(';').map(|text| text.trim().to_owned()).collect())
            }
            Value::Array(values) => {
                let texts = values.iter().map(|value| value.as_str().map(str::to_owned));
                texts.collect()
            }
            _ => None,
        };
        let texts = texts.ok_or("addresses and numbers must be strings, or arrays of strings")?;
        Ok(Self(texts))
    }
}

impl Row {
    fn new(line: u64, columns: Value) -> Result<Self, RowError> {
        if !columns.is_object() {
            return Err(RowError::new(line, "not a JSON object"));
        }
        let row = serde_json::from_value(columns);
        let row: Self = row.map_err(|error| RowError::new(line, without_value(&error)))?;
        let row = Self { line, ..row };
        if row.external_id.trim().is_empty() {
            return Err(row.error("external_id is empty"));
        }
        Ok(row)
    }

    fn error(&self, fault: impl fmt::Display) -> RowError {
        RowError::new(self.line, fault)
    }

    /// Returns the request that creates this user.
    pub(crate) fn request(&self) -> Result<CreateUserRequest, RowError> {
        let mut request = CreateUserRequest::new().external_id(&self.external_id);
        if !self.email_address.0.is_empty() {
            request = request.email_address(&self.email_address.0);
        }
        if !self.phone_number.0.is_empty() {
            request = request.phone_number(&self.phone_number.0);
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
            (Some(password), None, None) => request.password(password.as_str()),
            (None, Some(digest), Some(hasher)) => request
                .password_digest(digest.as_str())
                .password_hasher(hasher.as_str()),
            (None, None, None) => request.skip_password_requirement(true),
            _ => {
                let fault = "set either password, or both password_digest and password_hasher";
                return Err(self.error(fault));
            }
        };
        if let Some(text) = &self.created_at {
            let time = Timestamp::parse_rfc3339(text);
            let fault = || self.error(format!("created_at {text:?} is not RFC 3339"));
            let time = time.ok_or_else(fault)?;
            request = request.created_at(time);
        }
        if let Some(metadata) = &self.public_metadata {
            request = request.public_metadata(self.object(metadata)?);
        }
        if let Some(metadata) = &self.private_metadata {
            request = request.private_metadata(self.object(metadata)?);
        }
        if let Some(metadata) = &self.unsafe_metadata {
            request = request.unsafe_metadata(self.object(metadata)?);
        }
        Ok(request)
    }

    /// Returns the metadata: an object or, in CSV, the JSON text of one.
    fn object(&self, metadata: &Value) -> Result<Value, RowError> {
        match metadata {
            Value::String(text) => serde_json::from_str(text)
                .map_err(|error| self.error(format!("metadata is not JSON: {error}"))),
            metadata => Ok(metadata.clone()),
        }
    }
}

/// Returns the message without the value: serde repeats a value of the wrong type, which may be a
/// password.
fn without_value(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(", expected ") {
        Some((found, expected)) if found.starts_with("invalid type") => {
            format!("a column is not {expected}")
        }
        _ => text,
    }
}

/// The error of a line that is not a valid row.
#[derive(Debug)]
pub(crate) struct RowError {
    line: u64,
    fault: String,
}

impl RowError {
    fn new(line: u64, fault: impl fmt::Display) -> Self {
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

type Rows = Box<dyn Iterator<Item = Result<Row, RowError>>>;

/// Reads the rows one at a time, up to the first line that cannot be read.
pub(crate) fn read(file: &Path) -> Result<Rows, String> {
    let with_path = |error: &dyn fmt::Display| format!("{}: {error}", file.display());
    let text = File::open(file).map_err(|error| with_path(&error))?;
    let is_csv = |extension: &OsStr| extension.eq_ignore_ascii_case("csv");
    if file.extension().is_some_and(is_csv) {
        return csv(text).map_err(|error| with_path(&error));
    }
    let mut failed = false;
    let lines = (1..).zip(BufReader::new(text).lines());
    let lines = lines.take_while(move |(_, text)| !std::mem::replace(&mut failed, text.is_err()));
    let lines = lines.filter(|(_, text)| !text.as_ref().is_ok_and(|text| text.trim().is_empty()));
    Ok(Box::new(lines.map(|(line, text)| {
        let text = text.map_err(|error| RowError::new(line, error))?;
        let text = text.trim_start_matches(BYTE_ORDER_MARK);
        let columns = serde_json::from_str(text).map_err(|error| RowError::new(line, error))?;
        Row::new(line, columns)
    })))
}

/// Reads the rows of a CSV file. An empty cell is an absent value.
fn csv(text: File) -> Result<Rows, Box<dyn Error>> {
    let mut text = BufReader::new(text);
    // If lines end in CRLF, the reader's line numbers are too low by one.
    let head = text.fill_buf()?;
    let end = head.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let crlf = end > 0 && head.get(end - 1) == Some(&b'\r');
    let mut csv = csv::ReaderBuilder::new()
        .trim(csv::Trim::Headers)
        .from_reader(text);
    let columns = csv.headers()?.clone();
    // Without a header, the first line is a row, and its values must not appear in the error.
    if !columns.iter().any(|column| column == "external_id") {
        return Err("the first line has no column external_id; is it a header?".into());
    }
    if let Some(unknown) = columns.iter().find(|column| !COLUMNS.contains(column)) {
        let known = COLUMNS.join(", ");
        return Err(format!("unknown column {unknown:?}; the known columns are {known}").into());
    }
    Ok(Box::new(csv.into_records().map(move |record| {
        let line = |position: Option<&csv::Position>| {
            position.map_or(0, csv::Position::line) + u64::from(crlf)
        };
        let record = record.map_err(|error| RowError::new(line(error.position()), &error))?;
        let cells = columns
            .iter()
            .zip(&record)
            .filter(|(_, cell)| !cell.is_empty());
        let cells = cells.map(|(column, cell)| (column.to_owned(), Value::from(cell)));
        Row::new(line(record.position()), Value::Object(cells.collect()))
    })))
}

/// Checks the whole file before anything is sent. Returns the number of its rows.
pub(crate) fn check(file: &Path) -> Result<u64, String> {
    // The client checks a request without sending it, so any client works.
    let users = FakeClerk::new().client().users();
    let (mut rows, mut wrong, mut named) = (0, 0_u64, String::new());
    let mut external_ids = HashSet::new();
    for row in read(file)? {
        rows += 1;
        let checked = row.and_then(|row| {
            let request = row.request()?;
            let call = users.create_user(request);
            call.into_request().map_err(|error| row.error(error))?;
            if external_ids.contains(&row.external_id) {
                let fault = format!("external_id {:?} occurs more than once", row.external_id);
                return Err(row.error(fault));
            }
            external_ids.insert(row.external_id);
            Ok(())
        });
        if let Err(error) = checked {
            wrong += 1;
            if wrong <= NAMED {
                named.push_str(&format!("\n  {error}"));
            }
        }
    }
    if wrong == 0 {
        return Ok(rows);
    }
    if let more @ 1.. = wrong.saturating_sub(NAMED) {
        named.push_str(&format!("\n  and {more} more"));
    }
    Err(format!(
        "{}: {wrong} of {rows} rows are invalid, and nothing was sent:{named}",
        file.display(),
    ))
}

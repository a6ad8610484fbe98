//! The file of users: CSV, JSON lines, or a JSON array, which may be inside an object.

use std::collections::HashSet;
use std::error::Error;
use std::ffi::OsStr;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use clerk_client::mock::FakeClerk;
use serde_json::Value;

use crate::cells::Cells;
use crate::formats::Format;
use crate::json_array::JsonArray;
use crate::row::{Row, RowError, Verdict};
use crate::unique::Unique;

/// The maximum number of row errors that a message lists. Further errors are only counted.
const NAMED: u64 = 20;

/// The byte order mark, which some editors put at the start of a file.
const BYTE_ORDER_MARK: char = '\u{feff}';

type Records<'a> = Box<dyn Iterator<Item = Result<Cells, RowError>> + 'a>;

/// Reads the rows one at a time. Checks each row as far as this is possible without Clerk.
///
/// After some errors, such as invalid JSON in an array, the start of the next row is unknown. Such
/// an error is the last item.
pub(crate) fn read<'a>(
    file: &Path,
    format: &'a Format,
) -> Result<impl Iterator<Item = Result<Row, RowError>> + use<'a>, String> {
    // The client checks a request without sending it, so any client works.
    let users = FakeClerk::new().client().users();
    let mut external_ids = HashSet::new();
    let records = records(file, format)?;
    Ok(records.map(move |record| {
        let record = record?;
        let line = record.line;
        let row = format.row(record).and_then(|row| {
            let call = users.create_user(row.request()?);
            call.into_request().map_err(|fault| row.error(fault))?;
            Ok(row)
        });
        // The id of a row with an error counts as used, because a later run may import that row.
        let id = match &row {
            Ok(row) => &row.external_id,
            Err(error) => &error.external_id,
        };
        let row = if id.is_empty() || external_ids.insert(id.clone()) {
            row
        } else {
            let fault = format!("external_id {id:?} occurs more than once");
            Err(RowError::new(line, fault).of(id))
        };
        row.map_err(|error| match error.verdict {
            Verdict::Invalid => error.with(format.verdict()),
            _ => error,
        })
    }))
}

fn records<'a>(file: &Path, format: &'a Format) -> Result<Records<'a>, String> {
    let with_path = |error: &dyn fmt::Display| format!("{}: {error}", file.display());
    let text = File::open(file).map_err(|error| with_path(&error))?;
    let is_csv = |extension: &OsStr| extension.eq_ignore_ascii_case("csv");
    if file.extension().is_some_and(is_csv) {
        return csv(text, format).map_err(|error| with_path(&error));
    }
    let text = BufReader::new(text);
    let beginning = File::open(file).map_err(|error| with_path(&error))?;
    // A folder can be opened but not read. A read error is ignored here, because it occurs again
    // when the rows are read from `text`.
    let array = if starts_an_array(BufReader::new(beginning)).unwrap_or(false) {
        JsonArray::new(text)
    } else if let Some(key) = format.array_key() {
        JsonArray::in_object(text, key)
    } else {
        return Ok(json_lines(text));
    };
    Ok(Box::new(array.map(|record| {
        let (line, fields) = record?;
        Cells::new(line, fields)
    })))
}

/// Whether the file starts with a bracket, after an optional byte order mark and blanks.
fn starts_an_array(mut text: impl BufRead) -> io::Result<bool> {
    loop {
        let buffer = text.fill_buf()?;
        let blank = |byte: &u8| byte.is_ascii_whitespace() || b"\xef\xbb\xbf".contains(byte);
        match buffer.iter().find(|byte| !blank(byte)) {
            Some(first) => return Ok(*first == b'['),
            None if buffer.is_empty() => return Ok(false),
            None => {
                let length = buffer.len();
                text.consume(length);
            }
        }
    }
}

fn json_lines(text: impl BufRead + 'static) -> Records<'static> {
    let mut failed = false;
    let lines = (1..).zip(text.lines());
    let lines = lines.take_while(move |(_, text)| !std::mem::replace(&mut failed, text.is_err()));
    let lines = lines.filter(|(_, text)| !text.as_ref().is_ok_and(|text| text.trim().is_empty()));
    Box::new(lines.map(|(line, text)| {
        let text = text.map_err(|error| RowError::new(line, error))?;
        let text = text.trim_start_matches(BYTE_ORDER_MARK);
        let fields = serde_json::from_str(text);
        let Unique(fields) = fields.map_err(|error| RowError::json(line, &error))?;
        Cells::new(line, fields)
    }))
}

/// Reads the records of a CSV file. A cell without a value becomes an absent field. A row of blank
/// cells is skipped.
fn csv(text: File, format: &Format) -> Result<Records<'_>, Box<dyn Error>> {
    let mut text = BufReader::new(text);
    // If lines end in CRLF, the CSV reader's line numbers are too low by one.
    let head = text.fill_buf()?;
    let end = head.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let crlf = end > 0 && head.get(end - 1) == Some(&b'\r');
    let fixed = format.fixed_columns();
    let mut csv = csv::ReaderBuilder::new()
        .trim(csv::Trim::Headers)
        .has_headers(fixed.is_none())
        .flexible(fixed.is_some())
        .from_reader(text);
    let columns = match fixed {
        Some(columns) => columns.iter().collect(),
        None => csv.headers()?.clone(),
    };
    format.check_columns(columns.iter())?;
    if let Some(column) = repeated(columns.iter()) {
        return Err(format!("the column {column:?} occurs more than once").into());
    }
    let records = csv.into_records();
    let records = records.filter(|record| {
        let is_blank =
            |record: &csv::StringRecord| record.iter().all(|cell| cell.trim().is_empty());
        !record.as_ref().is_ok_and(is_blank)
    });
    Ok(Box::new(records.map(move |record| {
        let line = |position: Option<&csv::Position>| {
            position.map_or(0, csv::Position::line) + u64::from(crlf)
        };
        let record = record.map_err(|error| RowError::new(line(error.position()), &error))?;
        let line = line(record.position());
        if record
            .iter()
            .skip(columns.len())
            .any(|cell| !cell.is_empty())
        {
            let (found, known) = (record.len(), columns.len());
            let fault = format!("{found} columns, but an export has {known}");
            return Err(RowError::new(line, fault));
        }
        let cells = columns.iter().zip(&record);
        let cells = cells.filter(|(_, cell)| !format.is_null(cell));
        let cells = cells.map(|(column, cell)| (column.to_owned(), Value::from(cell)));
        Cells::new(line, Value::Object(cells.collect()))
    })))
}

/// Returns a column name that occurs more than once. Of two columns with the same name, only the
/// last would be imported.
fn repeated<'a>(columns: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut known = HashSet::new();
    let mut named = columns.filter(|column| !column.is_empty());
    named.find(|column| !known.insert(*column))
}

/// The result of checking a file.
#[derive(Default)]
pub(crate) struct Checked {
    pub(crate) rows: u64,
    pub(crate) refused: u64,
    pub(crate) skipped: u64,
    /// A text that lists the first rows that cannot be imported, each on its own line.
    pub(crate) named: String,
}

/// Checks the whole file before anything is sent.
pub(crate) fn check(file: &Path, format: &Format) -> Result<Checked, String> {
    let (mut checked, mut invalid) = (Checked::default(), 0_u64);
    for row in read(file, format)? {
        checked.rows += 1;
        let Err(error) = row else { continue };
        match error.verdict {
            Verdict::Invalid => invalid += 1,
            Verdict::Refused => checked.refused += 1,
            Verdict::Skipped => checked.skipped += 1,
        }
        if invalid + checked.refused + checked.skipped <= NAMED {
            checked.named.push_str(&format!("\n  {error}"));
        }
    }
    let wrong = invalid + checked.refused + checked.skipped;
    if let more @ 1.. = wrong.saturating_sub(NAMED) {
        checked.named.push_str(&format!("\n  and {more} more"));
    }
    if invalid == 0 {
        return Ok(checked);
    }
    Err(format!(
        "{}: {invalid} of {} rows are invalid, so nothing was sent. Rows that cannot be \
         imported:{}",
        file.display(),
        checked.rows,
        checked.named,
    ))
}

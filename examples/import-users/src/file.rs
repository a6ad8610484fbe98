//! The file of users: CSV, JSON lines, or a JSON array.

use std::collections::HashSet;
use std::error::Error;
use std::ffi::OsStr;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use clerk_client::mock::FakeClerk;
use serde_json::Value;

use crate::json_array::JsonArray;
use crate::row::{COLUMNS, Row, RowError};

/// The maximum number of invalid rows that are listed. Further rows are only counted.
const NAMED: u64 = 20;

/// The byte order mark, which some editors put at the start of a file.
const BYTE_ORDER_MARK: char = '\u{feff}';

type Rows = Box<dyn Iterator<Item = Result<Row, RowError>>>;

/// Reads the rows one at a time, up to the first that cannot be read.
pub(crate) fn read(file: &Path) -> Result<Rows, String> {
    let with_path = |error: &dyn fmt::Display| format!("{}: {error}", file.display());
    let text = File::open(file).map_err(|error| with_path(&error))?;
    let is_csv = |extension: &OsStr| extension.eq_ignore_ascii_case("csv");
    if file.extension().is_some_and(is_csv) {
        return csv(text).map_err(|error| with_path(&error));
    }
    let text = BufReader::new(text);
    let beginning = File::open(file).map_err(|error| with_path(&error))?;
    // A folder can be opened but not read. The reader of JSON lines then reports the error.
    if starts_an_array(BufReader::new(beginning)).unwrap_or(false) {
        let rows = JsonArray::new(text);
        return Ok(Box::new(rows.map(|row| {
            let (line, columns) = row?;
            Row::new(line, columns)
        })));
    }
    Ok(json_lines(text))
}

/// Whether the file starts with a bracket, after a byte order mark and blanks.
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

fn json_lines(text: impl BufRead + 'static) -> Rows {
    let mut failed = false;
    let lines = (1..).zip(text.lines());
    let lines = lines.take_while(move |(_, text)| !std::mem::replace(&mut failed, text.is_err()));
    let lines = lines.filter(|(_, text)| !text.as_ref().is_ok_and(|text| text.trim().is_empty()));
    Box::new(lines.map(|(line, text)| {
        let text = text.map_err(|error| RowError::new(line, error))?;
        let text = text.trim_start_matches(BYTE_ORDER_MARK);
        let columns = serde_json::from_str(text).map_err(|error| RowError::new(line, error))?;
        Row::new(line, columns)
    }))
}

/// Reads the rows of a CSV file. An empty cell is an absent value, and an empty row is skipped.
fn csv(text: File) -> Result<Rows, Box<dyn Error>> {
    let mut text = BufReader::new(text);
    // If lines end in CRLF, the CSV reader's line numbers are too low by one.
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

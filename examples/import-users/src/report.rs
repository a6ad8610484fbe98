//! Progress on a terminal, and the summary at the end.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clerk_client::Error;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::journal::beside;
use crate::row::{Row, RowError, Verdict};

pub(crate) struct Report {
    /// The progress bar on standard error. It is hidden if standard error is not a terminal.
    bar: ProgressBar,
    /// The path of the file that lists the refused and skipped rows. `None` in a rehearsal (an
    /// import into a Clerk in memory), which prints these rows immediately.
    path: Option<PathBuf>,
    file: Option<File>,
    rows: u64,
    done_before: u64,
    created: u64,
    were_there: u64,
    refused: u64,
    skipped: u64,
    /// For each field that was left out, the number of created users who had it.
    left_out: BTreeMap<String, u64>,
}

/// A line of the file that lists the refused and skipped rows.
#[derive(Serialize)]
struct Refusal<'a> {
    line: u64,
    external_id: &'a str,
    errors: Vec<Reason<'a>>,
    trace_id: Option<&'a str>,
}

#[derive(Serialize)]
struct Reason<'a> {
    code: &'a str,
    message: &'a str,
    param: Option<String>,
}

impl<'a> Refusal<'a> {
    fn new(row: &'a Row, error: &'a Error) -> Self {
        let errors = error.clerk_errors().iter().map(|reason| Reason {
            code: &reason.code,
            message: &reason.long_message,
            param: reason.param_name(),
        });
        Self {
            line: row.line,
            external_id: &row.external_id,
            errors: errors.collect(),
            trace_id: error.trace_id(),
        }
    }

    fn before_sending(error: &'a RowError) -> Self {
        let code = match error.verdict {
            Verdict::Skipped => "row_skipped",
            _ => "row_refused",
        };
        let reason = Reason {
            code,
            message: &error.fault,
            param: None,
        };
        Self {
            line: error.line,
            external_id: &error.external_id,
            errors: vec![reason],
            trace_id: None,
        }
    }
}

impl Report {
    pub(crate) fn new(file: &Path, rows: u64) -> Self {
        let report = Self::rehearsal(rows);
        Self {
            path: Some(beside(file, ".refused.jsonl")),
            ..report
        }
    }

    /// Creates the report of a rehearsal. The report has no file.
    pub(crate) fn rehearsal(rows: u64) -> Self {
        let bar = ProgressBar::new(rows);
        let style = "{wide_bar} {human_pos}/{human_len} in {elapsed}, {eta} to go{msg}";
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        // The bar also has to move while the rate limiter delays all requests.
        bar.enable_steady_tick(Duration::from_secs(1));
        Self {
            bar,
            path: None,
            file: None,
            rows,
            done_before: 0,
            created: 0,
            were_there: 0,
            refused: 0,
            skipped: 0,
            left_out: BTreeMap::new(),
        }
    }

    pub(crate) fn done_before(&mut self) {
        self.done_before += 1;
        self.bar.inc(1);
        // The time estimate must count only the requests of this run.
        self.bar.reset_eta();
    }

    pub(crate) fn created(&mut self, row: &Row) {
        self.created += 1;
        for field in &row.left_out {
            *self.left_out.entry(field.clone()).or_default() += 1;
        }
        self.bar.inc(1);
    }

    pub(crate) fn was_there(&mut self) {
        self.were_there += 1;
        self.bar.inc(1);
    }

    /// Reports a row that Clerk refused.
    pub(crate) fn refuse(&mut self, row: &Row, error: &Error) -> io::Result<()> {
        self.refused += 1;
        let line = format!("line {}: {error}", row.line);
        self.write(&Refusal::new(row, error), &line)
    }

    /// Reports a row that was not sent.
    pub(crate) fn leave_out(&mut self, error: &RowError) -> io::Result<()> {
        match error.verdict {
            Verdict::Skipped => self.skipped += 1,
            _ => self.refused += 1,
        }
        self.write(&Refusal::before_sending(error), error)
    }

    fn write(&mut self, refusal: &Refusal<'_>, line: &dyn Display) -> io::Result<()> {
        self.bar.inc(1);
        self.bar.set_message(format!(", {} refused", self.refused));
        let Some(path) = &self.path else {
            self.bar.suspend(|| println!("{line}"));
            return Ok(());
        };
        let file = match &mut self.file {
            Some(file) => file,
            file => file.insert(File::create(path)?),
        };
        serde_json::to_writer(&mut *file, refusal)?;
        writeln!(file)
    }

    /// Prints a row that is left for another run.
    pub(crate) fn leave(&self, row: &Row, error: &Error) {
        self.bar
            .suspend(|| eprintln!("line {}: left for another run: {error}", row.line));
    }

    /// Whether every row was skipped or its user now exists.
    pub(crate) fn is_complete(&self) -> bool {
        self.created + self.were_there + self.done_before + self.skipped >= self.rows
    }

    /// Prints the summary. Deletes the list of refused and skipped rows of an earlier run, if this
    /// run is `complete`, and neither refused nor skipped a row.
    pub(crate) fn finish(&self, complete: bool) -> io::Result<()> {
        self.bar.finish_and_clear();
        let done = self.created + self.were_there + self.done_before + self.refused + self.skipped;
        let rehearsed = if self.path.is_none() { "would be " } else { "" };
        let skipped = match self.skipped {
            0 => String::new(),
            skipped => format!("{skipped} skipped, "),
        };
        println!(
            "{} rows: {} {rehearsed}created, {} already existed, {} imported before, {} refused, {skipped}{} left.",
            self.rows,
            self.created,
            self.were_there,
            self.done_before,
            self.refused,
            self.rows.saturating_sub(done),
        );
        if !self.left_out.is_empty() {
            let fields = self.left_out.iter();
            let fields: Vec<_> = fields
                .map(|(field, rows)| format!("{field} ({rows})"))
                .collect();
            println!(
                "Fields that were not imported, with the number of users: {}.",
                fields.join(", ")
            );
        }
        let Some(path) = &self.path else {
            return Ok(());
        };
        if self.refused + self.skipped > 0 {
            let kinds = match self.skipped {
                0 => "refused rows",
                _ => "refused and skipped rows",
            };
            println!("{} contains the {kinds} with the reasons.", path.display());
        } else if complete && let Err(error) = fs::remove_file(path) {
            return match error.kind() {
                io::ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            };
        }
        Ok(())
    }
}

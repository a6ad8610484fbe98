//! The tables of docs/internals/performance.md.

use std::fmt;

/// A table of results. Its last column is the ratio of clerk-client to clerk-rs.
pub(crate) struct Table<const N: usize> {
    pub(crate) columns: [&'static str; N],
    /// The columns of clerk-rs and clerk-client.
    pub(crate) compared: [usize; 2],
    /// The rows. Each has a task, its goal, and the results in the order of the columns. A result
    /// is `None` if it was not measured.
    pub(crate) rows: Vec<(&'static str, &'static str, [Option<u64>; N])>,
}

impl<const N: usize> Table<N> {
    /// Adds a row and prints it.
    pub(crate) fn row(
        &mut self,
        task: &'static str,
        goal: &'static str,
        measured: [Option<u64>; N],
    ) {
        println!("{task}: {measured:?}");
        self.rows.push((task, goal, measured));
    }
}

impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.columns.join(" | ");
        writeln!(f, "| task | {columns} | goal | ratio to clerk-rs |")?;
        writeln!(f, "|{}", "---|".repeat(N + 3))?;
        for (task, goal, measured) in &self.rows {
            let figures = measured.map(|value| match value {
                Some(value) => grouped(value),
                None => "–".to_owned(),
            });
            let figures = figures.join(" | ");
            let ratio = match self.compared.map(|column| measured[column]) {
                [Some(clerk_rs), Some(clerk_client)] => {
                    format!("{:.2}", clerk_client as f64 / clerk_rs as f64)
                }
                _ => "–".to_owned(),
            };
            writeln!(f, "| {task} | {figures} | {goal} | {ratio} |")?;
        }
        Ok(())
    }
}

/// Formats a number with a comma between groups of three digits.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Returns the Markdown page after replacing the text between the comments `<!-- NAME: begin -->`
/// and `<!-- NAME: end -->`.
pub(crate) fn replace(page: &str, name: &str, text: &str) -> String {
    let begin = format!("<!-- {name}: begin -->\n");
    let end = format!("<!-- {name}: end -->\n");
    let (before, rest) = page.split_once(&begin).unwrap_or((page, ""));
    let (_, after) = rest.split_once(&end).unwrap_or(("", ""));
    format!("{before}{begin}{text}{end}{after}")
}

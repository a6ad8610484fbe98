//! The table of docs/performance.md.

use std::fmt;

const BEGIN: &str = "<!-- measured: begin -->\n";
const END: &str = "<!-- measured: end -->\n";

/// Rows of what was measured, for raw, clerk-rs and ours.
#[derive(Default)]
pub(crate) struct Table(Vec<(&'static str, &'static str, [Option<u64>; 3])>);

impl Table {
    pub(crate) fn row(
        &mut self,
        work: &'static str,
        goal: &'static str,
        measured: [Option<u64>; 3],
    ) {
        println!("{work}: {measured:?}");
        self.0.push((work, goal, measured));
    }

    /// The page with this table in place of the one that it had.
    pub(crate) fn put_into(&self, page: &str, page_bytes: u64) -> String {
        let (before, rest) = page.split_once(BEGIN).unwrap_or((page, ""));
        let (_, after) = rest.split_once(END).unwrap_or(("", ""));
        let sample = format!("The page of 500 users has {} bytes.\n", grouped(page_bytes));
        format!("{before}{BEGIN}{self}\n{sample}{END}{after}")
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| work | raw | clerk-rs 0.5.0 | this | goal | to clerk-rs |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|")?;
        for (work, goal, measured) in &self.0 {
            let [raw, incumbent, ours] = measured.map(|value| match value {
                Some(value) => grouped(value),
                None => "–".to_owned(),
            });
            let ratio = match measured {
                [_, Some(incumbent), Some(ours)] => {
                    format!("{:.2}", *ours as f64 / *incumbent as f64)
                }
                _ => "–".to_owned(),
            };
            writeln!(
                f,
                "| {work} | {raw} | {incumbent} | {ours} | {goal} | {ratio} |"
            )?;
        }
        Ok(())
    }
}

/// `1,234,567`
fn grouped(number: u64) -> String {
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

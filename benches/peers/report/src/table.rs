//! The table of docs/internals/performance.md.

use std::fmt;

const BEGIN: &str = "<!-- measured: begin -->\n";
const END: &str = "<!-- measured: end -->\n";

/// The rows of the table: a task, its goal, and the results of hyper, clerk-rs and clerk-client, in
/// this order. `None` if there is no result.
#[derive(Default)]
pub(crate) struct Table(Vec<(&'static str, &'static str, [Option<u64>; 3])>);

impl Table {
    /// Adds a row and prints it.
    pub(crate) fn row(
        &mut self,
        task: &'static str,
        goal: &'static str,
        measured: [Option<u64>; 3],
    ) {
        println!("{task}: {measured:?}");
        self.0.push((task, goal, measured));
    }

    /// Returns the text of the Markdown page with its table replaced by this one.
    pub(crate) fn replace_in(&self, page: &str, page_bytes: u64) -> String {
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
            "| task | hyper | clerk-rs 0.5.0 | clerk-client | goal | ratio to clerk-rs |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|")?;
        for (task, goal, measured) in &self.0 {
            let [hyper, clerk_rs, clerk_client] = measured.map(|value| match value {
                Some(value) => grouped(value),
                None => "–".to_owned(),
            });
            let ratio = match measured {
                [_, Some(clerk_rs), Some(clerk_client)] => {
                    format!("{:.2}", *clerk_client as f64 / *clerk_rs as f64)
                }
                _ => "–".to_owned(),
            };
            writeln!(
                f,
                "| {task} | {hyper} | {clerk_rs} | {clerk_client} | {goal} | {ratio} |"
            )?;
        }
        Ok(())
    }
}

/// Formats a number with a comma between groups of three digits.
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

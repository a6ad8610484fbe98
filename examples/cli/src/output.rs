//! Standard output, as text or as JSON.

use std::io::{self, Write};

use clerk_client::User;

pub(crate) struct Output {
    pub(crate) json: bool,
    pub(crate) out: io::StdoutLock<'static>,
}

impl Output {
    /// Prints a user on one line, as text or as JSON. The text has the id, the name, the primary
    /// e-mail address and the state, separated by tabs.
    pub(crate) fn user(&mut self, user: &User) -> io::Result<()> {
        let name = user.full_name().unwrap_or_default();
        let address = user.primary_email_address();
        let address = address.map_or("", |address| &address.email_address);
        let state = if user.banned { "banned" } else { "" };
        // Users choose their own names, and control characters could send commands to the terminal.
        let printable = |field: &str| field.replace(char::is_control, "\u{fffd}");
        let line = [user.id.as_str(), &name, address, state]
            .map(printable)
            .join("\t");
        self.line(line.trim_end(), serde_json::to_string(user))
    }

    /// Prints a line of text, or a line of JSON if the user asked for JSON.
    pub(crate) fn line(&mut self, text: &str, json: serde_json::Result<String>) -> io::Result<()> {
        let json = json?;
        if !self.json {
            return writeln!(self.out, "{text}");
        }
        // `serde_json` escapes only the control characters below U+0020.
        for c in json.chars() {
            if c.is_control() {
                write!(self.out, "\\u{:04x}", u32::from(c))?;
            } else {
                write!(self.out, "{c}")?;
            }
        }
        writeln!(self.out)
    }
}

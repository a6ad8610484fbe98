//! Text from the network, formatted for a log.

use std::fmt;

/// Text from the network, reduced to one line of limited length.
pub(crate) struct SingleLine<'a>(pub(crate) &'a str);

/// The maximum number of characters that are shown.
const MAX: usize = 400;

impl fmt::Display for SingleLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, character) in self.0.chars().enumerate() {
            if count == MAX {
                return f.write_str("…");
            }
            fmt::Write::write_char(
                f,
                if character.is_control() {
                    ' '
                } else {
                    character
                },
            )?;
        }
        Ok(())
    }
}

use std::fmt;

/// A text that is shown as one line of limited length.
pub(crate) struct SingleLine<'a>(pub(crate) &'a str);

/// The maximum number of characters that are shown.
const MAX: usize = 400;

impl fmt::Display for SingleLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, character) in self.0.chars().enumerate() {
            if count == MAX {
                return f.write_str("…");
            }
            // Unicode's line and paragraph separators are no control characters.
            let ends_line = character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
            fmt::Write::write_char(f, if ends_line { ' ' } else { character })?;
        }
        Ok(())
    }
}

//! A JSON array of rows, read one row at a time.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use serde_json::Value;

use crate::row::RowError;
use crate::unique::Unique;

/// The elements of a JSON array, each with the number of its first line. Only one element is in
/// memory.
pub(crate) struct JsonArray<R> {
    text: Counted<R>,
    /// The byte that must come before the next element: first `[`, and then a comma.
    next: u8,
    /// The key of the array, if it is in an object.
    key: Option<&'static str>,
    is_over: bool,
}

impl<R: BufRead> JsonArray<R> {
    pub(crate) fn new(text: R) -> Self {
        Self {
            text: Counted { text, line: 1 },
            next: b'[',
            key: None,
            is_over: false,
        }
    }

    /// Creates a reader of an array that is the only field of an object.
    pub(crate) fn in_object(text: R, key: &'static str) -> Self {
        Self {
            key: Some(key),
            ..Self::new(text)
        }
    }

    /// Reads an element. `None` at the end of the array.
    fn read(&mut self) -> Result<Option<(u64, Value)>, RowError> {
        let is_first = self.next == b'[';
        if let Some(key) = self.key.filter(|_| is_first) {
            self.open(key)?;
        }
        match self.skip_blanks()? {
            Some(b']') if !is_first => return self.end(),
            Some(byte) if byte == self.next => self.text.text.consume(1),
            _ if is_first => return Err(self.error("not a JSON array")),
            Some(_) => return Err(self.error("expected a comma or the end of the array")),
            None => return Err(self.error("the array has no end")),
        }
        self.next = b',';
        match self.skip_blanks()? {
            Some(b']') if is_first => return self.end(),
            Some(b'{') => {}
            _ => return Err(self.error("not a JSON object")),
        }
        let line = self.text.line;
        // The deserializer reads up to the closing brace, and no further.
        let mut object = serde_json::Deserializer::from_reader(&mut self.text);
        let object = Unique::deserialize(&mut object);
        match object {
            Ok(Unique(object)) => Ok(Some((line, object))),
            Err(error) => {
                // serde_json's position counts from the start of the object.
                let text = error.to_string();
                let reason = text.split(" at line ").next().unwrap_or_default();
                Err(self.error(reason))
            }
        }
    }

    /// Reads the start of the object up to its array.
    fn open(&mut self, key: &str) -> Result<(), RowError> {
        self.skip_blanks()?;
        let quoted = format!("{key:?}");
        for token in ["{", &quoted, ":"] {
            self.skip_blanks()?;
            let mut start = vec![0; token.len()];
            let read = self.text.text.read_exact(&mut start);
            if read.is_err() || start != token.as_bytes() {
                return Err(self.error(format!("expected an object with the array {quoted}")));
            }
        }
        Ok(())
    }

    /// Reads the end of the array, and of the object around it. Checks that nothing follows.
    fn end(&mut self) -> Result<Option<(u64, Value)>, RowError> {
        self.text.text.consume(1);
        if self.key.is_some() {
            match self.skip_blanks()? {
                Some(b'}') => self.text.text.consume(1),
                _ => return Err(self.error("expected the end of the object")),
            }
        }
        match self.skip_blanks()? {
            None => Ok(None),
            Some(_) => Err(self.error("text after the end of the array")),
        }
    }

    /// Skips blanks and a byte order mark. Returns the next byte without consuming it. `None` at
    /// the end of the file.
    fn skip_blanks(&mut self) -> Result<Option<u8>, RowError> {
        loop {
            let buffer = self.text.text.fill_buf();
            let next = buffer.map(|buffer| buffer.first().copied());
            let next = next.map_err(|error| self.error(error))?;
            match next {
                Some(b'\n') => self.text.line += 1,
                Some(b' ' | b'\t' | b'\r' | 0xef | 0xbb | 0xbf) => {}
                next => return Ok(next),
            }
            self.text.text.consume(1);
        }
    }

    fn error(&self, fault: impl std::fmt::Display) -> RowError {
        RowError::new(self.text.line, fault)
    }
}

impl<R: BufRead> Iterator for JsonArray<R> {
    type Item = Result<(u64, Value), RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let row = self.read().transpose();
        self.is_over = !matches!(row, Some(Ok(_)));
        row
    }
}

/// A reader that counts lines.
struct Counted<R> {
    text: R,
    line: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.text.read(into)?;
        let lines = into.iter().take(count).filter(|byte| **byte == b'\n');
        self.line += lines.count() as u64;
        Ok(count)
    }
}

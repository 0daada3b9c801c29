//! Lines of a decoded file that know where they stand.
//!
//! Every reader of a text format works on these. A line can be cut at both ends and stays right
//! about its bytes and its column.

use std::ops::Range;

use crate::place::{LineColumn, SourceSpan};

/// A line, or what is left of one, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// What it says.
    pub text: &'a str,
    /// First byte in the decoded file.
    pub start: usize,
    /// Line and column of the first byte.
    pub at: LineColumn,
}

impl Line<'_> {
    /// One past the last byte in the decoded file.
    #[must_use]
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Where some bytes of this line stand in the file.
    #[must_use]
    pub fn span(&self, bytes: Range<usize>) -> SourceSpan {
        SourceSpan {
            start: self.start + bytes.start,
            end: self.start + bytes.end,
            at: LineColumn { column: self.at.column + columns(bytes.start), ..self.at },
        }
    }

    /// The line without its first `bytes`; nothing when that is no character border.
    #[must_use]
    pub fn after(&self, bytes: usize) -> Self {
        let column = self.at.column + columns(bytes.min(self.text.len()));
        Self {
            text: self.text.get(bytes..).unwrap_or_default(),
            start: self.start + bytes.min(self.text.len()),
            at: LineColumn { column, ..self.at },
        }
    }

    /// The line up to `bytes`.
    #[must_use]
    pub fn before(&self, bytes: usize) -> Self {
        Self { text: self.text.get(..bytes).unwrap_or(self.text), ..*self }
    }

    /// The line without white space at both ends.
    #[must_use]
    pub fn trim(&self) -> Self {
        let text = self.text.trim_end();
        let start = text.len() - text.trim_start().len();
        Self { text, ..*self }.after(start)
    }

    /// Whether it has nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim_start().is_empty()
    }
}

fn columns(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// The lines of a text. A line ends with `\n`, `\r\n` or a `\r` alone.
pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let bytes = text.as_bytes();
    let returns = memchr::memchr(b'\r', bytes).is_some();
    let (mut start, mut number) = (0, 0);
    std::iter::from_fn(move || {
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let found =
            if returns { memchr::memchr2(b'\n', b'\r', rest) } else { memchr::memchr(b'\n', rest) };
        let end = start + found.unwrap_or(rest.len());
        number += 1;
        let at = LineColumn { line: number, column: 1 };
        let line = Line { text: &text[start..end], start, at };
        let two = bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) == Some(&b'\n');
        start = end + 1 + usize::from(two);
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_parts_lines() {
        let found: Vec<_> = lines("a\nb\r\n\r\nc\rd").map(|it| (it.text, it.start)).collect();
        assert_eq!(found, [("a", 0), ("b", 2), ("", 5), ("c", 7), ("d", 9)]);
    }

    #[test]
    fn a_cut_line_keeps_its_column() {
        let line = lines("x\n  hello ").nth(1).unwrap().trim();
        assert_eq!(line.text, "hello");
        assert_eq!(
            line.span(1..3),
            SourceSpan { start: 5, end: 7, at: LineColumn { line: 2, column: 4 } }
        );
    }
}

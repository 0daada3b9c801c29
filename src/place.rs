//! Where words stand: in a file, in a recording, on a page.
//!
//! The lowest layer. A [`Place`] travels with every piece of text from the reader that found it to
//! the line that is printed; each of its parts is `None` where a format cannot tell.

use std::{fmt, num::NonZeroU32};

/// A line and a column of a file, both counted from 1; the column counts bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Byte of the line, from 1.
    pub column: u32,
}

impl LineColumn {
    /// The first byte of a file.
    pub const START: Self = Self { line: 1, column: 1 };

    /// Where `text` ends when it starts here.
    #[must_use]
    pub fn after(self, text: &str) -> Self {
        let bytes = text.as_bytes();
        match memchr::memrchr(b'\n', bytes) {
            None => Self { line: self.line, column: self.column + length(bytes) },
            Some(last) => Self {
                line: self.line + length_of_lines(bytes),
                column: length(&bytes[last + 1..]) + 1,
            },
        }
    }
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

fn length_of_lines(bytes: &[u8]) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX)
}

/// Bytes of a file of the corpus, after it was decoded to UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SourceSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Line and column of the first byte.
    pub at: LineColumn,
}

impl SourceSpan {
    /// How many bytes it covers.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A moment of a recording, in milliseconds from its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

impl fmt::Display for Time {
    /// Writes `00:12:04`: whole seconds are what a person looks for.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0 / 1000;
        write!(formatter, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

/// From when to when something was said. The end is never before the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimeSpan {
    /// When it starts.
    pub start: Time,
    /// When it ends.
    pub end: Time,
}

/// A page, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Page(pub NonZeroU32);

/// Where words stand. Each part is `None` where the format cannot tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// Bytes and line of the file.
    pub source: Option<SourceSpan>,
    /// From when to when it was said.
    pub time: Option<TimeSpan>,
    /// Page on which it starts.
    pub page: Option<Page>,
}

impl Place {
    /// The smallest place that holds both this one and `last`.
    #[must_use]
    pub fn to(self, last: Self) -> Self {
        Self {
            source: join(self.source, last.source, |a, b| SourceSpan {
                start: a.start.min(b.start),
                end: a.end.max(b.end),
                at: a.at.min(b.at),
            }),
            time: join(self.time, last.time, |a, b| TimeSpan {
                start: a.start.min(b.start),
                end: a.end.max(b.end),
            }),
            page: self.page.or(last.page),
        }
    }
}

fn join<T>(a: Option<T>, b: Option<T>, both: impl FnOnce(T, T) -> T) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(both(a, b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_hours_minutes_and_seconds() {
        assert_eq!(Time(724_999).to_string(), "00:12:04");
        assert_eq!(Time(100 * 3_600_000).to_string(), "100:00:00");
    }

    #[test]
    fn text_without_a_line_break_moves_the_column() {
        assert_eq!(LineColumn::START.after("café"), LineColumn { line: 1, column: 6 });
    }

    #[test]
    fn text_with_line_breaks_moves_the_line() {
        assert_eq!(LineColumn::START.after("a\nbc\nd"), LineColumn { line: 3, column: 2 });
    }
}

//! The records and fields of a table, with their places.

use std::ops::Range;

/// A record: a row of a table, which may go over several lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The byte at which it starts.
    pub start: usize,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its bytes, without quotes and white space around them.
    pub bytes: Range<usize>,
    /// Whether it stands in double quotes, so that two of them inside are one.
    pub quoted: bool,
}

/// The records of a table. Empty lines are none.
#[must_use]
pub fn records(text: &str, mark: u8) -> Vec<Record> {
    let mut reader =
        FieldReader { text, bytes: text.as_bytes(), mark, at: 0, unclosed: false, plain_until: 0 };
    let mut found = Vec::new();
    while reader.at < text.len() {
        let record = reader.record();
        let is_empty = record.fields.iter().all(|it| it.bytes.is_empty() && !it.quoted);
        if !is_empty {
            found.push(record);
        }
    }
    found
}

struct FieldReader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    mark: u8,
    at: usize,
    /// Whether some quote never closed: from then on a quoted field ends on its line. So a file
    /// full of single quotes takes no square of its length.
    unclosed: bool,
    /// Up to here a quote opens nothing, for the same reason.
    plain_until: usize,
}

impl FieldReader<'_> {
    fn record(&mut self) -> Record {
        let mut record = Record { start: self.at, fields: Vec::new() };
        loop {
            record.fields.push(self.field());
            match self.bytes.get(self.at) {
                Some(byte) if *byte == self.mark => self.at += 1,
                Some(b'\r') => {
                    self.at += 1 + usize::from(self.bytes.get(self.at + 1) == Some(&b'\n'));
                    return record;
                }
                Some(_) => {
                    self.at += 1;
                    return record;
                }
                None => return record,
            }
        }
    }

    /// Reads a field; what stands next is a mark, a line end or the end.
    fn field(&mut self) -> Field {
        let start = self.skip_blanks(self.at);
        if self.bytes.get(start) == Some(&b'"')
            && start >= self.plain_until
            && let Some(close) = self.close_of_quotes(start)
        {
            self.at = self.skip_blanks(close + 1);
            return Field { bytes: start + 1..close, quoted: true };
        }
        let rest = &self.bytes[self.at..];
        let length = memchr::memchr3(self.mark, b'\n', b'\r', rest).unwrap_or(rest.len());
        let written = &self.text[self.at..self.at + length];
        let start = self.at + length - written.trim_start().len();
        let bytes = start..start + written.trim().len();
        self.at += length;
        Field { bytes, quoted: false }
    }

    fn skip_blanks(&self, mut at: usize) -> usize {
        while self.bytes.get(at).is_some_and(|it| matches!(it, b' ' | b'\t') && *it != self.mark) {
            at += 1;
        }
        at
    }

    /// The quote that closes the one at `open`: a single one that a mark or a line end follows. In
    /// tables with tabs quotes are mostly text, so there a quoted field has one line and no other
    /// single quotes.
    fn close_of_quotes(&mut self, open: usize) -> Option<usize> {
        let strict = self.mark == b'\t';
        let one_line = strict || self.unclosed;
        let mut at = open + 1;
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let found = if one_line {
                memchr::memchr3(b'"', b'\n', b'\r', rest)
            } else {
                memchr::memchr(b'"', rest)
            };
            at += found.unwrap_or(rest.len());
            if self.bytes.get(at) != Some(&b'"') {
                self.plain_until = if one_line { at } else { open + 1 };
                self.unclosed |= !strict && !one_line;
                return None;
            }
            if self.bytes.get(at + 1) == Some(&b'"') {
                at += 2;
                continue;
            }
            let next = self.bytes.get(self.skip_blanks(at + 1));
            if next.is_none_or(|it| *it == self.mark || matches!(it, b'\n' | b'\r')) {
                return Some(at);
            }
            if strict {
                return None;
            }
            at += 1;
        }
    }
}

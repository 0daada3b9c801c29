//! What stands in a screenplay and is not read: notes, comments, marks of emphasis.

use std::ops::Range;

use crate::read::{
    lines::Line,
    prose::{Edit, Instead},
};

/// The notes (`[[…]]`) and comments (`/*…*/`) of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Hidden(Vec<Range<usize>>);

/// Finds notes and comments. One that never ends is text.
#[must_use]
pub fn hidden(source: &str) -> Hidden {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = memchr::memchr2(b'[', b'/', bytes.get(at..).unwrap_or_default()) {
        let start = at + open;
        let close = match &bytes[start..] {
            [b'[', b'[', ..] => "]]",
            [b'/', b'*', ..] => "*/",
            _ => "",
        };
        let length = source.get(start + 2..).and_then(|rest| rest.find(close));
        at = start + 1;
        if let Some(length) = length.filter(|_| !close.is_empty()) {
            at = start + 2 + length + close.len();
            found.push(start..at);
        }
    }
    Hidden(found)
}

impl Hidden {
    /// Those that reach into a line.
    fn inside(&self, line: &Line<'_>) -> impl Iterator<Item = &Range<usize>> {
        let (start, end) = (line.start, line.end());
        let first = self.0.partition_point(|range| range.end <= start);
        self.0[first..].iter().take_while(move |range| range.start < end)
    }

    /// Whether nothing else stands in a line.
    #[must_use]
    pub fn covers(&self, line: &Line<'_>) -> bool {
        let mut at = line.start;
        for range in self.inside(line) {
            let before = at.max(line.start)..range.start.max(at);
            if !line.text[before.start - line.start..before.end - line.start].trim().is_empty() {
                return false;
            }
            at = range.end.min(line.end());
        }
        line.text[at - line.start..].trim().is_empty()
    }

    /// The edits that take them out of a line.
    pub fn edits(&self, line: &Line<'_>, edits: &mut Vec<Edit>) {
        for range in self.inside(line) {
            let (start, end) = (range.start.max(line.start), range.end.min(line.end()));
            edits.push(Edit { start, end, instead: Instead::Nothing });
        }
    }
}

/// The edits that take `*`, `**`, `***` and `_` out of a line, where they stand in pairs. Those that
/// are in the list already are kept, and all are put in order.
pub fn emphasis(line: &Line<'_>, edits: &mut Vec<Edit>) {
    let bytes = line.text.as_bytes();
    let notes = edits.len();
    let mut open: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'*', b'_', &bytes[at..]) {
        let start = at + found;
        let mark = bytes[start];
        let length = bytes[start..].iter().take_while(|byte| **byte == mark).count();
        at = start + length;
        let is_hidden = |edit: &Edit| (edit.start..edit.end).contains(&(line.start + start));
        let escaped = start > 0 && bytes[start - 1] == b'\\';
        if edits[..notes].iter().any(is_hidden) || escaped || length > 3 {
            continue;
        }
        let space = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
        let (opens, closes) = (
            !space(bytes.get(at)),
            !space(start.checked_sub(1).and_then(|before| bytes.get(before))),
        );
        let pair = open.iter().rposition(|it| bytes[it.clone()] == bytes[start..at]);
        match pair.filter(|_| closes) {
            Some(pair) => {
                for marks in [open[pair].clone(), start..at] {
                    let (start, end) = (line.start + marks.start, line.start + marks.end);
                    edits.push(Edit { start, end, instead: Instead::Nothing });
                }
                open.truncate(pair);
            }
            None if opens => open.push(start..at),
            None => {}
        }
    }
    edits.sort_by_key(|edit| edit.start);
}

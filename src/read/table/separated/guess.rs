//! What the first records tell about a table that says nothing itself.

use crate::read::table::separated::fields::{Record, records};

/// How much of a file is looked at, in bytes.
const HEAD: usize = 1 << 16;
/// How many records are looked at.
const MOST: usize = 100;

/// The mark that parts most of the first records into as many fields as the first one; of two that
/// do so, the one that gives more fields. The first mark where none does.
pub fn mark(text: &str, marks: &[u8]) -> u8 {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let stated = head.lines().next().and_then(|line| line.strip_prefix("sep="));
    if let Some(mark) = stated.and_then(|it| it.bytes().next()).filter(|it| marks.contains(it)) {
        return mark;
    }
    let mut best = (marks.first().copied().unwrap_or(b','), 0, 1);
    for mark in marks {
        let found = records(head, *mark);
        let width = found.first().map_or(0, |it| it.fields.len());
        let alike = found.iter().take(MOST).filter(|it| it.fields.len() == width).count();
        if width > 1 && (alike, width) > (best.1, best.2) {
            best = (*mark, alike, width);
        }
    }
    best.0
}

/// Whether a record only says which mark parts the fields (`sep=;`), as Excel writes it.
pub fn states_mark(text: &str, first: &Record) -> bool {
    text.get(first.start..).is_some_and(|line| line.starts_with("sep="))
}

/// What the fields of the first records say.
pub fn sample<'a>(text: &'a str, records: &[Record]) -> Vec<Vec<&'a str>> {
    let fields =
        |record: &Record| record.fields.iter().map(|field| &text[field.bytes.clone()]).collect();
    records.iter().take(MOST).map(fields).collect()
}

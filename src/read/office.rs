//! What documents of word processors have in common, whatever their format: rows of tables, and what
//! is left out.

use crate::{
    read::xml::{self, Piece, Source, Tag},
    transcript::Warning,
};

/// Text boxes and notes inside each other, deeper than this, are left out.
pub const DEEPEST: usize = 8;

/// Names of elements inside a row of a table.
#[derive(Debug)]
pub struct RowNames {
    /// The row.
    pub row: &'static str,
    /// A cell.
    pub cell: &'static str,
    /// Paragraphs, of which a line of words has one in each cell.
    pub paragraphs: &'static [&'static str],
    /// What no line of words has in it: line breaks, other tables, boxes.
    pub others: &'static [&'static str],
}

/// Whether a row can be shown as a line: each cell holds one paragraph and no line breaks. `tag` is
/// that of the row.
#[must_use]
pub fn is_line_of_words(source: &Source<'_>, tag: &Tag<'_>, names: &RowNames) -> bool {
    /// A row of more bytes than this holds more than words.
    const LONGEST: usize = 1 << 16;
    let start = source.offset(tag.name);
    let end = source.text.floor_char_boundary(start + LONGEST);
    let mut paragraphs = 0;
    for piece in xml::pieces(&source.text[start..end]) {
        match piece {
            Piece::Start(tag) if tag.name == names.cell => paragraphs = 0,
            Piece::Start(tag) if names.others.contains(&tag.name) => return false,
            Piece::Start(tag) if names.paragraphs.contains(&tag.name) => paragraphs += 1,
            Piece::End(name) if name == names.row => return true,
            _ => {}
        }
        if paragraphs > 1 {
            return false;
        }
    }
    false
}

/// A warning that some things were left out, if there were any.
#[must_use]
pub fn left_out(count: usize, what: &str) -> Option<Warning> {
    let message = match count {
        0 => return None,
        1 => format!("a {what} was left out"),
        _ => format!("{count} {what}s were left out"),
    };
    Some(Warning::whole(message))
}

/// A warning that text boxes were too deep to be read, if there were any.
#[must_use]
pub fn too_deep(count: usize) -> Option<Warning> {
    (count > 0).then(|| Warning::whole(format!("{count} boxes inside boxes were left out")))
}

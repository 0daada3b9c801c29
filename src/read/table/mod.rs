//! Tables of what was said or written: one row for each caption, utterance or review.
//!
//! [`separated`] reads CSV and its relatives, [`json_lines`] objects on lines of their own. Both find
//! the same columns by their headings ([`columns`]) and give their rows to `transcript`. [`spoken`] finds
//! them in the tables of documents.
//!
//! Where a start can be told, a row is a caption. Otherwise it is a paragraph of its own: of its
//! speaker, where there is one. A heading of a row (`title`) that is not the same in all rows opens
//! its text. What all rows have in common (a title, a date, an address, a language) is known about
//! the document.

pub mod columns;
pub mod json_lines;
pub mod separated;
pub mod spoken;
mod times;
mod unnamed;

use std::{borrow::Cow, ops::Range};

use crate::{
    place::TimeSpan,
    read::{
        cues::{self, Cue},
        language,
        pieces::{Gap, Pieces},
        single_line::single_line,
        turns::Turns,
        xml::Source,
    },
    transcript::{Kind, Metadata, Speaker, Transcript, Turn, Warning},
};

use self::columns::Column;

/// A row: what stands in the columns that are known.
#[derive(Clone, Debug, Default)]
struct Row<'a> {
    /// The value of each column, by its number; empty ones are left out.
    values: [Option<Cow<'a, str>>; Column::COUNT],
    /// The bytes of the text, as the format escapes it.
    text: Option<Range<usize>>,
    /// The bytes of the title.
    title: Option<Range<usize>>,
    /// Whether the headings of its times say milliseconds.
    millis: bool,
}

impl Row<'_> {
    fn value(&self, column: Column) -> Option<&str> {
        self.values[column as usize].as_deref()
    }

    /// The value of a column on one line.
    fn named(&self, column: Column) -> Option<String> {
        self.value(column).map(single_line).filter(|it| !it.is_empty())
    }
}

/// Writes bytes of a file with the escapes of its format decoded.
type Write<'a> = fn(&Source<'a>, Range<usize>, Option<TimeSpan>, &mut Pieces<'a>);

/// The transcript of rows.
fn transcript<'a>(
    source: &Source<'a>,
    rows: &[Row<'_>],
    kind: Option<Kind>,
    write: Write<'a>,
    warnings: Vec<Warning>,
) -> Transcript {
    let metadata = metadata(rows, kind);
    let has_title = metadata.title.is_some();
    let times = times::times(rows);
    let is_timed = times.iter().any(Option::is_some);
    let text = |row: &Row<'_>, time| {
        let mut pieces = Pieces::new(source.text);
        if let Some(title) = row.title.clone().filter(|_| !has_title) {
            write(source, title, time, &mut pieces);
            pieces.part(Gap::Paragraph);
        }
        if let Some(text) = row.text.clone() {
            write(source, text, time, &mut pieces);
        }
        pieces.take()
    };
    let turns = if is_timed {
        let cue = |(row, time): (&Row<'_>, &Option<TimeSpan>)| Cue {
            time: *time,
            speaker: speaker(row).map(Speaker),
            text: text(row, *time),
        };
        let cues = rows.iter().zip(&times).map(cue).filter(|cue| !cue.text.is_empty());
        cues::turns_of_named(source.text, cues.collect())
    } else {
        paragraphs(source, rows, text)
    };
    Transcript { metadata, turns, warnings }
}

fn paragraphs(
    source: &Source<'_>,
    rows: &[Row<'_>],
    text: impl Fn(&Row<'_>, Option<TimeSpan>) -> crate::text::Text,
) -> Vec<Turn> {
    let mut turns = Turns::new(source.text);
    for row in rows {
        let text = text(row, None);
        if !text.is_empty() {
            turns.begin(speaker(row).as_deref());
            turns.part(Gap::Paragraph);
            turns.append(&text);
        }
    }
    turns.finish()
}

/// Who speaks in a row: a name as it is written, or a number as `Speaker 1`.
fn speaker(row: &Row<'_>) -> Option<String> {
    row.named(Column::Speaker).map(numbered)
}

/// A number that stands for a speaker as `Speaker 1`.
fn numbered(name: String) -> String {
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { format!("Speaker {name}") } else { name }
}

/// What all rows have in common.
fn metadata(rows: &[Row<'_>], kind: Option<Kind>) -> Metadata {
    let common = |column: Column| {
        let first = rows.first()?.value(column)?;
        rows.iter().all(|row| row.value(column) == Some(first)).then(|| single_line(first))
    };
    Metadata {
        title: common(Column::Title).filter(|it| !it.is_empty()),
        // An author of all rows is who says them.
        authors: Vec::new(),
        date: common(Column::Date).and_then(|it| it.parse().ok()),
        url: common(Column::Url).filter(|it| it.contains("://")),
        kind,
        language: common(Column::Language).and_then(|it| language::code(&it)),
    }
}

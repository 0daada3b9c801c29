//! Tables of values parted by commas, semicolons, tabs or bars (RFC 4180 and what spreadsheets and
//! programs make of it), and the TSV that Whisper writes.
//!
//! The fields are found here and not by the `csv` crate, which tells where a record starts but not
//! where in the file a field stands. Which mark parts the fields is told by the first records.
//! Without headings, two columns of times are start and end, the column with most letters is the
//! text, and a column of few and short names before it is the speaker.
//!
//! A record with too many or too few fields is read as far as its columns go, with a warning. Where
//! the text is the last column, surplus fields belong to it: somebody forgot the quotes.

mod fields;
mod guess;

use std::{borrow::Cow, ops::Range};

use crate::{
    place::TimeSpan,
    read::{
        Read, Reader,
        lines::lines,
        pieces::{Gap, Pieces},
        table::{
            Row,
            columns::{Column, Columns},
            transcript, unnamed,
        },
        textgrid::DOUBLED_QUOTE,
        xml::Source,
    },
    transcript::{Kind, Transcript, Warning},
};

use self::fields::{Field, Record, records};

/// Values parted by commas, semicolons or bars.
pub const CSV: Reader = Reader {
    format: "csv",
    extensions: &["csv"],
    version: 2,
    recognises: |_| false,
    read: Read::Text(|text| read(text, b",;\t|")),
};

/// Values parted by tabs.
pub const TSV: Reader = Reader {
    format: "tsv",
    extensions: &["tsv", "tab"],
    version: 2,
    recognises: |_| false,
    read: Read::Text(|text| read(text, b"\t,;|")),
};

/// Reads a table whose fields are parted by one of some marks, the likeliest first.
fn read(text: &str, marks: &[u8]) -> Transcript {
    let source = Source::new(text);
    let mark = guess::mark(text, marks);
    let mut found = records(text, mark);
    if found.first().is_some_and(|first| guess::states_mark(text, first)) {
        found.remove(0);
    }
    let mut columns = found.first().map_or_else(Columns::default, |first| headings(text, first));
    let has_headings = columns.place(Column::Text).is_some() || columns.known() > 1;
    let width = found.first().map_or(0, |first| first.fields.len());
    let start = usize::from(has_headings).min(found.len());
    if has_headings {
        unnamed::text_column(&guess::sample(text, &found[start..]), &mut columns);
    } else {
        columns = unnamed::columns(&guess::sample(text, &found));
    }
    let mut warnings = Vec::new();
    let mut rows = Vec::with_capacity(found.len());
    // A large table is not held twice.
    for record in found.into_iter().skip(start) {
        let count = record.fields.len();
        if count != width {
            let message = format!("the row has {count} fields where {width} are expected");
            warnings.push(Warning::at(source.line(record.start), message));
        }
        rows.push(row(text, &record, &columns, width));
    }
    let kind = columns.of_reviews.then_some(Kind::Review);
    transcript(&source, &rows, kind, write, warnings)
}

fn headings(text: &str, first: &Record) -> Columns {
    Columns::of(first.fields.iter().map(|field| &text[field.bytes.clone()]))
}

fn row<'a>(text: &'a str, record: &Record, columns: &Columns, width: usize) -> Row<'a> {
    let mut row = Row { millis: columns.is_millis(Column::Start), ..Row::default() };
    for (column, place) in columns.each() {
        let Some(field) = record.fields.get(place) else {
            continue;
        };
        let mut bytes = field.bytes.clone();
        let is_last = column == Column::Text && place + 1 == width && !field.quoted;
        let surplus = record.fields[place..].iter().rfind(|it| !it.bytes.is_empty());
        if let Some(last) = surplus.filter(|_| is_last) {
            bytes.end = last.bytes.end;
        }
        let written = value(text, &Field { bytes: bytes.clone(), ..field.clone() });
        if written.trim().is_empty() {
            continue;
        }
        match column {
            Column::Text => row.text = Some(bytes),
            Column::Title => {
                row.title = Some(bytes);
                row.values[column as usize] = Some(written);
            }
            _ => row.values[column as usize] = Some(written),
        }
    }
    row
}

/// What a field says.
fn value<'a>(text: &'a str, field: &Field) -> Cow<'a, str> {
    let written = &text[field.bytes.clone()];
    if field.quoted && written.contains("\"\"") {
        Cow::Owned(written.replace("\"\"", "\""))
    } else {
        Cow::Borrowed(written)
    }
}

/// Writes a field. An empty line in it parts paragraphs. A doubled quote is one, with quotes around
/// the field or without.
fn write<'a>(
    source: &Source<'a>,
    bytes: Range<usize>,
    time: Option<TimeSpan>,
    pieces: &mut Pieces<'a>,
) {
    for line in lines(&source.text[bytes.clone()]) {
        if line.is_blank() {
            pieces.part(Gap::Paragraph);
            continue;
        }
        let start = bytes.start + line.start;
        source.write_with(start..start + line.text.len(), time, DOUBLED_QUOTE, pieces);
        pieces.part(Gap::Line);
    }
}

#[cfg(test)]
mod tests;

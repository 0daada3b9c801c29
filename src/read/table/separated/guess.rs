//! What the first records tell about a table that says nothing itself.

use crate::read::{
    table::{
        columns::{Column, Columns},
        separated::fields::{Record, records},
    },
    timestamp,
};

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

/// Makes the column with most letters the text, where no heading says which it is.
pub fn text_column(text: &str, records: &[Record], columns: &mut Columns) {
    if columns.place(Column::Text).is_none() {
        let known: Vec<usize> = columns.each().map(|(_, place)| place).collect();
        if let Some(place) = most_letters(text, records, &known) {
            columns.set(Column::Text, place);
        }
    }
}

/// The columns of a table without headings.
pub fn columns(text: &str, records: &[Record]) -> Columns {
    let mut columns = Columns::default();
    let sample = &records[..records.len().min(MOST)];
    let width = sample.iter().map(|it| it.fields.len()).max().unwrap_or(0);
    let mut taken = Vec::new();
    if let Some((start, end)) = times(text, sample, width) {
        columns.set(Column::Start, start);
        taken.push(start);
        if let Some(end) = end {
            columns.set(Column::End, end);
            taken.push(end);
        }
    }
    let Some(place) = most_letters(text, sample, &taken) else {
        return columns;
    };
    columns.set(Column::Text, place);
    let is_speaker = |at: &usize| !taken.contains(at) && is_of_names(text, sample, *at);
    if let Some(speaker) = (0..place).find(is_speaker) {
        columns.set(Column::Speaker, speaker);
    }
    columns
}

fn cell<'a>(text: &'a str, record: &Record, place: usize) -> &'a str {
    record.fields.get(place).map_or("", |field| &text[field.bytes.clone()])
}

fn most_letters(text: &str, records: &[Record], but: &[usize]) -> Option<usize> {
    let sample = &records[..records.len().min(MOST)];
    let width = sample.iter().map(|it| it.fields.len()).max().unwrap_or(0);
    let letters = |place: usize| {
        let cells = sample.iter().map(|record| cell(text, record, place));
        cells.map(|it| it.chars().filter(|it| it.is_alphabetic()).count()).sum::<usize>()
    };
    let places = (0..width).filter(|place| !but.contains(place));
    let best =
        places.map(|place| (letters(place), place)).reduce(|a, b| if b.0 > a.0 { b } else { a });
    best.filter(|(letters, _)| *letters > 0).map(|(_, place)| place)
}

/// Two columns of times beside each other, or one of clocks.
fn times(text: &str, records: &[Record], width: usize) -> Option<(usize, Option<usize>)> {
    let time = |record: &Record, place: usize| {
        let written = cell(text, record, place);
        let read = timestamp::clock(written).or_else(|| timestamp::seconds(written));
        read.filter(|(_, length)| *length == written.len()).map(|(time, _)| time)
    };
    let spans = |place: usize| {
        let rising = |record: &&Record| {
            time(record, place)
                .zip(time(record, place + 1))
                .is_some_and(|(start, end)| start <= end)
        };
        records.iter().filter(rising).count() * 5 >= records.len() * 4
    };
    let clocks = |place: usize| {
        let is_clock = |record: &&Record| {
            cell(text, record, place).contains(':') && time(record, place).is_some()
        };
        records.iter().filter(is_clock).count() * 5 >= records.len() * 4
    };
    let both = (0..width.saturating_sub(1)).find(|place| spans(*place));
    both.map(|place| (place, Some(place + 1)))
        .or_else(|| (0..width).find(|place| clocks(*place)).map(|place| (place, None)))
}

/// Whether a column holds few and short names, each of them for several rows.
fn is_of_names(text: &str, records: &[Record], place: usize) -> bool {
    let names: Vec<&str> = records.iter().map(|record| cell(text, record, place)).collect();
    let is_name = |name: &&str| {
        name.is_empty()
            || (name.len() <= 40
                && name.split_whitespace().count() <= 4
                && name.starts_with(char::is_alphabetic))
    };
    let mut distinct: Vec<&str> = names.iter().copied().filter(|it| !it.is_empty()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    !distinct.is_empty() && names.iter().all(is_name) && distinct.len() * 2 <= names.len()
}

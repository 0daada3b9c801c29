//! Which column is which where no heading says it: by what the cells hold.
//!
//! Two columns of times are start and end, the column with most letters is the text, and a column of
//! few and short names before it is the speaker.

use crate::read::{
    table::columns::{Column, Columns},
    timestamp,
};

/// Makes the column with most letters the text, where no heading says which it is.
pub fn text_column(rows: &[Vec<&str>], columns: &mut Columns) {
    if columns.place(Column::Text).is_none() {
        let known: Vec<usize> = columns.each().map(|(_, place)| place).collect();
        if let Some(place) = most_letters(rows, &known) {
            columns.set(Column::Text, place);
        }
    }
}

/// The columns of rows without headings.
#[must_use]
pub fn columns(rows: &[Vec<&str>]) -> Columns {
    let mut columns = Columns::default();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut taken = Vec::new();
    if let Some((start, end)) = times(rows, width) {
        columns.set(Column::Start, start);
        taken.push(start);
        if let Some(end) = end {
            columns.set(Column::End, end);
            taken.push(end);
        }
    }
    let Some(place) = most_letters(rows, &taken) else {
        return columns;
    };
    columns.set(Column::Text, place);
    let is_speaker = |at: &usize| !taken.contains(at) && is_of_names(rows, *at);
    if let Some(speaker) = (0..place).find(is_speaker) {
        columns.set(Column::Speaker, speaker);
    }
    columns
}

fn cell<'a>(row: &[&'a str], place: usize) -> &'a str {
    row.get(place).copied().unwrap_or_default()
}

fn most_letters(rows: &[Vec<&str>], but: &[usize]) -> Option<usize> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let letters = |place: usize| {
        let cells = rows.iter().map(|row| cell(row, place));
        cells.map(|it| it.chars().filter(|it| it.is_alphabetic()).count()).sum::<usize>()
    };
    let places = (0..width).filter(|place| !but.contains(place));
    let best =
        places.map(|place| (letters(place), place)).reduce(|a, b| if b.0 > a.0 { b } else { a });
    best.filter(|(letters, _)| *letters > 0).map(|(_, place)| place)
}

/// Two columns of times beside each other, or one of clocks.
fn times(rows: &[Vec<&str>], width: usize) -> Option<(usize, Option<usize>)> {
    let time = |row: &[&str], place: usize| {
        let written = cell(row, place);
        let read = timestamp::clock(written).or_else(|| timestamp::seconds(written));
        read.filter(|(_, length)| *length == written.len()).map(|(time, _)| time)
    };
    let spans = |place: usize| {
        let rising = |row: &&Vec<&str>| {
            time(row, place).zip(time(row, place + 1)).is_some_and(|(start, end)| start <= end)
        };
        rows.iter().filter(rising).count() * 5 >= rows.len() * 4
    };
    let clocks = |place: usize| {
        let is_clock =
            |row: &&Vec<&str>| cell(row, place).contains(':') && time(row, place).is_some();
        rows.iter().filter(is_clock).count() * 5 >= rows.len() * 4
    };
    let both = (0..width.saturating_sub(1)).find(|place| spans(*place));
    both.map(|place| (place, Some(place + 1)))
        .or_else(|| (0..width).find(|place| clocks(*place)).map(|place| (place, None)))
}

/// Whether a column holds few and short names, each of them for several rows.
fn is_of_names(rows: &[Vec<&str>], place: usize) -> bool {
    let names: Vec<&str> = rows.iter().map(|row| cell(row, place)).collect();
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

//! JSON Lines (`.jsonl`, `.ndjson`): an object on each line, with the columns of a table as its
//! fields: <https://jsonlines.org>.
//!
//! An object that holds a list of such objects (`segments`, `utterances`, `messages`) stands for
//! them. A line that is no JSON, or has no text, is left out with a warning.

use std::{borrow::Cow, ops::Range};

use serde_json::Value;

use crate::{
    place::TimeSpan,
    read::{
        Read, Reader,
        json::positions::{self, elements, members, unescaped},
        lines::lines,
        pieces::Pieces,
        table::{
            Row,
            columns::{Column, Columns},
            transcript,
        },
        xml::Source,
    },
    transcript::{Kind, Transcript, Warning},
};

/// JSON Lines.
pub const READER: Reader = Reader {
    format: "json-lines",
    extensions: &["jsonl", "ndjson"],
    version: 2,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().filter(|line| line.starts_with('{') && line.ends_with('}'));
    let is_object = |line: &str| serde_json::from_str::<Value>(line).is_ok();
    first.is_some_and(is_object) && lines.next().is_some_and(|line| line.starts_with('{'))
}

const LISTS: &[&str] =
    &["segments", "utterances", "messages", "captions", "cues", "turns", "transcript"];

fn read(text: &str) -> Transcript {
    let source = Source::new(text);
    let mut warnings = Vec::new();
    let mut rows = Vec::new();
    let mut of_reviews = false;
    for line in lines(text).map(|line| line.trim()).filter(|line| !line.text.is_empty()) {
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(line.text) {
            let reason = error.to_string();
            let reason = reason.split(" at line").next().unwrap_or_default();
            let message = format!("the line is no valid JSON ({reason}); it is left out");
            warnings.push(Warning::at(line.at.line, message));
            continue;
        }
        let object = line.start..line.end();
        let before = rows.len();
        for object in objects(text, object) {
            let (row, is_review) = row(text, &object);
            of_reviews |= is_review;
            rows.extend(row);
        }
        if rows.len() == before {
            warnings.push(Warning::at(line.at.line, "the line has no text; it is left out"));
        }
    }
    let kind = of_reviews.then_some(Kind::Review);
    transcript(&source, &rows, kind, write, warnings)
}

fn write<'a>(
    source: &Source<'a>,
    bytes: Range<usize>,
    time: Option<TimeSpan>,
    pieces: &mut Pieces<'a>,
) {
    positions::write(source, &bytes, time, pieces);
}

/// The objects that are rows: those of a list in an object, or the object itself.
fn objects(text: &str, object: Range<usize>) -> Vec<Range<usize>> {
    let found = members(text, &object);
    let list = LISTS.iter().find_map(|name| {
        let named = found.iter().find(|(it, _)| &text[it.clone()] == *name);
        let entries = elements(text, &named?.1);
        entries.first().is_some_and(|first| text[first.clone()].starts_with('{')).then_some(entries)
    });
    list.unwrap_or_else(|| vec![object])
}

/// The row of an object, where it has a text, and whether its fields speak of reviews.
fn row<'a>(text: &'a str, object: &Range<usize>) -> (Option<Row<'a>>, bool) {
    let mut fields = members(text, object);
    fields.retain(|(_, value)| scalar(text, value).is_some());
    let columns = Columns::of(fields.iter().map(|(name, _)| &text[name.clone()]));
    let mut row = Row { millis: columns.is_millis(Column::Start), ..Row::default() };
    for (column, place) in columns.each() {
        let value = &fields[place].1;
        let string = positions::string(text, value);
        match column {
            Column::Text => row.text = string,
            Column::Title => {
                row.title.clone_from(&string);
                row.values[column as usize] = scalar(text, value);
            }
            _ => row.values[column as usize] = scalar(text, value),
        }
    }
    let is_review = columns.of_reviews;
    (row.text.is_some().then_some(row), is_review)
}

/// The value of a string or a number.
fn scalar<'a>(text: &'a str, value: &Range<usize>) -> Option<Cow<'a, str>> {
    if let Some(inner) = positions::string(text, value) {
        return Some(unescaped(&text[inner]));
    }
    let written = &text[value.clone()];
    written
        .starts_with(|it: char| it.is_ascii_digit() || it == '-')
        .then_some(Cow::Borrowed(written))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::json::said;

    #[test]
    fn each_line_is_a_row() {
        let source = "{\"start\": 1.0, \"end\": 2.5, \"speaker\": \"Host\", \"text\": \"It \\\"rots\\\".\"}\n\n{\"start\": 2.5, \"end\": 4.0, \"speaker\": 1, \"text\": \"It d\\u00f6es.\"}\n";
        assert!(recognises(source));
        let transcript = read(source);
        assert_eq!(
            said(&transcript),
            [
                (Some("Host"), "It \"rots\".", Some((1000, 2500))),
                (Some("Speaker 1"), "It döes.", Some((2500, 4000)))
            ]
        );
        let text = &transcript.turns[0].text;
        let place = text.place(crate::text::TextSpan::new(4, 8)).source.unwrap();
        assert_eq!(&source[place.start..place.end], "rots");
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn a_list_inside_an_object_stands_for_it() {
        let source = "{\"id\": 1, \"segments\": [{\"start\": 1, \"end\": 2, \"text\": \"One.\"}, {\"start\": 2, \"end\": 3, \"text\": \"Two.\"}]}\n{\"id\": 2, \"messages\": [{\"role\": \"Host\", \"content\": \"Three.\"}]}";
        assert_eq!(
            said(&read(source)),
            [(None, "One.\nTwo.", Some((1000, 3000))), (Some("Host"), "Three.", None)]
        );
    }

    #[test]
    fn a_broken_line_is_a_warning() {
        let source = "{\"stars\": 4, \"text\": \"One.\\n\\nMore.\"}\n{\"stars\": 4, \"te\n{\"stars\": 5}\n[1]\n";
        let transcript = read(source);
        assert_eq!(said(&transcript), [(None, "One.\n\nMore.", None)]);
        assert_eq!(transcript.kind(), Kind::Review);
        let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(2), Some(3), Some(4)]);
    }
}

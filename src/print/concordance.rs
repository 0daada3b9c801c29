//! Concordance: what matched in one column, with what stands to its left and right.

use std::io::{self, Write};

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{
    clean,
    json::{self, PlaceObject},
    link::linked,
    table::{Cell, Sheet, number, some, table},
    text::Layout,
};
use crate::{
    place::Place,
    search::concordance::{Concordance, Line},
    text::on_one_line,
};

/// Columns that are left for what matched, of a line.
const FOUND: usize = 12;
/// The widest column of places, as a part of a line.
const PLACE_SHARE: usize = 3;

/// Writes a concordance for a person: each line of what was found with its left side flush right,
/// its right side flush left, and its place before it.
///
/// # Errors
/// When it cannot be written.
pub fn text(out: &mut dyn Write, concordance: &Concordance, layout: Layout<'_>) -> io::Result<()> {
    let places: Vec<String> = concordance.lines.iter().map(place).collect();
    let most = layout.width / PLACE_SHARE;
    let column = places.iter().map(|place| place.width()).max().unwrap_or(0).min(most);
    let side = layout.width.saturating_sub(column + 2 + FOUND) / 2;
    for (line, place) in concordance.lines.iter().zip(&places) {
        let path = layout.styles.path;
        let shown = shortened(place, column);
        let at = line.place.source.map(|source| source.at);
        let target = layout.links.map(|links| links.file(&line.source.path, at));
        write!(out, "{path}")?;
        linked(out, target.as_deref(), format_args!("{shown}"))?;
        write!(out, "{path:#}{:1$}", "", column - shown.width() + 2)?;
        let left = clean(&on_one_line(&line.left)).into_owned();
        let shown = end_of(&left, side.saturating_sub(1));
        let shown = if line.left.ends_with(char::is_whitespace) {
            format!("{shown} ")
        } else {
            shown.to_owned()
        };
        let matched = clean(&on_one_line(&line.found)).into_owned();
        let right = clean(&on_one_line(&line.right)).into_owned();
        let gap = if line.right.starts_with(char::is_whitespace) { " " } else { "" };
        let room = (side + FOUND).saturating_sub(matched.width() + gap.len());
        let style = layout.styles.found;
        writeln!(
            out,
            "{:2$}{shown}{style}{matched}{style:#}{gap}{}",
            "",
            start_of(&right, room).trim_end(),
            side.saturating_sub(shown.width()),
        )?;
    }
    Ok(())
}

/// `path:line`, or the time in place of the line where only that is known.
fn place(line: &Line) -> String {
    let Place { source, time, .. } = line.place;
    let path = clean(&line.source.path);
    match (source, time) {
        (Some(source), _) => format!("{path}:{}", source.at.line),
        (None, Some(time)) => format!("{path} {}", time.start),
        (None, None) => path.into_owned(),
    }
}

/// The end of a place that has no room, behind an ellipsis.
fn shortened(place: &str, columns: usize) -> String {
    if place.width() <= columns {
        return place.to_owned();
    }
    format!("…{}", end_of(place, columns.saturating_sub(1)))
}

/// As much of the end of a text as has room.
fn end_of(text: &str, columns: usize) -> &str {
    let mut start = text.len();
    let mut width = 0;
    for (at, character) in text.grapheme_indices(true).rev() {
        width += character.width();
        if width > columns {
            break;
        }
        start = at;
    }
    &text[start..]
}

/// As much of the start of a text as has room.
fn start_of(text: &str, columns: usize) -> &str {
    let mut end = 0;
    let mut width = 0;
    for (at, character) in text.grapheme_indices(true) {
        width += character.width();
        if width > columns {
            break;
        }
        end = at + character.len();
    }
    &text[..end]
}

/// The columns of a table of lines, as docs/output.md specifies them. New ones are added at the end.
pub const COLUMNS: [&str; 10] = [
    "rank",
    "address",
    "path",
    "line",
    "column",
    "time_start_ms",
    "speaker",
    "left",
    "match",
    "right",
];

/// Writes a concordance as a table.
///
/// # Errors
/// When it cannot be written.
pub fn sheet(out: &mut dyn Write, sheet: Sheet, concordance: &Concordance) -> io::Result<()> {
    table(out, sheet, &concordance.query, &COLUMNS, concordance.lines.iter().map(row))
}

fn row(line: &Line) -> Vec<Cell<'_>> {
    let at = line.place.source.map(|source| source.at);
    vec![
        number(Some(line.rank)),
        line.address.to_string().into(),
        line.source.path.as_str().into(),
        number(at.map(|at| at.line)),
        number(at.map(|at| at.column)),
        number(line.place.time.map(|time| time.start.0)),
        some(line.speaker.as_ref().map(|name| name.0.as_str())),
        line.left.as_str().into(),
        line.found.as_str().into(),
        line.right.as_str().into(),
    ]
}

#[derive(Serialize)]
struct LineObject<'a> {
    r#type: &'static str,
    rank: usize,
    address: String,
    source: json::SourceObject<'a>,
    speaker: Option<&'a str>,
    place: PlaceObject,
    left: &'a str,
    r#match: &'a str,
    right: &'a str,
}

#[derive(Serialize)]
struct EndLine<'a> {
    r#type: &'static str,
    lines: usize,
    total: usize,
    unknown: Vec<&'a str>,
    elapsed_ms: f64,
}

/// Writes a concordance as JSON Lines: `begin`, `line` …, `end`.
///
/// # Errors
/// When it cannot be written.
pub fn json(out: &mut dyn Write, concordance: &Concordance) -> io::Result<()> {
    json::begin(out, &concordance.query)?;
    for line in &concordance.lines {
        json::line(
            out,
            &LineObject {
                r#type: "line",
                rank: line.rank,
                address: line.address.to_string(),
                source: json::source(&line.source),
                speaker: line.speaker.as_ref().map(|name| name.0.as_str()),
                place: json::place(line.place),
                left: &line.left,
                r#match: &line.found,
                right: &line.right,
            },
        )?;
    }
    json::line(
        out,
        &EndLine {
            r#type: "end",
            lines: concordance.lines.len(),
            total: concordance.passages,
            unknown: json::typed_words(&concordance.query, &concordance.unknown),
            elapsed_ms: json::milliseconds(concordance.elapsed_ms),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_cut_by_columns_and_not_by_characters() {
        assert_eq!((end_of("音楽の本", 5), start_of("音楽の本", 5)), ("の本", "音楽"));
        assert_eq!((end_of("abc", 9), start_of("abc", 0)), ("abc", ""));
        assert_eq!((shortened("corpus/a.srt:7", 8).as_str()), "…a.srt:7");
    }
}

//! The formats that are read.

use std::io::{self, Write};

use serde::Serialize;

use super::{
    json,
    style::{FAINT, TITLE},
};
use crate::read::{
    READERS, Reader,
    kept::{Kept, kept},
};

#[derive(Serialize)]
struct FormatLine<'a> {
    r#type: &'static str,
    name: &'a str,
    extensions: &'a [&'a str],
    speakers: Option<&'a str>,
    times: Option<&'a str>,
}

/// Writes the formats as a table for a person: name, how speakers are told, what has a time,
/// extensions.
///
/// # Errors
/// When it cannot be written.
pub fn text(out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<[String; 4]> = READERS.iter().map(row).collect();
    let head = ["format", "speakers", "times", "extensions"];
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].len());
        cells.chain([head[column].len()]).max().unwrap_or_default() + 2
    };
    let (name, speakers, times) = (width(0), width(1), width(2));
    let [format, by, at, extensions] = head;
    writeln!(out, "{FAINT}{format:name$}{by:speakers$}{at:times$}{extensions}{FAINT:#}")?;
    for [format, by, at, extensions] in &rows {
        writeln!(out, "{TITLE}{format:name$}{TITLE:#}{by:speakers$}{at:times$}{extensions}")?;
    }
    writeln!(out)?;
    writeln!(out, "each also compressed (.gz, .zst, .xz) and in a container (.zip)")
}

fn row(reader: &Reader) -> [String; 4] {
    let Kept { speakers, times } = kept(reader.format).unwrap_or(Kept { speakers: "", times: "" });
    let extensions: Vec<_> = reader.extensions.iter().map(|it| format!(".{it}")).collect();
    [reader.format.to_owned(), speakers.to_owned(), times.to_owned(), extensions.join(" ")]
}

/// Writes the formats as JSON Lines, a `format` each.
///
/// # Errors
/// When it cannot be written.
pub fn json(out: &mut dyn Write) -> io::Result<()> {
    READERS.iter().try_for_each(|reader| {
        let kept = kept(reader.format);
        json::line(
            out,
            &FormatLine {
                r#type: "format",
                name: reader.format,
                extensions: reader.extensions,
                speakers: kept.map(|it| it.speakers),
                times: kept.map(|it| it.times),
            },
        )
    })
}
